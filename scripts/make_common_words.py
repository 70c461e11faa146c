#!/usr/bin/env python3
"""Make `pipeline/vocabulary/common_words.yaml` from the dictionary of jieba (MIT).

The words of two characters that are common in running text, without the names of places: by them the names of places
are told from the same characters in other words (新增城市 does not name 增城). Grouped by their first character.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import jieba

from pipeline.knowledge import vocabulary
from pipeline.meaning.gazetteer import gazetteer

PAGE = Path(__file__).parents[1] / "pipeline" / "vocabulary" / "common_words.yaml"
# Occurrences in the corpora that the dictionary counts; names of persons among them need more.
COMMON = 200
COMMON_NAME = 500
NAMES_OF_PERSONS = ("nr", "nrfg", "nrt")
HEADER = """\
# Common words of two characters, by the first: 新: 增建 stands for 新增 and 新建. Made by scripts/make_common_words.py.
"""


def main() -> None:
    """Write the words."""
    words = vocabulary("places")
    names = {*gazetteer().full, *gazetteer().short} - {*words["ordinary_words"], *words["common_nouns"]}
    seconds: dict[str, list[str]] = defaultdict(list)
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, part_of_speech = line.split()
        least = COMMON_NAME if part_of_speech in NAMES_OF_PERSONS else COMMON
        if len(word) == 2 and int(count) >= least and word not in names:
            seconds[word[0]].append(word[1])
    lines = [f"{first}: {''.join(sorted(rest))}\n" for first, rest in sorted(seconds.items())]
    PAGE.write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
