"""The site of packages whose largest tables come in parts: the same pages, and no link to a file that is not there."""

import shutil
from pathlib import Path

import pytest
from test_site import Page, dead_links, read_pages

from pipeline.build import build
from pipeline.errors import BaogaoError
from pipeline.site import build_site, pages
from pipeline.site.data import Data, load
from pipeline.site.explore_rows import explored_rows
from pipeline.site.settings import Settings
from pipeline.site.tongue import Tongue


def loaded(folder: Path, packages: str) -> Data:
    return load(folder / packages, folder / "reports", folder / "none.json", Settings(address="https://example.org/"))


@pytest.fixture(scope="module")
def built(sample_site, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    shutil.copytree(sample_site / "reports", folder / "reports")
    shutil.copytree(sample_site / "datapackages", folder / "whole")
    build(folder / "reports", folder / "parted", workers=1, layout="parts")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SITE_URL", raising=False)  # programs on pages read the packages where no address is known
        build_site(folder / "parted", folder / "reports", folder / "site", strict=True)
    return folder


@pytest.fixture(scope="module")
def found(built) -> dict[str, Page]:
    return read_pages(built / "site")


def test_rows_are_those_of_the_package_in_one_piece(built):
    whole, parted = loaded(built, "whole"), loaded(built, "parted")
    assert parted.parted("work-reports") == ["numerals", "observations"]
    for name, rows in whole.tables.items():
        assert sorted(map(str, rows)) == sorted(map(str, parted.tables[name])), name
    for report in whole.reports:
        assert whole.of_report(report) == parted.of_report(report)
    assert parted.rows("work-reports", "observations") == whole.observations
    ids = [sorted(row["observation_id"] for row in explored_rows(data)) for data in (whole, parted)]
    assert ids[0] == ids[1]
    one, other = ({path for path, _ in pages(Tongue("en"), data)} for data in (whole, parted))
    assert one == other


def test_every_link_leads_somewhere(built, found):
    broken = dead_links(built / "site", found)
    assert not broken, sorted(broken)[:10]


def test_every_part_is_on_the_site_and_on_its_page(built, found):
    site = built / "site"
    for package in ("work-reports", "analysis-ready"):
        folder = built / "parted" / package
        links = {link for _, link in found[f"data/{package}/index.html"].values("href")}
        for path in filter(Path.is_file, folder.glob("*/*.*")):
            if path.parent.name == "schemas":
                continue
            name = path.relative_to(folder).as_posix()
            assert (site / "data" / package / name).read_bytes() == path.read_bytes()
            assert f"../../data/{package}/{name}" in links
    part = next((site / "data/work-reports/observations.csv").glob("*.spreadsheet.csv"))
    assert part.read_bytes().startswith(b"\xef\xbb\xbf")


def test_pages_name_no_file_that_is_not_there(built, found):
    """Also in text: the snippets would not run."""
    shown = 0
    for path, page in found.items():
        if "indicators/" in path:
            text = "".join(page.text)
            parts = text.count("observations.parquet/*.parquet")
            assert text.count("observations.parquet") == parts, path
            shown += parts
    assert shown > 10
    for language in ("", "zh/"):
        assert "observations.parquet/*.parquet" in "".join(found[f"{language}reuse/index.html"].text)
        assert not [
            link for _, link in found[f"{language}index.html"].values("href") if link.endswith((".xlsx", ".dta"))
        ]


def test_a_part_that_is_missing_is_told(built, tmp_path):
    import shutil

    shutil.copytree(built / "parted", tmp_path / "parted")
    next((tmp_path / "parted/work-reports/observations.parquet").glob("*.parquet")).unlink()
    with pytest.raises(BaogaoError, match="not complete"):
        load(tmp_path / "parted", built / "reports", built / "none.json", Settings())
