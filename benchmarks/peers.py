"""Processor seconds that JioNLP and Recognizers-Text take for the same text, as JSON. Runs in their own environment.

Both are given the text by the line and by the sentence, and the faster way counts. Their tables are loaded and their
patterns compiled before the clock starts.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import jionlp
from recognizers_number import recognize_number, recognize_percentage
from recognizers_number_with_unit import recognize_currency, recognize_dimension
from recognizers_text import Culture

RUNS = 3
# What takes longer than this for one run, in seconds, is not run again.
PATIENCE = 3
# What the times in the text are told from; any date will do.
BASE = 1_546_300_800
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")

Peer = Callable[[str], object]


def run(peer: Peer, texts: list[str]) -> tuple[float, int]:
    """Processor seconds of one run, and how much was found."""
    begin = time.process_time()
    results = [peer(text) for text in texts]
    seconds = time.process_time() - begin
    return seconds, sum(len(result or ()) for result in results)  # type: ignore[arg-type]


def measure(peer: Peer, ways: dict[str, list[str]]) -> dict[str, object]:
    """The fastest run: once by the line and once by the sentence, then again in the faster way."""
    peer("2018年投资增长5%，达到300亿元。")
    first = {way: run(peer, texts) for way, texts in ways.items()}
    by = min(first, key=lambda way: first[way][0])
    seconds, found = first[by]
    if seconds < PATIENCE:
        seconds = min(seconds, *(run(peer, ways[by])[0] for _ in range(RUNS - 1)))
    return {"seconds": seconds, "found": found, "by": by}


def main(folder: Path) -> None:
    """Measure the sources of a folder, which are in UTF-8 or GB 18030, and print."""
    logging.disable(logging.CRITICAL)  # JioNLP logs every expression that it cannot parse
    text = "\n".join(decoded(path) for path in sorted(folder.glob("*.txt")))
    ways = {
        "line": [line for line in text.splitlines() if line.strip()],
        "sentence": [match[0] for match in _SENTENCE.finditer(text) if match[0].strip()],
    }
    peers: dict[str, Peer] = {
        "jionlp money": lambda text: jionlp.ner.extract_money(text, with_parsing=True),
        "jionlp time": lambda text: jionlp.ner.extract_time(text, time_base=BASE, with_parsing=True),
        "recognizers number": lambda text: recognize_number(text, Culture.Chinese),
        "recognizers percentage": lambda text: recognize_percentage(text, Culture.Chinese),
        "recognizers currency": lambda text: recognize_currency(text, Culture.Chinese),
        "recognizers dimension": lambda text: recognize_dimension(text, Culture.Chinese),
    }
    result: dict[str, object] = {name: version(name) for name in ("jionlp", "recognizers-text-suite")}
    result |= {name: measure(peer, ways) for name, peer in peers.items()}
    json.dump(result, sys.stdout)


def decoded(path: Path) -> str:
    """The text of a source."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
