"""Folders that may be URLs: what is elsewhere is worked on in a local copy.

fsspec reads and writes them (the extra `cluster` brings it; a store may need its own package, such as s3fs).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import BaogaoError, lacking
from pipeline.text.readers import FORMATS, ending

Location = Path | str


def is_url(location: Location) -> bool:
    """Whether this names a place that fsspec has to reach."""
    return isinstance(location, str) and "://" in location


@contextmanager
def local_sources(location: Location) -> Iterator[Path]:
    """A local folder with the sources and the facts beside them; a copy of a URL lasts as long as the block."""
    if not is_url(location):
        yield Path(location)
        return
    with tempfile.TemporaryDirectory(prefix="baogao-") as name:
        with _explained(location):
            system, root = _opened(location)
            top = PurePosixPath(root)
            for path in sorted(system.find(root)):
                below = PurePosixPath(path)
                # Names are not to lead out of the copy.
                parts = below.relative_to(top).parts if below.is_relative_to(top) else ()
                if parts and ".." not in parts and ending(below.name) in (*FORMATS, ".yaml"):
                    target = Path(name).joinpath(*parts)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    system.get_file(path, str(target))
        if not any(Path(name).iterdir()):
            raise BaogaoError(f"{location}: no reports there, or no such place. Check the address.")
        yield Path(name)


@contextmanager
def local_output(location: Location) -> Iterator[Path]:
    """A local folder to publish to. That of a URL is copied there when the block has ended well.

    The copy takes the place of each file in turn, not of all at once; the descriptors come last.
    """
    if not is_url(location):
        yield Path(location)
        return
    with _explained(location):
        system, root = _opened(location)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "baogao" / sha256(str(location).encode()).hexdigest()[:16] / "packages"
    yield folder
    with _explained(location):
        files = sorted(
            (path for path in folder.rglob("*") if path.is_file()), key=lambda p: (p.suffix == ".json", p.as_posix())
        )
        for path in files:
            target = f"{root.rstrip('/')}/{path.relative_to(folder).as_posix()}"
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
            system.put_file(str(path), target)


def _opened(location: Location) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise lacking(f"{location}: a URL", "cluster") from error
    system, root = url_to_fs(str(location))
    return system, str(root)


@contextmanager
def _explained(location: Location) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, ImportError) as error:
        problem = f"{location}: cannot be reached ({type(error).__name__}: {error!s:.200})"
        raise BaogaoError(
            f"{problem}. Check the address, your access, and that the store's package is there."
        ) from error
