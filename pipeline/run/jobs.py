"""Work that is spread over the processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from pipeline.errors import BaogaoError
from pipeline.memory import give_back
from pipeline.progress import Tell
from pipeline.run.local import Died

A = TypeVar("A")
R = TypeVar("R")


class Run(Protocol):
    """An engine of this machine (see `pipeline.run`)."""

    def __call__(
        self, function: Callable[[Any], Any], items: Iterable[tuple[Any, Any]]
    ) -> Iterator[tuple[Any, Any | Died]]:
        """Run the function over the items; results come with the keys of their items, in any order."""


def each(
    run: Run, function: Callable[[A], R], jobs: Iterable[A], step: str, tell: Tell, total: int = 0
) -> Iterator[tuple[int, R]]:
    """The results with the numbers of their jobs, as they come. Jobs are made as they are worked off.

    Raises BaogaoError where memory does not suffice.
    """
    tell(step, 0, total)
    for done, (number, result) in enumerate(run(function, enumerate(jobs)), 1):
        if isinstance(result, Died):
            advice = "Give it more, or use fewer processes: --workers 1"
            raise BaogaoError(f"A process of the step {step} died, perhaps for lack of memory. {advice}.")
        tell(step, done, max(total, done))
        yield number, result
    give_back()


def in_order(results: Iterable[tuple[int, R]]) -> Iterator[R]:
    """The results in the order of their jobs; those that come early wait."""
    waiting: dict[int, R] = {}
    wanted = 0
    for number, result in results:
        waiting[number] = result
        while wanted in waiting:
            yield waiting.pop(wanted)
            wanted += 1
