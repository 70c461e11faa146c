"""A level of an indicator in a unit of another dimension than its usual one."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import HEAD, Found, Page, Rule
from pipeline.meaning.amounts import unit


def _find(page: Page) -> Iterator[Found]:
    for row in page.observations:
        if row["measure"] != "level" or not row["unit"]:
            continue
        own = unit(str(row["unit"])).dimension
        usual = page.usual.get(str(row["indicator_id"]))
        # Money a month is money still: 元/月 beside 元.
        if own and usual and own != usual and not own.startswith(f"{usual}/"):
            yield Found(row, None, {"own": own, "usual": usual})


RULE = Rule(
    id="unit_dimension",
    severity="warning",
    looks_at="rows",
    en="{row:unit} measures {own:dimension}, {row:name} is otherwise measured as {usual:dimension}.",
    zh="单位“{row:unit}”计量的是{own:dimension}，而“{row:name}”通常以{usual:dimension}计量。",
    find=_find,
    example=HEAD + "城乡居民医保财政补助标准达到每人450元。",
    near_miss=HEAD + "城乡居民医保财政补助标准达到每人每年450元。",
)
