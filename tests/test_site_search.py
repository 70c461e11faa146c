"""The search in a real browser, on the published data: what people type, and the page that they mean."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")
from test_site_browser import CHROMIUM, Watch, address, browser, built  # noqa: E402, F401

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium fonts-noto-cjk")
FIRST = 3
# Of the queries this many find a right page among the first three.
ENOUGH = 55
MOST_BYTES = 300_000
# Query and what its page's address holds: one of these.
QUERIES: dict[str, tuple[str, ...]] = {
    "R&D": ("rd_intensity",),
    "r&d": ("rd_intensity",),
    "研发投入": ("rd_", "r_and_d", "研发"),
    "GDP": ("indicators/gdp/",),
    "gdp growth": ("indicators/gdp/",),
    "GDP增速": ("indicators/gdp/",),
    "经济增长": ("indicators/gdp/",),
    "經濟增長": ("indicators/gdp/",),
    "經濟": ("indicators/gdp/", "topics/economy"),
    "地区生产总值": ("indicators/gdp/",),
    "5G基站": ("base_stations_5g", "5g_base_stations"),
    "5g": ("base_stations_5g", "5g_base_stations"),
    "高速公路": ("expressway",),
    "expressways": ("expressway",),
    "motorways": ("expressway",),
    "铁路": ("railway",),
    "房地产": ("real_estate",),
    "房地產": ("real_estate",),
    "house prices": ("real_estate",),
    "property market": ("real_estate",),
    "空气质量": ("air_quality",),
    "air quality": ("air_quality",),
    "PM2.5": ("pm25",),
    "pm 2.5": ("pm25",),
    "雾霾": ("pm25",),
    "财政收入": ("budget_revenue",),
    "財政收入": ("budget_revenue",),
    "government revenue": ("budget_revenue",),
    "税收": ("tax_revenue", "taxes"),
    "民生实事": ("commitments/",),
    "十件民生实事": ("commitments/",),
    "livelihood projects": ("commitments/", "livelihood"),
    "民生支出": ("livelihood_spending",),
    "肇庆 GDP": ("indicators/gdp/", "places/cn-441200/"),
    "GDP Zhaoqing": ("indicators/gdp/", "places/cn-441200/"),
    "Dongguan trade": ("trade_total", "places/cn-441900/"),
    "东莞外贸": ("trade_total", "places/cn-441900/"),
    "天津": ("places/cn-120000/",),
    "Tianjin": ("places/cn-120000/",),
    "四会市": ("places/cn-441284/",),
    "四会": ("places/cn-441284/",),
    "Kaiping": ("places/cn-440783/",),
    "開平": ("places/cn-440783/",),
    "unemployment": ("unemployment",),
    "失业率": ("unemployment",),
    "城镇新增就业": ("urban_jobs",),
    "new jobs": ("urban_jobs",),
    "inflation": ("indicators/cpi/",),
    "CPI": ("indicators/cpi/",),
    "物价": ("indicators/cpi/",),
    "FDI": ("fdi",),
    "外资": ("fdi", "foreign"),
    "社零": ("retail_sales",),
    "consumer spending": ("retail_sales",),
    "固定资产投资": ("fixed_asset_investment",),
    "进出口": ("trade_total",),
    "imports exports": ("trade_total", "imports", "exports"),
    "学位": ("school_places",),
    "新能源汽车": ("new_energy_vehicles", "energy_vehicles"),
    "electric vehicles": ("new_energy_vehicles", "electric", "energy_vehicles"),
    "人均可支配收入": ("disposable_income",),
    "粮食产量": ("grain_output",),
    "高新技术企业": ("high_tech_enterprises",),
    "上市公司": ("listed_companies",),
    "东莞市政府工作报告": ("reports/cn-441900",),
    "各省GDP": ("compare/gdp/",),
    "GDP compare provinces": ("compare/gdp/",),
    "各省粮食产量对比": ("compare/grain_output/",),
    "CPI by province": ("compare/cpi/",),
    "compare provinces": ("compare/",),
    "省际比较": ("compare/",),
}


@pytest.fixture(scope="module")
def searched(built: Path, packages: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: F811
    """The search page of the sample site over the index of the published packages."""
    from site_sample import served

    from pipeline.site import Settings, load
    from pipeline.site.search import FOLDER, write_index

    out = tmp_path_factory.mktemp("search")
    for name in ("assets", "search", "zh/assets", "zh/search"):
        shutil.copytree(built / "site" / name, out / name)
    data = load(packages, root / "reports", root / "none.json", Settings())
    (out / FOLDER).mkdir()
    write_index(data, out)
    with served(out) as found:
        yield found


def test_queries_find_the_page_that_is_meant(browser, searched):  # noqa: F811
    context = browser.new_context(base_url=searched)
    page = Watch(searched).page(context.new_page())
    page.goto("zh/search/")
    missed, slow = {}, {}
    for query, expected in QUERIES.items():
        begin = time.monotonic()
        page.fill("#search-page [name=q]", query)
        page.wait_for_function("q => document.querySelector('#search-results').dataset.query === q", arg=query)
        slow[query] = time.monotonic() - begin
        links = page.locator("#search-results a").evaluate_all("found => found.slice(0, 3).map(one => one.href)")
        if not any(part in link for link in links[:FIRST] for part in expected):
            missed[query] = [link.removeprefix(searched) for link in links[:FIRST]]
    context.close()
    assert len(QUERIES) - len(missed) >= len(QUERIES) * ENOUGH / 60, missed
    assert sorted(slow.values())[len(slow) // 2] < 1


def test_first_search_loads_little(browser, searched):  # noqa: F811
    context = browser.new_context(base_url=searched)
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda answer: "pagefind" in answer.url and sizes.append(len(answer.body())))
    page.goto("search/?q=GDP")
    page.wait_for_function("document.querySelectorAll('#search-results li').length")
    page.wait_for_load_state("networkidle")
    context.close()
    assert 0 < sum(sizes) <= MOST_BYTES, sizes


def test_filters_are_kept_in_the_address(browser, searched):  # noqa: F811
    context = browser.new_context(base_url=searched)
    page = Watch(searched).page(context.new_page())
    page.goto("search/?q=GDP")
    page.wait_for_function("document.querySelectorAll('#search-page [name=kind] option').length > 2")
    page.select_option("[name=kind]", "place")
    page.wait_for_function(
        "[...document.querySelectorAll('#search-results a')].every(one => one.href.includes('/places/'))"
    )
    page.wait_for_url(re.compile("kind=place"))
    context.close()
