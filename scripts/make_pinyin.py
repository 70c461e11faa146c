"""Make pipeline/catalogue/pinyin.yaml, with which names that have no English are romanised, from the dictionary of pypinyin.

    python scripts/make_pinyin.py

The characters are those of GB 2312. A character with several readings has its usual one.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin

TARGET = Path(__file__).parent.parent / "pipeline" / "catalogue" / "pinyin.yaml"
HEAD = "# Characters by their pinyin, to romanise names that have no English. Made by scripts/make_pinyin.py.\n"


def characters() -> list[str]:
    """The characters of GB 2312, in its order."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [sign for sign in (cell.decode("gb2312", "ignore") for cell in cells) if sign]


def main() -> None:
    """Write the characters."""
    by_sound: dict[str, str] = defaultdict(str)
    for sign in characters():
        by_sound[lazy_pinyin(sign, style=Style.NORMAL, v_to_u=True)[0]] += sign
    lines = [f"{sound}: {signs}\n" for sound, signs in sorted(by_sound.items())]
    TARGET.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
