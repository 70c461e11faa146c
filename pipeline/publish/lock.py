"""One job at a time writes to a folder; who has to wait is told for whom, and not for ever.

filelock asks the system (flock, or msvcrt on Windows), which lets go of a lock when its process ends, however it ends.
"""

from __future__ import annotations

import json
import logging
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.errors import BaogaoError

_LOG = logging.getLogger("baogao")
PATIENCE = 600.0  # seconds


@contextmanager
def alone(output: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of the folder `output`, whose parent is there; a block inside a block of the same process waits not.

    Waits up to `patience` seconds (default: PATIENCE) for a job that holds it. Raises BaogaoError when they are over,
    OSError where no lock can be made.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(output.with_name(f".{output.name}.lock"), is_singleton=True)
    holder = output.with_name(f".{output.name}.writer")
    patience = PATIENCE if patience is None else patience
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _LOG.warning("%s: waits for %s, up to %g minutes.", output, _told(holder), patience / 60)
        try:
            lock.acquire(timeout=patience)
        except Timeout as error:
            advice = "Wait until it is done, end it, or give another folder with --output"
            raise BaogaoError(f"{output}: {_told(holder)} is still writing there. {advice}.") from error
    try:
        if lock.lock_counter == 1:
            _tell(holder)
        yield
    finally:
        if lock.lock_counter == 1:
            holder.unlink(missing_ok=True)
        lock.release()


def _tell(holder: Path) -> None:
    """Leave word of who holds the lock: the lock file itself cannot be read by others on every system."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    word = {"process": os.getpid(), "machine": platform.node(), "since": now}
    holder.write_text(json.dumps(word), encoding="utf-8", newline="\n")


def _told(holder: Path) -> str:
    try:
        word = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {word['process']} on {word['machine']} (at work since {word['since']})"
    except (OSError, ValueError, TypeError, KeyError):
        return "another job"
