"""Five things that people come for, each done in a browser within four clicks; and what the first page weighs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest

playwright = pytest.importorskip("playwright.sync_api")
from test_site_browser import CHROMIUM, Watch, address, browser, built  # noqa: E402, F401

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium fonts-noto-cjk")
MOST_CLICKS = 4
MOST_BYTES = 250_000


class Visitor:
    """Someone on the start page, whose clicks are counted; typing is none."""

    def __init__(self, page: playwright.Page) -> None:
        self.page = page
        self.clicks = 0
        page.goto("")

    def click(self, what: playwright.Locator) -> None:
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS
        what.first.click()

    def menu(self, name: str) -> None:
        self.click(self.page.locator(".md-tabs").get_by_role("link", name=name, exact=True))


@pytest.fixture
def visitor(browser, address) -> Iterator[Visitor]:  # noqa: F811
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, base_url=address, accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )  # fmt: skip
    watch = Watch(address)
    yield Visitor(watch.page(context.new_page()))
    context.close()
    assert not watch.wrong


def test_find_a_target_of_a_place_and_its_wording(visitor):
    page = visitor.page
    page.locator(".site-search input").click()
    page.keyboard.insert_text("怀集县")
    visitor.click(page.locator(".site-hits a[href*='places/']"))
    page.wait_for_url("**/places/cn-441224/")
    visitor.click(page.locator("td[data-label='Aimed at'] a", has_text="about 8%"))
    page.wait_for_url("**/indicators/gdp/#*")
    row = page.locator("tbody:target")
    assert "8%左右" in row.locator("strong").inner_text()
    assert "地区生产总值增长8%左右" in row.locator("blockquote").first.inner_text()


def test_compare_two_provinces(visitor):
    page = visitor.page
    visitor.menu("Compare")
    visitor.click(page.locator(".md-content td a[href$='gdp/']"))
    page.wait_for_url("**/compare/gdp/")
    beside = page.locator(".md-content").inner_text()
    assert re.search(r"Hunan Province\s+7\.8%\s+7\.5–8%", beside)
    assert re.search(r"Guangdong Province\s+6\.8%\s+at least 6\.3%", beside)


def test_compare_two_counties_in_all_that_they_state(visitor):
    page = visitor.page
    visitor.menu("Explore")
    page.wait_for_selector("#explorer.live")
    find = page.locator("details[data-facet=place] input[type=search]")
    for name in ("Huaiji", "Kaiping"):
        find.fill(name)
        visitor.click(page.locator("details[data-facet=place] label", has_text=name))
    page.wait_for_url("**/explore/?place=*&place=*")
    playwright.expect(page.locator("#chips button")).to_have_count(3)
    assert {text.split("\n")[0] for text in page.locator("#rows td:first-child").all_inner_texts()} <= {
        "Huaiji County", "Kaiping",
    }  # fmt: skip


def test_export_a_filtered_table(visitor, tmp_path):
    page = visitor.page
    visitor.menu("Explore")
    page.wait_for_selector("#explorer.live")
    visitor.click(page.locator("details[data-facet=status] label", has_text="Target"))
    page.wait_for_function("document.querySelector('#explorer').dataset.ready === '?status=target'")
    with page.expect_download() as waiting:
        visitor.click(page.locator("#csv"))
    waiting.value.save_as(tmp_path / "targets.csv")
    with (tmp_path / "targets.csv").open(newline="", encoding="utf-8") as file:
        assert {row["status"] for row in csv.DictReader(file)} == {"target"}


def test_cite_a_number(visitor):
    page = visitor.page
    visitor.click(page.locator("table.summary tbody a"))
    page.wait_for_url("**/indicators/**")
    card = page.locator("tbody:target details.cite")
    visitor.click(card.locator("summary"))
    visitor.click(card.get_by_role("button", name="Copy citation"))
    assert page.url.split("#")[1] in page.evaluate("navigator.clipboard.readText()")


def test_see_whether_a_promise_was_met(visitor):
    page = visitor.page
    visitor.menu("Places")
    visitor.click(page.locator(".md-content a[href$='cn-441224/']"))
    page.wait_for_url("**/places/cn-441224/")
    became = page.locator("h2", has_text="What became of the targets").locator("xpath=following::table[1]")
    told = [line.inner_text().split("\t") for line in became.locator("tbody tr").all()]
    said = {name.strip(): [cell.strip() for cell in cells][-3:] for name, *cells in told}
    assert said["General public budget revenue"][:2] == ["5%", "5.2%"]
    assert said["General public budget revenue"][2].startswith("met")
    assert said["Value added of industrial enterprises above designated size"] == ["at least 9%", "6.5%", "missed"]


def test_first_page_is_light(browser, address):  # noqa: F811
    """Everything that the start page asks for, as it comes from a server that does not compress."""
    for path in ("", "zh/"):
        context = browser.new_context(base_url=address)
        page = context.new_page()
        sizes: dict[str, int] = {}
        page.on("response", lambda answer, sizes=sizes: sizes.update({answer.url: len(answer.body())}))
        page.goto(path, wait_until="networkidle")
        context.close()
        assert sum(sizes.values()) <= MOST_BYTES, sorted(sizes.items(), key=lambda item: -item[1])


def test_colours_are_chosen_and_kept(browser, address):  # noqa: F811
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto("")
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "slate"
    page.locator("label[title='Light colours']").click()
    assert page.evaluate(scheme) == "default"
    page.goto("zh/")
    assert page.evaluate(scheme) == "slate", "the languages are two sites"
    page.goto("reuse/")
    assert page.evaluate(scheme) == "default"
    assert page.locator(".md-code__button").count() == page.locator(".highlight pre > code").count() > 2
    context.close()
