"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run: a change must not fail by chance on what it did not touch.
settings.register_profile("repository", deadline=None, derandomize=True)
settings.load_profile("repository")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def gold(root: Path) -> Path:
    """The folder of annotations, which is not part of the repository."""
    folder = root.parent / "shared" / "gold"
    if not (folder / "score.py").is_file():
        pytest.skip("the annotations are not at hand")
    return folder


@pytest.fixture(scope="session")
def packages(root: Path) -> Path:
    """The published packages."""
    folder = root / "datapackages"
    if not (folder / "work-reports" / "datapackage.json").is_file():
        pytest.skip("the packages are not built")
    return folder
