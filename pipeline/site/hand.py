"""The pages written by hand in `docs/en` and `docs/zh`, with what is measured put into their slots."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline import __version__
from pipeline.site import home, quality
from pipeline.site.data import Data
from pipeline.site.html_text import filled, slots
from pipeline.site.links import Here
from pipeline.site.tongue import Tongue

Slot = Callable[[Tongue, Data, Here], str]
_SLOTS: dict[str, Slot] = {
    "counts": home.counts,
    "matrix": home.matrix,
    "built": lambda say, data, here: quality.built(say, data),
    "example": home.example,
    "downloads": home.downloads,
    "in_parts": home.in_parts,
    "compared": home.compared,
    "comparisons": home.comparisons,
    "accounting": lambda say, data, here: quality.accounting(say, data),
    "accuracy": lambda say, data, here: quality.accuracy(say, data),
    "headline": lambda say, data, here: quality.headline(say, data),
    "findings": lambda say, data, here: quality.findings(say, data),
    "version": lambda say, data, here: __version__,
    "title": lambda say, data, here: data.settings.title(say),
    "licence": lambda say, data, here: data.settings.licence,
    "site_url": lambda say, data, here: data.site_url or "https://YOUR-ADDRESS/",
}


def hand_pages(say: Tongue, data: Data, root: Path) -> Iterator[tuple[str, str]]:
    """The pages of one language, and those that are kept where the repository has them."""
    found = {path.name: path for path in sorted((root / "docs" / say.code).glob("*.md"))}
    if data.settings.pages:
        found |= {path.name: path for path in sorted((data.settings.pages / say.code).glob("*.md"))}
    for name, path in found.items():
        text = path.read_text(encoding="utf-8")
        here = Here(name, say.code)
        values = {slot: _SLOTS[slot](say, data, here) for slot in slots(text) if slot in _SLOTS}
        values["changelog"] = _changelog(root)
        values["measured"] = _measured(root, say)
        values |= _confidence(root)
        yield name, filled(unwrapped(text), values)
    commands = (root / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    if say.code == "zh":  # the commands speak English; what is said about them is translated
        introduction = (root / "docs" / "reference" / "introduction.zh.md").read_text(encoding="utf-8")
        commands = f"{introduction}\n{commands[commands.index('```text') :]}"
    yield "reference/commands.md", commands
    for name in _SHARED:
        text = (root / "docs" / say(f"{name}.md", f"{name}.zh.md")).read_text(encoding="utf-8")
        yield f"{name}.md", f"---\nhide: [navigation]\n---\n\n{unwrapped(_SWITCH.sub('', text, count=1))}"


# Pages that readers of the repository see too; there they lead to each other, here the site has a switch.
_SHARED = ("benchmark", "scale")
_SWITCH = re.compile(r"^\[(?:English|中文)\]\([a-z.]+\.md\)\n+", re.MULTILINE)

_WRAP = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef“”])\n *(?=[\u2e80-\u9fff\uff00-\uffef“”])")


def unwrapped(text: str) -> str:
    """Chinese text without the line ends inside its paragraphs, which browsers would show as blanks."""
    return _WRAP.sub("", text)


def _measured(root: Path, say: Tongue) -> str:
    """The table of the page on the annotations that tells how well unread texts are read, beside known ones."""
    text = (root / "docs" / say.code / "annotations.md").read_text(encoding="utf-8")
    found = _MEASURED.search(text)
    return found[0] if found else ""


_MEASURED = re.compile(r"^\| [^|\n]+ \| (?:Strict|严格) F1 \|\n(?:\|.*\n)+", re.MULTILINE)


def _confidence(root: Path) -> dict[str, str]:
    """How well confidence tells right rows from wrong ones, as `scripts/train_confidence.py` measured it."""
    measured = json.loads((root / "docs" / "confidence.json").read_text(encoding="utf-8"))
    found: dict[str, str] = {"confidence_documents": str(measured["unread"]["documents"])}
    for name, of in measured.items():
        found[f"confidence_{name}_rows"] = f"{of['rows']:,}"
        found |= {f"confidence_{name}_{key}": f"{of[key]:.1%}" for key in ("right", "surest")}
        found |= {f"confidence_{name}_{key}": f"{of[key]:.3f}" for key in ("auc", "error")}
        for key in ("told_tenths", "right_tenths"):
            found[f"confidence_{name}_{key}"] = " | ".join(f"{share:.2f}" for share in of[key])
    return found


def _changelog(root: Path) -> str:
    """The entries of the changelog, its links to files of the repository as plain text."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    start = text.find("\n## ")
    return text[start:].strip() if start >= 0 else ""
