"""Split a source into its reports and what is left over.

A boundary stands where a work report is opened before its congress, where an item of a collection begins after a line
of separators, and at words such as 原标题. Each piece then loses the residue of its web page at both ends.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass, replace

from pipeline.documents import report_place as places
from pipeline.documents.front_matter import dates, half_width
from pipeline.documents.metadata import Piece, describe
from pipeline.documents.openings import followed, opening_marks
from pipeline.documents.profiles import kind_named
from pipeline.errors import InputError
from pipeline.knowledge import vocabulary
from pipeline.meaning.gazetteer import gazetteer
from pipeline.models import Report, Source, Span
from pipeline.text.even import NOTHING, even
from pipeline.text.fold import simplified

_WORDS = vocabulary("documents")
_RESIDUE = _WORDS["residue"]
_WORD = re.compile(r"\w")
_BLANKS = re.compile(r"\s+")
_SEEN = re.compile(rf"[^\s{NOTHING}]")
_DIGIT = re.compile("[0-9０-９]")
_TEXT_LINE = re.compile(r"\S(?:[^\r\n\x0b\x0c\x85\u2028\u2029]*\S)?")
_SEPARATOR = re.compile(_WORDS["separator"])
_ITEM_OPENING = re.compile(_WORDS["item_opening"])
_OF_COLUMNS = ("title", "issuer", "date", "published")
_ADDRESS = re.compile(r"https?://\S+$")
_SALUTATION = re.compile(_WORDS["salutation"])
_TITLE_OF_REPORT = re.compile(_WORDS["titles"]["congress"])
_ASSEMBLY_LINE = re.compile(r".{0,60}会议上.{0,40}")
# The date in brackets, with who speaks, above the salutation.
_DATE_LINE = re.compile(r"[(（]\d{4}年\d{1,2}月\d{1,2}日[^()（）。]{0,12}[)）]")
_INLINE_TITLE = re.compile(r"(?:\d{4}年)?[一-鿿]{0,15}政府工作报告|\d{4}年\d{1,2}月\d{1,2}日在[^。]{4,40}会议上")
_HEAD = re.compile("|".join(_RESIDUE["head"]))
_SITE = re.compile("[一-鿿]{2,20}")
_POSITION = re.compile(_WORDS["residue"]["position"])
_TAIL = re.compile("|".join(_RESIDUE["tail"]))
_LAST = re.compile("|".join(_RESIDUE["last"]))
_TRAILING = re.compile(f"(?:{_RESIDUE['trailing']})$")
_NOT_A_TITLE = re.compile(f"{_WORDS['annex']}|{_WORDS['numbering']}")
_PROSE = re.compile("[，。；,;]")
_SENTENCE_END = "。！？!?；;，,"

# Sizes in characters. Below _SMALL a piece is no report beside others; an opening needs _BODY of text behind it.
_SMALL = 200
_BODY = 500
_FRONT = 3000
_CUE = 240
_TITLE = 60
# So much prose may stand below a web page's first closing cue: teasers of other pages, not a part of the report.
_TEASERS = 600
# The head of a report stands within so many lines above its opening.
_HEAD_LINES = 12


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines with content, without the blanks around them."""

    text: str
    starts: array[int]
    stops: array[int]

    def cue(self, index: int) -> str:
        """A line in half-width characters if it is short enough to be a title or a cue, else empty."""
        start, stop = self.starts[index], self.stops[index]
        return half_width(self.text[start:stop]) if stop - start <= _CUE else ""

    def at(self, offset: int) -> int:
        """The index of the line that holds `offset`, or of the last line before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def length(self, index: int) -> int:
        return self.stops[index] - self.starts[index]


def split(source: Source) -> list[Report]:
    """The reports of `source` in order and, last, one of kind `residue` if anything with content is left over.

    A text without content has none. Raises InputError where the facts beside the source do not fit what its text says.
    """
    original = source.text
    source = replace(source, text=simplified(even(original).text))
    lines = _lines(source.text)
    if not lines.starts:
        return []
    if source.parts:
        return _given(source, original)
    marks = opening_marks(source.text)
    openings = _with_short_ones(lines, marks, followed(source.text, marks, _BODY))
    bounds = _bounds(lines, openings)
    pieces = [_trimmed(lines, start, stop) for start, stop in zip(bounds, [*bounds[1:], len(source.text)], strict=True)]
    kept = _kept(source.text, pieces)
    facts = _facts_of(source, kept)
    reports = [describe(source, piece, own) for piece, own in zip(kept, facts, strict=True)]
    if source.text != original:
        reports = [replace(report, sha256=_sha256(original, report)) for report in reports]
    reports = _apart(_apart(reports, lambda report, _: report.sha256[:6]), lambda _, count: str(count))
    reports = [_of_layer(report, source) for report in reports]
    residue = _residue(replace(source, text=original), source.text, reports)
    return [*reports, residue] if residue else reports


def _of_layer(report: Report, source: Source) -> Report:
    """The report with what its reader has told of the file."""
    note = " ".join([report.note, *(f"{remark[:1].upper()}{remark[1:]}." for remark in source.remarks)]).strip()
    return replace(report, note=note, remarks=source.remarks)


def _given(source: Source, original: str) -> list[Report]:
    """The reports of a file that tells them apart itself, each with what its columns say."""
    reports = []
    said = _facts_of(source, source.parts) if source.facts.get("reports") else [source.facts for _ in source.parts]
    for number, part in enumerate(source.parts):
        start, stop = _stripped(source.text, part.start, part.stop)
        if start < stop:
            found = _described(source, Piece(part.start, part.stop, start, stop), part.facts, said[number])
            reports.append(_of_layer(replace(found, sha256=_sha256(original, found)), source))
    reports = _apart(reports, lambda report, _: report.sha256[:6])
    return _apart(reports, lambda _, count: str(count))


def _described(source: Source, piece: Piece, columns: Mapping[str, object], said: Mapping[str, object]) -> Report:
    """A report with what its columns say and its text leaves open, and with what is `said` of it beside the file.

    Of two places the finer one holds. A cell that is no date, no address or no kind says nothing.
    """
    found = describe(source, piece, {})
    cells = {key: str(value) for key, value in columns.items()}
    cells |= {key: next(iter(dates(cells.get(key, ""))), "") for key in ("date", "published")}
    facts: dict[str, object] = {key: cells[key] for key in _OF_COLUMNS if cells.get(key) and not getattr(found, key)}
    if _ADDRESS.match(cells.get("url", "")):
        facts["url"] = cells["url"]
    if kind := kind_named(cells.get("kind", "")):
        facts["kind"] = kind
    named = "".join(str(columns.get(level) or "") for level in ("province", "city", "county"))
    bounds = [one for name in (str(columns.get("place") or ""), named) if name and len(one := places.stated(name)) == 1]
    bound = bounds[-1][0] if bounds else ""
    if bound and not (found.place_id and gazetteer().within(found.place_id, bound)):
        facts["place"] = bound
    facts.update(_year(found, str(columns.get("year") or "")))
    facts.update(said)
    return describe(source, piece, facts) if facts else found


def _year(report: Report, stated: str) -> dict[str, object]:
    """The year in which a report was given that does not tell its date."""
    year = re.fullmatch(r"((?:19|20)\d\d)(?:\.0|年)?", stated.strip())
    return {"year": year[1]} if year and not report.date else {}


def _sha256(text: str, report: Report) -> str:
    return hashlib.sha256(text[report.start : report.stop].encode("utf-8", "surrogatepass")).hexdigest()


def _lines(text: str) -> _Lines:
    starts: array[int] = array("L")
    stops: array[int] = array("L")
    for line in _TEXT_LINE.finditer(text):
        starts.append(line.start())
        stops.append(line.end())
    return _Lines(text, starts, stops)


def _bounds(lines: _Lines, openings: list[int]) -> list[int]:
    """The offsets where pieces begin, the first of them 0."""
    bounds = {0, *(_beginning(lines, opening) for opening in openings)}
    for index in range(len(lines.starts)):
        if lines.length(index) <= 80 and _SEPARATOR.fullmatch(lines.cue(index)):
            if _begins_item(lines, index + 1):
                bounds.add(lines.starts[index + 1])
        elif _ITEM_OPENING.match(lines.text, lines.starts[index]):
            bounds.add(lines.starts[index])
    return sorted(bounds)


def _with_short_ones(lines: _Lines, marks: list[int], openings: list[int]) -> list[int]:
    """The openings, and those of short reports that have a title and a congress line of their own."""
    heads = {_head(lines, at) for at in openings}
    found = list(openings)
    for at in marks:
        head = _head(lines, at)
        if all(head) and head not in heads:
            heads.add(head)
            found.append(at)
    return sorted(set(found))


def _head(lines: _Lines, opening: int) -> tuple[str, str]:
    """The title and the congress line above an opening, without blanks; empty where there is none."""
    title = assembly = ""
    last = lines.at(opening)
    for index in range(last, max(last - _HEAD_LINES, -1), -1):
        cue = _BLANKS.sub("", lines.cue(index))
        if _ASSEMBLY_LINE.fullmatch(cue):
            assembly = assembly or cue
        elif index < last and _TITLE_OF_REPORT.fullmatch(cue):
            title = cue
            break
    return title, assembly


def _begins_item(lines: _Lines, index: int) -> bool:
    """Whether the line is a title with a paragraph below it."""
    if index + 1 >= len(lines.starts) or lines.length(index) > _TITLE or lines.length(index + 1) < 100:
        return False
    title = lines.cue(index)
    return title[-1] not in _SENTENCE_END and not _NOT_A_TITLE.fullmatch(title)


def _beginning(lines: _Lines, opening: int) -> int:
    """Where the report with this opening begins: at its title, else at the line that names the congress."""
    line = lines.at(opening)
    if opening - lines.starts[line] > 2 * _BODY:
        window = lines.text[opening - _BODY : opening]
        titles = list(_INLINE_TITLE.finditer(window))
        return opening - _BODY + titles[0].start() if titles else opening
    first = salutation = line
    assembly = -1
    for index in range(line, max(line - 40, -1), -1):
        cue = lines.cue(index)
        if opening - lines.starts[index] > _FRONT:
            break
        if index < line and _TITLE_OF_REPORT.fullmatch(_BLANKS.sub("", cue)):
            return lines.starts[index]
        if _ASSEMBLY_LINE.fullmatch(cue) or (index < line and _DATE_LINE.fullmatch(cue)):
            assembly = index
        if _SALUTATION.match(cue):
            salutation = index
    return lines.starts[assembly if assembly >= 0 else min(first, salutation)]


def _trimmed(lines: _Lines, start: int, stop: int) -> Piece:
    """The piece without the residue of its web page above and below."""
    first = lines.at(start)
    last = lines.at(stop - 1)
    if lines.starts[first] < start:
        top, first = start, first + 1
    else:
        # The name of the site stands above the menus of its page.
        named = first + 1 < last and _SITE.fullmatch(lines.cue(first)) and _POSITION.match(lines.cue(first + 1))
        first += bool(named)
        while first < last and _is_head(lines.cue(first)):
            first += 1
        top = lines.starts[first]
    end = min(lines.stops[_tail(lines, first, last)], stop) if first <= last else stop
    marker = _ITEM_OPENING.match(lines.text, top)
    if marker:
        top = marker.end()
    while True:
        tail = _TRAILING.search(lines.text[max(end - 120, top) : end])
        if not tail:
            break
        end -= len(tail[0])
    return Piece(start, stop, *_stripped(lines.text, top, end))


def _is_head(cue: str) -> bool:
    return bool(_HEAD.fullmatch(cue) or _SEPARATOR.fullmatch(cue))


def _tail(lines: _Lines, first: int, last: int) -> int:
    """The index of the last line that belongs to the report which begins in line `first`."""
    end, prose, open_end = last, 0, True
    body = next((index for index in range(first, last) if _is_body(lines.cue(index))), last)
    for index in range(last, first, -1):
        cue = lines.cue(index)
        if prose and index < body:
            break  # What stands between the title and the first sentence is above the text: 分享:
        if cue and _TAIL.fullmatch(cue):
            end, open_end = index - 1, True
            continue
        if open_end and end == index and cue and (_LAST.fullmatch(cue) or _SEPARATOR.fullmatch(cue)):
            end = index - 1
            continue
        open_end = False
        # Links to other pages are titles; prose has commas and full stops, also where its lines are short.
        if not cue or _PROSE.search(cue):
            prose += lines.length(index)
            if prose > _TEASERS:
                break
    return _before_signature(lines, first, end) if end < last else end


def _is_body(cue: str) -> bool:
    return not cue or "。" in cue or len(cue) > _TITLE


def _before_signature(lines: _Lines, first: int, end: int) -> int:
    """Above a page's closing cues an editor's bare name may stand, and the lines that count only as last ones."""
    while end > first:
        cue = lines.cue(end)
        name = re.fullmatch("[一-鿿]{2,3}", cue) and lines.cue(end - 1)[-1:] in ("", "。", "!", "！", ":")
        if not (name or (cue and (_LAST.fullmatch(cue) or _SEPARATOR.fullmatch(cue)))):
            break
        end -= 1
    return end


def _stripped(text: str, start: int, stop: int) -> Span:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop


def _kept(source_text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces that are reports: those with a body, or the longest if none has one.

    A piece without body before a report is the header of its web page and goes into the report's outer bounds.
    """
    least = min(_SMALL, max(piece.stop - piece.start for piece in pieces))
    kept = []
    outer = 0
    for piece in pieces:
        if piece.stop - piece.start >= least and _WORD.search(source_text, piece.start, piece.stop):
            kept.append(replace(piece, outer_start=outer))
            outer = piece.outer_stop
    return kept


