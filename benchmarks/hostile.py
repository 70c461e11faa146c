"""Time of the whole extraction on hostile texts of n and 4n characters: it must grow with the length and no faster.

    python benchmarks/hostile.py [n] [name …]

Prints a Markdown table; 4 is what linear time gives in its last column. The exit code is 1 where it is above 8.
"""

from __future__ import annotations

import sys
import time

from pipeline.extract import extract_text

# What is repeated: long runs of one character or one pattern, with and without marks between.
PATTERNS = {
    "digits": "1",
    "digits and points": "1.",
    "digits and commas": "1,",
    "thousands": "1,234,",
    "ranges": "1-",
    "dates": "2018-1-3",
    "times of day": "12:30",
    "from … to": "从1到2",
    "units": "亿",
    "two units": "万元",
    "units with slash": "元/",
    "commas": "，",
    "list separators": "、",
    "words in a list": "工业、农业、",
    "quantities in a list": "8%、",
    "quantities": "8.5%",
    "growth": "增长8.5%",
    "clauses": "工业增加值增长8.5%，",
    "parts": "其中工业增加值增长8.5%、农业增长2%；",
    "opening brackets": "(",
    "brackets": "()",
    "closing brackets": "）",
    "opening quotes": "“",
    "quotes": "“1”",
    "book titles": "《1》",
    "verbs of change": "增长",
    "verbs of result": "下降到",
    "bounds": "约",
    "shares": "占",
    "comparisons": "比上年",
    "ranks": "排名第1",
    "Chinese digits": "一",
    "Chinese numerals": "一万",
    "years": "2018年",
    "months": "1月",
    "places": "东莞市",
    "places in a list": "东莞市、深圳市、",
    "agencies": "（市教育局牵头）",
    "one word": "工业",
    "full stops": "。",
    "lines": "1\n",
    "headings": "一、发展\n",
    "headings of two levels": "一、发展\n（一）工业\n",
    "titles": "东莞市政府工作报告\n2018年1月3日\n",
    "salutations": "各位代表：\n",
    "tasks": "1．建设学校10所。（市教育局）\n",
    "livelihood lists": "为民办实事10件\n",
    "glossaries": "名词解释\n1.工业：指工业。\n",
    "footnote marks": "[1]",
    "tables": "工业 1 2 3\n",
    "table titles": "附表1：主要指标\n",
    "many tables": "附表1：主要指标\n指标 2020年 2021年\n产值（亿元） 1 2\n用电量 3 4\n\n各位代表：工业增长8%。\n",
    "goals": "与经济增长同步，",
    "blanks": " \n",
    "English": "growth 1 ",
    "emoji": "😀1",
    "Traditional": "較上年增長8%，",
}


def seconds(pattern: str, length: int) -> float:
    """Seconds of processor time for a text of that length."""
    text = pattern * (length // len(pattern))
    begin = time.process_time()
    extract_text(text)
    return time.process_time() - begin


def main(arguments: list[str]) -> int:
    """Measure and print; the exit code."""
    length = int(arguments[0]) if arguments else 25_000
    names = arguments[1:] or list(PATTERNS)
    seconds("增长8%。", 100)
    print(f"| repeated | {length:,} characters | {4 * length:,} characters | ratio |\n| --- | ---: | ---: | ---: |")
    bad = 0
    for name in names:
        one, four = (seconds(PATTERNS[name], n) for n in (length, 4 * length))
        bad += four > 8 * one + 0.5
        print(
            f"| {name} `{PATTERNS[name].strip()}` | {one:.2f} s | {four:.2f} s | {four / max(one, 0.01):.1f} |",
            flush=True,
        )
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
