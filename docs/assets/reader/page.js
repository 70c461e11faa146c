// The page that reads a text of the visitor's own: takes it, has it read, and shows what was found, a piece at a time.
import { Reader, Stopped } from "./client.js"
import { View, element, fill } from "./view.js"

const root = document.getElementById("reader")
const words = JSON.parse(root.dataset.words)
const view = new View(words)
const part = name => document.getElementById(`reader-${name}`)
const [form, text, file, drop, status, bar, stop, problem, result] =
  ["form", "text", "file", "drop", "status", "progress", "stop", "problem", "result"].map(part)
const [reports, again, headline, rows, blocks, card, doubtful] =
  ["reports", "again", "headline", "rows", "blocks", "card", "doubtful"].map(part)
const ROWS = 50
const BLOCKS = 60
// Far above what a text of a million characters takes, also as a Word file with pictures.
const LARGEST = 60_000_000
const COMPANION = /\.(ya?ml|review\.csv)$/i
const absolute = path => new URL(path, location.href).href

let chosen = null // the files that are read, and the name of the one that is the text
let shown = null // the overview of what was found
let began = 0
let clock = 0

const reader = new Reader({ pyodide: absolute(root.dataset.pyodide), archive: absolute(root.dataset.archive) }, ({ stage, done, all }) => {
  if (!clock) return
  if (all) { bar.max = all; bar.value = done } else bar.removeAttribute("value")
  status.dataset.stage = stage
  tell()
})

const tell = () => {
  const seconds = Math.round((performance.now() - began) / 1000)
  const stage = words.stages[status.dataset.stage] ?? ""
  if (status.dataset.said === stage && seconds % 5) return
  status.dataset.said = stage
  status.textContent = seconds > 1 ? `${stage} ${fill(words.seconds, { n: seconds })}` : stage
}

const busy = on => {
  clearInterval(clock)
  clock = on ? setInterval(tell, 1000) : 0
  began = performance.now()
  form.setAttribute("aria-busy", String(on))
  for (const button of root.querySelectorAll("form button, form input, form textarea")) button.disabled = on
  bar.hidden = stop.hidden = !on
  if (on) { status.dataset.stage = "load"; status.dataset.said = ""; bar.removeAttribute("value"); tell() }
}

const refuse = (...lines) => {
  problem.replaceChildren(...lines.filter(Boolean).map(line => element("p", {}, line)))
  problem.hidden = false
  status.textContent = ""
}

const zh = words.language === "zh"
// What has no Chinese is quoted in English.
const quote = line => zh && !/[\u3400-\u9fff]/.test(line) ? element("span", { lang: "en" }, line) : line

const read = async told => {
  problem.hidden = true
  card.hidePopover?.()
  busy(true)
  try {
    // A copy goes to the worker: the text is kept, to be read again.
    const files = chosen.files.map(one => ({ name: one.name, content: one.content.slice(0) }))
    const found = await reader.ask("read", { files, name: chosen.name, told })
    if (found.refused) {
      busy(false)
      const [place, problem, remedy] = ["place", "problem", "remedy"].map(key => found[zh ? `${key}_zh` : key])
      refuse(words.refused, quote(fill(words.wrong, { where: [found.name, place].filter(Boolean).join(words.comma), problem, remedy })))
      return
    }
    shown = found
    await show()
    busy(false)
    status.textContent = said()
  } catch (error) {
    busy(false)
    if (error instanceof Stopped) status.textContent = words.stopped
    else refuse(words.fault, quote(String(error.message).trim().split("\n").at(-1).slice(0, 300)))
  }
}

const show = async () => {
  const all = shown.reports.length
  reports.replaceChildren(...shown.reports.map(report => view.report({ ...report, total: all }, words.kind)))
  part("facts").open = all < 4
  part("headline-none").hidden = shown.headline.length > 0
  headline.closest("table").hidden = !shown.headline.length
  headline.replaceChildren(...view.headline(shown.headline, labels(headline), follow))
  part("remarks").replaceChildren(...shown[zh ? "remarks_zh" : "remarks"].map(remark => element("li", {}, quote(remark))))
  doubtful.checked = false
  result.hidden = false
  await Promise.all([lines(0), stretches(0)])
}

const said = () => {
  const counts = ["rows", "numerals", "characters"].map(key => [key, view.number(shown[key])])
  return fill(shown.rows === 1 && words.found_one ? words.found_one : words.found, { ...Object.fromEntries(counts), name: shown.name })
}

const labels = body => [...body.closest("table").querySelectorAll("thead th")].map(head => head.textContent)
const trace = at => reader.ask("trace", { at })

// A page of rows, in place of the one that is there.
const table = rows.closest("table")
let first = 0
const lines = async from => {
  first = from
  const found = await reader.ask("lines", { first, most: ROWS, doubtful: doubtful.checked })
  for (const body of [...table.tBodies]) body.remove()
  table.append(...found.map(row => view.row(row, labels(table.tHead), trace)))
  pager("rows", first, found.length, shown.rows, ROWS)
}

