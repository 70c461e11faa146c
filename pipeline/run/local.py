"""The engines of one machine: this process, and several."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from threading import Thread
from typing import TypeVar

from pipeline.own_catalogue import Held, held, hold

K = TypeVar("K")
A = TypeVar("A")
R = TypeVar("R")
# Items that wait for each process, so that none is idle while the next one is read.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Died:
    """The result of an item whose process died each time; `reason` is a sentence without its full stop."""

    reason: str


def run_here(function: Callable[[A], R], items: Iterable[tuple[K, A]]) -> Iterator[tuple[K, R | Died]]:
    """Work in this process, one item after the other."""
    for key, argument in items:
        yield key, function(argument)


def run_processes(
    function: Callable[[A], R], items: Iterable[tuple[K, A]], workers: int
) -> Iterator[tuple[K, R | Died]]:
    """Work in `workers` processes. What was under way when one of them died is done again, one item at a time."""
    source = iter(items)
    while True:
        flying: dict[Future[R], tuple[K, A]] = {}
        suspects: list[tuple[K, A]] = []
        with _pool(workers) as pool:
            try:
                for item in source:
                    suspects = [item]
                    flying[pool.submit(function, item[1])] = item
                    suspects = []
                    if len(flying) >= workers * _AHEAD:
                        yield from _landed(flying)
                while flying:
                    yield from _landed(flying)
            except BrokenProcessPool:
                suspects += flying.values()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        if not suspects:
            return
        for key, argument in suspects:
            yield key, _alone(function, argument)


def _landed(flying: dict[Future[R], tuple[K, A]]) -> Iterator[tuple[K, R | Died]]:
    """Wait for at least one result; those that are there leave `flying`. Raises BrokenProcessPool."""
    done, _ = wait(flying, return_when=FIRST_COMPLETED)
    for future in done:
        result = future.result()
        key, _ = flying.pop(future)
        yield key, result


def _alone(function: Callable[[A], R], argument: A) -> R | Died:
    with _pool(1) as pool:
        try:
            return pool.submit(function, argument).result()
        except BrokenProcessPool:
            return Died("the process that read it died, perhaps for lack of memory")


def _pool(workers: int) -> ProcessPoolExecutor:
    # A fork would copy locks that threads of this process hold.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["pipeline.run.warm"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=begin, initargs=(held(),))


def begin(catalogue: Held) -> None:
    """Begin to work for another process, with the user's catalogue that it uses."""
    end_with_parent()
    hold(catalogue)


def end_with_parent() -> None:
    """Let this process end when the one that it works for does, however that ends: nobody takes its results any more.

    Python tells it by a pipe, or on Windows by a handle, which the system closes.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait_for_it() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait_for_it, daemon=True).start()
