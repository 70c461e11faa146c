"""A small site from two made reports and a news item, whose words try to break out of every page they come to."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

# The address that the pages name.
os.environ.setdefault("SITE_URL", "https://example.org/")
ATTACKS = (
    "<script>window.broken=1</script>",
    "<img src=x onerror=window.broken=2>",
    "</script><svg onload=window.broken=3>",
    "[点此](javascript:window.broken=4)",
    "`代码`、**粗**与{: onclick=window.broken=5 }",
    "</title><script>window.broken=6</script>",
    "{{ counts }}与{% raw %}",
    "&lt;b&gt;与klzzwxh:0000",
)
REVIEW = (
    "过去一年，地区生产总值增长7.6%，规模以上工业增加值增长6.5%，固定资产投资增长12%左右。\n"
    "一般公共预算收入完成26.5亿元，增长5.2%。城镇新增就业1.2万人。"
    "=1+1工程带动新增企业35家。新建5G基站120座，连续3年位居全市第二。\n"
)
PLAN = (
    "今年主要预期目标：地区生产总值增长8%左右，规模以上工业增加值增长9%以上，一般公共预算收入增长5%，"
    "居民收入与经济增长同步，城镇登记失业率控制在3%以内，粮食产量10—12万吨。力争引进投资超亿元项目20个。\n"
)
CLOSING = "各位代表，让我们为完成全年目标任务而努力奋斗！\n"
# Two provinces and the nation, for charts that compare.
FACTS = """place,indicator,measure,comparison,period,value,value_max,unit,bound,status,modality,basis,source,issuer,date,address
cn,gdp,growth,yoy,2017,6.9,,%,exact,actual,,,某年报告,国务院,2018,
cn,gdp,growth,yoy,2018,6.6,,%,exact,actual,,,某年报告,国务院,2019,
cn,gdp,growth,yoy,2018,6.5,,%,about,target,expect,,某年报告,国务院,2018,https://example.org/cn
cn,gdp,growth,yoy,2019,6,6.5,%,range,target,expect,,某年报告,国务院,2019,
cn-440000,gdp,growth,yoy,2018,6.8,,%,exact,actual,,,<b>某省</b>报告,某省人民政府,2019,
cn-440000,gdp,growth,yoy,2019,6.3,,%,at_least,target,expect,,<b>某省</b>报告,某省人民政府,2019,
cn-430000,gdp,growth,yoy,2018,7.8,,%,exact,actual,,,某省报告,某省人民政府,2019,
cn-430000,gdp,growth,yoy,2019,7.5,8,%,range,target,expect,,某省报告,某省人民政府,2019,
"""
OWN_NAME = "新建5G基站: {name: {zh: 本县新建的5G基站, en: Base stations of our own}, unit: 座}\n"
NEWS = (
    '开平市</title><script>window.broken=7</script>"与`园区`项目签约\n2019-05-06\n新华社开平5月6日电 开平市工业园区6日签约项目12个，总投资38亿元。'
    "这句话没有数字，不得引用。记者了解到，园区已有企业260家。\n"
)


def report(year: int) -> str:
    """A county's work report; every attack stands before a number."""
    attacks = "".join(f"{attack}带动新增企业{number + 3}家。\n" for number, attack in enumerate(ATTACKS))
    return (
        f"{year}年政府工作报告\n（{year}年1月23日在怀集县第十六届人民代表大会第四次会议上）\n怀集县人民政府县长 张三\n"
        "各位代表：\n现在，我代表县人民政府，向大会报告政府工作，请予审议，并请列席人员提出意见。\n"
        f"一、{year - 1}年工作回顾\n{REVIEW}{attacks}{REVIEW * 6}"
        f"二、{year}年工作安排\n{PLAN}{'我们要抓好各项工作。' * 40}\n{CLOSING}"
    )


def write_reports(folder: Path) -> None:
    """The sources."""
    folder.mkdir(parents=True)
    for year in (2018, 2019):
        (folder / f"county-{year}.txt").write_text(report(year), encoding="utf-8")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    (folder / "facts").mkdir()
    (folder / "facts" / "places.csv").write_text(FACTS, encoding="utf-8")
    (folder / "catalogue").mkdir()
    (folder / "catalogue" / "indicators.yaml").write_text(OWN_NAME, encoding="utf-8")


def built_site(shared: Path) -> Path:
    """The folder with `datapackages`, `reports`, `site` and `site-pages`, made once for all processes of a test run."""
    from pipeline.build import build
    from pipeline.site import build_site

    folder = shared / "baogao-site"
    with FileLock(shared / "baogao-site.lock"):
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            write_reports(folder / "reports")
            build(folder / "reports", folder / "datapackages", workers=1)
            build_site(folder / "datapackages", folder / "reports", folder / "site", strict=True)
            (folder / "done").touch()
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of these files on this machine."""
    handler = functools.partial(_Quiet, directory=os.fspath(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
