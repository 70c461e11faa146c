// The explorer: filters, sorts and saves rows in the browser. What is chosen stands in the address.
import { load } from "./data.js"
import { element, filled, number } from "./dom.js"
import { panel } from "./panel.js"
import { csv, json, save } from "./save.js"
import { ordered, select } from "./select.js"
import { empty, read, switched, written } from "./state.js"
import { line } from "./table.js"
import { matcher } from "./words.js"

const PAGE = 50
const WAIT = 150
const root = document.getElementById("explorer")
const words = JSON.parse(root.dataset.words)
const up = root.dataset.up
const side = words.language === "zh" ? 1 : 0
const at = id => document.getElementById(id)
const table = { body: at("rows"), heads: [...root.querySelectorAll("th[data-key]")] }
const labels = table.heads.map(head => head.textContent)

const start = async () => {
  const data = await load(root.dataset.folder)
  let state = empty()
  let rows = []
  let latest = 0

  const go = (next, { typed = false, fresh = false } = {}) => {
    state = next
    const address = `${location.pathname}${written(state)}`
    if (address !== location.pathname + location.search) history[typed ? "replaceState" : "pushState"](null, "", address)
    return show(fresh)
  }

  const show = async fresh => {
    const mine = ++latest
    const tests = []
    if (state.confidence) tests.push(row => (data.confidence[row] ?? -1) >= Number(state.confidence))
    if (state.once) tests.push(row => !data.repeated.has(row))
    if (state.q) {
      at("found").textContent = words.wait
      tests.push(await matcher(data, state.q))
    }
    const selection = select(data, state.chosen, tests)
    const sorted = ordered(data, selection.rows, state.sort, words.language)
    const pages = Math.max(1, Math.ceil(sorted.length / PAGE))
    const page = Math.min(Math.max(1, Math.floor(Number(state.page)) || 1), pages)
    const first = (page - 1) * PAGE
    const visible = sorted.slice(first, first + PAGE)
    await data.fetched(visible)
    if (mine !== latest) return  // something newer has been asked for
    rows = sorted
    table.body.replaceChildren(...visible.map(line(data, words, labels, up, side)))
    refill({ ...selection, chosen: state.chosen, fresh })
    chips()
    const n = sorted.length
    at("found").textContent = n ? filled(words.found, { n: number(n), all: number(data.count) }) : words.none
    at("range").textContent = n ? filled(words.range, { a: number(first + 1), b: number(first + visible.length) }) : ""
    at("before").disabled = page === 1
    at("after").disabled = page === pages
    for (const button of root.querySelectorAll(".saves button")) button.disabled = !n
    for (const [id, value] of [["q", state.q], ["confidence", state.confidence], ["sort", state.sort]])
      if (document.activeElement !== at(id) || fresh) at(id).value = value
    at("once").checked = Boolean(state.once)
    for (const head of table.heads) {
      const way = state.sort === head.dataset.key ? "ascending" : state.sort === `-${head.dataset.key}` ? "descending" : null
      if (way) head.setAttribute("aria-sort", way)
      else head.removeAttribute("aria-sort")
    }
    root.dataset.ready = written(state) || "?"
  }

  // What is chosen, each to be given up by a press.
  const chips = () => {
    const made = []
    const chip = (text, next) => made.push(element("button", {
      type: "button", "aria-label": filled(words.without, { name: text }), onclick: () => { go(next()); at("found").focus() },
    }, text))
    for (const [facet, keys] of Object.entries(state.chosen)) {
      const { dimension } = data.facets[facet]
      const title = root.querySelector(`details[data-facet="${facet}"] summary`).firstChild.textContent.trim()
      for (const key of keys) {
        const name = dimension.names[dimension.at.get(key)]?.[side] || key
        chip(`${title}: ${name}`, () => switched(state, facet, key))
      }
    }
    if (state.q) chip(`“${state.q}”`, () => ({ ...state, q: "", page: "1" }))
    if (state.confidence) chip(at("confidence").selectedOptions[0]?.textContent || state.confidence, () => ({ ...state, confidence: "", page: "1" }))
    if (state.once) chip(words.once, () => ({ ...state, once: "", page: "1" }))
    if (made.length) made.push(element("button", { type: "button", class: "all", onclick: () => go({ ...empty(), sort: state.sort }) }, words.clear))
    at("chips").replaceChildren(...made)
    at("chips").hidden = !made.length
  }

  const refill = panel(root, data, words, side, (facet, key) => go(switched(state, facet, key)))

  table.heads.forEach(head => {
    if (head.dataset.key === "quote") return
    head.replaceChildren(element("button", {
      type: "button",
      onclick: () => go({ ...state, sort: state.sort === head.dataset.key ? `-${head.dataset.key}` : head.dataset.key, page: "1" }),
    }, head.textContent))
  })
  let waiting = 0
  at("q").addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => go({ ...state, q: at("q").value.trim(), page: "1" }, { typed: true }), WAIT)
  })
  for (const id of ["confidence", "sort"])
    at(id).addEventListener("change", () => go({ ...state, [id]: at(id).value, page: "1" }))
  at("once").addEventListener("change", () => go({ ...state, once: at("once").checked ? "1" : "", page: "1" }))
  at("filters").addEventListener("submit", event => event.preventDefault())
  const turn = async step => {
    await go({ ...state, page: String(Math.max(1, Number(state.page) + step)) })
    at("found").scrollIntoView({ block: "start" })
    at("found").focus({ preventScroll: true })
  }
  at("before").addEventListener("click", () => turn(-1))
  at("after").addEventListener("click", () => turn(1))
  const files = {
    csv: ["baogao-selection.csv", () => csv(data, rows, up, false)],
    sheet: ["baogao-selection.spreadsheet.csv", () => csv(data, rows, up, true)],
    json: ["baogao-selection.json", () => json(data, rows, up)],
  }
  for (const [id, [file, made]] of Object.entries(files)) {
    at(id).addEventListener("click", async () => {
      await data.fetched(rows)
      save(made(), file)
    })
  }
  at("link").addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href)
    at("link").textContent = words.copied
    setTimeout(() => { at("link").textContent = words.copy }, 1500)
  })
  addEventListener("popstate", () => { state = read(location.search, data); show(true) })

  root.classList.add("live")
  at("panel").hidden = at("tools").hidden = false
  at("panel").open = matchMedia("(min-width: 60em)").matches
  state = read(location.search, data)
  await show(true)
}

start().catch(error => {
  console.error(error)
  at("tools").hidden = false
  at("tools").querySelector(".saves").hidden = true
  at("found").textContent = words.failed
})
