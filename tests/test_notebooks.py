"""The notebooks run on the published packages, cell by cell."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[1] / "docs" / "notebooks"


@pytest.mark.parametrize("name", ["economist", "journalist"])
def test_a_notebook_runs(name: str, packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(packages.parent)
    book = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    known: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                assert not cell["outputs"], "notebooks are kept without their results"
                exec(compile("".join(cell["source"]), f"{name}:{cell['id']}", "exec"), known)
    frame = known["ambition" if name == "economist" else "promises"]
    assert len(frame) > 3  # type: ignore[arg-type]
