"""The site's pages: what they are made of, that nothing in a report's text becomes markup, that every link leads on."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pyarrow.parquet import write_table

import pipeline.site as site
from pipeline.arrow import to_arrow
from pipeline.errors import BaogaoError
from pipeline.publish.packages import write_package
from pipeline.publish.strangers import mark_site
from pipeline.schema import columns, package
from pipeline.site.data import Data
from pipeline.site.explore import explore_page
from pipeline.site.explore_rows import explore_files
from pipeline.site.home import compared
from pipeline.site.html_text import filled, front_matter, html_text, markdown_text, script_json, title_text
from pipeline.site.indicator_views import initial
from pipeline.site.links import Here, folder, indicator_page, page_name
from pipeline.site.report_views import paragraph_spans
from pipeline.site.row_pages import original_link
from pipeline.site.search import documents, terms
from pipeline.site.settings import Settings, read_settings
from pipeline.site.shown_values import amount_text, scaled, size_text, value_text, written_text
from pipeline.site.site_files import write_files, write_spreadsheet
from pipeline.site.tongue import WORDS, Tongue

ROOT = Path(__file__).parents[1]
ANY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'`*_[](){}#|\\:-=~!\n12.数")), max_size=60)


@pytest.fixture(scope="session")
def built(sample_site: Path) -> Path:
    return sample_site


@pytest.fixture(scope="session")
def out(built: Path) -> Path:
    return built / "site"


class Page(HTMLParser):
    """The elements of a page and its text without scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self.inside = tag

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside not in ("script", "style"):
            self.text.append(data)

    def values(self, *names: str) -> list[tuple[str, str]]:
        return [(tag, attrs[name]) for tag, attrs in self.elements for name in names if name in attrs]


def read_pages(out: Path) -> dict[str, Page]:
    return {path.relative_to(out).as_posix(): Page(path.read_text()) for path in sorted(out.rglob("*.html"))}


def dead_links(out: Path, pages: dict[str, Page]) -> set[tuple[str, str]]:
    ids = {path: {value for _, value in page.values("id")} for path, page in pages.items()}
    broken = set()
    for path, page in pages.items():
        if path.endswith("404.html"):
            continue  # its links are absolute, from the address of the site
        for _, link in page.values("href", "src"):
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            parts = urlsplit(urljoin(f"/{path}", link))
            target = unquote(parts.path).lstrip("/")
            if not target or target.endswith("/"):
                target += "index.html"
            if not (out / target).is_file() or (
                parts.fragment and unquote(parts.fragment) not in ids.get(target, set())
            ):
                broken.add((path, link))
    return broken


@pytest.fixture(scope="session")
def pages(out: Path) -> dict[str, Page]:
    return read_pages(out)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


# Text on its way into pages


@given(ANY)
def test_text_for_html_is_text(text):
    page = Page(f"<p>{html_text(text)}</p>")
    assert [tag for tag, _ in page.elements] == ["p"]


