"""Write docs/pictures anew: a marked report and a chart, as a browser shows a few pages of the site in each language.

Run it after `make build` where npm and Chromium are: `npm ci`, then `.venv/bin/python scripts/pictures.py`.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pipeline.site import ROOT, load, npm, read_settings, theme_words
from pipeline.site.compare_views import compare_pages
from pipeline.site.data import Data
from pipeline.site.home import chosen_sentence
from pipeline.site.links import compare_page, folder, numeral_anchor, report_page
from pipeline.site.render import render
from pipeline.site.report_views import report_pages
from pipeline.site.tongue import LANGUAGES, Tongue

PICTURES = ROOT / "docs" / "pictures"
CHART = "chart-nation-growth-yoy-year"
# Github shows a README about so wide.
WIDTH, HEIGHT = 980, 440
# Letters in shades of grey alone make files that are a third smaller.
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-lcd-text"]


def main() -> None:
    """Make the pages, show them to the browser, and keep what it shows."""
    modules = ROOT / "node_modules"
    at_hand = npm.at_hand(ROOT, modules)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if "charts" not in at_hand or chromium is None:
        sys.exit("The pictures need npm's packages (npm ci) and Chromium (apt-get install chromium fonts-noto-cjk).")
    data = load(ROOT / "datapackages", ROOT / "reports", ROOT / "docs" / "score.json", read_settings(None), npm=at_hand)
    row = chosen_sentence(data)[0]
    report = report_page(row["report_id"])
    with tempfile.TemporaryDirectory() as name, sync_playwright() as tool:
        site = Path(name)
        for code in LANGUAGES:
            _write(data, code, {report, compare_page("gdp")}, site)
        npm.copy(at_hand, modules, site)
        browser = tool.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        handler = functools.partial(_Quiet, directory=name)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for code in LANGUAGES:
                top = f"http://127.0.0.1:{server.server_port}/{code}/"
                _picture_report(browser, f"{top}{folder(report)}", numeral_anchor(row["start"]), _file("report", code))
                _picture_chart(browser, f"{top}{folder(compare_page('gdp'))}", _file("chart", code))
            server.shutdown()
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _file(name: str, code: str) -> Path:
    PICTURES.mkdir(exist_ok=True)
    return PICTURES / (f"{name}.png" if code == LANGUAGES[0] else f"{name}.{code}.png")


def _write(data: Data, code: str, wanted: set[str], site: Path) -> None:
    """The wanted pages of one language, as the site has them; their links lead nowhere."""
    say = Tongue(code)
    source = site / f"pages-{code}"
    for path, text in (*compare_pages(say, data), *report_pages(say, data)):
        if path in wanted:
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "assets", source / "assets")
    render(ROOT, code, source, site / code, data.settings, theme_words(say), strict=False)
    # Both languages stand below the top here.
    (site / code / "assets" / "npm").symlink_to(site / npm.FOLDER)


def _picture_report(browser: Browser, address: str, anchor: str, target: Path) -> None:
    """A passage with its numerals marked, and the card of one of them."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(address)
    mark = page.locator(f"#{anchor}")
    mark.scroll_into_view_if_needed()
    page.mouse.wheel(0, HEIGHT // 4)
    mark.click()
    page.wait_for_timeout(500)
    page.screenshot(path=target)
    page.close()


def _picture_chart(browser: Browser, address: str, target: Path) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": 900})
    page.goto(address)
    figure = page.locator(f"#{CHART}")
    figure.scroll_into_view_if_needed()
    figure.locator(".chart-live svg").first.wait_for()
    page.wait_for_timeout(500)
    figure.screenshot(path=target)
    page.close()


if __name__ == "__main__":
    main()