let block = 0
const stretches = async from => {
  block = from
  const found = await reader.ask("blocks", { first: from, most: BLOCKS })
  blocks.replaceChildren(...found.map(pieces => view.block(pieces, open)))
  pager("blocks", from, found.length, shown.blocks, BLOCKS)
}

const pager = (name, from, count, all, most) => {
  part(`${name}-before`).disabled = from === 0
  part(`${name}-after`).disabled = from + count >= all
  part(`${name}-range`).textContent = all
    ? fill(words.range, { a: view.number(from + 1), b: view.number(from + count), all: view.number(all) }) : words.none
  part(`${name}-pager`).hidden = all <= most && all > 0
}

// To a row of the table, whichever page of it it is on.
const follow = async at => {
  card.hidePopover()
  if (doubtful.checked || at < first || at >= first + ROWS) {
    doubtful.checked = false
    await lines(at - at % ROWS)
  }
  const row = document.getElementById(`row-${at}`)
  row.scrollIntoView({ block: "center" })
  row.focus({ preventScroll: true })
}

const open = async (ats, button) => {
  const found = await Promise.all(ats.map(at => reader.ask("line", { at })))
  card.replaceChildren(...found.map(row => view.card(row, follow)))
  card.showPopover({ source: button })
  card.querySelector("a")?.focus()
}

const save = async (task, name, type) => {
  const content = await reader.ask(task)
  const link = element("a", { download: name, href: URL.createObjectURL(new Blob([content], { type })) })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

const take = async files => {
  const texts = files.filter(one => !COMPANION.test(one.name))
  if (!files.length) return refuse(words.nothing)
  if (texts.length !== 1) return refuse(words.several)
  const name = texts[0].name
  if (/\.pdf$/i.test(name)) return refuse(words.pdf)
  if (files.some(one => one.size > LARGEST)) return refuse(words.large)
  chosen = { name, files: await Promise.all(files.map(async one => ({ name: one.name, content: await one.arrayBuffer() }))) }
  text.value = ""
  await read([])
}

form.addEventListener("submit", event => {
  event.preventDefault()
  if (!text.value.trim()) return file.files.length ? take([...file.files]) : refuse(words.nothing)
  // As a file in UTF-8, as an editor would save it.
  chosen = { name: "text.txt", files: [{ name: "text.txt", content: new TextEncoder().encode(text.value).buffer }] }
  file.value = ""
  read([])
})
file.addEventListener("change", () => take([...file.files]))
for (const button of root.querySelectorAll("[data-example]"))
  button.addEventListener("click", async () => {
    const answer = await fetch(absolute(button.dataset.example))
    if (!answer.ok) return refuse(words.fault, `${answer.status}`)
    text.value = ""
    chosen = { name: button.dataset.name, files: [{ name: button.dataset.name, content: await answer.arrayBuffer() }] }
    await read([])
  })
again.addEventListener("submit", event => {
  event.preventDefault()
  // Only what was changed is told; the rest follows from the text as before.
  const told = [...reports.querySelectorAll("fieldset")].flatMap((field, at) => {
    const report = { ...shown.reports[at], place: shown.reports[at].place_zh }
    const changed = [...field.elements].filter(one => one.name && one.value.trim() !== report[one.name])
    const facts = Object.fromEntries(changed.map(one => [one.name, one.value.trim()]))
    return [{ ...earlier(report.number), ...facts, number: report.number }]
  }).filter(one => Object.keys(one).length > 1)
  chosen.told = told
  read(told)
})
const earlier = number => (chosen.told ?? []).find(one => one.number === number) ?? {}

stop.addEventListener("click", () => reader.stop())
doubtful.addEventListener("change", () => lines(0))
part("rows-before").addEventListener("click", () => lines(Math.max(0, first - ROWS)))
part("rows-after").addEventListener("click", () => lines(first + ROWS))
part("blocks-before").addEventListener("click", () => stretches(Math.max(0, block - BLOCKS)))
part("blocks-after").addEventListener("click", () => stretches(block + BLOCKS))
const stem = () => chosen.name.replace(/\.[^.]*$/, "")
part("csv").addEventListener("click", () => save("csv", `${stem()}.observations.csv`, "text/csv"))
part("html").addEventListener("click", () => save("html", `${stem()}.marked.html`, "text/html"))

// What is needed is loaded while the reader looks for a text; where data are to be saved, at the first sign that somebody wants it.
if (!navigator.connection?.saveData) reader.start()
for (const sign of ["pointerdown", "focusin", "dragenter"]) root.addEventListener(sign, () => reader.start(), { once: true })
for (const kind of ["dragenter", "dragover"])
  drop.addEventListener(kind, event => { event.preventDefault(); drop.classList.add("over") })
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"))
drop.addEventListener("drop", event => { event.preventDefault(); take([...event.dataTransfer.files]) })
root.dataset.ready = "true"
