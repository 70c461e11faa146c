"""Build a wheel whose modules that read text are compiled, for this system and this version of Python, into dist/.

    make wheel-compiled

or compare one that was built elsewhere: python scripts/compiled_wheel.py WHEEL.

It is built from the source archive, in a folder of its own, so that nothing compiled is ever left beside the sources, and
goes into dist/ when it has made of reports/ the same packages as the checkout. A C compiler and the headers of Python are
needed. It takes some minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
_PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
# What asks a program found on a path whether it is compiled, and what lets it build: the folder of the call is not on the path.
_IS_COMPILED = "import sys, pipeline; sys.exit(not pipeline.is_compiled())"
_BUILD = "from pipeline.cli import main; main()"


class RowsDifferError(Exception):
    """The compiled program does not say what the checkout says."""


def build(folder: Path) -> Path:
    """The wheel, written into `folder`. Raises CalledProcessError where a step fails."""
    subprocess.run((sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder)), cwd=ROOT, check=True)
    archive = next(folder.glob("*.tar.gz"))
    enabled = {**os.environ, "HATCH_BUILD_HOOK_ENABLE_MYPYC": "true"}
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    subprocess.run((*_PIP, "wheel", *options, str(archive)), env=enabled, check=True)
    return next(folder.glob("*.whl"))


def verify(wheel: Path, folder: Path) -> None:
    """Build packages with the wheel and with the checkout. Raises RowsDifferError, or CalledProcessError where one cannot."""
    installed = folder / "installed"
    subprocess.run((*_PIP, "install", "--no-deps", "--target", str(installed), str(wheel)), check=True)
    _run(installed, "-c", _IS_COMPILED)
    made = [folder / "compiled", folder / "interpreted"]
    for program, packages in zip((installed, ROOT), made, strict=True):
        options = ("--workers", "1", "--format", "csv", "--output", str(packages))
        _run(program, "-c", _BUILD, "build", "--reports", str(ROOT / "reports"), *options)
    if found := next(differences(*made), ""):
        raise RowsDifferError(found)


def differences(compiled: Path, interpreted: Path) -> Iterator[str]:
    """For each table of the packages that is not the same: its name, and the first line that differs, in both."""
    names = {path.relative_to(folder) for folder in (compiled, interpreted) for path in folder.rglob("*.csv")}
    if not names:
        raise FileNotFoundError(f"no tables in {interpreted}")
    for name in sorted(names):
        both = [
            path.read_text(encoding="utf-8").splitlines() if (path := folder / name).is_file() else []
            for folder in (compiled, interpreted)
        ]
        for number, (one, other) in enumerate(zip_longest(*both, fillvalue=""), 1):
            if one != other:
                yield f"{name.as_posix()}, line {number}:\n  compiled     {one}\n  interpreted  {other}"
                break


def _run(program: Path, *arguments: str) -> None:
    subprocess.run((sys.executable, "-P", *arguments), env={**os.environ, "PYTHONPATH": str(program)}, check=True)


def main() -> None:
    """Build, unless a wheel is named, compare, and only then hand over."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        named = sys.argv[1] if len(sys.argv) > 1 else ""
        try:
            wheel = Path(named) if named else build(folder)
        except subprocess.CalledProcessError as error:
            sys.exit(
                f"{' '.join(error.cmd[:4])} … failed. Is there a C compiler, and are the headers of Python installed? "
                "If what stands above is of mypyc, write that line so that it can be compiled, or take its module out of "
                "the hook mypyc in pyproject.toml."
            )
        try:
            verify(wheel, folder)
        except (RowsDifferError, subprocess.CalledProcessError) as error:
            sys.exit(
                f"The compiled program does not do what the checkout does, so there is no wheel: {error}\n"
                "Look for what mypyc does otherwise (mypyc.readthedocs.io, Differences from Python) in the last changes of "
                "the modules that the hook mypyc in pyproject.toml names, or take the module out of it."
            )
        if named:
            print(f"The rows are the same. {named}")
            return
        (ROOT / "dist").mkdir(exist_ok=True)
        print(f"The rows are the same. {shutil.copy(wheel, ROOT / 'dist')}")


if __name__ == "__main__":
    main()
