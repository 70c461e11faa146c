"""Time, memory and size of the site by the number of indicators.

    python benchmarks/site.py 1000 10000

The packages in datapackages/ are repeated with a fixed seed until there are so many indicators: the same sources under
other names, each report of another place, and every indicator that is not a core one under another identifier, another
name and other aliases. Core indicators stay what they are, and have the rows of every copy. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
# The same in every copy.
SHARED = (
    "topics", "things", "units", "base_units", "agencies", "places", "facts", "code_lists", "codes", "coded_columns",
    "indicator_redirects", "observation_redirects",
)  # fmt: skip
_INDICATORS = ("indicators", "indicator_aliases", "indicator_codes")


def published() -> Tables:
    """The tables of the relational package."""
    import pyarrow.parquet as pq

    from pipeline import schema

    folder = ROOT / "datapackages" / "work-reports"
    names = schema.package_tables("work-reports")
    return {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in names}


class Maker:
    """Makes copies of the published tables, and the sources that go with them."""

    def __init__(self, tables: Tables, reports: Path) -> None:
        from pipeline.documents.report_place import stated
        from pipeline.meaning.gazetteer import gazetteer

        self.tables = tables
        self.reports = reports
        shutil.copytree(ROOT / "reports" / "facts", reports / "facts")
        self.chance = random.Random(20_260)
        # Places whose name no other has, so that the facts beside a source can name them.
        self.free = [
            place
            for place in gazetteer()
            if place.level in ("prefecture", "county")
            and not place.valid_to
            and stated(place.name_zh) == (place.place_id,)
        ]
        self.chance.shuffle(self.free)
        self.names = {row["name_zh"] for row in tables["indicators"]}
        self.own = [row["indicator_id"] for row in tables["indicators"] if row["curation"] != "core"]
        self.places: dict[str, dict[str, Any]] = {}

    def copy(self, number: int, indicators: Iterable[str]) -> Tables:
        """Copy `number` (the first is 0) with these indicators that are not core ones."""
        places = {row["place_id"]: self._place() if number else row["place_id"] for row in self.tables["places"]}
        files = {row["source_file"] for row in self.tables["reports"]}
        # A report of a copy is the one at the same place of the same source.
        reports: dict[str, dict[str, Any]] = {}
        for file in sorted(files):
            rows = [row for row in self.tables["reports"] if row["source_file"] == file]
            reports |= self._source(file, rows, number, places)
        chosen = dict.fromkeys(indicators)
        for indicator in chosen:
            chosen[indicator] = f"{indicator}-{number}" if number else indicator
        kept = {**{row["indicator_id"]: row["indicator_id"] for row in self.tables["indicators"]}}
        for indicator in self.own:
            kept[indicator] = chosen.get(indicator) or ""
        return self._tables(number, places, reports, kept)

    def _place(self) -> str:
        from pipeline.meaning.gazetteer import gazetteer

        place = found = self.free.pop()
        while place.place_id not in self.places:
            self.places[place.place_id] = {name: value or None for name, value in place._asdict().items()}
            self.places[place.place_id]["successor_id"] = None
            if not place.parent_id:
                break
            place = gazetteer().place(place.parent_id)
        return found.place_id

    def _source(self, file: str, rows: Rows, number: int, places: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Write a source and its facts; its rows of the table `reports`, by the identifiers that they have there."""
        from pipeline.documents.split import split
        from pipeline.text.sources import read_source

        source = ROOT / "reports" / file
        target = self.reports / (f"{source.stem}-{number}{source.suffix}" if number else file)
        target.write_bytes(source.read_bytes())
        beside = source.with_suffix(".yaml")
        facts = yaml.safe_load(beside.read_text(encoding="utf-8")) if beside.exists() else {}
        if number:
            own = facts.get("reports", [{"number": 1, **facts}] if facts else [])
            by_number = {entry["number"]: entry for entry in own}
            for at, row in enumerate((row for row in rows if row["kind"] != "residue"), 1):
                place = self.places[places[row["place_id"]]]
                by_number.setdefault(at, {"number": at})["place"] = place["name_zh"]
            facts = {"reports": [by_number[at] for at in sorted(by_number)]}
        if facts:
            target.with_suffix(".yaml").write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
        found = split(read_source(target))
        assert [(report.start, report.stop) for report in found] == [(row["start"], row["stop"]) for row in rows], file
        return {
            row["report_id"]: {"report_id": report.report_id, "source_file": target.name, "place_id": report.place_id}
            for row, report in zip(rows, found, strict=True)
        }

    def _tables(
        self,
        number: int,
        places: Mapping[str, str],
        reports: Mapping[str, Mapping[str, Any]],
        indicators: Mapping[str, str],
    ) -> Tables:
        """The rows of a copy. Those of indicators that are left out go, and with them what points at them."""
        from pipeline.meaning.amounts import unit
        from pipeline.meaning.indicators import told_in

        begins = re.compile("|".join(map(re.escape, sorted(reports, key=len, reverse=True))))

        def moved(text: str) -> str:
            return begins.sub(lambda match: reports[match[0]]["report_id"], text)

        gone = {row["observation_id"] for row in self.tables["observations"] if not indicators[row["indicator_id"]]}
        lost = {(r["report_id"], r["start"]) for r in self.tables["observations"] if r["observation_id"] in gone}
        core = {row["indicator_id"] for row in self.tables["indicators"] if row["curation"] == "core"}
        by_field: dict[str | None, Mapping[str, str]] = {"indicator_id": indicators, "place_id": places}
        copied: Tables = {}
        for name, rows in self.tables.items():
            copied[name] = []
            if number and name in SHARED:
                continue
            for row in rows:
                indicator = row.get("indicator_id")
                if indicator and not indicators[indicator]:
                    continue
                if number and name in _INDICATORS and indicator in core:
                    continue
                if any(isinstance(value, str) and value in gone for value in row.values()):
                    continue
                if number and name == "outcomes" and (row["target_fact"] or row["result_fact"]):
                    continue  # facts are of the places of the first copy
                if name == "numerals" and row["kind"] == "observation" and (row["report_id"], row["start"]) in lost:
                    continue
                new = dict(row)
                for column, value in row.items():
                    if column == "indicator_id":
                        new[column] = indicators[value]
                    elif column == "place_id" and value and name not in SHARED:
                        new[column] = places[value]
                    elif isinstance(value, str) and (column.endswith("_id") or column in ("same_as", "excerpt_of")):
                        new[column] = moved(value)
                if name == "reports":
                    new |= reports[row["report_id"]]
                if name == "corrections":
                    new["is"] = by_field.get(row["field"], {}).get(row["is"], row["is"])
                if name == "observations" and row["base_unit"] and row["unit"]:
                    # What is told in 户 depends on what is counted, and of a copy nobody knows what that is.
                    new["base_unit"] = unit(told_in(new["indicator_id"], row["unit"], row["measure"])).base_unit
                copied[name].append(new)
        if number:
            self._rename(copied)
        return copied

    def _rename(self, tables: Tables) -> None:
        """Put the beginning of another name before each name, so that no two indicators share theirs."""
        all_names = sorted(self.names)
        before: dict[str, str] = {}
        for row in tables["indicators"]:
            name = row["name_zh"]
            while name in self.names:
                before[row["indicator_id"]] = self.chance.choice(all_names)[:2]
                name = before[row["indicator_id"]] + name
            self.names.add(name)
            row["name_zh"] = name
            if row["name_en"]:
                row["name_en"] = f"{row['name_en']} ({name})"
        for row in tables["indicator_aliases"]:
            if row["language"] == "zh":
                row["alias"] = before[row["indicator_id"]] + row["alias"]

    def tables_of(self, count: int) -> Tables:
        """The tables with `count` indicators."""
        found: Tables = {name: [] for name in self.tables}
        left = count - (len(self.tables["indicators"]) - len(self.own))
        number = 0
        while left > 0:
            chosen = self.own if left >= len(self.own) else self.chance.sample(self.own, left)
            for name, rows in self.copy(number, chosen).items():
                found[name] += rows
            left -= len(chosen)
            number += 1
        known = {row["place_id"] for row in found["places"]}
        named = {value for name, rows in found.items() if name != "places" for row in rows for value in row.values()}
        above: set[str] = set()
        for key in filter(named.__contains__, self.places):
            while key in self.places and key not in above:
                above.add(key)
                key = self.places[key]["parent_id"]
        found["places"] += [row for key, row in sorted(self.places.items()) if key in above - known]
        return found


