// The search: in the header as one types, and on its own page with filters. What is typed becomes the terms that
// pipeline/site/search.py wrote the index in.
const form = document.querySelector(".site-search")
const top = new URL(form.dataset.top, location.href)
const words = JSON.parse(form.dataset.words)
const zh = document.documentElement.lang === "zh"
const MOST = 8
const MANY = 40
// Of pages that have some of the terms only, this many are looked at for each term.
const PARTLY = 60
const WAIT = 120
let engine

const load = () => engine ??= (async () => {
  const [pagefind, answer] = await Promise.all([
    import(new URL("pagefind/pagefind.js", top)), fetch(new URL("pagefind/known.json", top)),
  ])
  await pagefind.options({
    ranking: { termFrequency: 0.3, pageLength: 0.9, termSaturation: 0.6, termSimilarity: 4 }, noWorker: true,
  })
  await pagefind.init()
  const known = await answer.json()
  const [traditional, simplified] = known.simplified.map(one => [...one])
  known.simplify = new Map(traditional.map((one, at) => [one, simplified[at]]))
  return { pagefind, known }
})()

const HAN = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/u
const RUN = /[\u3400-\u9fff\u{20000}-\u{3ffff}]+|[\p{L}\p{N}]+(?:[&.'’+-][\p{L}\p{N}]+)*/gu
const PIECE = /[\u3400-\u9fff\u{20000}-\u{3ffff}]+|[^\u3400-\u9fff\u{20000}-\u{3ffff}]+/gu

export const terms = (text, simplify) => {
  const plain = [...text.normalize("NFKC").toLowerCase()].map(one => simplify.get(one) ?? one).join("")
  const found = []
  for (const run of plain.match(RUN) ?? []) for (const piece of run.match(PIECE)) {
    if (!HAN.test(piece)) found.push(piece.replace(/[&.'’+-]/g, ""))
    else {
      const characters = [...piece]
      if (characters.length === 1) found.push(piece)
      for (let at = 0; at + 1 < characters.length; at++) found.push(characters[at] + characters[at + 1])
    }
  }
  return found.filter(Boolean)
}

// The term for a name as a whole, as in search.py.
const whole = list => {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(list.join(" "))) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return `qz${value.toString(16).padStart(8, "0")}`
}

const KINDS = Object.keys(words.kinds).filter(kind => kind !== "sentence")

// What is called so comes first, then what has all the words in its names, then sentences with all of them; where these
// are few, what has some of the words, the more the better.
const find = async (query, filters) => {
  const { pagefind, known } = await load()
  const all = terms(query, known.simplify)
  const list = [...new Set(all)]
  if (!list.length) return { results: [], known }
  const { kind, ...others } = Object.fromEntries(Object.entries(filters).filter(([, value]) => value))
  const search = async (text, kinds) => (await pagefind.search(text, { filters: { ...others, kind: { any: kinds } } })).results
  const named = kind ? [kind] : KINDS
  const results = new Map()
  const add = found => found.forEach(one => { if (!results.has(one.id)) results.set(one.id, one) })
  add(await search(`"${whole(all)}"`, named)) // in quotes, as else the nearest word would do
  add(await search(list.join(" "), named))
  if (!kind || kind === "report") add(await search(list.join(" "), ["sentence"]))
  if (results.size < MOST && list.length > 1) {
    const scores = new Map()
    for (const term of list) {
      for (const one of (await search(term, named)).slice(0, PARTLY)) {
        const had = scores.get(one.id) ?? { ...one, score: 0, terms: 0 }
        scores.set(one.id, { ...had, score: had.score + one.score, terms: had.terms + 1 })
      }
    }
    const some = [...scores.values()].filter(one => one.terms * 2 >= list.length)
    add(some.sort((a, b) => b.terms - a.terms || b.score - a.score))
  }
  return { results: [...results.values()], known }
}

const element = (name, text, attributes = {}) => {
  const made = Object.assign(document.createElement(name), attributes)
  if (text) made.textContent = text
  return made
}

// The words around what was looked for; of a report the sentence.
const around = (text, query) => {
  const at = Math.max(0, text.toLowerCase().indexOf(query.toLowerCase()))
  const start = Math.max(0, at - 30)
  return `${start ? "…" : ""}${text.slice(start, start + 120)}${text.length > start + 120 ? "…" : ""}`
}

const shown = async (result, query) => {
  const found = await result.data()
  if (!found) return null
  const { meta } = found
  const item = element("li")
  const link = element("a", meta[zh ? "zh" : "en"], { href: new URL((zh ? "zh/" : "") + meta.url, top) })
  item.append(element("span", words.kinds[meta.kind], { className: "kind" }), link)
  const other = meta[zh ? "en" : "zh"]
  if (other && other !== meta[zh ? "zh" : "en"]) item.append(element("small", other, { lang: zh ? "en" : "zh" }))
  const about = meta[zh ? "about_zh" : "about_en"] || (meta.text ? around(meta.text, query) : "")
  if (about) item.append(element("p", about.slice(0, 160), meta.kind === "sentence" ? { lang: "zh" } : {}))
  return item
}

// One page may stand in several results: a report by its name and by its words.
const listed = async (results, most, query) => {
  const items = [], seen = new Set()
  for (const result of results) {
    if (items.length >= most) break
    const item = await shown(result, query)
    if (!item) continue
    const page = item.querySelector("a").href.split("#")[0]
    if (seen.has(page)) continue
    seen.add(page)
    items.push(item)
  }
  return items
}

// The newest query wins: an older one that answers late is dropped.
const typing = (input, show) => {
  let timer, number = 0
  const start = () => {
    clearTimeout(timer)
    const mine = ++number
    timer = setTimeout(() => show(input.value.trim(), () => mine === number), WAIT)
  }
  input.addEventListener("input", start)
  return start
}

const input = form.querySelector("input")
const hits = form.querySelector(".site-hits")
const close = () => { hits.hidden = true }
typing(input, async (query, current) => {
  if (!query) return close()
  hits.hidden = false
  if (!hits.childElementCount) hits.replaceChildren(element("p", words.search.wait))
  try {
    const { results } = await find(query, {})
    const items = await listed(results.slice(0, MOST * 3), MOST, query)
    if (!current()) return
    const list = element("ol")
    list.append(...items)
    const all = element("a", words.search.all, { href: `${form.action}?q=${encodeURIComponent(query)}`, className: "all" })
    hits.replaceChildren(...items.length ? [list, all] : [element("p", words.search.none)])
    hits.dataset.query = query
  } catch (error) {
    console.error(error)
    if (current()) hits.replaceChildren(element("p", words.search.failed))
  }
})
document.addEventListener("click", event => { if (!form.contains(event.target)) close() })
form.addEventListener("keydown", event => {
  if (event.key === "Escape") { close(); input.blur() }
  const links = [...hits.querySelectorAll("a")]
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || hits.hidden || !links.length) return
  event.preventDefault()
  const at = links.indexOf(document.activeElement) + step
  ;(links[at] ?? input).focus()
})

const page = document.querySelector("#search-page")
if (page) {
  const found = document.querySelector("#search-found"), list = document.querySelector("#search-results")
  const given = new URLSearchParams(location.search)
  const filters = () => Object.fromEntries(["kind", "place", "topic"].map(name => [name, page.elements[name].value]))
  const show = async (query, current = () => true) => {
    const state = new URLSearchParams(Object.entries({ q: query, ...filters() }).filter(([, value]) => value))
    history.replaceState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}`)
    if (!query) return list.replaceChildren()
    const { results } = await find(query, filters())
    const items = await listed(results, MANY, query)
    if (!current()) return
    list.replaceChildren(...items)
    list.dataset.query = query
    const text = results.length === 1 ? words.search.one : words.search.many.replace("{n}", results.length)
    found.textContent = results.length ? text : words.search.none
  }
  page.elements.q.value = given.get("q") ?? ""
  const start = typing(page.elements.q, show)
  page.addEventListener("change", start)
  page.addEventListener("submit", event => { event.preventDefault(); start() })
  load().then(async ({ pagefind, known }) => {
    const counts = await pagefind.filters()
    const labels = { kind: key => words.kinds[key], place: key => known.places[key]?.[zh ? 1 : 0], topic: key => known.topics[key]?.[zh ? 1 : 0] }
    for (const [name, label] of Object.entries(labels)) {
      for (const [key, count] of Object.entries(counts[name] ?? {}).filter(([key]) => key !== "sentence"))
        page.elements[name].append(element("option", `${label(key) ?? key} (${count})`, { value: key }))
      page.elements[name].value = given.get(name) ?? ""
    }
    if (page.elements.q.value) show(page.elements.q.value.trim())
  })
}