def _apart(reports: list[Report], mark: Callable[[Report, int], str]) -> list[Report]:
    """The reports with a mark at the identifiers that several of them share; it is given the running count."""
    totals = Counter(report.report_id for report in reports)
    counts: Counter[str] = Counter()
    apart = []
    for report in reports:
        counts[report.report_id] += 1
        name = f"{report.report_id}-{mark(report, counts[report.report_id])}"
        apart.append(replace(report, report_id=name) if totals[report.report_id] > 1 else report)
    return apart


def _facts_of(source: Source, pieces: Sized) -> list[dict[str, object]]:
    """What the file beside the source states of each report."""
    name = f"{source.name.rsplit('.', 1)[0]}.yaml"
    if not source.facts:
        return [{} for _ in range(len(pieces))]
    entries = source.facts.get("reports")
    if not isinstance(entries, list):
        if len(pieces) > 1:
            problem = f"the source holds {len(pieces)} reports, the facts do not say which they are of"
            raise InputError(name, "", problem, "Put them into a list `reports`, each with `number`")
        return [dict(source.facts)]
    facts: list[dict[str, object]] = [{} for _ in range(len(pieces))]
    for at, entry in enumerate(entries, start=1):
        number = int(entry["number"])
        if number > len(pieces):
            problem = f"there is no report {number}, the source holds {len(pieces)}"
            raise InputError(name, f"entry {at}", problem, "Correct `number`")
        facts[number - 1] = {key: value for key, value in entry.items() if key != "number"}
    return facts


