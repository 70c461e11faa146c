"""Word files: paragraphs with the numbers that Word shows, tables, footnotes.

Read with the standard library and defusedxml, which are pure Python. mammoth and python-docx leave out the numbers of
automatic lists (一、 of headings among them), and python-docx needs a library in C.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import InputError
from pipeline.models import Layer
from pipeline.text.readers import Options
from pipeline.text.readers.archive import Archive
from pipeline.text.readers.layers import LayerWriter, squeezed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{_W}moveFrom", f"{_W}del", _FALLBACK})
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "japaneseDigitalTenThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "koreanDigital2",
    ]
)
_POWER = ("m", "米", "㎡")


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph of a list."""
        levels = self.levels.get(number, {})
        if level not in levels:
            return ""
        counts = self.counts[number]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].format in ("bullet", "none"):
            return ""
        label = levels[level].text
        for at in range(level, -1, -1):
            own = levels.get(at, _Level())
            label = label.replace(f"%{at + 1}", _written(counts.get(at, own.start), own.format))
        return label


def read(data: bytes, name: str, options: Options) -> Layer:
    """The layer of a Word file. Raises InputError for what is none, is encrypted or damaged, or has no text."""
    archive = Archive(data, name)
    writer = LayerWriter()
    numbering = _numbering(archive)
    notes: list[str] = []
    found = False
    for place, block in _body(archive, "word/document.xml", f"{_W}body"):
        found = True
        if block.tag == f"{_W}p":
            writer.line(_paragraph(block, numbering, notes), place)
            for box in block.iter(f"{_W}txbxContent"):
                for number, inner in enumerate(box.iter(f"{_W}p"), 1):
                    writer.line(_paragraph(inner, numbering, notes), f"{place}/txbx/p[{number}]")
        elif block.tag == f"{_W}tbl":
            _table(block, place, writer, numbering, notes)
    if not found:
        raise InputError(name, "", "this is no Word file", "Save it as .docx in an office program")
    for part in ("footnotes", "endnotes"):
        _notes(archive, part, writer, numbering, notes)
    if not writer.text:
        raise InputError(
            name, "", "the file has no text, perhaps only pictures", "Copy the report's text into a .txt file"
        )
    return Layer(writer.text, "utf-8", "docx", plain=False, locations=tuple(writer.locations))


def _body(archive: Archive, part: str, container: str) -> Iterator[tuple[str, Any]]:
    """The blocks of the document with their place in it; each is forgotten when the next comes."""
    counts: dict[str, int] = defaultdict(int)
    depth = inside = 0
    for event, element in archive.elements(part):
        if event == "start":
            depth += 1
            inside = inside or (depth if element.tag == container else 0)
            continue
        depth -= 1
        if inside and depth == inside:
            # A content control holds blocks like the body does.
            held = [element] if element.tag != f"{_W}sdt" else list(_blocks_of(element))
            for block in held:
                name = block.tag.rpartition("}")[2]
                counts[name] += 1
                yield f"{name}[{counts[name]}]", block
            element.clear()


def _blocks_of(control: Any) -> Iterator[Any]:
    for content in control.iter(f"{_W}sdtContent"):
        yield from (block for block in content if block.tag in (f"{_W}p", f"{_W}tbl"))


