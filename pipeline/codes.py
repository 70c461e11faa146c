"""The code lists: the codes of columns with a fixed list of values, and what they mean in English and Chinese.

What is said of them is data, in `catalogue/codes.yaml`; kinds of documents, relations, properties, events and dimensions have
labels in files of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline import schema
from pipeline.documents.profiles import profiles
from pipeline.knowledge import catalogue, vocabulary
from pipeline.rows import Rows


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its labels; `term` is what SDMX or SKOS calls it, and `match` how well that fits: exact, close or broad."""

    code: str
    label_en: str
    label_zh: str
    term: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes; `columns` (table.column) says where it stands under another name than its own.

    One that is a table of its own, `table`, has no codes here.
    """

    name: str
    title: str
    title_zh: str
    term: str
    columns: tuple[str, ...]
    codes: Mapping[str, Code]
    table: str = ""


@cache
def code_lists() -> Mapping[str, CodeList]:
    """All code lists by name."""
    found = {
        name: CodeList(
            name,
            entry["title"],
            entry["title_zh"],
            entry.get("term", ""),
            tuple(entry.get("columns", ())),
            {
                code: Code(code, told["en"], told["zh"], told.get("term", ""), told.get("match", ""))
                for code, told in entry.get("codes", {}).items()
            },
            entry.get("table", ""),
        )
        for name, entry in catalogue("codes").items()
    }
    found.update({one.name: one for one in _elsewhere()})
    return found


def _elsewhere() -> Iterator[CodeList]:
    """The lists whose labels stand beside what else is known of their codes."""
    relations = {row["id"]: (row["name_en"], row["name_zh"]) for row in vocabulary("relations")["relations"]}
    yield _list("kind", "Kind of document", "文件种类", {one.kind: one.label for one in profiles()})
    yield _list("relation", "Relation of a target without a number", "定性目标的关系", relations)
    properties = {name: (name.replace("_", " "), words[0]) for name, words in catalogue("properties").items()}
    yield _list("property", "Property that an indicator measures", "指标所量的属性", properties)
    events = {name: (words[1], words[0]) for name, words in catalogue("events").items()}
    yield _list("event", "Event that an indicator counts", "指标所计的事件", events)
    dimensions = {name: (en, zh) for name, (en, zh) in catalogue("dimensions").items()}
    yield _list("dimension", "Dimension of a unit", "单位的量纲", dimensions)


def _list(name: str, title: str, title_zh: str, labels: Mapping[str, tuple[str, str]]) -> CodeList:
    return CodeList(name, title, title_zh, "", (), {code: Code(code, *label) for code, label in labels.items()})


def codes_of(table: str, column: str) -> CodeList | None:
    """The code list of a column: by its own name, or by what stands behind a word of it (target_bound: bound)."""
    lists = code_lists()
    if stated := _stated().get(f"{table}.{column}"):
        return lists[stated]
    while column:
        if column in lists and not lists[column].table:
            return lists[column]
        column = column.partition("_")[2]
    return None


@cache
def _stated() -> Mapping[str, str]:
    """The lists that say themselves in which columns they stand, by table.column."""
    return {column: one.name for one in code_lists().values() if not one.table for column in one.columns}


def code_tables() -> Rows:
    """The rows of the tables of code lists, which are the same for all sources."""
    lists = code_lists()
    return {
        "code_lists": [
            {
                "code_list": one.name,
                "name_en": one.title,
                "name_zh": one.title_zh,
                "member_table": one.table or "codes",
                "term": one.term,
            }
            for one in lists.values()
        ],
        "codes": [
            {
                "code_list": one.name,
                "code": code.code,
                "label_en": code.label_en,
                "label_zh": code.label_zh,
                "term": code.term,
                "match": code.match,
            }
            for one in lists.values()
            for code in one.codes.values()
        ],
        "coded_columns": [
            {"table_name": table, "column_name": column, "code_list": name}
            for package in schema.packages()
            for table in schema.package_tables(package)
            for column, name in _coded(table)
        ],
    }


def _coded(table: str) -> Iterator[tuple[str, str]]:
    """The columns of a table that have codes or point at a table that serves as a list, with their lists."""
    declared = schema.table(table)
    tables = {one.table: one.name for one in code_lists().values() if one.table}
    pointing = {key.columns[0]: tables[key.table] for key in declared.foreign_keys if key.table in tables}
    for column in declared.columns:
        if column.name in pointing:
            yield column.name, pointing[column.name]
        elif known := codes_of(table, column.name):
            yield column.name, known.name
