// The explorer: filters, sorts and saves rows in the browser. Text goes into the page as text only, never as markup.
(() => {
  const root = document.getElementById("explorer")
  if (!root) return
  const words = JSON.parse(root.dataset.words)
  const up = root.dataset.up
  const form = document.getElementById("filters")
  const body = document.getElementById("rows")
  const found = document.getElementById("found")
  const range = document.getElementById("range")
  const before = document.getElementById("before")
  const after = document.getElementById("after")
  const zh = words.language === "zh"
  const PAGE = 50
  let data = null
  let chosen = []
  let page = 0
  let sort = { key: "", down: false }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
  const cell = (column, row) => {
    const { values, index } = data.columns[column]
    return index.length ? index[values[row]] : values[row] ?? ""
  }
  const name = (kind, row) => zh ? cell(`${kind}_zh`, row) : cell(`${kind}_en`, row) || cell(`${kind}_zh`, row)

  const read = raw => {
    const columns = {}
    raw.columns.forEach((column, number) => {
      columns[column] = { values: raw.rows[number], index: raw.index[number] }
    })
    return { columns, shown: raw.shown, renamed: raw.renamed, parts: raw.parts, count: raw.shown.length }
  }

  // The state stands in the address, so that a selection can be shared and the way back works.
  const state = () => {
    const values = {}
    for (const [key, value] of new FormData(form)) if (value.trim()) values[key] = value.trim()
    return values
  }
  const remember = values => {
    const query = new URLSearchParams(values).toString()
    history.replaceState(null, "", query ? `?${query}` : location.pathname)
  }
  const recall = () => {
    for (const [key, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(key)
      if (field && "value" in field) field.value = value
    }
  }

  // For a column of few different texts, which of them fit is decided once for each text and not for each row.
  const matcher = (column, test) => {
    const { values, index } = data.columns[column]
    if (!index.length) return row => test(String(values[row] ?? ""))
    const fits = index.map(test)
    return row => fits[values[row]]
  }
  const select = () => {
    const values = state()
    remember(values)
    const tests = ["topic_id", "place_id", "period", "status", "measure"]
      .filter(key => values[key])
      .map(key => matcher(key, text => text === values[key]))
    if (values.confidence) {
      const least = Number(values.confidence)
      tests.push(row => cell("confidence", row) !== "" && cell("confidence", row) >= least)
    }
    if (values.indicator) {
      const needle = values.indicator.toLowerCase()
      const any = ["indicator_id", "indicator_zh", "indicator_en", "indicator_text"]
        .map(column => matcher(column, text => text.toLowerCase().includes(needle)))
      tests.push(row => any.some(test => test(row)))
    }
    if (values.text) tests.push(matcher("quote", text => text.includes(values.text)))
    chosen = []
    for (let row = 0; row < data.count; row++) if (tests.every(test => test(row))) chosen.push(row)
    order()
    page = 0
    show()
  }

  const keys = {
    place: row => name("place", row),
    indicator: row => name("indicator", row),
    period: row => cell("period", row),
    measure: row => cell("measure", row) + cell("comparison", row),
    value: row => cell("amount", row) === "" ? cell("value", row) : cell("amount", row),
    status: row => cell("status", row),
    confidence: row => cell("confidence", row),
    quote: row => cell("quote", row),
  }
  const collate = new Intl.Collator(zh ? "zh" : "en").compare
  const order = () => {
    const key = keys[sort.key]
    if (!key) return
    const of = new Map(chosen.map(row => [row, key(row)]))
    const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : collate(String(a), String(b))
    chosen.sort((a, b) => (sort.down ? -1 : 1) * compare(of.get(a), of.get(b)) || a - b)
  }

  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag)
    if (text !== null) made.textContent = text
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    return made
  }
  const heads = [...root.querySelectorAll("th[data-key]")]
  const labels = heads.map(head => head.textContent)
  const line = row => {
    const id = cell("indicator_id", row)
    const link = element("a", name("indicator", row), {
      href: `${up}indicators/${data.renamed[id] ?? id}/${data.parts[row] ? `${data.parts[row]}/` : ""}#${cell("observation_id", row)}`,
    })
    const comparison = words.comparison[cell("comparison", row)]
    const measure = [words.measure[cell("measure", row)], comparison].filter(Boolean).join(zh ? "，" : ", ")
    const status = cell("status", row)
    const period = element("span", cell("period", row).replace("/", "–") || words.no_date, { class: "period" })
    const sentence = element("span", null, { lang: "zh" })
    const quote = [...cell("quote", row)]  // offsets count characters, not UTF-16 units
    const [, , start, stop] = data.shown[row]
    sentence.append(
      quote.slice(0, start).join(""), element("mark", quote.slice(start, stop).join("")), quote.slice(stop).join(""))
    const place = document.createDocumentFragment()
    const subject = cell("subject", row)
    place.append(name("place", row))
    if (subject) place.append(element("span", subject, { class: "subject", lang: "zh" }))
    const badge = document.createDocumentFragment()
    const force = words.modality[cell("modality", row)]
    badge.append(element("span", words.status[status], { class: `badge ${status}` }))
    if (force) badge.append(" ", element("span", force, { class: "force" }))
    const confidence = cell("confidence", row)
    const cells = [
      place, link, period, measure, data.shown[row][zh ? 1 : 0], badge,
      confidence === "" ? "" : confidence.toFixed(2), sentence,
    ]
    const made = element("tr", null)
    cells.forEach((content, number) => {
      const td = element("td", null, { "data-label": labels[number] })
      const box = element("div", null)
      box.append(content)
      td.append(box)
      made.append(td)
    })
    return made
  }
  const show = () => {
    const first = page * PAGE
    const rows = chosen.slice(first, first + PAGE)
    body.replaceChildren(...rows.map(line))
    found.textContent = chosen.length
      ? fill(words.found, { n: chosen.length.toLocaleString("en"), all: data.count.toLocaleString("en") }) : words.none
    range.textContent = chosen.length ? fill(words.range, { a: first + 1, b: first + rows.length }) : ""
    before.disabled = page === 0
    after.disabled = first + PAGE >= chosen.length
    for (const button of form.querySelectorAll("#csv, #sheet")) button.disabled = !chosen.length
  }

  // The byte-true form, and the one in which no spreadsheet takes a text for a formula.
  const quoted = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  const save = sheet => {
    const columns = Object.keys(data.columns)
    const write = (column, row) => {
      const value = cell(column, row)
      const text = typeof value === "number" ? plain(value) : String(value)
      return quoted(sheet && typeof value === "string" && /^[\s\u3000]*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text)
    }
    const end = sheet ? "\r\n" : "\n"
    const lines = [columns.join(","), ...chosen.map(row => columns.map(column => write(column, row)).join(","))]
    const blob = new Blob([sheet ? "\ufeff" : "", lines.join(end), end], { type: "text/csv;charset=utf-8" })
    const link = element("a", null, {
      href: URL.createObjectURL(blob), download: sheet ? "baogao-selection.spreadsheet.csv" : "baogao-selection.csv",
    })
    document.body.append(link)
    link.click()
    link.remove()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  }
  const plain = value => {
    const text = String(value)
    return text.includes("e") ? value.toLocaleString("en", { useGrouping: false, maximumSignificantDigits: 17 }) : text
  }

  const start = raw => {
    data = read(raw)
    heads.forEach(head => {
      const button = element("button", head.textContent, { type: "button" })
      head.replaceChildren(button)
      button.addEventListener("click", () => {
        sort = { key: head.dataset.key, down: sort.key === head.dataset.key && !sort.down }
        heads.forEach(other => other.removeAttribute("aria-sort"))
        head.setAttribute("aria-sort", sort.down ? "descending" : "ascending")
        order()
        page = 0
        show()
      })
    })
    let waiting = 0
    form.addEventListener("input", () => {
      clearTimeout(waiting)
      waiting = setTimeout(select, 120)
    })
    form.addEventListener("reset", () => setTimeout(select))
    form.addEventListener("submit", event => event.preventDefault())
    document.getElementById("csv").addEventListener("click", () => save(false))
    document.getElementById("sheet").addEventListener("click", () => save(true))
    before.addEventListener("click", () => { page--; show() })
    after.addEventListener("click", () => { page++; show() })
    recall()
    select()
  }
  fetch(root.dataset.rows)
    .then(response => response.ok ? response.json() : Promise.reject(new Error(response.status)))
    .then(start)
    .catch(() => { found.textContent = words.failed })
})()