@given(ANY)
def test_text_for_markdown_is_text(text):
    line = markdown_text(text)
    assert "\n" not in line
    extensions = ["attr_list", "tables", "toc", "admonition", "pymdownx.superfences"]
    for source in (line, f"| a | b |\n| --- | --- |\n| {line} | c |", f"- [{line}](page.md)"):
        found = {tag for tag, _ in Page(markdown.markdown(source, extensions=extensions)).elements}
        assert found <= {"p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "a"}


@given(ANY)
def test_titles_hold_no_markup(text):
    assert not set(title_text(text)) & set('<>&"`{}\\\n')


@given(ANY, ANY)
def test_front_matter_is_yaml(title, description):
    head = front_matter(title, description=description)
    _, meta, rest = head.split("---\n", 2)
    assert yaml.safe_load(meta)["title"] == title_text(title)
    assert rest == "\n"


@given(st.dictionaries(ANY, ANY, max_size=3))
def test_json_in_a_script_cannot_end_it(value):
    text = script_json(value)
    assert "<" not in text
    assert json.loads(text) == value


def test_slots_are_filled_once_and_unknown_ones_fail():
    assert filled("{{ one }} {{ two }}", {"one": "{{ two }}", "two": "2"}) == "{{ two }} 2"
    with pytest.raises(KeyError):
        filled("{{ other }}", {})


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", " =", "\u3000＠"])
def test_spreadsheets_get_no_formula(sign, tmp_path):
    cell = f"{sign}SUM(1)"
    row = dict.fromkeys(columns("units"), "") | {"unit_id": "a", "unit": cell, "factor": "-1"}
    content = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    (tmp_path / "units.csv").write_text(content, encoding="utf-8", newline="")
    write_spreadsheet("units", tmp_path / "units.csv", tmp_path / "made.csv")
    text = (tmp_path / "made.csv").read_bytes().decode("utf-8-sig")
    made = next(csv.DictReader(text.splitlines()))
    assert made["unit"] == f"'{cell}"
    assert made["factor"] == "-1", "numbers keep their sign"


# Numbers, links, charts


def named(tables: dict[str, list[dict[str, Any]]]) -> Data:
    """What things are called, without reports."""
    nothing: Any = None
    return Data(tables, {}, {}, nothing, nothing, {}, "")


def observation(**more: object) -> dict[str, object]:
    row = dict.fromkeys(columns("observations"))
    return {**row, "measure": "level", "value": 1.0, "bound": "exact", "unit": "亿元", "text": "1", **more}


@pytest.mark.parametrize(
    ("row", "en", "zh"),
    [
        (observation(value=7580.0), "7580 亿元", "7580亿元"),
        (observation(value=8.2, unit="%", bound="about"), "about 8.2%", "8.2%左右"),
        (observation(value=-70.0, unit="%", bound="at_least"), "at least −70%", "−70%以上"),
        (observation(value=10.0, value_max=12.0, unit="万吨", bound="range"), "10–12 万吨", "10–12万吨"),
        (observation(value=2.0, unit="位", measure="rank"), "no. 2", "第2位"),
        (observation(value=3.0, unit=None), "3", "3"),
    ],
)
def test_values_read_as_written(row, en, zh):
    assert (value_text(Tongue("en"), row), value_text(Tongue("zh"), row)) == (en, zh)


def test_phrases_are_shown_as_written_and_told_where_english_readers_need_it():
    row = observation(value=8.0, unit="%", bound="about", phrase="8%左右")
    assert (written_text(Tongue("en"), row), written_text(Tongue("zh"), row)) == ("8%左右 (about 8%)", "8%左右")
    assert written_text(Tongue("en"), observation(value=-3.5, unit="%", phrase="-3.5%")) == "-3.5%"


def test_amounts_are_put_in_the_words_of_the_language():
    assert scaled(Tongue("en"), 2.6e11) == "260 billion"
    assert scaled(Tongue("zh"), 2.6e11) == "2,600亿"
    data = named({"base_units": [{"name_zh": "元", "name_en": "yuan"}]})
    row = observation(value=2600.0, amount=2.6e11, base_unit="元")
    assert amount_text(Tongue("en"), data, row) == "260 billion yuan"
    assert amount_text(Tongue("zh"), data, row) == "", "it would repeat what is written"


def test_sizes():
    assert [size_text(size) for size in (12, 1_200, 3_400_000)] == ["12 B", "1.2 kB", "3.4 MB"]


def test_links_are_relative_and_files_stand_at_the_top():
    here = Here("indicators/gdp.md", "zh")
    assert here.md("topics/output.md", "a") == "../topics/output.md#a"
    assert here.url("indicators/gdp.md", "x") == "#x"
    assert urljoin("https://x.org/zh/indicators/gdp/", here.url("index.md")) == "https://x.org/zh/"
    assert urljoin("https://x.org/zh/indicators/gdp/", here.file("data/a.csv")) == "https://x.org/data/a.csv"
    assert folder("data/index.md") == "data/"
    assert page_name("index") not in ("index", "readme")


@pytest.mark.parametrize(("name", "letter"), [("地区生产总值", "D"), ("Exports", "E"), ("5G基站", "#"), ("镕", "#")])
def test_initials_follow_pinyin(name, letter):
    assert initial(name) == letter


@given(st.text("字。！\n”", max_size=800))
def test_paragraphs_leave_nothing_out(text):
    spans = list(paragraph_spans(text, 0, len(text)))
    assert "".join(text[a:b] for a, b in spans) == re.sub(r"\n", "", text)
    assert all(a < b for a, b in spans)


def test_every_value_of_the_schemas_has_a_word():
    from pipeline import schema

    fields = {"kind": "reports", "status": "observations", "measure": "observations", "bound": "observations"}
    fields |= {"comparison": "observations", "modality": "observations", "level": "places", "met": "outcomes"}
    fields |= {"rank_of": "observations"}
    fields |= {"severity": "findings", "curation": "indicators", "match": "indicator_codes"}
    fields |= {"property": "indicators", "event": "indicators"}
    for name, table in fields.items():
        column = next(column for column in schema.table(table).columns if column.name == name)
        assert set(column.constraints["enum"]) == WORDS[name].keys(), name


def test_relations_are_told_in_words():
    told = [(Tongue(code).word("relation", "flat_or_rising")) for code in ("en", "zh")]
    assert told == ["flat or rising", "不降"]
    assert not [pair for pair in WORDS["relation"].values() if "_" in pair[0]]


# The whole site


def test_both_languages_have_the_same_pages(pages):
    english = {path for path in pages if not path.startswith("zh/")}
    assert english == {path.removeprefix("zh/") for path in pages if path.startswith("zh/")}
    assert len(english) > 50


def test_every_link_leads_somewhere(out, pages):
    broken = dead_links(out, pages)
    assert not broken, sorted(broken)[:10]


def test_nothing_comes_from_another_host(out, pages):
    for path, page in pages.items():
        for tag, link in page.values("src", "href", "data", "poster", "srcset"):
            if tag not in ("a", "svg"):
                assert not urlsplit(link).scheme.startswith("http") or "canonical" in str(page.elements), (path, link)
        for tag, attrs in page.elements:
            if tag == "link" and attrs.get("rel") != "canonical":
                assert not attrs["href"].startswith(("http", "//")), path
    for style in out.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*['\"]?(?:https?:)?//", style.read_text()), style


def test_reports_cannot_inject_markup(out, pages):
    seen = 0
    for path, page in pages.items():
        for tag, attrs in page.elements:
            assert not [name for name in attrs if name.startswith("on")], (path, tag, attrs)
            assert not any(value.strip().lower().startswith("javascript:") for value in attrs.values()), path
            assert "klzzwxh" not in attrs.get("href", ""), path
        seen += "window.broken" in "".join(page.text)
    assert seen > 20, "the attacks are there, as text"
    for path in out.rglob("*.html"):
        for kind, script in re.findall(r"<script\b([^>]*)>(.*?)</script>", path.read_text(), re.DOTALL):
            assert "broken=" not in script or ("ld+json" in kind and "<" not in script), path


def test_every_observation_can_be_followed_to_its_words_and_back(built, pages):
    folder_of = built / "datapackages" / "work-reports"
    found = rows(folder_of / "observations.csv")
    assert len(found) > 50
    for prefix in ("", "zh/"):
        ids = {path: {value for _, value in page.values("id")} for path, page in pages.items()}
        for row in found:
            assert row["observation_id"] in ids[f"{prefix}indicators/{page_name(row['indicator_id'])}/index.html"]
            assert f"n{row['start']}" in ids[f"{prefix}reports/{row['report_id']}/index.html"]


def test_government_documents_stand_in_full_and_press_is_quoted_by_the_sentence(built, pages):
    reports = rows(built / "datapackages" / "work-reports" / "reports.csv")
    for row in reports:
        if row["kind"] == "residue":
            continue
        text = re.sub(r"\s", "", "".join(pages[f"reports/{row['report_id']}/index.html"].text))
        source = (built / "reports" / row["source_file"]).read_text()[int(row["start"]) : int(row["stop"])]
        if row["kind"] == "news":
            assert "项目12个" in text
            assert "这句话没有数字" not in text
        else:
            for line in source.splitlines():
                assert re.sub(r"\s", "", line)[:40] in text


def test_indicator_files_have_exactly_its_rows(built, out):
    found = rows(built / "datapackages" / "work-reports" / "observations.csv")
    for indicator_id in {row["indicator_id"] for row in found}:
        mine = sorted(row["observation_id"] for row in found if row["indicator_id"] == indicator_id)
        assert sorted(row["observation_id"] for row in rows(out / f"indicators/{page_name(indicator_id)}.csv")) == mine


def test_packages_are_there_byte_by_byte(built, out):
    for path in (built / "datapackages").rglob("*.*"):
        copy = out / "data" / path.relative_to(built / "datapackages")
        assert copy.read_bytes() == path.read_bytes()


def test_metadata_is_for_machines(out):
    for path in (out / "indicators/gdp/index.html", out / "zh/data/work-reports/index.html"):
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text(), re.DOTALL)
        assert len(found) == 1
        dataset = json.loads(found[0])
        assert dataset["@type"] == "Dataset"
        assert dataset["distribution"][0]["contentUrl"].startswith("http")
    places = re.findall(r"<loc>(.*?)</loc>", (out / "sitemap.xml").read_text())
    own = [path for path in out.rglob("index.html") if "noindex" not in path.read_text()]
    assert len(places) == len(own) // 2


def test_every_indicator_that_was_given_up_leads_on_without_a_script(built, out, pages):
    folder_of = built / "datapackages" / "work-reports"
    given_up = {row["old_id"]: row["new_id"] for row in rows(folder_of / "indicator_redirects.csv")}
    known = {row["indicator_id"] for row in rows(folder_of / "indicators.csv")}
    assert given_up
    for prefix in ("", "zh/"):
        for old_id, new_id in given_up.items():
            new_id = given_up.get(new_id, new_id)
            page = pages[f"{prefix}indicators/{page_name(old_id)}/index.html"]
            links = [link for tag, link in page.values("href") if tag == "a"]
            refresh = [attrs["content"] for tag, attrs in page.elements if attrs.get("http-equiv") == "refresh"]
            assert refresh == [f"0; url={links[0]}"]
            meant = f"indicators/{page_name(new_id)}/" if new_id in known else "indicators/"
            assert urljoin(f"/{prefix}indicators/{page_name(old_id)}/", links[0]) == f"/{prefix}{meant}"
            canonical = [attrs["href"] for tag, attrs in page.elements if attrs.get("rel") == "canonical"]
            assert canonical[0].endswith(f"/{prefix}{meant}")
            assert new_id in "".join(page.text)


def test_redirects_end_where_the_last_one_leads():
    steps = [{"old_id": "a", "new_id": "b", "since": "1"}, {"old_id": "b", "new_id": "c", "since": "2"}]
    data = named({"indicator_redirects": steps})
    assert data.redirects == {"a": "c", "b": "c"}


def test_indicators_say_what_they_are_made_of(built, pages):
    folder_of = built / "datapackages" / "work-reports"
    indicators = rows(folder_of / "indicators.csv")
    stated = {row["indicator_id"] for row in rows(folder_of / "observations.csv")}
    for prefix, none, column in (("", "gives no definition", "name_en"), ("zh/", "报告未给出定义", "name_zh")):
        for row in indicators:
            page = pages[f"{prefix}indicators/{page_name(row['indicator_id'])}/index.html"]
            text, links = "".join(page.text), {link for _, link in page.values("href")}
            assert (none in text) == (not row["definition_zh"]), row["indicator_id"]
            if row["thing_id"]:
                assert f"../../things/{page_name(row['thing_id'])}/" in links
                thing = pages[f"{prefix}things/{page_name(row['thing_id'])}/index.html"]
                assert f"../../indicators/{page_name(row['indicator_id'])}/" in {x for _, x in thing.values("href")}
                assert row[column] in "".join(thing.text)
            if row["broader_id"]:
                assert f"../{page_name(row['broader_id'])}/" in links
                above = pages[f"{prefix}indicators/{page_name(row['broader_id'])}/index.html"]
                assert f"../{page_name(row['indicator_id'])}/" in {x for _, x in above.values("href")}
    broader = {row["broader_id"] for row in indicators} - {""}
    assert broader - stated, "some are only there for their narrower ones"
    for indicator_id in broader - stated:
        assert "下位指标" in "".join(pages[f"zh/indicators/{page_name(indicator_id)}/index.html"].text)


def test_rows_show_the_phrase_and_how_sure_they_are(built, out, pages):
    found = rows(built / "datapackages" / "work-reports" / "observations.csv")
    row = next(row for row in found if row["indicator_id"] == "gdp" and row["status"] == "target")
    sure = f"{float(row['confidence']):.2f}"
    for prefix, words in (("", f"sure {sure}"), ("zh/", f"可信度 {sure}")):
        for path in ("indicators/gdp", f"reports/{row['report_id']}"):
            text = "".join(pages[f"{prefix}{path}/index.html"].text)
            assert words in text
            assert row["phrase"] in text
    values = json.loads((out / "explore/facets.json").read_text())["confidence"]
    assert sorted(f"{value:.3f}" for value in values) == sorted(f"{float(row['confidence']):.3f}" for row in found)


def test_reports_lead_to_their_original_only_on_the_web():
    assert original_link({"source_url": "javascript:alert(1)"}) == ""
    assert original_link({"source_url": None}) == ""
    link = Page(original_link({"source_url": 'https://example.org/a?b=1&c="'}))
    assert link.elements == [("a", {"href": 'https://example.org/a?b=1&c="', "rel": "external"})]


def test_navigation_does_not_grow_with_the_pages(pages):
    page = pages["indicators/gdp/index.html"]
    inside = [
        link for tag, link in page.values("href") if tag == "a" and "/indicators/" in urljoin("/indicators/gdp/", link)
    ]
    assert len(inside) < 60


def test_charts_tell_targets_from_results(built, out):
    html = (out / "indicators/gdp/index.html").read_text()
    chart = re.search(r'<figure class="chart".*?</figure>', html, re.DOTALL)[0]
    assert 'class="mark actual"' in chart
    assert 'class="mark target"' in chart
    assert 'class="reach about"' in chart, "8%左右 does not look like a measured 8%"
    stated = rows(built / "datapackages/work-reports/observations.csv")
    stated = [
        row for row in stated if (row["indicator_id"], row["measure"]) == ("gdp", "growth") and not row["same_as"]
    ]
    assert chart.count("data-point=") == len(stated) + 8, "what the county states, and the facts on others"
    assert chart.count('class="mark actual fact"') > 1, "what comes from tables is told apart"


def test_without_npm_pages_have_pictures_and_no_script_for_them(built):
    data = site.load(built / "datapackages", built / "reports", built / "none.json", Settings())
    found = dict(site.pages(Tongue("en"), data))
    for path in ("indicators/gdp.md", "compare/gdp.md"):
        assert '<figure class="chart"' in found[path]
        assert "chart.js" not in found[path]
        assert "data-npm" not in found[path]


def test_many_rows_follow_on_further_pages(built, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.site.data.ROWS_TOGETHER", 1)
    monkeypatch.setattr("pipeline.site.indicator_views.ROWS_TOGETHER", 1)
    data = site.load(
        built / "datapackages", built / "reports", built / "none.json", Settings(address="https://example.org/")
    )
    site.write_pages(data, tmp_path)
    indicator = max(data.indicators, key=data.count)
    rows = data.of_indicator(indicator)
    assert len(rows) > 1
    for number, row in enumerate(rows, start=1):
        page = tmp_path / "en" / f"{indicator_page(indicator, number)}"
        assert f'id="{row["observation_id"]}"' in page.read_text(encoding="utf-8")
        report = (tmp_path / "en" / f"reports/{row['report_id']}.md").read_text(encoding="utf-8")
        assert f"../../{folder(indicator_page(indicator, number))}#{row['observation_id']}" in report


def test_a_site_that_fails_leaves_the_old_one(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("old")
    mark_site(tmp_path / "site")

    def fails(data, folder):
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / ".site.staged/index.html"))

    monkeypatch.setattr(site, "load", lambda *given, **named: None)
    monkeypatch.setattr(site, "write_pages", fails)
    with pytest.raises(BaogaoError, match=r"the disk is full. Make room"):
        site.build_site(tmp_path, tmp_path, tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site.staged")] == []


def test_pages_are_the_same_on_every_run(built, tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom pipeline.site import npm, write_pages\nfrom pipeline.site.data import load\n"
        "from pipeline.site.settings import read_settings\n"
        "b, o, r = map(Path, sys.argv[1:])\n"
        "at_hand = npm.at_hand(r, r / 'node_modules')\n"
        "score = r / 'docs/score.json'\n"
        "write_pages(load(b / 'datapackages', b / 'reports', score, read_settings(None), npm=at_hand), o)\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, built, tmp_path / "p", ROOT], check=True, env=environment, cwd=ROOT)
    first, second = built / "site-pages", tmp_path / "p"
    for path in first.rglob("*.md"):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path


def test_a_folder_with_other_things_is_left_alone(built, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(BaogaoError, match="has not written"):
        site.build_site(built / "datapackages", built / "reports", tmp_path)
    assert (tmp_path / "mine.txt").exists()


def test_a_site_without_an_address_names_none(built):
    data = site.load(built / "datapackages", built / "reports", built / "none.json", Settings())
    found = dict(site.pages(Tongue("en"), data))
    text = "".join(found.values())
    assert "localhost" not in text
    assert "contentUrl" not in text
    assert "datapackages/work-reports/observations.parquet" in found["indicators/gdp.md"]


def test_a_package_made_by_hand_is_offered_where_it_is_there(built, tmp_path):
    shutil.copytree(built / "datapackages", tmp_path / "packages")
    tables = {table: [] for table in package("annotations").tables}
    about = [{"source_file": "a.txt", "date": "2026-01-01", "published": None}]
    write_package("annotations", tables, tmp_path / "packages", about)
    data = site.load(
        tmp_path / "packages", built / "reports", built / "none.json", Settings(address="https://example.org/")
    )
    found = dict(site.pages(Tongue("zh"), data))
    assert "annotations/#files" in found["data/index.md"]
    assert "data/annotations/annotations.csv" in found["data/annotations/index.md"]
    write_files(data, tmp_path / "packages", tmp_path / "out")
    assert (tmp_path / "out/data/annotations/annotations.parquet").is_file()
    assert (tmp_path / "out/data/annotations/annotations.spreadsheet.csv").is_file()


def test_the_start_page_promises_the_comparisons_that_the_data_hold(built, pages):
    found = rows(built / "datapackages" / "work-reports" / "outcomes.csv")
    count = sum(row["met"] != "not_comparable" for row in found)
    assert count
    assert f"{count} targets can be compared so far" in "".join(pages["index.html"].text)
    nothing: Any = SimpleNamespace(stored=SimpleNamespace(comparable=0))
    assert "Compare" not in compared(Tongue("en"), nothing, Here("index.md", "en"))


def test_places_tell_which_documents_are_here_and_leave_out_those_of_which_nothing_is_said(built):
    data = site.load(built / "datapackages", built / "reports", built / "none.json", Settings())
    county = next(row for row in data.tables["places"] if row["place_id"] == "cn-441224")
    nowhere = {**county, "place_id": "cn-441225", "name_zh": "无名县", "name_en": "Nowhere County"}
    data.tables["places"].append(nowhere)
    found = dict(site.pages(Tongue("en"), data))
    assert "Nowhere" not in found["places/index.md"]
    assert "No report here states anything" in found["places/cn-441225.md"]
    assert "No report here states anything" not in found["places/cn-441224.md"]
    assert '<a href="../reports/cn-441224-2019-work-report/">' in found["places/index.md"]


def test_quality_tells_the_figures_of_unread_texts_beside_known_ones(pages):
    for path, words in (("quality/index.html", "nobody had read"), ("zh/quality/index.html", "无人读过")):
        text = "".join(pages[path].text)
        assert words in text
        assert "F1" in text[text.index(words) :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&D", ["rd"]),
        ("PM2.5", ["pm25"]),
        ("GDP增速", ["gdp", "增速"]),
        ("5G基站", ["5g", "基站"]),
        ("高速公路", ["高速", "速公", "公路"]),
        ("經濟　增長", ["经济", "增长"]),
        ("House prices", ["house", "prices"]),
        ("１２.５%", ["125"]),
        ("的", ["的"]),
        ("<script>", ["script"]),
    ],
)
def test_terms_of_the_search(text, expected):
    assert terms(text) == expected


def test_search_of_a_large_site_has_no_sentences(built, monkeypatch):
    data = site.load(built / "datapackages", built / "reports", built / "none.json", Settings())
    assert any("列席人员" in one.text for one in documents(data))
    monkeypatch.setattr("pipeline.site.data.SEARCHED", 0)
    data = site.load(built / "datapackages", built / "reports", built / "none.json", Settings())
    found = list(documents(data))
    assert not any("列席人员" in one.text for one in found)
    assert {"indicators/gdp/", "places/cn-441224/", "reports/cn-441224-2019-work-report/"} <= {one.url for one in found}
    assert "名称" in dict(site.pages(Tongue("zh"), data))["reports/index.md"]


def test_list_of_very_many_indicators_has_a_page_for_each_letter(built, monkeypatch):
    monkeypatch.setattr("pipeline.site.indicator_views.LISTED", 3)
    data = site.load(
        built / "datapackages", built / "reports", built / "none.json", Settings(address="https://example.org/")
    )
    english, chinese = (dict(site.pages(Tongue(code), data)) for code in ("en", "zh"))
    assert english.keys() == chinese.keys()
    for found in (english, chinese):
        letters = {path: text for path, text in found.items() if path.startswith("lists/alphabetical/")}
        assert len(letters) == 27
        assert sum(text.count("<li>") for text in letters.values()) == len(data.indicators)
        assert "<li>" not in found["lists/alphabetical.md"]


def test_explorer_says_where_it_leaves_rows_out(built, monkeypatch):
    monkeypatch.setattr("pipeline.site.explore_rows.EXPLORED", 7)
    data = site.load(
        built / "datapackages", built / "reports", built / "none.json", Settings(address="https://example.org/")
    )
    files = {name: json.loads(text) for name, text in explore_files(data)}
    assert sorted(files) == ["facets.json", "rows-0.json", "words.json"]
    columns = [
        *files["facets.json"]["columns"].values(),
        *(one["rows"] for one in files["rows-0.json"]["columns"].values()),
    ]
    assert {len(column) for column in columns} == {files["facets.json"]["count"]} == {7}
    assert f"7 of the {data.observations} observations" in explore_page(Tongue("en"), data)


def test_explorer_comes_in_files_that_put_together_are_the_flat_table(built, out, monkeypatch):
    monkeypatch.setattr("pipeline.site.explore_rows.CHUNK", 40)
    data = site.load(built / "datapackages", built / "reports", built / "none.json", Settings())
    files = {name: json.loads(text) for name, text in explore_files(data)}
    facets = files["facets.json"]
    parts = [files[f"rows-{number}.json"] for number in range(len(files) - 2)]
    assert len(parts) == -(-facets["count"] // 40) > 2
    found = {}
    for part in parts:
        cells = {name: [one["keys"][at] for at in one["rows"]] if "keys" in one else one["rows"]
                 for name, one in part["columns"].items()}  # fmt: skip
        found |= {
            row["observation_id"]: row
            for row in (dict(zip(cells, line, strict=True)) for line in zip(*cells.values(), strict=True))
        }
    flat = rows(built / "datapackages" / "analysis-ready" / "observations_flat.csv")
    assert found.keys() == {row["observation_id"] for row in flat}
    assert all(found[row["observation_id"]]["quote"] == row["quote"] for row in flat)
    place = facets["dimensions"]["place"]
    county = place["keys"].index("cn-441224")
    above = [place["keys"][one] for one in place["above"][county]]
    assert above == ["cn-441200"], "a place stands below the one that it belongs to"


def test_missing_packages_and_changed_sources_are_told(built, tmp_path):
    with pytest.raises(BaogaoError, match="baogao build"):
        site.build_site(tmp_path / "none", built / "reports", tmp_path / "out")
    with pytest.raises(BaogaoError, match="--reports"):
        site.build_site(built / "datapackages", tmp_path, tmp_path / "out")


# The pages written by hand


def test_pages_of_the_repository_stand_in_both_languages(pages):
    for name, words in (("benchmark", ("everything", "合计")), ("scale", ("cluster", "集群"))):
        for language, word in zip(("", "zh/"), words, strict=True):
            text = "".join(pages[f"{language}{name}/index.html"].text)
            assert word in text
            assert not [link for _, link in pages[f"{language}{name}/index.html"].values("href") if ".zh" in link]
        assert f"../{name}/" in {link for _, link in pages["checks/index.html"].values("href")}


def test_hand_pages_exist_in_both_languages():
    names = {code: {path.name for path in (ROOT / "docs" / code).glob("*.md")} for code in ("en", "zh")}
    assert names["en"] == names["zh"]


def snippets(language: str) -> list[str]:
    page = (ROOT / "docs" / "en" / "reuse.md").read_text()
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def test_python_snippets_run(built, out):
    from site_sample import served

    with served(out) as address:
        for snippet in snippets("python"):
            code = snippet.replace("{{ site_url }}", address)
            done = subprocess.run([sys.executable, "-c", code], cwd=built, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr


def test_sql_snippets_run(built, monkeypatch):
    import duckdb

    monkeypatch.chdir(built)
    found = snippets("sql")
    assert found
    for snippet in found:
        assert duckdb.sql(snippet).fetchall()


def test_commands_on_the_page_run(built):
    for snippet in snippets("sh"):
        command = [Path(sys.executable).with_name("frictionless"), *snippet.split()[1:]]
        done = subprocess.run(command, cwd=built, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2000:]


def test_snippets_are_the_same_in_both_languages():
    pages = [(ROOT / f"docs/{code}/reuse.md").read_text() for code in ("en", "zh")]
    english, chinese = (re.findall(r"^```.*?^```", page, re.MULTILINE | re.DOTALL) for page in pages)
    assert english == chinese


# The words, the settings and the addresses for programs


def test_both_languages_have_the_same_words():
    from pipeline.site.tongue import locale

    english, chinese = locale("en"), locale("zh")
    # Chinese has no plural.
    assert {key.removesuffix("_one") for key in english} == chinese.keys()
    for key, text in chinese.items():
        slots = set(re.findall(r"\{([a-z_]+)\}", text))
        assert slots == set(re.findall(r"\{([a-z_]+)\}", english[key])), key


def test_every_word_that_a_template_asks_for_is_there():
    from pipeline.site.tongue import locale

    asked = {
        key
        for path in (ROOT / "pipeline/site").rglob("*")
        if path.suffix in (".html", ".py")
        for key in re.findall(r"""(?:\bt\(|words\(\s*say,\s*)["']([a-z_]+\.[a-z_]+)["']""", path.read_text("utf-8"))
    }
    assert len(asked) > 100
    known = locale("en").keys()
    # A key that ends in _ is the beginning of one for each of several things.
    assert not {
        key for key in asked if key not in known and not (key.endswith("_") and any(k.startswith(key) for k in known))
    }


def test_values_in_templates_are_escaped():
    from pipeline.site.templating import block, words

    attack = "<script>window.broken=1</script>"
    shown = block(Tongue("en"), "turn.html", links=[(attack, '"><b>')])
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "<script>" not in words(Tongue("en"), "row.compared", what=attack)


def test_settings_make_a_site_somebodys_own(tmp_path, monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    (tmp_path / "logo.svg").write_text("<svg/>")
    (tmp_path / "site.yaml").write_text(
        "title: {en: Work reports of a province, zh: 某省报告}\naddress: https://example.org/x\n"
        "contact: data@example.org\nlogo: logo.svg\n",
        encoding="utf-8",
    )
    found = read_settings(tmp_path / "site.yaml")
    assert (found.title(Tongue("en")), found.title(Tongue("zh"))) == ("Work reports of a province", "某省报告")
    assert (found.address, found.logo) == ("https://example.org/x/", tmp_path / "logo.svg")
    assert read_settings(None) == Settings()
    monkeypatch.setenv("SITE_URL", "https://other.org")
    assert read_settings(tmp_path / "site.yaml").address == "https://other.org/"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel: x", "no such setting"),
        ("address: example.org", "https://"),
        ("logo: none.svg", "is not there"),
        ("title: [a]", "not text"),
        ("- a", "keys and values"),
        ("a: [", "cannot be read"),
    ],
)
def test_settings_that_cannot_be_used_are_told(tmp_path, text, told):
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BaogaoError, match=told):
        read_settings(tmp_path / "site.yaml")


def test_errors_are_reported_where_the_settings_say(built):
    from pipeline.site.row_pages import error_link

    for contact, begins in (
        ("data@example.org", "mailto:data@example.org?subject="),
        ("https://x.org/new", "https://x.org/new?title="),
        ("", ""),
    ):
        settings = Settings(contact=contact)
        data = site.load(built / "datapackages", built / "reports", built / "none.json", settings)
        row = data.of_report("cn-441224-2019-work-report")[0]
        link = error_link(Tongue("en"), data, row)
        assert link.startswith(begins)
        assert (row["observation_id"] in link) == bool(contact)


def test_a_number_is_told_in_a_sentence_of_the_readers_language(built):
    from pipeline.site.row_pages import statement

    data = site.load(built / "datapackages", built / "reports", built / "none.json", Settings())
    row = next(row for row in data.of_indicator("gdp") if row["status"] == "target" and row["period"] == "2019")
    assert statement(Tongue("en"), data, row) == (
        "growth of Gross domestic product on the year before of Huaiji County, target for 2019: about 8%."
    )
    assert statement(Tongue("zh"), data, row) == "怀集县2019年地区生产总值增速（同比）目标：8%左右。"


def test_every_page_with_rows_has_them_for_programs(built, out):
    stated = rows(built / "datapackages" / "analysis-ready" / "observations_flat.csv")
    for kind, column, identifier in (
        ("indicators", "indicator_id", "gdp"),
        ("places", "place_id", "cn-441224"),
        ("reports", "report_id", "cn-441224-2019-work-report"),
    ):
        expected = [row for row in stated if row[column] == identifier]
        found = rows(out / f"{kind}/{identifier}.csv")
        assert sorted(found, key=lambda row: row["observation_id"]) == sorted(
            expected, key=lambda row: row["observation_id"]
        )
        whole = json.loads((out / f"{kind}/{identifier}.json").read_text(encoding="utf-8"))
        about = json.loads((out / f"{kind}/{identifier}.metadata.json").read_text(encoding="utf-8"))
        assert whole["rows"] == about["rows"] == len(whole["observations"]) == len(expected) > 0
        assert about["csv"] == f"https://example.org/{kind}/{identifier}.csv"
        assert (out / about["schema"].removeprefix("https://example.org/")).is_file()
    assert (out / "things/gdp.json").is_file()


def test_snippets_for_programs_run(out):
    from site_sample import served

    page = (ROOT / "docs/en/api.md").read_text(encoding="utf-8")
    found = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(found) == 3
    with served(out) as address:
        code = "\n".join(found).replace("{{ site_url }}", address)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Gross domestic product" in done.stdout


def test_headings_of_chapters_are_no_commitments(built, tmp_path):
    report = "cn-441224-2019-work-report"

    def commitment(kind, number, title, parent=None):
        key = f"{report}-{kind}-{number}"
        return {
            "commitment_id": key, "report_id": report, "parent_id": parent, "kind": kind, "number": number, "title": title,
            "text": title, "section": "", "deadline": "2019", "deadline_text": "", "start": 0, "stop": 1,
        }  # fmt: skip

    found = [commitment("undertaking", "一", "抓好各项工作"), commitment("livelihood", "1", "新建学校三所")]
    found.append(commitment("livelihood", "1-1", "建成城东小学", found[1]["commitment_id"]))
    shutil.copytree(built / "datapackages", tmp_path / "packages")
    write_table(to_arrow("commitments", found), tmp_path / "packages/work-reports/commitments.parquet")
    data = site.load(tmp_path / "packages", built / "reports", built / "none.json", Settings())
    pages = dict(site.pages(Tongue("zh"), data))
    page = pages[f"commitments/{report}.md"]
    assert "新建学校三所" in page
    assert 'class="depth-1"' in page
    assert "抓好各项工作" not in page
    assert "民生实事 2" in pages["commitments/index.md"]