def _residue(source: Source, shown: str, reports: list[Report]) -> Report | None:
    """What lies between the reports, as one report of kind residue. `shown` is the text without markup.

    Markup alone is none, unless it has digits: the ledger accounts for them.
    """
    edges = [0, *(edge for report in reports for edge in (report.start, report.stop)), len(source.text)]
    gaps = [_stripped(source.text, *gap) for gap in zip(edges[::2], edges[1::2], strict=True)]
    spans = tuple(
        (start, stop)
        for start, stop in gaps
        if start < stop
        and (shown is source.text or _SEEN.search(shown, start, stop) or _DIGIT.search(source.text, start, stop))
    )
    if not spans:
        return None
    digest = hashlib.sha256("\n".join(source.text[start:stop] for start, stop in spans).encode()).hexdigest()
    name = source.name.removesuffix(".txt")
    stem = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
    if stem != name:
        # Names that differ in other characters only, as in those of places, in capitals or in their ending.
        stem = f"{stem}-{hashlib.sha256(source.name.encode()).hexdigest()[:6]}".strip("-")
    return Report(
        report_id=f"{stem}-residue",
        kind="residue",
        source_file=source.name,
        start=spans[0][0],
        stop=spans[-1][1],
        spans=spans,
        sha256=digest,
        encoding=source.encoding,
        layer=source.layer,
        place_id="",
    )
