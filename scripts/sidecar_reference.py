"""Write the pages on the facts beside a source from the keys that are known; a test compares them."""

from __future__ import annotations

from pathlib import Path

from pipeline.text.sidecar import KEYS

DOCS = Path(__file__).parents[1] / "docs"
WORDS = {
    "en": (
        "Facts beside a source",
        "What a text does not say, or says otherwise, goes into a file beside it: of `report.txt` into `report.yaml`, one\n"
        "`key: value` a line. What stands there goes before every reading of the text. All values are taken as they are\n"
        "written. Of a file with several reports the facts are a list:",
        "The keys are these; any other is an error, as is a key that stands twice.",
        "| key | what it is | example |",
        "Made from the list of keys by `make reference`; changes here are lost.",
    ),
    "zh": (
        "正文旁的附注文件",
        "正文没有写明或需要更正的信息，写入同名附注文件：`report.txt` 的附注文件为 `report.yaml`，每行一个 `键: 值`，\n"
        "优先于对正文的一切识读，值按所写原样读取。一个文件含多份报告时，写成列表：",
        "可用的键如下；出现其他键或重复的键即报错。",
        "| 键 | 含义 | 示例 |",
        "由 `make reference` 依键表生成，在此修改无效。",
    ),
}
EXAMPLE = """\
```yaml
reports:
  - number: 1
    place: 北京市朝阳区
  - number: 2
    place: 吉林省长春市朝阳区
```
"""


def page(language: str) -> str:
    """The page in English or Chinese."""
    title, introduction, keys, head, made = WORDS[language]
    rows = [f"| `{key}` | {facts[language]} | `{facts['example']}` |" for key, facts in KEYS.items()]
    table = "\n".join([head, "| --- | --- | --- |", *rows])
    return (
        f"---\ntitle: {title}\n---\n\n# {title}\n\n<!-- {made} -->\n\n{introduction}\n\n{EXAMPLE}\n{keys}\n\n{table}\n"
    )


if __name__ == "__main__":
    for language in WORDS:
        (DOCS / language / "sidecars.md").write_text(page(language), encoding="utf-8")
