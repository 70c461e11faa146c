"""Files for download: the packages, their tables for spreadsheets, and the rows of each indicator."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline import schema
from pipeline.publish.arrow import to_arrow
from pipeline.publish.companions import paths as companions
from pipeline.publish.layout import table_of
from pipeline.publish.writers import encoded
from pipeline.site.data import Data
from pipeline.site.html_text import html_text
from pipeline.site.links import Here, indicator_page, page_name
from pipeline.site.links import folder as address
from pipeline.site.tongue import LANGUAGES, Tongue

# A spreadsheet takes a cell that begins with one of these for a formula (the full-width forms in some languages).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def spreadsheet_csv(table: str, content: bytes) -> bytes:
    """A table's CSV in a form that spreadsheets open as it is: byte order mark, CRLF, no cell taken for a formula.

    Only text is changed, by an apostrophe before it; numbers keep their sign.
    """
    text = {number for number, column in enumerate(schema.table(table).columns) if column.type == "string"}
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        writer.writerow([_disarmed(cell) if number in text else cell for number, cell in enumerate(row)])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _disarmed(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \u3000\u00a0").startswith(_FORMULA) else cell


def indicator_files(indicator_id: str) -> tuple[str, str]:
    """The two files with an indicator's rows: byte-true, and for spreadsheets."""
    name = f"indicators/{page_name(indicator_id)}"
    return f"{name}.csv", f"{name}.spreadsheet.csv"


def package_file(package: str, name: str) -> str:
    """A file of a package."""
    return f"data/{package}/{name}"


def spreadsheet_name(name: str) -> str:
    """The copy of a CSV file for spreadsheets."""
    return f"{name.removesuffix('.csv')}.spreadsheet.csv"


def write_files(data: Data, datapackages: Path, output: Path, chosen: Iterable[str]) -> None:
    """Put the files for download into the site. `chosen`: the indicators that have a page."""
    for package in data.files:
        target = output / "data" / package
        target.mkdir(parents=True, exist_ok=True)
        for path in companions(data.descriptors[package]):
            # An older build did not make all of them.
            if (datapackages / package / path).is_file():
                (target / path).parent.mkdir(exist_ok=True)
                shutil.copyfile(datapackages / package / path, target / path)
        for path in data.files[package]:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(datapackages / package / path, target / path)
            if path.endswith(".csv"):
                content = spreadsheet_csv(table_of(path), (target / path).read_bytes())
                (target / spreadsheet_name(path)).write_bytes(content)
    (output / "indicators").mkdir(exist_ok=True)
    for indicator_id in chosen:
        content = encoded("csv", "observations", to_arrow("observations", data.by_indicator.get(indicator_id, [])))
        plain, spreadsheet = indicator_files(indicator_id)
        (output / plain).write_bytes(content)
        (output / spreadsheet).write_bytes(spreadsheet_csv("observations", content))


def write_redirects(data: Data, output: Path) -> None:
    """A small page in each language at the address of every indicator that was given up; it leads on without script."""
    for code in LANGUAGES:
        say = Tongue(code)
        top = output if code == LANGUAGES[0] else output / code
        for old_id, new_id in data.redirects.items():
            folder = top / address(indicator_page(old_id))
            if old_id not in data.indicators:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "index.html").write_text(_redirect(say, data, old_id, new_id), encoding="utf-8", newline="\n")


def _redirect(say: Tongue, data: Data, old_id: str, new_id: str) -> str:
    here = Here(indicator_page(old_id), say.code)
    row = data.indicators.get(new_id)
    # What it leads to may be stated in no report of this collection.
    page = indicator_page(new_id) if row else "indicators/index.md"
    link = here.url(page)
    name = say.name(row) if row else say("Indicators", "指标")
    words = say(f"{old_id} is now {new_id}.", f"{old_id} 现为 {new_id}。")
    if not row:
        words += say(" No report here states it.", "所收报告未陈述该指标。")
    prefix = "" if say.code == LANGUAGES[0] else f"{say.code}/"
    canonical = html_text(f"{data.site_url}{prefix}{address(page)}")
    head = f'<link rel="canonical" href="{canonical}">\n' if data.site_url else ""
    return (
        f'<!doctype html>\n<html lang="{say.code}">\n<head>\n<meta charset="utf-8">\n<title>{html_text(name)}</title>\n'
        f"{head}"
        f'<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n</head>\n'
        f'<body>\n<p>{html_text(words)}</p>\n<p><a href="{link}">{html_text(name)}</a></p>\n</body>\n</html>\n'
    )