def _paragraph(paragraph: Any, numbering: _Numbering, notes: list[str]) -> str:
    """The text of a paragraph, with the label of its list and the marks of its footnotes."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = element.tag.rpartition("}")[2]
        if element.tag in _SKIPPED or name == "txbxContent":
            continue
        if name == "r" and _is(element, "vanish"):
            continue
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("tab", "br", "cr") and element.get(f"{_W}type") != "page":
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name in ("footnoteReference", "endnoteReference"):
            notes.append(f"{name[:-9]}s#{element.get(f'{_W}id')}")
            pieces.append(f"[{len(notes)}]")
        elif name == "r" and _raised(element):
            raised = "".join(text.text or "" for text in element.iter(f"{_W}t"))
            power = raised in ("2", "3") and "".join(pieces).endswith(_POWER)
            pieces.append(f"[{raised}]" if raised.isdigit() and not power else raised)
            stack.extend(reversed([child for child in element if child.tag.endswith("Reference")]))
        elif name != "pPr":
            stack.extend(reversed(element))
    text = squeezed("".join(pieces))
    label = _label(paragraph, numbering) if text else ""
    return f"{label}{text}" if label.endswith(("、", "）", ")", "章", "节", "条")) else f"{label} {text}".strip()


def _is(run: Any, property_: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{property_}")
    return found is not None and found.get(f"{_W}val") not in ("0", "false")


def _raised(run: Any) -> bool:
    found = run.find(f"{_W}rPr/{_W}vertAlign")
    return found is not None and found.get(f"{_W}val") == "superscript"


def _label(paragraph: Any, numbering: _Numbering) -> str:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return ""
    style = properties.find(f"{_W}pStyle")
    number, level = numbering.styles.get(style.get(f"{_W}val", "") if style is not None else "", ("", 0))
    own = properties.find(f"{_W}numPr")
    if own is not None:
        number = _value(own, "numId") or number
        level = _whole(_value(own, "ilvl"), level)
    return numbering.label(number, level) if number and number != "0" else ""


def _table(table: Any, place: str, writer: LayerWriter, numbering: _Numbering, notes: list[str]) -> None:
    """A line for each row; a cell over several columns or rows stands in the first, the others are empty."""
    for number, row in enumerate(_own(table, "tr"), 1):
        cells: list[tuple[str, str]] = []
        for at, cell in enumerate(_own(row, "tc"), 1):
            properties = cell.find(f"{_W}tcPr")
            merged = properties.find(f"{_W}vMerge") if properties is not None else None
            continued = merged is not None and merged.get(f"{_W}val") != "restart"
            text = " ".join(part for p in cell.iter(f"{_W}p") if (part := _paragraph(p, numbering, notes)))
            cells.append(("" if continued else text, f"{place}/tr[{number}]/tc[{at}]"))
            wide = _whole(_value(properties, "gridSpan"), 1) if properties is not None else 1
            cells += [("", "")] * (min(wide, 60) - 1)
        if len(cells) == 1:
            writer.line(*cells[0])
        else:
            writer.row(cells)


def _own(element: Any, name: str) -> Iterator[Any]:
    """The elements of this name below one, without those of tables inside it."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag != f"{_W}tbl":
            stack.extend(reversed(child))


def _notes(archive: Archive, part: str, writer: LayerWriter, numbering: _Numbering, notes: list[str]) -> None:
    """The footnotes that the text refers to, each with its mark."""
    marks = {key: number for number, key in enumerate(notes, 1)}
    texts: dict[int, tuple[str, str]] = {}
    for _, note in _body(archive, f"word/{part}.xml", f"{_W}{part}"):
        key = f"{part}#{note.get(f'{_W}id')}"
        if key in marks:
            text = " ".join(_paragraph(p, numbering, []) for p in note.iter(f"{_W}p"))
            texts[marks[key]] = (f"[{marks[key]}] {text.strip()}", f"{part}.xml#{note.get(f'{_W}id')}")
    for number in sorted(texts):
        writer.line(*texts[number])


def _numbering(archive: Archive) -> _Numbering:
    """The lists and the styles that number their paragraphs."""
    numbering = _Numbering()
    abstract: dict[str, dict[int, _Level]] = {}
    for _, element in _body(archive, "word/numbering.xml", f"{_W}numbering"):
        if element.tag == f"{_W}abstractNum":
            abstract[element.get(f"{_W}abstractNumId", "")] = {
                _whole(level.get(f"{_W}ilvl"), 0): _level(level) for level in element.iter(f"{_W}lvl")
            }
        elif element.tag == f"{_W}num":
            levels = dict(abstract.get(_value(element, "abstractNumId"), {}))
            for override in element.iter(f"{_W}lvlOverride"):
                at, start = _whole(override.get(f"{_W}ilvl"), 0), _value(override, "startOverride")
                if start and at in levels:
                    levels[at] = _Level(levels[at].format, levels[at].text, _whole(start, 1))
            numbering.levels[element.get(f"{_W}numId", "")] = levels
    for _, style in _body(archive, "word/styles.xml", f"{_W}styles"):
        own = style.find(f"{_W}pPr/{_W}numPr")
        if own is not None and _value(own, "numId"):
            level = _whole(_value(own, "ilvl"), 0)
            numbering.styles[style.get(f"{_W}styleId", "")] = (_value(own, "numId"), level)
    return numbering


def _level(level: Any) -> _Level:
    return _Level(_value(level, "numFmt") or "decimal", _value(level, "lvlText"), _whole(_value(level, "start"), 1))


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _written(number: int, form: str) -> str:
    """A number as a list shows it: 12 → 十二, l, XII, ⑫."""
    if form in _CHINESE:
        return _chinese(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.lower() if form == "lowerRoman" else roman
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    return str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    written = ""
    for value, letters in zip((50, 40, 10, 9, 5, 4, 1), ("L", "XL", "X", "IX", "V", "IV", "I"), strict=True):
        while 0 < value <= number < 90:
            written, number = written + letters, number - value
    return written or str(number)