def size(paths: Iterable[Path]) -> int:
    """Bytes of files."""
    return sum(path.stat().st_size for path in paths if path.is_file())


def measure(count: int, folder: Path) -> tuple[list[str], str]:
    """Make the site of `count` indicators below `folder`; the cells of the table, and what else is of note."""
    from pipeline.publish.packages import write_packages

    (folder / "reports").mkdir(parents=True)
    tables = Maker(published(), folder / "reports").tables_of(count)
    assert len(tables["indicators"]) == count
    write_packages(tables, folder / "packages")
    command = [Path(sys.executable).with_name("baogao"), "site", "--reports", folder / "reports"]
    command += ["--datapackages", folder / "packages", "--output", folder / "site"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, f"baogao site failed with {status}"
    site = folder / "site"
    pages = list(site.rglob("*.html"))
    processor = used.ru_utime + used.ru_stime
    cells = [
        f"{count:,}",
        f"{len(pages):,}",
        f"{processor:,.0f}",
        f"{len(pages) / processor:,.0f}",
        f"{used.ru_maxrss * 1024 / 1e6:,.0f}",
        f"{size((site / 'pagefind').rglob('*')) / 1e6:,.1f}",
        f"{size(site.rglob('*')) / 1e6:,.0f}",
    ]
    largest = sorted(pages, key=lambda path: -path.stat().st_size)[:5]
    named = ", ".join(f"{path.parent.relative_to(site)} {path.stat().st_size / 1e6:.1f} MB" for path in largest)
    rows = f"{len(tables['reports']):,} reports, {len(tables['observations']):,} observations"
    explorer = size((site / "explore").glob("*.json")) / 1e6
    return cells, f"{count:,} indicators: {rows}; data of the explorer {explorer:.1f} MB; largest pages: {named}"


def main() -> None:
    """Measure each size, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000])
    parser.add_argument("--keep", type=Path, help="a folder where the sites stay")
    given = parser.parse_args()
    heads = "indicators", "pages, both languages", "processor seconds", "pages a second", "memory, MB"
    heads += "search index, MB", "all files, MB"
    print(f"| {' | '.join(heads)} |\n|{' ---: |' * len(heads)}", flush=True)
    notes = []
    for count in given.sizes:
        with tempfile.TemporaryDirectory(prefix="baogao-site-") as name:
            cells, note = measure(count, given.keep / str(count) if given.keep else Path(name))
        print(f"| {' | '.join(cells)} |", flush=True)
        notes.append(note)
    print("\n" + "\n".join(notes))


if __name__ == "__main__":
    main()
