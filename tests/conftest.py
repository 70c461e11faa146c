"""What all tests share, and the groups that they are run in.

`quick` are the units and the examples of the rules: the loop of who changes a rule (make check). Six groups take long
and are targets of their own: `fuzz` looks for texts that break it, `kills` ends programs at bad moments, `interop` uses
what is published with other programs, `growth` measures how work grows, `faults` gives bad input and altered packages,
`builds` builds the same again in other ways.
`--sample` (make test) takes a part of these.
"""

import json
import os
import re
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import settings

# The same examples on every run: a change must not fail by chance on what it did not touch.
settings.register_profile("repository", deadline=None, derandomize=True)
settings.register_profile("sample", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("repository")

ROOT = Path(__file__).parents[1]
# One test of so many is in the sample of a long group.
_SAMPLED = 8
_FILES = {
    "fuzz": "properties",
    "interop": "benchmark_site|notebooks|published|questions|site_browser|site_reader|site_search|site_tasks|tools",
    "growth": "hostile|scale|scale_cluster|layout",
    "faults": "bad_input|check|full_disk|tampering|publish_atomic",
    "builds": "reproducible|systems|site_parts",
}
_NAMES = {
    "kills": "kill|died|two_builds",
    "growth": "hostile|grows|in_proportion|linear|cost_does|cost_grows",
    "interop": "in_a_browser|frictionless_reads",
}
# Files that fill no database, build no packages and start no programs.
_QUICK = (
    "amounts|annotations|commitments|findings|glossary|identifiers|indicators.*|knowledge|lex|map|numerals|outline|pairs|"
    "parse|places.*|profiles?|qualitative|read|read_split|reconcile_(?:outcomes|panel)|rules?.*|structure.*|tables|time|trace|units?|words"
)
# Tests in these files that do so all the same.
_SLOW = "made_anew|scorer_reads|fingerprints_do_not|reprint"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sample", action="store_true", help="of the long groups only a part, the same on every run")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--sample"):
        settings.load_profile("sample")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files without a quick test are not even imported for `-m quick`: what they import takes seconds."""
    if config.option.markexpr == "quick" and collection_path.suffix == ".py":
        return not _is_quick(collection_path) or None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if group := group_of(item):
            item.add_marker(group)
    if config.getoption("--sample"):
        left_out = {item for item in items if _is_long(item) and crc32(item.nodeid.encode()) % _SAMPLED}
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def pytest_runtest_setup(item: pytest.Item) -> None:
    # Also what runs in another process is told to the one that counts.
    if marker := item.get_closest_marker("tool"):
        item.user_properties.append(("tool", marker.args))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Keep what the tests of tools have found, for the table of scripts/tools_table.py."""
    found: dict[tuple[str, str], set[str]] = {}
    for outcome in ("passed", "failed", "skipped", "error"):
        for report in terminalreporter.getreports(outcome):
            for name, value in getattr(report, "user_properties", ()):
                if name == "tool" and (report.when == "call" or outcome in ("skipped", "error")):
                    found.setdefault((value[0], value[1]), set()).add(outcome)
    if found and not config.getoption("--sample"):
        told = [
            {"tool": tool, "tried": tried, "outcomes": sorted(each)} for (tool, tried), each in sorted(found.items())
        ]
        path = ROOT / "build" / "tools.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def group_of(item: pytest.Item) -> str:
    """The group of a test; empty for those that `make test` runs and no other target names."""
    file = item.path.stem.removeprefix("test_")
    name = item.name.partition("[")[0]
    for group, pattern in _NAMES.items():
        if re.search(pattern, name):
            return group
    for group, pattern in _FILES.items():
        if re.fullmatch(pattern, file):
            return group
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        return "fuzz"
    return "quick" if _is_quick(item.path) and not re.search(_SLOW, name) else ""


def _is_quick(file: Path) -> bool:
    return bool(re.fullmatch(_QUICK, file.stem.removeprefix("test_")))


def _is_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(group) for group in ("fuzz", "kills", "interop", "growth", "faults", "builds"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with reports, packages and site of site_sample, made once for all processes of a test run."""
    from site_sample import built_site

    base = tmp_path_factory.getbasetemp()
    return built_site(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)


@pytest.fixture(scope="session")
def gold(root: Path) -> Path:
    """The folder of the sources' annotations."""
    return root / "annotations"


@pytest.fixture(scope="session")
def packages(root: Path) -> Path:
    """The published packages."""
    folder = root / "datapackages"
    if not (folder / "work-reports" / "datapackage.json").is_file():
        pytest.skip("the packages are not built")
    return folder
