"""The engine of a cluster: Dask distributed, which the extra `cluster` installs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from pipeline.errors import BaogaoError, lacking
from pipeline.own_catalogue import Held, held, hold
from pipeline.run.local import Died
from pipeline.run.version import code_version

K = TypeVar("K")
A = TypeVar("A")
R = TypeVar("R")
_AHEAD = 2
_PATIENCE = 30  # seconds
_OTHER_VERSION = "runs another version of the program. Install the same one on all machines"


def run_dask(function: Callable[[A], R], items: Iterable[tuple[K, A]], scheduler: str) -> Iterator[tuple[K, R | Died]]:
    """Work on the workers of the scheduler at this address (such as tcp://10.0.0.1:8786).

    What a worker had when it died goes to another one; an item that several workers died of is given up. Workers may
    come and go. Raises BaogaoError where the scheduler or its workers cannot be used.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise lacking("--engine dask", "cluster") from error
    with _connected(Client, scheduler) as client:
        _same_versions(client, scheduler)
        flying: dict[Any, K] = {}
        landing: Any = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]

        def landed() -> tuple[K, R | Died]:
            future = next(landing)
            key = flying.pop(future)
            result = _result(future)
            future.release()
            return key, result

        for key, argument in items:
            # The argument goes along with the task and stays with the scheduler: if it were with a worker, it would
            # be lost with it.
            future = client.submit(_checked, code_version(), held(), function, argument, pure=False)
            flying[future] = key
            landing.add(future)
            if len(flying) >= max(1, sum(client.nthreads().values())) * _AHEAD:
                yield landed()
        while flying:
            yield landed()


def _connected(client: Any, scheduler: str) -> Any:
    try:
        return client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        advice = "Start one with `dask scheduler`, and give the address that it prints with --scheduler"
        raise BaogaoError(f"{scheduler}: no scheduler answers ({error!s:.200}). {advice}.") from error


def _same_versions(client: Any, scheduler: str) -> None:
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=_PATIENCE)
    # Workers may go while they are asked; what they have to do is checked again with each item.
    versions = client.run(_version_with, held(), on_error="return")
    for worker, version in versions.items():
        if isinstance(version, ImportError):
            advice = "Install it there"
            raise BaogaoError(f"{scheduler}: a worker does not have this program ({version}). {advice}.") from version
        if isinstance(version, str) and version != code_version():
            raise BaogaoError(f"{worker} {_OTHER_VERSION}.")
    if not any(isinstance(version, str) for version in versions.values()):
        raise BaogaoError(f"{scheduler}: there are no workers. Start some: dask worker {scheduler}.")


def _version_with(catalogue: Held) -> str:
    """The version of a worker, once it has the user's catalogue."""
    hold(catalogue)
    return code_version()


def _checked(version: str, catalogue: Held, function: Callable[[A], R], argument: A) -> R | Died:
    """Also a worker that came later must not mix the rows of two versions."""
    return function(argument) if version == _version_with(catalogue) else Died(f"a worker {_OTHER_VERSION}")


def _result(future: Any) -> Any:
    from distributed.scheduler import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        return Died("several workers died that read it, perhaps for lack of memory")
