"""No two modules and no two data files of the project share a name: what a person looks for is found by it."""

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Names that a tool or a format asks for, and the pages of the two languages, are the same in several folders by design.
_GIVEN = {"__init__.py", "__main__.py", "py.typed", "conftest.py"}


def test_every_file_of_the_program_has_a_name_of_its_own() -> None:
    folders = [ROOT / name for name in ("pipeline", "scripts", "benchmarks", "fuzz", "annotations")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".yaml", ".css", ".js"}]
    assert len(files) > 100
    counted = Counter(path.name for path in files if path.name not in _GIVEN)
    assert sorted(name for name, count in counted.items() if count > 1) == []
