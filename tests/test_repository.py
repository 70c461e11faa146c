"""What a user finds in the repository is there, fits together and works as written."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import yaml

import pipeline
from pipeline.cli import main

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md"]
LOCKS = ["build", "run", "dev", "release", "compiled", "wheels"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL)


def locked(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text(f"requirements/{name}.txt"), re.M):
        found.setdefault(package.lower(), set()).add(version)
    return found


def names(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9._-]+", line)[0].lower() for line in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_hashes_and_names_no_host(name):
    lock = text(f"requirements/{name}.txt")
    assert "://" not in lock
    assert not re.search(r"^\s*--(index|extra-index|find-links|trusted)", lock, re.MULTILINE)
    for entry in re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE).strip()):
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_locks_hold_what_the_project_asks_for():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert names(project["dependencies"]) <= locked("run").keys()
    assert names(project["optional-dependencies"]["dev"]) <= locked("dev").keys()
    assert {"hatchling", "editables", "setuptools"} <= locked("build").keys()


def test_a_plain_install_leaves_out_what_extraction_build_and_check_do_without():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    plain, all_extras = names(project["dependencies"]), re.findall(r"[a-z]+", extras["all"][0].partition("[")[2])
    assert set(all_extras) == extras.keys() - {"all", "bench", "compiled", "dev", "fuzz", "release", "train"}
    for name in all_extras:
        assert not names(extras[name]) & plain
        assert names(extras[name]) <= locked("run").keys()


def test_development_runs_on_the_same_versions():
    run, dev, build = locked("run"), locked("dev"), locked("build")
    assert {name: dev[name] for name in run} == run
    assert {name: run[name] for name in run.keys() & build.keys()} == {n: build[n] for n in run.keys() & build.keys()}


def test_every_dependency_says_why():
    lines = text("pyproject.toml").split("dependencies = [\n")[1].split("\n]")[0].splitlines()
    assert [line for line in lines if "#" not in line] == []


def test_versions_agree():
    citation = yaml.safe_load(text("CITATION.cff"))
    assert citation["version"] == pipeline.__version__
    assert {"cff-version", "message", "title", "authors", "license"} <= citation.keys()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text(page)):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist(page):
    targets = set(" ".join(re.findall(r"^([a-z -]+):", text("Makefile"), re.MULTILINE)).split())
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text(page), re.MULTILINE)) <= targets
    assert set(re.findall(r"(?:^|`|bin/)baogao ([a-z]+)", text(page), re.MULTILINE)) <= main.commands.keys()


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_python_snippets_run(page, packages):
    found = blocks(page, "python")
    assert found
    for snippet in found:
        done = subprocess.run([sys.executable, "-c", snippet], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_sql_snippets_run(packages, monkeypatch):
    import duckdb

    monkeypatch.chdir(ROOT)
    found = blocks("README.md", "sql")
    assert found
    for snippet in found:
        assert duckdb.sql(snippet).fetchall()


def test_command_reference_is_up_to_date():
    code = "import sys; sys.path.insert(0, 'scripts'); import command_reference as c; sys.stdout.write(c.reference())"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=environment)
    assert made.stdout == text("docs/reference/commands.md"), "run: make reference"


def test_pages_on_facts_beside_a_source_are_up_to_date():
    code = "import sys; sys.path.insert(0, 'scripts'); import sidecar_reference as s; print(*map(s.page, s.WORDS), sep='', end='')"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=environment)
    assert made.stdout == text("docs/en/sidecars.md") + text("docs/zh/sidecars.md"), "run: make reference"


def test_every_command_and_option_is_documented():
    page = text("docs/reference/commands.md")
    for name, command in main.commands.items():
        assert f"## baogao {name}\n" in page
        assert command.help
        assert command.examples
        assert all(option.help for option in command.params if isinstance(option, click.Option))
