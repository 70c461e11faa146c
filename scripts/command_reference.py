"""Write docs/reference/commands.md from the commands' own help; a test compares the two."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "commands.md"
INTRODUCTION = """\
# Commands

<!-- Made from the commands' help by `make reference`; changes here are lost. -->

What a command finds goes to standard output, progress and warnings to standard error. The exit code is 0 when all is
well, 1 with one line of advice when something is wrong with the input or the packages, 2 when the command line is, and
3 when packages were built and files had to be left out (`--keep-going`).
"""


def reference() -> str:
    """The page: the general help, then each command under its own heading."""
    general = click.Context(main, info_name="baogao", max_content_width=100, terminal_width=100)
    parts = [INTRODUCTION, _help(main, general)]
    for name in main.list_commands(general):
        command = main.commands[name]
        parts += [f"## baogao {name}\n", _help(command, click.Context(command, parent=general, info_name=name))]
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context).rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")
