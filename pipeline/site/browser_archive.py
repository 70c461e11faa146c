"""The extraction as an archive for a browser: modules, knowledge in one file, and the libraries that they need.

It is made from what is installed, so that the page and the command are the same code.
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import files as installed
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from pipeline import schema
from pipeline.knowledge import COMPILED, HERE, knowledge, knowledge_names

FOLDER = "assets/reader"
# Whole rooms, and single modules of others: `pipeline.site` itself would bring the generator of the site.
_ROOMS = ("browser", "collection/findings", "documents", "marked", "meaning", "oracle", "reading", "text")
_MODULES = (
    "__init__", "assemble", "assemble_structures", "codes", "collection/__init__", "compiled", "correct", "errors", "explain", "extract", "knowledge",
    "models", "names", "own_catalogue", "prefilter", "publish/__init__", "publish/arrow", "publish/headline", "publish/whole_place",
    "publish/writers/__init__", "publish/writers/comma", "rows", "rules", "schema", "site/html_text", "site/tongue", "unit_table",
)  # fmt: skip
# Readers that need what a browser does not have.
_LEFT_OUT = ("text/readers/pdf.py", "text/readers/pdf_pages.py", "text/readers/rows.py")
# Pure Python, by the names of the distribution and of the package in it.
_LIBRARIES = {
    "justhtml": "justhtml",
    "defusedxml": "defusedxml",
    "PyYAML": "yaml",
    "charset-normalizer": "charset_normalizer",
}
_HERE = Path(__file__).parent
# What is read while it is prepared; also the example of a site that has no document to show.
EXAMPLE = _HERE / "reader_example.txt"
# In seconds.
_PATIENCE = 300
# A time for all members, so that the archive of the same code is the same.
_TIME = (1980, 1, 1, 0, 0, 0)


@cache
def archive() -> bytes:
    """The archive, a ZIP file whose members unpack into a folder of `sys.path`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, content in sorted(members()):
            target.writestr(zipfile.ZipInfo(name, _TIME), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def prepared(pyodide: Path) -> bytes:
    """The archive with modules and patterns compiled by the interpreter in the folder `pyodide`, which starts in a third of the time.

    As it is where Node.js is not there, or cannot do it.
    """
    node = which("node")
    if not node:
        return archive()
    with TemporaryDirectory() as folder:
        plain, made = Path(folder) / "plain.zip", Path(folder) / "made.zip"
        plain.write_bytes(archive())
        command: list[str | Path] = [node, _HERE / "prepare.mjs", pyodide, plain, EXAMPLE, made]
        ended = subprocess.run(command, capture_output=True, timeout=_PATIENCE)
        return made.read_bytes() if ended.returncode == 0 and made.is_file() else archive()


def archive_name() -> str:
    """The name of the archive, which tells what is in it: a browser keeps it as long as it is the same."""
    return f"baogao-{sha256(archive()).hexdigest()[:12]}.zip"


def members() -> Iterator[tuple[str, bytes]]:
    """The files of the archive: path and content."""
    for path in _sources():
        yield f"pipeline/{path.relative_to(HERE).as_posix()}", path.read_bytes()
    together = {name: knowledge(name) for name in knowledge_names()}
    yield f"pipeline/{COMPILED}", json.dumps(together, ensure_ascii=False, separators=(",", ":")).encode()
    for table in sorted({table for package in schema.all_packages() for table in schema.package_tables(package)}):
        content = json.dumps(schema.table(table).descriptor, ensure_ascii=False, separators=(",", ":"))
        yield f"pipeline/_schemas/{table}.json", content.encode()
    for distribution, package in _LIBRARIES.items():
        for file in installed(distribution) or ():
            name = file.as_posix()
            if name.startswith(f"{package}/") and name.endswith(".py"):
                yield name, file.read_binary()
            elif "LICENSE" in name:
                yield f"licences/{package}.txt", file.read_binary()


def _sources() -> Iterator[Path]:
    for room in _ROOMS:
        for path in (HERE / room).rglob("*"):
            left_out = path.relative_to(HERE).as_posix() in _LEFT_OUT
            if path.suffix in (".py", ".css", ".html") and not left_out:
                yield path
    yield from (HERE / f"{module}.py" for module in _MODULES)
    yield from (HERE / "catalogue").glob("*.csv")
