"""Undo one safeguard after the other in a copy of the program, and see whether a test notices.

    python fuzz/mutants.py [word …]

Each mutant is a line that is changed, and the tests that have to fail then. With words only mutants are tried that have one of
them in their name. Exit code 1 if one survives. A safeguard that is added gets its mutant here.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
# What tests need of the repository.
COPIED = ("pipeline", "schemas", "tests", "fuzz", "reports", "docs", "pyproject.toml", "mkdocs.yml", "mkdocs.zh.yml")


class Mutant(NamedTuple):
    """In `file`, `old` (which stands there once) becomes `new`; `tests` are what pytest is asked to run."""

    name: str
    file: str
    old: str
    new: str
    tests: str


SCALE, ATOMIC, CHECK, TAMPERING = (
    f"tests/test_{name}.py::test_" for name in ("scale", "publish_atomic", "check", "tampering")
)
MUTANTS = [
    Mutant("part key without the facts beside the source", "pipeline/run/parts.py",
           "beside = [source.facts, source", "beside = [source", SCALE + "resume_reads_again_what_has_another_sidecar"),
    Mutant("part key without the program", "pipeline/run/parts.py",
           "(code_version(), source.name", "(source.name", SCALE + "another_program_reads_everything_again"),
    Mutant("parts written in place", "pipeline/run/parts.py",
           'path.with_suffix(".new")', "path", SCALE + "a_part_is_written_beside_and_moved_in"),
    Mutant("part that is cut off is taken", "pipeline/run/parts.py",
           'return file.read() == b"PAR1"', "return True", SCALE + "a_part_that_is_cut_off_is_made_again"),
    Mutant("files not flushed", "pipeline/publish/atomic.py",
           "            _flush(staged)\n", "", ATOMIC + "all_is_flushed_before_it_changes_places"),
    Mutant("names not flushed", "pipeline/publish/atomic.py",
           "            _flush_names(output.parent)\n", "", ATOMIC + "all_is_flushed_before_it_changes_places"),
    Mutant("float in place of decimals in the amount check", "pipeline/check/values.py",
           "float(Decimal(repr(value)) * Decimal(repr(factor)))", "value * factor", CHECK + "amounts_are_multiplied_in_decimals"),
    Mutant("no lock", "pipeline/publish/atomic.py", "        with alone(output):\n", "        if True:\n", ATOMIC + "two_builds_at_once"),
    Mutant("strangers are removed", "pipeline/publish/atomic.py",
           "            refuse_strangers(output)\n", "", ATOMIC + "replaces_only_what_a_build_has_written"),
    Mutant("strangers in packages are removed", "pipeline/publish/strangers.py",
           'yield from (f"{entry.name}/{name}" for name in _besides(entry, ours))', "pass",
           ATOMIC + "a_file_of_the_users_stops_a_build_before_it_begins"),
    Mutant("published in two moves, without recovery", "pipeline/publish/atomic.py",
           "        previous.rename(output)\n", "        pass\n", ATOMIC + "the_gap_between_two_moves_is_mended"),
    Mutant("folders are written where they are", "pipeline/publish/atomic.py",
           'output.with_name(f".{output.name}.staged")', "output", ATOMIC + "a_failing_build_leaves_the_previous_packages"),
    Mutant("no gate before publishing", "pipeline/build.py",
           "                raise CheckError(broken)\n            layers", "                pass\n            layers",
           SCALE + "rows_that_break_a_rule_cost_one_file"),
    Mutant("workers outlive the main process", "pipeline/run/local.py",
           "    Thread(target=wait_for_it, daemon=True).start()\n", "", SCALE + "workers_end_when_the_main_process_is_killed"),
    Mutant("stray files pass", "pipeline/check/package_files.py",
           'found.append(Violation("stray_file", file, 0, "", "belongs to no resource"))', "pass",
           CHECK + "missing_and_stray_files_are_found"),
    Mutant("missing packages pass", "pipeline/check/package_files.py",
           "and (name in made or name in there)", "and name in there", TAMPERING + "altered_files_are_noticed"),
    Mutant("hash of texts unchecked", "pipeline/check/provenance.py",
           'if row["sha256"] !=', 'if False and row["sha256"] !=', TAMPERING + "an_altered_row_is_noticed"),
    Mutant("second reading without signs", "pipeline/oracle/__init__.py",
           "    yield from _sign(row, value, before, behind)\n", "", TAMPERING + "an_altered_row_is_noticed"),
    Mutant("second reading without bounds", "pipeline/oracle/__init__.py",
           "    yield from _bound(row, before, behind)\n", "", TAMPERING + "an_altered_row_is_noticed"),
    Mutant("second reading with 分之 anywhere", "pipeline/oracle/__init__.py",
           "_PART_OF.search(near)", '_PART_OF.search(clean(str(row["quote"])))',
           "tests/test_oracle.py::test_a_fraction_elsewhere_in_the_sentence_makes_nothing_a_share"),
    Mutant("characters without room stay", "pipeline/text/even.py",
           "{**RADICALS, **dict.fromkeys(_UNSEEN, NOTHING)}", "RADICALS",
           "tests/test_read_even.py::test_characters_that_take_no_room_change_nothing"),
    Mutant("sources without rows pass", "pipeline/check/__init__.py",
           "sorted(there - read - told)", "()", SCALE + "keep_going_leaves_out_what_fails"),
    Mutant("what was left out is told nowhere", "pipeline/publish/packages.py",
           "if package == RELATIONAL and left_out:", "if False:", SCALE + "keep_going_leaves_out_what_fails"),
    Mutant("rows counted as reports stand", "pipeline/check/batches.py",
           "return _as_in_files(found, database, job)", "return found", CHECK + "a_row_is_that_of_the_file_whatever_its_order"),
    Mutant("two sources with one report", "pipeline/build.py",
           "        _refuse_repeated(groupby(entries, key=lambda entry: entry.file), paths, state)\n", "",
           "tests/test_bad_input.py::test_two_sources_of_one_report"),
    Mutant("formulas in workbooks", "pipeline/publish/writers/spreadsheet.py",
           "sheet.write_string(row, at, _ILLEGAL", "sheet.write_formula(row, at, _ILLEGAL",
           "tests/test_publish.py::test_no_formula_and_no_control_character_in_the_workbook"),
    Mutant("formulas in tables for spreadsheets", "pipeline/site/site_files.py",
           """f"'{cell}" if""", "cell if", "tests/test_site.py::test_spreadsheets_get_no_formula"),
    Mutant("a script's JSON may end it", "pipeline/site/html_text.py",
           'text.replace("<", "\\\\u003c")', "text", "tests/test_site.py::test_json_in_a_script_cannot_end_it"),
    Mutant("links out of the folder are followed", "pipeline/text/folder.py",
           'return "" if target.is_relative_to(top.resolve()) else', 'return "" if True else',
           "tests/test_read_folder.py::test_links_and_pipes_are_not_followed_out_of_the_folder"),
    Mutant("pipes are read", "pipeline/text/folder.py",
           "if not reason and not stat.S_ISREG(path.stat().st_mode):", "if False:",
           "tests/test_read_folder.py::test_links_and_pipes_are_not_followed_out_of_the_folder"),
    Mutant("keys that stand twice", "pipeline/text/strict_yaml.py",
           "            if key.value in known:\n", "            if False:\n", "tests/test_read.py"),
    Mutant("control characters in facts", "pipeline/text/sidecar.py",
           "    if odd:\n", "    if False:\n", "tests/test_read.py"),
    Mutant("numbers of YAML change", "pipeline/text/strict_yaml.py",
           "class _Loader(yaml.BaseLoader)", "class _Loader(yaml.SafeLoader)", "tests/test_read.py"),
    Mutant("outcomes, findings and dictionary are not concluded again", "pipeline/check/__init__.py",
           "        if _is_sound(tables.keys(), found):\n", "        if False:\n", TAMPERING + "an_altered_row_is_noticed[name of a place]"),
    Mutant("what is repeated of a text is not held against it", "pipeline/check/provenance.py",
           "if not made_now and not found:", "if False:", TAMPERING + "an_altered_row_is_noticed[what a target goes with]"),
    Mutant("corrections are not held against rows", "pipeline/check/batches.py",
           "found += () if job.looked else put_right.otherwise(rows)", "pass", TAMPERING + "an_altered_row_is_noticed[corrected by nobody]"),
    Mutant("repeats may say something else", "pipeline/check/batches.py",
           "*keys.across(database, names), *judged, *repeated, *found", "*keys.across(database, names), *judged, *found",
           TAMPERING + "an_altered_row_is_noticed[repeats what says something else]"),
    Mutant("the source is overwritten", "pipeline/cli.py",
           "        raise BaogaoError(f\"{output} is the text that is read.", "        str(f\"{output} is the text that is read.",
           "tests/test_cli.py::test_the_text_that_is_read_is_never_written_over"),
]  # fmt: skip


def dies(mutant: Mutant, copy: Path) -> bool:
    """Whether its tests fail on a mutant, and not for want of a test."""
    path = copy / mutant.file
    true = path.read_text(encoding="utf-8")
    assert true.count(mutant.old) == 1, f"{mutant.name}: stands {true.count(mutant.old)} times in {mutant.file}"
    path.write_text(true.replace(mutant.old, mutant.new), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", mutant.tests]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        made = subprocess.Popen(command, cwd=copy, env=environment, stdout=said, stderr=said, start_new_session=True)
        try:
            code = made.wait(timeout=900)
        finally:
            path.write_text(true, encoding="utf-8")
            # What a mutant leaves at work ends with it.
            with suppress(ProcessLookupError):
                os.killpg(made.pid, signal.SIGKILL)
        said.seek(0)
        if code not in (0, 1):
            raise RuntimeError(f"{mutant.name}: {said.read()[-800:]}")
    return code == 1


def main(words: list[str]) -> int:
    """Try the mutants; the exit code."""
    wanted = [mutant for mutant in MUTANTS if not words or any(word in mutant.name for word in words)]
    alive = 0
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in COPIED:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, copy / part)
            else:
                shutil.copy(ROOT / part, copy / part)
        for mutant in wanted:
            dead = dies(mutant, copy)
            alive += not dead
            print(f"{'dies' if dead else 'SURVIVES'}: {mutant.name}", flush=True)
    print(f"{len(wanted) - alive} of {len(wanted)} mutants die")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
