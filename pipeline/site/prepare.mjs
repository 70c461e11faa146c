// Prepares what the page starts from that reads a report: modules as they were compiled, and the memory of an interpreter that has used them.
// node prepare.mjs FOLDER_OF_PYODIDE ARCHIVE EXAMPLE OUTPUT
// What is written is like the archive (`browser_archive.py`), with the memory behind the files.
import { readFileSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { gunzipSync, gzipSync } from "node:zlib"

const [folder, archive, example, output] = process.argv.slice(2).map(path => resolve(path))
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`))
const WORD = 16

// No hour gets into what is written, so that the same code gives the same bytes.
const Clock = Date
globalThis.Date = class extends Clock {
  constructor(...given) { super(...(given.length ? given : [0])) }
  static now() { return 0 }
}
performance.now = () => 0

// An interpreter with these files.
const start = async files => {
  const python = await loadPyodide({ indexURL: folder, _makeSnapshot: true, env: { PYTHONHASHSEED: "0" } })
  for (const [path, content] of files) {
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")))
    python.FS.writeFile(path, content)
    python.FS.utime(path, 0, 0)
  }
  return python
}

const packed = gunzipSync(readFileSync(archive))
let at = 4 + packed.readUInt32LE(0)
const sources = JSON.parse(packed.subarray(4, at)).map(([path, size]) => [path, packed.subarray(at, (at += size))])

// One interpreter compiles the modules, so that what it needs for that is not in the memory of the other.
const compiler = await start(sources)
compiler.runPython("import compileall; compileall.compile_dir('/baogao', quiet=1, legacy=True)")
const files = sources.map(([path, content]) =>
  path.endsWith(".py") ? [`${path}c`, Buffer.from(compiler.FS.readFile(`${path}c`))] : [path, content])

const text = readFileSync(example, "utf-8")
const page = `<meta charset="utf-8"><body>${text.split("\n").map(line => `<p>${line}`).join("")}`
const python = await start([...files, ["/example/a.txt", text], ["/example/a.html", page]])
python.runPython(`
import gc
import sys

sys.path.insert(0, "/baogao")
sys.dont_write_bytecode = True

def warm():
    from pathlib import Path

    from pipeline.browser import Desk

    for path in sorted(Path("/example").iterdir()):
        desk = Desk(path)
        desk.overview(), desk.lines(0, 50), desk.blocks(0, 50), desk.trace(0), desk.csv(), desk.html()

warm()
# Drawn from the system when it was imported: nothing here draws lots.
if "random" in sys.modules:
    sys.modules["random"].seed(0)
# What is there stays: the collector of cycles need not look at it again.
gc.collect()
gc.freeze()
`)
const listed = JSON.stringify(files.map(([path, content]) => [path, content.length]))
const before = files.reduce((all, [, content]) => all + content.length, 4 + Buffer.byteLength(listed))
const list = Buffer.from(listed + " ".repeat((WORD - before % WORD) % WORD))
const length = Buffer.alloc(4)
length.writeUInt32LE(list.length)
const whole = [length, list, ...files.map(([, content]) => content), python.makeMemorySnapshot()]
writeFileSync(output, gzipSync(Buffer.concat(whole)))
process.exit(0)
