"""The sources of this repository, and real reports that are not part of it."""

from collections import Counter
from pathlib import Path

import pytest

from pipeline.documents.split import split
from pipeline.models import Report
from pipeline.text.sources import read_source

# Source, identifier without the digits of the text, place, date, periods. Facts of the documents, not of the code.
REPORTS = """
guangdong-2018-collection cn-820000-2020-news - 2020
guangdong-2018-collection cn-440300-2023-news - 2023
guangdong-2018-collection cn-441600-2023-news - 2023
guangdong-2018-collection cn-greater-bay-area-2021-news - 2021
guangdong-2018-collection cn-440300-2021-news - 2021
guangdong-2018-collection cn-441900-2018-work-report 2018-01-18 2017 2018
guangdong-2018-collection cn-440800-2018-work-report 2018-01-17 2017 2018
guangdong-2018-collection cn-440783-2018-work-report 2018-01-23 2017 2018
guangdong-2018-collection cn-441284-2018-work-report 2018-01-22 2017 2018
guangdong-2018-collection cn-440300-2018-news - 2018
sichuan-tianjin-zhaoqing-collection cn-2023-news 2023-03-06 2022
sichuan-tianjin-zhaoqing-collection cn-120000-2023-work-report 2023-01 2022 2018/2022 2023 2023/2027
sichuan-tianjin-zhaoqing-collection cn-441200-2022-work-report 2022-01-11 2021 2017/2021 2022 2022/2026
zhaoqing-2016-plan cn-441200-2016-plan 2016-06-20 2016
zhaoqing-2021-interview cn-441200-2021-interview 2021-07 2021 2021
zhaoqing-2022-excerpt cn-441200-2022-work-report 2022-01-11 2021 2022
"""


def line(report: Report) -> str:
    name = report.report_id
    if report.kind in ("news", "interview") or report.note.startswith("An extract"):
        name = name.rpartition("-")[0]
    source = report.source_file.removesuffix(".txt")
    return " ".join([source, name, report.date or "-", *(period.period for period in report.periods)])


@pytest.fixture(scope="module")
def reports(root: Path) -> list[Report]:
    return [report for path in sorted((root / "reports").glob("*.txt")) for report in split(read_source(path))]


def test_the_sixteen_reports(reports: list[Report]) -> None:
    assert [line(report) for report in reports if report.kind != "residue"] == REPORTS.strip().splitlines()


def test_residue_of_the_sources(reports: list[Report]) -> None:
    rests = Counter(report.source_file for report in reports if report.kind == "residue")
    assert set(rests.values()) == {1}
    assert len(rests) == 3


def test_speakers_and_assemblies(reports: list[Report]) -> None:
    found = {report.report_id: (report.post, report.speaker, report.assembly) for report in reports}
    assert found["cn-441284-2018-work-report"] == ("代市长", "李伟忠", "四会市第十六届人民代表大会第三次会议")
    assert found["cn-440800-2018-work-report"] == ("市长", "姜建军", "湛江市第十四届人民代表大会第四次会议")
    assert found["cn-441200-2022-work-report"] == ("市长", "许晓雄", "肇庆市第十四届人民代表大会第一次会议")
    assert found["cn-120000-2023-work-report"][:2] == ("市长", "张工")


def test_what_is_incomplete(reports: list[Report]) -> None:
    incomplete = [report.report_id for report in reports if not report.complete]
    assert incomplete[:2] == ["cn-440800-2018-work-report", "cn-441200-2016-plan"]
    assert incomplete[2].startswith("cn-441200-2022-work-report-")
    assert len(incomplete) == 3


def test_provincial_reports_of_2026(root: Path) -> None:
    folder = root.parent / "shared" / "reports-2026"
    if not folder.is_dir():
        pytest.skip("these reports are not at hand")
    names = {
        "beijing": "110000", "chongqing": "500000", "guangdong": "440000", "guangxi": "450000", "hainan": "460000",
        "heilongjiang": "230000", "inner-mongolia": "150000", "jiangxi": "360000", "ningxia": "640000",
        "qinghai": "630000", "shaanxi": "610000", "shandong": "370000", "shanxi": "140000", "sichuan": "510000",
        "tibet": "540000",
    }  # fmt: skip
    for name, code in names.items():
        found = [report for report in split(read_source(folder / f"{name}-2026.txt")) if report.kind != "residue"]
        assert [report.report_id for report in found] == [f"cn-{code}-2026-work-report"]
        assert found[0].date.startswith(("2026-01-", "2026-02-"))
        assert (found[0].period("review"), found[0].period("plan")) == ("2025", "2026")
        assert found[0].period("plan_years") == "2026/2030"
        assert found[0].speaker
        assert found[0].complete
