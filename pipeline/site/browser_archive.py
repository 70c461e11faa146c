"""The extraction as an archive for a browser: modules, knowledge in one file, and the libraries that they need.

It is made from what is installed, so that the page and the command are the same code.
"""

from __future__ import annotations

import gzip
import json
import subprocess
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
    "__init__", "assemble", "assemble_structures", "codes", "collection/__init__", "correct", "errors", "explain", "extract", "knowledge",
    "models", "names", "own_catalogue", "own_entries", "prefilter", "records", "publish/__init__", "arrow", "publish/headline", "publish/whole_place",
    "publish/writers/__init__", "publish/writers/comma", "regular", "rows", "rules", "schema", "site/html_text", "site/said", "site/tongue", "unit_table",
)  # fmt: skip
# Readers that need what a browser does not have.
_LEFT_OUT = ("text/readers/pdf.py", "text/readers/pdf_pages.py", "text/readers/tabular.py")
# Pure Python, by the names of the distribution and of the package in it.
_LIBRARIES = {
    "justhtml": "justhtml",
    "defusedxml": "defusedxml",
    "PyYAML": "yaml",
    "charset-normalizer": "charset_normalizer",
}
_HERE = Path(__file__).parent
_PREPARE = _HERE / "prepare.mjs"
# What is read while it is prepared; also the example of a site that has no document to show.
EXAMPLE = _HERE / "reader_example.txt"
# In seconds.
_PATIENCE = 300
# In bytes: a multiple of all sizes of words.
_WORD = 16


@cache
def archive() -> bytes:
    """The archive, in gzip: four bytes that say how long the list is, the list in JSON ([path, length] of each file), the files.

    The list is filled up with spaces, so that what may be put behind the files begins where words of a machine may begin.
    """
    files = [(f"/baogao/{name}", content) for name, content in sorted(members())]
    listed = json.dumps([(path, len(content)) for path, content in files]).encode()
    listed += b" " * (-(4 + len(listed) + sum(len(content) for _, content in files)) % _WORD)
    return gzip.compress(b"".join((len(listed).to_bytes(4, "little"), listed, *(one for _, one in files))), mtime=0)


def prepared(pyodide: Path) -> bytes:
    """The archive with its modules compiled, and behind it the memory of the interpreter in the folder `pyodide` once it has read an example.

    An interpreter that goes on from there has nothing to import. Without Node.js, or where it cannot do it, the archive as it is.
    """
    node = which("node")
    if not node:
        return archive()
    with TemporaryDirectory() as folder:
        plain, made = Path(folder) / "plain.gz", Path(folder) / "made.gz"
        plain.write_bytes(archive())
        command: list[str | Path] = [node, _PREPARE, pyodide, plain, EXAMPLE, made]
        ended = subprocess.run(command, capture_output=True, timeout=_PATIENCE)
        return made.read_bytes() if ended.returncode == 0 and made.is_file() else archive()


def archive_name() -> str:
    """The name of what the page loads, which tells what is in it: a browser keeps it as long as it is the same."""
    return f"baogao-{sha256(archive() + _PREPARE.read_bytes()).hexdigest()[:12]}.bin"


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
