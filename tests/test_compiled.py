"""What `make wheel-compiled` compiles can be compiled, and is asked for no more than a compiled module does."""

import re
import sys
import tomllib
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

import pipeline

ROOT = Path(__file__).parents[1]
HOOK = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
    "wheel"
]["hooks"]["mypyc"]
MODULES = sorted({path for pattern in HOOK["include"] for path in ROOT.glob(pattern.lstrip("/"))})


@pytest.fixture
def compiled_wheel(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import compiled_wheel

    return compiled_wheel


def test_every_line_of_the_hook_names_modules():
    assert [pattern for pattern in HOOK["include"] if not any(ROOT.glob(pattern.lstrip("/")))] == []


def test_the_extra_locks_what_the_hook_builds_with():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert extras["compiled"] == HOOK["dependencies"]


def test_no_compiled_class_waits_to_be_asked_for_what_it_has_not():
    """A compiled class fails at an attribute that is not set yet, and does not ask `__getattr__`."""
    waits = re.compile(r"^ +def __getattr(?:ibute)?__\(", re.MULTILINE)
    waiting = [path.name for path in MODULES if waits.search(path.read_text(encoding="utf-8"))]
    assert waiting == []


def test_mypyc_takes_every_module_that_is_compiled(tmp_path, monkeypatch, capsys):
    """Its first half alone, to its intermediate code: the C compiler takes minutes."""
    from mypyc.build import get_mypy_config
    from mypyc.codegen.emitmodule import compile_modules_to_ir, parse_and_typecheck
    from mypyc.errors import Errors
    from mypyc.irbuild.mapper import Mapper
    from mypyc.options import CompilerOptions

    monkeypatch.chdir(ROOT)
    asked = CompilerOptions()
    # As the hook does, without the project's own settings of mypy.
    words = ["--config-file=", f"--cache-dir={tmp_path}", *HOOK["mypy-args"], *map(str, MODULES)]
    every, compiled, options = get_mypy_config(words, None, asked, None)
    checked = parse_and_typecheck(every, options, asked, [(compiled, "pipeline")])
    errors = Errors(options)
    made = compile_modules_to_ir(checked, Mapper({one.module: "pipeline" for one in compiled}), asked, errors)
    if errors.num_errors:
        errors.flush_errors()
    assert errors.num_errors == 0, capsys.readouterr().out
    assert len(made) == len(MODULES)


def test_the_program_tells_whether_it_is_compiled(tmp_path, monkeypatch):
    assert not pipeline.is_compiled()
    (tmp_path / f"records{EXTENSION_SUFFIXES[0]}").touch()
    monkeypatch.delitem(sys.modules, "pipeline.records", raising=False)
    monkeypatch.setattr(pipeline, "__path__", [str(tmp_path)])
    assert pipeline.is_compiled()


def test_a_compiled_program_that_reads_otherwise_is_shown_by_the_first_row(tmp_path, compiled_wheel):
    for name, rows in {"compiled": "id\n1\n3\n", "interpreted": "id\n1\n2\n"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "observations.csv").write_text(rows, encoding="utf-8")
        (tmp_path / name / "reports.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "interpreted" / "places.csv").write_text("id\n", encoding="utf-8")
    found = list(compiled_wheel.differences(tmp_path / "compiled", tmp_path / "interpreted"))
    assert [one.split(":")[0] for one in found] == ["observations.csv, line 3", "places.csv, line 1"]
    assert "compiled     3\n  interpreted  2" in found[0]
