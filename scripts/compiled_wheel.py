"""Build a wheel whose modules that read text are compiled, for this system and this version of Python, into dist/.

    make wheel-compiled

It is built from the source archive, in a folder of its own, so that nothing compiled is ever left beside the sources. A C
compiler and the headers of Python are needed. It takes some minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
_PIP = ("-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation")


def build(target: Path) -> None:
    """Write the wheel into `target`. Raises CalledProcessError where a step fails."""
    with TemporaryDirectory() as folder:
        subprocess.run((sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder), cwd=ROOT, check=True)
        archive = next(Path(folder).glob("*.tar.gz"))
        enabled = {**os.environ, "HATCH_BUILD_HOOK_ENABLE_MYPYC": "true"}
        subprocess.run((sys.executable, *_PIP, "--wheel-dir", str(target), str(archive)), env=enabled, check=True)


if __name__ == "__main__":
    try:
        build(ROOT / "dist")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd[:4])} … failed; is there a C compiler, and are the headers of Python installed?")
