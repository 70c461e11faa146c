"""What the benchmark of the site is measured on are packages like any other, with as many indicators as asked for."""

import importlib.util
from pathlib import Path

from pipeline.check import check_package
from pipeline.publish.packages import write_packages

ROOT = Path(__file__).parents[1]
_SPEC = importlib.util.spec_from_file_location("benchmark_site", ROOT / "benchmarks" / "site.py")
benchmark = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(benchmark)


def test_packages_of_more_indicators_pass_every_check(tmp_path):
    (tmp_path / "reports").mkdir()
    published = benchmark.published()
    # A second copy in full: one with fewer indicators leaves numerals out.
    maker = benchmark.Maker(published, tmp_path / "reports")
    count = len(published["indicators"]) + len(maker.own)
    tables = maker.tables_of(count)
    assert len({row["name_zh"] for row in tables["indicators"]}) == len(tables["indicators"]) == count
    assert len(tables["reports"]) == 2 * len(published["reports"])
    write_packages(tables, tmp_path / "packages")
    found = check_package(tmp_path / "packages", tmp_path / "reports")
    # No catalogue has the copies of indicators, so that of the dictionary only their own rows can be judged.
    assert [one for one in found if one.rule != "dictionary"] == []
