"""How long the page takes that reads a report in the browser.

Printed are seconds from the beginning of a visit to the first rows of an example, with an empty and with a filled cache, from this
machine, beside what they should be on two cores that do nothing else; and how long half a million characters take.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

LINE = "一般公共预算收入完成26.5亿元，增长5.2%。城镇新增就业1.2万人。各项工作取得新的进展，人民生活持续改善。\n"
SHOWN = "#reader-result:not([hidden]) tr.sentence"
DONE = "#reader-form[aria-busy=false]"
# In seconds.
VISITS = {"first visit": 8, "second visit": 3, "third visit": 3}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main(site: Path, chromium: str) -> None:
    """Print the times of one browser with a cache on disk."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=os.fspath(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/reader/"
    print(f"load of this machine: {' '.join(f'{one:.1f}' for one in os.getloadavg())}, {os.cpu_count()} cores")
    with sync_playwright() as tool, tempfile.TemporaryDirectory() as folder:
        browser = tool.chromium.launch_persistent_context(
            folder, executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.pages[0]
        page.set_default_timeout(600_000)
        for visit, goal in VISITS.items():
            began = time.perf_counter()
            page.goto(address)
            page.locator("[data-example]").first.click()
            page.wait_for_selector(SHOWN)
            print(f"{visit}: {time.perf_counter() - began:.1f} s to the rows of an example (goal: {goal})")
        text = LINE * (500_000 // len(LINE))
        page.evaluate("text => { document.querySelector('#reader-text').value = text }", text)
        began = time.perf_counter()
        page.locator("#reader-form button[type=submit]").click()
        page.wait_for_selector(DONE)
        print(f"{len(text):,} characters: {time.perf_counter() - began:.1f} s")
        print(page.locator("#reader-status").inner_text())
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    description, _, more = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=description, epilog=more, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, help="folder of a built site")
    parser.add_argument("chromium", nargs="?", default=shutil.which("chromium"), help="the browser; else the one found")
    given = parser.parse_args()
    if not list(given.site.glob("reader/*.bin")):
        parser.error(
            f"{given.site} has no page that reads a report: install its program (npm ci), then make the site anew"
        )
    if not given.chromium:
        parser.error("no Chromium is found; name one, or install it (apt-get install chromium fonts-noto-cjk)")
    main(given.site, given.chromium)
