"""The page that reads a report of the visitor's own, in a real browser: what it finds is what the command finds.

One worker serves nearly all tests, since it takes seconds to start.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")
from test_site_browser import CHROMIUM, Watch, address, browser, built  # noqa: E402, F401

from pipeline.encode import encode  # noqa: E402
from pipeline.extract import extract_source  # noqa: E402
from pipeline.marked import marked_page  # noqa: E402
from pipeline.names import FLAT, flat_rows  # noqa: E402
from pipeline.site import ROOT, npm  # noqa: E402
from pipeline.text.sources import read_source  # noqa: E402

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium fonts-noto-cjk"),
    pytest.mark.skipif(
        "reader" not in npm.at_hand(ROOT, ROOT / "node_modules"), reason="pyodide is not installed: npm ci"
    ),
]
# In milliseconds: machines do much else at the same time. How long it takes is measured by benchmarks/browser_reader.py.
PATIENCE = 900_000
# What a site may send with the worker: nothing but its own files, and WebAssembly.
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
DONE = "#reader-form[aria-busy=false]"


@pytest.fixture(scope="module")
def page(browser, address) -> Iterator[playwright.Page]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    watch = Watch(address)
    found = watch.page(context.new_page())

    def guarded(route: playwright.Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "Content-Security-Policy": POLICY})

    found.route("**/reader/worker.js", guarded)
    found.goto("reader/")
    yield found
    assert found.evaluate("window.broken") is None
    context.close()
    assert not watch.wrong


def read(page: playwright.Page, text: str) -> str:
    """What the page says when it has read a pasted text."""
    # Typing half a million characters takes the driver minutes.
    page.evaluate("text => { document.querySelector('#reader-text').value = text }", text)
    page.get_by_role("button", name="Read", exact=True).click()
    page.wait_for_selector(DONE)
    return page.locator("#reader-status").inner_text() or page.locator("#reader-problem").inner_text()


def saved(page: playwright.Page, button: str, folder: Path) -> bytes:
    with page.expect_download() as waiting:
        page.locator(button).click()
    waiting.value.save_as(folder / "saved")
    return (folder / "saved").read_bytes()


def assert_as_command(page: playwright.Page, paths: list[Path], folder: Path, *, marked: bool = False) -> None:
    """The file, given with what stands beside it, has the rows that `baogao extract --names --format csv` writes."""
    page.locator("#reader-file").set_input_files(paths)
    page.wait_for_function(
        "name => document.querySelector('#reader-status').textContent.startsWith(name + ':')", arg=paths[0].name
    )
    source = read_source(paths[0])
    rows = extract_source(source)
    assert saved(page, "#reader-csv", folder) == encode(flat_rows(rows), "csv", table=FLAT), paths[0].name
    if marked:
        assert saved(page, "#reader-html", folder) == marked_page([(source, rows)]), paths[0].name


def test_reader_of_an_example_shows_its_rows_and_what_they_rest_on(page):
    page.locator("[data-example]").first.click()
    page.wait_for_selector("#reader-result:not([hidden]) tr.sentence")
    page.wait_for_selector(DONE)
    assert page.locator("#reader-headline tr", has_text="左右").count() == 1
    row = page.locator("table.observations tbody[id^=row-]").first
    row.locator("summary").click()
    row.locator("details dl code").first.wait_for()
    page.locator("#reader-blocks button.num").first.focus()
    page.keyboard.press("Enter")
    card = page.locator("#reader-card:popover-open a").first
    card.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id.startsWith('row-')")
    page.check("#reader-doubtful")
    page.wait_for_function(
        "Number(document.querySelector('#row-0 td:nth-child(8)')?.textContent ?? 1) >= 0"
        " && document.querySelector('table.observations tbody td:nth-child(8)').textContent"
        " <= document.querySelector('table.observations tbody:last-of-type td:nth-child(8)').textContent"
    )


def test_reader_is_told_what_the_document_is(page):
    assert "rows from" in read(page, "增长工作报告\n全市粮食产量达到12万吨，增长3%。\n")
    page.locator("#reader-facts").evaluate("one => { one.open = true }")
    page.fill("#reader-reports [name=place]", "湖南省")
    page.fill("#reader-reports [name=date]", "2021-02-03")
    page.get_by_role("button", name="Read again").click()
    page.wait_for_selector("#reader-reports [name=date][value='2021-02-03']")
    assert "Hunan" in page.locator("#row-0").inner_text()
    page.fill("#reader-reports [name=date]", "gestern")
    page.get_by_role("button", name="Read again").click()
    page.wait_for_selector("#reader-problem:not([hidden])")
    assert "is not a date" in page.locator("#reader-problem").inner_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<img src=x onerror=window.broken=1><script>window.broken=2</script>投资增长5%。", "1 row;"),
        ("投资增长" + "9" * 5000 + "%，" + "1" * 60 + "万亿元。", "rows from"),
        ("\ud800投资\udfff增长5%。", "1 row;"),
        ("投资\x07增长5%。", "U+0007"),
        ("　\n", "Paste a text"),
    ],
)
def test_reader_takes_hostile_texts(page, text, said):
    # A lone surrogate cannot be typed by the driver.
    page.evaluate("text => { window.pasted = text.replaceAll('[high]', '\\ud800').replaceAll('[low]', '\\udfff') }",
                  text.replace("\ud800", "[high]").replace("\udfff", "[low]"))  # fmt: skip
    page.evaluate("document.querySelector('#reader-text').value = window.pasted")
    page.get_by_role("button", name="Read", exact=True).click()
    page.wait_for_selector(DONE)
    told = page.locator("#reader-status").inner_text() + page.locator("#reader-problem").inner_text()
    assert said in told


def test_reader_refuses_a_pdf(page, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    page.locator("#reader-file").set_input_files(tmp_path / "a.pdf")
    page.wait_for_selector("#reader-problem:has-text('PDF')")


def test_reader_is_accessible(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    read(page, "全市粮食产量达到12万吨，增长3%左右。\n力争新增就业5000人。")
    wrong = axe.run(page).response["violations"]
    assert not [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in wrong]


def test_reader_takes_half_a_million_characters_and_stops_when_told(page):
    line = "一般公共预算收入完成26.5亿元，增长5.2%。城镇新增就业1.2万人。各项工作取得新的进展，人民生活持续改善。\n"
    text = line * (500_000 // len(line) + 1)
    page.evaluate("text => { document.querySelector('#reader-text').value = text }", text)
    page.get_by_role("button", name="Read", exact=True).click()
    page.wait_for_selector("#reader-status[data-stage=read]")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector("#reader-status:has-text('Cancelled')")
    said = read(page, text)
    assert f"in {len(text):,} characters" in said
    assert page.locator("#reader-rows-range").inner_text().startswith("1 to 50 of ")


def test_reader_finds_in_the_sources_what_the_command_finds(page, root, tmp_path):
    for path in sorted((root / "reports").glob("*.txt")):
        beside = sorted(other for other in path.parent.glob(f"{path.stem}.*") if other != path)
        assert_as_command(page, [path, *beside], tmp_path, marked=True)


@pytest.mark.parametrize("folder", ["reports-2026", "reports-new"])
def test_reader_finds_in_provinces_what_the_command_finds(page, root, tmp_path, folder):
    paths = sorted((root / "../shared" / folder).resolve().glob("*.txt"))
    if not paths:
        pytest.skip(f"../shared/{folder} is not here")
    for path in paths:
        assert_as_command(page, [path], tmp_path)
