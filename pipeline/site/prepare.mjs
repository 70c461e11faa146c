// Prepares the archive of the page that reads a report: modules and patterns are compiled by the interpreter that will use them.
// node prepare.mjs FOLDER_OF_PYODIDE ARCHIVE EXAMPLE OUTPUT
import { readFileSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"

const [folder, archive, example, output] = process.argv.slice(2).map(path => resolve(path))
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`))
const python = await loadPyodide({ indexURL: folder })
python.unpackArchive(new Uint8Array(readFileSync(archive)), "zip", { extractDir: "/baogao" })
python.FS.writeFile("/example.txt", new Uint8Array(readFileSync(example)))
const made = python.runPython(`
import sys

sys.path.insert(0, "/baogao")
sys.dont_write_bytecode = True

import compileall
import io
import zipfile
from pathlib import Path

from pipeline import compiled

with compiled.recorded():
    from pipeline.browser import Desk

    desk = Desk(Path("/example.txt"))
    desk.overview(), desk.lines(0, 50), desk.blocks(0, 50), desk.trace(0), desk.csv(), desk.html()

top = Path("/baogao")
compileall.compile_dir(top, quiet=1, legacy=True)
stream = io.BytesIO()
with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
    for path in sorted(top.rglob("*")):
        if path.is_file() and path.suffix != ".py":
            info = zipfile.ZipInfo(path.relative_to(top).as_posix(), (1980, 1, 1, 0, 0, 0))
            target.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
stream.getvalue()
`)
writeFileSync(output, made.toJs())
process.exit(0)
