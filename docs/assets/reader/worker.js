// Reads a report beside the page, which stays alive meanwhile: Python as WebAssembly, with the extraction of Baogao.
// Everything comes from the site that the page comes from, and nothing that is read goes anywhere.
let ready = null
let python = null
let desk = null
let folders = 0

const tell = (stage, done = 0, all = 0) => postMessage({ stage, done, all })

const answered = async address => {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${answer.status} ${address}`)
  return answer
}

// The files of the extraction, and the memory of an interpreter that has used it, where there was one when the site was made (`prepare.mjs`).
const unpack = async address => {
  const plain = (await answered(address)).body.pipeThrough(new DecompressionStream("gzip"))
  const bytes = new Uint8Array(await new Response(plain).arrayBuffer())
  let at = 4 + new DataView(bytes.buffer).getUint32(0, true)
  const files = JSON.parse(new TextDecoder().decode(bytes.subarray(4, at))).map(
    ([path, size]) => [path, bytes.subarray(at, (at += size))],
  )
  return { files, memory: at < bytes.length ? bytes.subarray(at) : undefined }
}

const begin = async ({ pyodide, archive }) => {
  tell("load")
  // Both at the same time: pyodide by itself would compile only when the memory is there.
  const compiling = WebAssembly.compileStreaming(answered(`${pyodide}pyodide.asm.wasm`))
  const [{ loadPyodide }, { files, memory }] = await Promise.all([import(`${pyodide}pyodide.mjs`), unpack(archive)])
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiling
    return { module, instance: await WebAssembly.instantiate(module, imports) }
  }
  tell("prepare")
  python = await loadPyodide({ indexURL: pyodide, _loadSnapshot: memory })
  for (const [path, content] of files) {
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")))
    python.FS.writeFile(path, content)
  }
  if (!memory) python.runPython("import sys; sys.path.insert(0, '/baogao'); sys.dont_write_bytecode = True")
  return python.pyimport("pipeline.browser")
}

const tasks = {
  // Loads what is needed, while the reader still chooses a text.
  start: values => {
    ready ??= begin(values)
    return ready.then(() => null)
  },
  // `files`: names and bytes; the one called `name` is read, the others stand beside it.
  read: async ({ files, name, told }) => {
    const browser = await ready
    tell("read")
    desk?.destroy()
    const folder = `/texts/${++folders}`
    python.FS.mkdirTree(folder)
    for (const file of files) python.FS.writeFile(`${folder}/${file.name}`, new Uint8Array(file.content))
    const [found, text] = browser.opened(`${folder}/${name}`, JSON.stringify(told), (done, all) => tell("read", done, all))
    for (const file of files) python.FS.unlink(`${folder}/${file.name}`)
    desk = found ?? null
    return { refused: !desk, ...JSON.parse(text) }
  },
  lines: ({ first, most, doubtful }) => JSON.parse(desk.lines(first, most, doubtful)),
  line: ({ at }) => JSON.parse(desk.line(at)),
  blocks: ({ first, most }) => JSON.parse(desk.blocks(first, most)),
  trace: ({ at }) => JSON.parse(desk.trace(at)),
  csv: () => content(desk.csv()),
  html: () => content(desk.html()),
}

const content = proxy => {
  const found = proxy.toJs()
  proxy.destroy()
  return found
}

// One after another: a question waits until the text is read.
let last = Promise.resolve()
onmessage = ({ data: { id, task, values } }) => {
  last = last.then(() => tasks[task](values)).then(
    value => postMessage({ id, value }),
    error => postMessage({ id, error: String(error?.message ?? error) }),
  )
}
