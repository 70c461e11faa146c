"""Write the table of tools into the pages on reuse, from what `make interop` has tried (build/tools.json)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- tools -->", "<!-- /tools -->"
_RESULT = {
    "passed": ("works", "可用"),
    "skipped": ("not tried here", "此处未试"),
    "failed": ("fails", "出错"),
    "error": ("fails", "出错"),
}
_WORDS_ZH = {
    "publish to SQLite": "发布到 SQLite",
    "publish to SQLite from an address": "从网址发布到 SQLite",
    "validate, every table on the command line": "命令行 validate，校验每张表",
    "read and validate from an address, schemas by reference": "从网址读取并校验，表结构为引用",
    "describe and extract on the command line": "命令行 describe、extract",
    "describe and extract from an address": "从网址 describe、extract",
    "read CSV without options": "不加选项读取 CSV",
    "read CSV, types by all rows": "读取 CSV，按全部行推断类型",
    "read Parquet": "读取 Parquet",
    "read the Excel files, cell by cell": "逐格读取 Excel 文件",
    "read the Stata files": "读取 Stata 文件",
    "read the Stata files by ReadStat, with the labels of columns and codes": "由 ReadStat 读取 Stata 文件，含各列和代码的标签",
    "read the Excel files": "读取 Excel 文件",
    "read.csv without options": "read.csv，不加选项",
    "read, and turn into DCAT and CKAN": "读取，并转成 DCAT 和 CKAN",
    "load croissant.json without an issue, and read records": "读取 croissant.json，无警告，并读取记录",
    "--strict, without an issue": "--strict，无问题",
    "query the database of `baogao export sqlite`": "查询 `baogao export sqlite` 所得数据库",
    "show that database with what its columns mean": "显示该数据库及各列含义",
    "run the snippet of this page": "运行本页的代码",
}


def version_of(tool: str) -> str:
    """The version of a tool that is installed here; a dash where none is."""
    if tool == "sqlite3":
        import sqlite3

        return sqlite3.sqlite_version
    try:
        return version(tool)
    except PackageNotFoundError:
        program = shutil.which(tool)
        if tool.startswith("R ") and shutil.which("Rscript"):
            program, told = "Rscript", ["-e", f"cat(as.character(packageVersion('{tool.removeprefix('R ')}')))"]
        else:
            told = ["--version"]
        if not program:
            return "–"
        return subprocess.run([program, *told], capture_output=True, text=True, check=False).stdout.strip()


def table(tried: list[dict[str, object]], language: int) -> str:
    """The table in a language: 0 English, 1 Chinese."""
    heads = (("Tool", "Version tried", "What was tried", "Result"), ("工具", "所试版本", "所试内容", "结果"))[language]
    lines = [f"| {' | '.join(heads)} |", "| --- | --- | --- | --- |"]
    for each in tried:
        outcomes = each["outcomes"]
        worst = next(one for one in ("failed", "error", "passed", "skipped") if one in outcomes)
        what = str(each["tried"])
        told = what if language == 0 else _WORDS_ZH[what]
        lines.append(f"| {each['tool']} | {version_of(str(each['tool']))} | {told} | {_RESULT[worst][language]} |")
    return "\n".join(lines)


def main() -> None:
    """Write both pages."""
    path = ROOT / "build" / "tools.json"
    if not path.is_file():
        sys.exit("Nothing has been tried yet: make interop")
    tried = json.loads(path.read_text(encoding="utf-8"))
    for language, page in enumerate(("docs/en/reuse.md", "docs/zh/reuse.md")):
        text = (ROOT / page).read_text(encoding="utf-8")
        new = re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{table(tried, language)}\n{END}", text, flags=re.S)  # noqa: B023
        (ROOT / page).write_text(new, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
