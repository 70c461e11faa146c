"""What decides a part: all that the extraction runs, and nothing else."""

import subprocess
import sys
from pathlib import Path

from pipeline.run import version

LOADED = """
import sys
from pipeline.collection.findings import rules
from pipeline.extract import extract_text
from pipeline.run.task import extract_part
rules()
extract_text("2021年,全市粮食产量12万吨。")
print("\\n".join(m.__file__ for n, m in sys.modules.items() if n.partition(".")[0] == "pipeline"))
"""


def test_every_module_that_the_extraction_loads_decides():
    found = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True).stdout
    known = {path.resolve() for path in version.deciding()}
    # Of the package itself only names are there.
    assert {Path(line).resolve() for line in found.splitlines()} - known <= {
        Path(version.__file__).parents[1] / "__init__.py"
    }


def test_knowledge_decides_and_pages_do_not():
    names = {path.relative_to(Path(version.__file__).parents[1]).as_posix() for path in version.deciding()}
    assert {"vocabulary/units.yaml", "catalogue/indicators.yaml", "extract.py"} <= names
    assert not names & {"cli.py", "build.py", "diff.py", "encode.py", "collection/compare.py", "publish/packages.py"}
    assert not [name for name in names if name.startswith(("site/", "publish/"))]
