// Reads a report beside the page, which stays alive meanwhile: Python as WebAssembly, with the extraction of Baogao.
// Everything comes from the site that the page comes from, and nothing that is read goes anywhere.
let ready = null
let python = null
let desk = null
let folders = 0

const tell = (stage, done = 0, all = 0) => postMessage({ stage, done, all })

const bytes = async address => {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${answer.status} ${address}`)
  return answer.arrayBuffer()
}

const begin = async ({ pyodide, archive }) => {
  tell("load")
  const waiting = bytes(archive)
  waiting.catch(() => {}) // told where it is waited for
  const { loadPyodide } = await import(`${pyodide}pyodide.mjs`)
  python = await loadPyodide({ indexURL: pyodide })
  tell("prepare")
  python.unpackArchive(await waiting, "zip", { extractDir: "/baogao" })
  python.runPython("import sys; sys.path.insert(0, '/baogao'); sys.dont_write_bytecode = True")
  python.pyimport("pipeline.compiled").use()
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
