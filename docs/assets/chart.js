// Charts that choose places, tell each figure and save pictures, drawn by Observable Plot from the table of each figure.
// Without this script, or without what npm brings, the pictures in the page stay.
const COLOURS = 10
const SIZE = { actual: 5, estimate: 5, target: 6.5 }
const ORDER = ["actual", "estimate", "target"]
const REACH = { at_least: 1, over: 1, at_most: -1, under: -1, about: 0, nearly: -1, beyond: 1 }
const SVG = "http://www.w3.org/2000/svg"
const zh = document.documentElement.lang.startsWith("zh")
const STEPS = zh ? [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]] : [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]]

const short = value => Number(value.toPrecision(6)).toLocaleString("en", { maximumFractionDigits: 10 }).replace("-", "−")
const scaled = value => {
  const [size, word] = STEPS.find(([step]) => Math.abs(value) >= step) ?? [1, ""]
  return short(value / size) + word
}
const svg = (name, attributes = {}, ...children) => {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
const html = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key])

let loading
const load = folder => loading ??= ["d3.js", "plot.js"].reduce((before, name) => before.then(() => new Promise((done, failed) => {
  document.head.append(html("script", { src: folder + name, onload: done, onerror: failed }))
})), Promise.resolve())

// The figures as the table has them.
const read = figure => [...figure.querySelectorAll("tr[data-point]")].map(row => {
  const [series, start, end, low, high, bound, status, fact] = JSON.parse(row.dataset.point)
  const [place, period, value, , source] = [...row.cells].map(cell => cell.textContent.trim())
  const link = row.querySelector("a")?.href
  return { row, series, start, end, low, high, bound, status, fact, place, period, value, source, link, word: row.cells[3].textContent.trim(), middle: (start + end) / 2 }
})

// A scale that begins and ends at a tick.
const scale = (values, zero, count) => {
  let low = Math.min(...values), high = Math.max(...values)
  if (low > 0 && high / low > 50) {
    const powers = d3.range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1).map(power => 10 ** power)
    const every = Math.max(1, Math.ceil((powers.length - 1) / count))
    return { type: "log", domain: d3.extent(powers), ticks: powers.filter((_, number) => number % every === 0) }
  }
  if (zero) [low, high] = [Math.min(low, 0), Math.max(high, 0)]
  if (low === high) [low, high] = [low - 1, high + 1]
  const step = d3.tickStep(low, high, count)
  const ticks = d3.range(Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9) + 1).map(number => +(number * step).toPrecision(12))
  return { type: "linear", domain: d3.extent(ticks), ticks }
}

// One figure: a shape by status, and what its bound says; `across` where values run to the right.
const mark = (point, across) => {
  const size = SIZE[point.status] - (point.fact ? 1.5 : 0)
  const made = svg("g", { class: `mark ${point.status}${point.fact ? " fact" : ""}` })
  const way = REACH[point.bound]
  if (way !== undefined) {
    const turn = across ? (way < 0 ? 180 : 0) : (way < 0 ? 90 : -90)
    const path = way === 0 ? "M-18 0H-7M7 0H18" : point.bound === "nearly" || point.bound === "beyond" ? "M8 0H13" : "M8 0H21M17-3.5 21 0 17 3.5"
    made.append(svg("path", { class: `reach${way === 0 ? " about" : ""}`, d: path, transform: `rotate(${turn})` }))
  }
  made.append(point.status === "target" ? svg("path", { d: `M0-${size} ${size} 0 0 ${size}-${size} 0Z` }) : svg("circle", { r: size }))
  return made
}
const onTop = (a, b) => (a.status !== "target") - (b.status !== "target")
const worth = point => (point.status === "actual") * 4 + (point.bound === "exact") * 2 + !point.fact

const spread = (labels, lowest) => {
  labels.sort((a, b) => a.y - b.y)
  labels.forEach((label, n) => { if (n) label.y = Math.max(label.y, labels[n - 1].y + 15) })
  for (let n = labels.length - 1; n >= 0; n--) labels[n].y = Math.min(labels[n].y, n === labels.length - 1 ? lowest : labels[n + 1].y - 15)
}

class Figure {
  constructor(figure, words) {
    this.figure = figure
    this.words = words
    this.points = read(figure)
    this.series = JSON.parse(figure.dataset.series).map(([key, level, nation], number) => ({ key, level, nation, number, name: "", points: [] }))
    for (const point of this.points) {
      const series = this.series[point.series]
      series.name ||= point.place
      series.points.push(point)
    }
    this.series = this.series.filter(one => one.points.length)
    const { results, targets, time, suffix, chosen } = figure.dataset
    Object.assign(this, { suffix, time, years: time === "year", zero: "zero" in figure.dataset, lined: "lined" in figure.dataset, falling: "falling" in figure.dataset, absolute: "absolute" in figure.dataset })
    this.start = chosen.split(" ").filter(Boolean).map(number => this.series.find(one => one.number === +number)).filter(Boolean).map(one => one.key)
    this.chosen = [...this.start]
    this.pairs = this.paired()
    this.pair = this.pairs.find(pair => pair.results === +results && pair.targets === +targets) ?? this.pairs[0]
    this.order = "target"
    const over = new Set(this.points.map(point => `${point.start} ${point.end}`)).size > 1
    this.views = [over && "time", this.pairs.length && "place", "table"].filter(Boolean)
    this.view = this.views.includes(figure.dataset.view) ? figure.dataset.view : this.views[0]
  }

  // Which years can be held beside each other: targets of one with results of it, or of the year before.
  paired() {
    const ends = [...new Set(this.points.map(point => Math.round(point.end - 0.5)))].sort((a, b) => b - a)
    const found = ends.flatMap(year => (this.years ? [1, 0] : [0]).map(before => ({ results: year - before, targets: year })))
    return found.filter(pair => this.slice(pair).length > 1 && (pair.results === pair.targets || new Set(this.slice(pair).flatMap(([, points]) => points.map(point => point.status === "target"))).size > 1))
  }

  slice({ results, targets }) {
    const found = this.series.map(one => [one, one.points.filter(point => Math.round(point.end - 0.5) === (point.status === "target" ? targets : results))]).filter(([, points]) => points.length)
    const counts = new Map()
    for (const [one] of found) if (!one.key.includes("~")) counts.set(one.level, (counts.get(one.level) ?? 0) + 1)
    const level = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
    const alike = found.filter(([one]) => !one.key.includes("~") && (one.level === level || (one.nation && !this.absolute)))
    return alike.length > 1 ? alike : found
  }

  build() {
    this.bar = html("div", { className: "chart-bar" })
    this.live = html("div", { className: "chart-live" })
    this.names = html("p", { className: "chart-names" })
    this.readout = html("p", { className: "chart-readout", textContent: this.words.readout })
    this.readout.setAttribute("aria-live", "polite")
    this.still = this.figure.querySelector(".chart-still")
    this.table = this.figure.querySelector(".chart-table")
    this.figure.querySelector(".legend").before(this.bar)
    this.still.after(this.live, this.readout)
    this.tabs = this.views.map(view => {
      const button = html("button", { type: "button", textContent: this.words[`${view}_view`] })
      button.addEventListener("click", () => { this.view = view; this.changed() })
      return button
    })
    this.bar.append(html("div", { className: "tabs" }, ...this.tabs))
    if (this.series.length > 1) this.bar.append(this.picker())
    if (this.pairs.length) this.bar.append(...this.selects())
    this.bar.append(html("span", { className: "saves" }, ...["png", "svg"].map(kind => {
      const button = html("button", { type: "button", className: "save", textContent: this.words[kind] })
      button.setAttribute("aria-label", filled(this.words.save, { kind: this.words[kind] }))
      button.addEventListener("click", () => this.save(kind))
      return button
    })))
    this.remembered()
    this.draw()
    let width = 0
    new ResizeObserver(([entry]) => {
      if (Math.abs(entry.contentRect.width - width) < 8) return
      width = entry.contentRect.width
      this.draw()
    }).observe(this.figure)
    new MutationObserver(() => this.draw()).observe(document.body, { attributeFilter: ["data-md-color-scheme"] })
  }

  picker() {
    const search = html("input", { type: "search", placeholder: this.words.find })
    search.setAttribute("aria-label", this.words.find)
    const boxes = this.series.map(one => {
      const box = html("input", { type: "checkbox", value: one.key })
      box.addEventListener("change", () => {
        this.chosen = box.checked ? [...this.chosen, one.key] : this.chosen.filter(key => key !== one.key)
        this.view = this.view === "place" ? "time" : this.view
        if (!this.views.includes(this.view)) this.view = this.views[0]
        this.changed()
      })
      return html("label", {}, box, ` ${one.name}`)
    })
    search.addEventListener("input", () => boxes.forEach(label => { label.hidden = !label.textContent.toLowerCase().includes(search.value.trim().toLowerCase()) }))
    this.boxes = boxes.map(label => label.firstChild)
    const made = html("details", { className: "pick" }, html("summary", { textContent: this.words.choose }), html("div", { className: "choices" }, ...boxes.length > 8 ? [search] : [], ...boxes))
    made.addEventListener("keydown", event => { if (event.key === "Escape") { made.open = false; made.firstChild.focus() } })
    document.addEventListener("click", event => { if (!made.contains(event.target)) made.open = false })
    return made
  }

  selects() {
    const select = (label, options, chosen, changed) => {
      const made = html("select", {}, ...options.map(([value, text]) => html("option", { value, textContent: text })))
      made.value = chosen
      made.addEventListener("change", () => { changed(made.value); this.changed() })
      return [html("label", {}, label, made), made]
    }
    const pairs = this.pairs.map((pair, number) => [number, pair.results === pair.targets ? filled(this.words.same, pair) : filled(this.words.pair, pair)])
    const [years, yearBox] = select(this.words.year, pairs, this.pairs.indexOf(this.pair), value => { this.pair = this.pairs[value] })
    const [order, orderBox] = select(this.words.order, ["target", "result", "name"].map(key => [key, this.words[`by_${key}`]]), this.order, value => { this.order = value })
    Object.assign(this, { yearBox, orderBox, placeControls: [years, order] })
    return [years, order]
  }

  // What is chosen stands in the address, of the figure that was changed last.
  changed() {
    const query = new URLSearchParams(location.search)
    query.set("chart", this.figure.id)
    query.set("view", this.view)
    query.set("places", this.chosen.join("."))
    if (this.view === "place") {
      query.set("years", `${this.pair.results}-${this.pair.targets}`)
      query.set("order", this.order)
    } else {
      query.delete("years")
      query.delete("order")
    }
    history.replaceState(null, "", `?${query}${location.hash}`)
    this.draw()
  }

  remembered() {
    const query = new URLSearchParams(location.search)
    if (query.get("chart") !== this.figure.id) return
    if (this.views.includes(query.get("view"))) this.view = query.get("view")
    if (query.has("places")) this.chosen = query.get("places").split(".").filter(key => this.series.some(one => one.key === key))
    this.pair = this.pairs.find(pair => `${pair.results}-${pair.targets}` === query.get("years")) ?? this.pair
    if (["target", "result", "name"].includes(query.get("order"))) this.order = query.get("order")
  }

  colour(series) {
    return this.chosen.indexOf(series.key) % COLOURS
  }

  draw() {
    const { view } = this
    this.tabs.forEach((tab, number) => tab.setAttribute("aria-pressed", this.views[number] === view))
    this.boxes?.forEach(box => { box.checked = this.chosen.includes(box.value) })
    if (this.yearBox) Object.assign(this.yearBox, { value: this.pairs.indexOf(this.pair) })
    if (this.orderBox) this.orderBox.value = this.order
    this.placeControls?.forEach(one => { one.hidden = view !== "place" })
    this.bar.querySelectorAll(".save").forEach(one => { one.hidden = view === "table" })
    this.still.hidden = true
    this.live.hidden = this.readout.hidden = view === "table"
    this.table.open = view === "table" || this.table.dataset.opened === "yes"
    this.figure.querySelector(".legend").hidden = view === "table"
    for (const point of this.points) point.row.classList.toggle("hidden", view === "table" && this.chosen.length > 0 && this.chosen.join() !== this.start.join() && !this.chosen.includes(this.series.find(one => one.number === point.series).key))
    if (view === "table") return
    const width = Math.max(260, this.live.clientWidth || this.figure.clientWidth)
    this.live.replaceChildren()
    const plot = view === "time" ? this.overTime(width) : this.places(width)
    if (!plot) { this.live.append(html("p", { className: "chart-note", textContent: this.words.none })); return }
    plot.setAttribute("tabindex", "0")
    plot.setAttribute("role", "img")
    plot.setAttribute("aria-label", `${this.title()}. ${this.words.readout}`)
    plot.addEventListener("input", () => this.tell(plot.value))
    plot.addEventListener("keydown", event => this.step(event, plot))
    this.live.append(plot)
    if (view === "time" && this.narrow(width)) {
      this.names.replaceChildren(...this.lines().map(one => html("span", { className: `s${this.colour(one)}`, textContent: one.name })))
      this.live.append(this.names)
      this.names.style.display = "flex"
    }
  }

  title() {
    return `${document.querySelector("h1")?.firstChild.textContent.trim() ?? ""}: ${this.figure.querySelector("figcaption").firstChild.textContent.trim()}`
  }

  narrow(width) { return width < 560 }

  lines() { return this.chosen.map(key => this.series.find(one => one.key === key)).filter(Boolean) }

  tick = value => scaled(value) + this.suffix

  overTime(width) {
    const lines = this.lines()
    const points = lines.flatMap(one => one.points)
    this.shown = [...points].sort((a, b) => a.middle - b.middle)
    if (!points.length) return null
    const pad = this.years ? 0.4 : 0
    const ends = this.years ? points.map(point => point.middle) : points.flatMap(point => [point.start, point.end])
    const domain = [Math.min(...ends) - pad, Math.max(...ends) + pad]
    const years = d3.ticks(domain[0], domain[1], Math.max(2, Math.min(10, width / 80))).filter(Number.isInteger)
    const joins = this.lined ? lines.flatMap(one => {
      const best = new Map()
      for (const point of one.points) {
        const known = best.get(point.middle)
        if (point.status !== "target" && (!known || worth(point) >= worth(known))) best.set(point.middle, point)
      }
      return d3.pairs([...best.values()].sort((a, b) => a.middle - b.middle)).map(([a, b]) => ({ a, b, one }))
    }) : []
    const names = this.narrow(width) ? 14 : 30 + 7.2 * Math.max(...lines.map(one => [...one.name].reduce((sum, letter) => sum + (letter.charCodeAt() > 255 ? 1.75 : 1), 0)))
    const drawn = (_, { x, y }) => {
      const made = svg("g")
      for (const { a, b, one } of joins) {
        const loose = b.middle - a.middle > 1.5 || a.status === "estimate" || b.status === "estimate"
        made.append(svg("line", { class: `join s${this.colour(one)}${loose ? " loose" : ""}`, x1: x(a.middle), y1: y(a.low), x2: x(b.middle), y2: y(b.low) }))
      }
      const labels = []
      for (const one of lines) {
        const group = svg("g", { class: `s${this.colour(one)}` })
        for (const point of [...one.points].sort(onTop)) {
          if (point.high !== point.low) group.append(svg("line", { class: "bar", x1: x(point.middle), x2: x(point.middle), y1: y(point.low), y2: y(point.high) }))
          for (const value of new Set([point.low, point.high])) {
            if (!this.years) group.append(svg("line", { class: `bar ${point.status}`, x1: x(point.start), x2: x(point.end), y1: y(value), y2: y(value) }))
            const shape = mark(point, false)
            shape.setAttribute("transform", `translate(${x(point.middle)},${y(value)})`)
            group.append(shape)
          }
        }
        made.append(group)
        const last = one.points.filter(point => point.status !== "target").at(-1) ?? one.points.at(-1)
        labels.push({ one, y: y(last.high) })
      }
      spread(labels, 300)
      if (!this.narrow(width)) for (const label of labels) made.append(svg("text", { class: `name s${this.colour(label.one)}`, x: width - names + 10, y: label.y + 4, "text-anchor": "start" }, label.one.name))
      return made
    }
    const values = scale(points.flatMap(point => [point.low, point.high]), this.zero, 5)
    return Plot.plot({
      width, height: 340, marginLeft: 14 + 7 * Math.max(...values.ticks.map(value => this.tick(value).length + (zh ? 2 : 0))), marginRight: names, marginTop: 26, marginBottom: 30,
      x: { domain, ticks: years, tickFormat: String, label: null },
      y: { ...values, reverse: this.falling, tickFormat: this.tick, tickSize: 0, label: null, grid: true },
      marks: [drawn, Plot.tip(points, Plot.pointer({ x: "middle", y: "low", title: this.told, fill: "var(--md-default-bg-color)", stroke: "var(--quiet)", ariaHidden: true, lineHeight: 1.4 }))],
    })
  }

  places(width) {
    const value = (points, target) => points.find(point => (point.status === "target") === target)?.low
    const by = this.order === "name" ? ([a], [b]) => a.name.localeCompare(b.name, zh ? "zh" : "en") : ([, a], [, b]) => {
      const first = this.order === "target"
      return (value(b, first) ?? -Infinity) - (value(a, first) ?? -Infinity) || (value(b, !first) ?? -Infinity) - (value(a, !first) ?? -Infinity) || 0
    }
    const rows = this.slice(this.pair).sort((a, b) => b[0].nation - a[0].nation || by(a, b))
    const points = rows.flatMap(([one, members]) => members.map(point => ({ ...point, name: one.name })))
    this.shown = points
    if (!points.length) return null
    const letters = Math.max(...rows.map(([one]) => [...one.name].reduce((sum, letter) => sum + (letter.charCodeAt() > 255 ? 1.75 : 1), 0)))
    const narrow = this.narrow(width)
    const marginLeft = Math.min(narrow ? 116 : 260, 22 + 7.1 * letters)
    const marginRight = narrow ? 18 : 230
    const drawn = (_, { x, y }) => {
      const made = svg("g", { class: "chart-places" })
      for (const [one, members] of rows) {
        const bold = one.nation || (this.chosen.includes(one.key) && this.chosen.join() !== this.start.join())
        const fits = [...one.name].length * (zh ? 12 : 6.4) < marginLeft - 14 ? one.name : `${[...one.name].slice(0, zh ? 8 : 15).join("")}…`
        made.append(svg("text", { class: "row", x: marginLeft - 10, y: y(one.name) + 4, "text-anchor": "end", "font-weight": bold ? 700 : 400 }, fits))
        for (const point of [...members].sort(onTop)) {
          if (point.high !== point.low) made.append(svg("line", { class: `bar ${point.status}`, x1: x(point.low), x2: x(point.high), y1: y(one.name), y2: y(one.name) }))
          for (const end of new Set([point.low, point.high])) {
            const shape = mark(point, true)
            shape.setAttribute("transform", `translate(${x(end)},${y(one.name)})`)
            made.append(shape)
          }
        }
        if (!narrow) {
          const text = svg("text", { class: "row value", x: width - marginRight + 26, y: y(one.name) + 4, "text-anchor": "start" })
          const told = new Map(members.map(point => [`${point.status} ${point.value}`, point]))
          const ordered = [...told.values()].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
          ordered.forEach((point, number) => text.append(svg("tspan", { class: point.status, dx: number ? 9 : 0 }, point.value)))
          made.append(text)
        }
      }
      return made
    }
    return Plot.plot({
      width, height: 44 + 24 * rows.length, marginLeft, marginRight, marginTop: 26, marginBottom: 10,
      x: { ...scale(points.flatMap(point => [point.low, point.high]), this.absolute, narrow ? 3 : 5), axis: "top", tickFormat: this.tick, label: null, grid: true },
      y: { type: "point", domain: rows.map(([one]) => one.name), axis: null },
      marks: [drawn, Plot.tip(points, Plot.pointerY({ x: "low", y: "name", title: this.told, fill: "var(--md-default-bg-color)", stroke: "var(--quiet)", ariaHidden: true, lineHeight: 1.4 }))],
    })
  }

  told = point => `${point.place}, ${point.period}\n${point.word}: ${point.value}`

  tell(point) {
    if (!point) return
    const said = [html("strong", { textContent: `${point.place}, ${point.period}` }), ` ${point.word}: ${point.value}. `]
    if (point.link) said.push(html("a", { href: point.link, textContent: point.source || this.words.to_row }))
    else said.push(point.source)
    this.readout.replaceChildren(...said)
  }

  step(event, plot) {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!way || !this.shown.length) return
    event.preventDefault()
    this.at = ((this.at ?? (way > 0 ? -1 : 0)) + way + this.shown.length) % this.shown.length
    const point = this.shown[this.at]
    plot.querySelector(".halo")?.remove()
    const x = plot.scale("x").apply(this.view === "time" ? point.middle : point.low)
    const y = plot.scale("y").apply(this.view === "time" ? point.low : point.name)
    plot.append(svg("circle", { class: "halo", cx: x, cy: y, r: 11, fill: "none", stroke: "currentColor", "stroke-width": 2 }))
    this.tell(point)
  }

  // The drawing with title, key and source, its colours written out.
  picture() {
    const drawing = this.live.querySelector("svg")
    const width = +drawing.getAttribute("width"), height = +drawing.getAttribute("height")
    const copy = drawing.cloneNode(true)
    const old = [drawing, ...drawing.querySelectorAll("*")]
    const look = getComputedStyle(document.body)
    const background = getComputedStyle(this.figure).getPropertyValue("--md-default-bg-color") || "#fff"
    ;[copy, ...copy.querySelectorAll("*")].forEach((one, number) => {
      const style = getComputedStyle(old[number])
      for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "font-size", "font-weight", "opacity"]) one.style.setProperty(name, style.getPropertyValue(name))
    })
    copy.querySelectorAll(".halo, [aria-label=tip]").forEach(one => one.remove())
    const font = look.fontFamily
    const ink = look.getPropertyValue("color"), quiet = getComputedStyle(this.readout).color
    const unit = this.figure.querySelector(".unit")?.textContent ?? ""
    const ways = this.view === "time" ? ["↑", "↓"] : ["→", "←"]
    const signs = { actual: "●", estimate: "○", target: "◇", about: "┄", at_least: ways[0], over: ways[0], at_most: ways[1], under: ways[1] }
    const marks = [...this.figure.querySelectorAll(".legend .key")].flatMap(one => signs[one.dataset.sign] ? [`${signs[one.dataset.sign]} ${one.textContent.trim()}`] : [])
    const lines = this.view === "time" ? this.lines() : []
    const names = svg("text", { x: 16, y: 62, "font-size": 12, "font-weight": 600 })
    if (this.narrow(width)) lines.forEach((one, number) => names.append(svg("tspan", { dx: number ? 12 : 0, fill: getComputedStyle(this.figure).getPropertyValue(`--s${this.colour(one)}`) }, one.name)))
    copy.setAttribute("x", 0)
    copy.setAttribute("y", 72)
    const when = this.view === "place" ? (this.pair.results === this.pair.targets ? filled(this.words.same, this.pair) : filled(this.words.pair, this.pair)) : ""
    const site = document.querySelector(".md-header__title .md-ellipsis")?.textContent.trim() ?? "Baogao"
    const whole = svg("svg", { xmlns: SVG, width, height: height + 108, viewBox: `0 0 ${width} ${height + 108}`, "font-family": font })
    whole.append(
      svg("rect", { width: "100%", height: "100%", fill: background }),
      svg("text", { x: 16, y: 26, "font-size": 17, "font-weight": 700, fill: ink }, this.title()),
      svg("text", { x: 16, y: 45, "font-size": 12, fill: quiet }, [unit, when, ...marks].filter(Boolean).join(" · ")),
      names, copy,
      svg("text", { x: 16, y: height + 96, "font-size": 10.5, fill: quiet }, filled(this.words.source, { what: `${site}, ${location.origin}${location.pathname}` })),
    )
    return whole
  }

  async save(kind) {
    const drawing = this.picture()
    const text = new XMLSerializer().serializeToString(drawing)
    let blob = new Blob([text], { type: "image/svg+xml" })
    if (kind === "png") {
      const image = new Image()
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
      await image.decode()
      const canvas = html("canvas", { width: 2 * drawing.getAttribute("width"), height: 2 * drawing.getAttribute("height") })
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
      blob = await new Promise(done => canvas.toBlob(done, "image/png"))
    }
    const address = URL.createObjectURL(blob)
    const page = location.pathname.split("/").filter(Boolean).at(-1) ?? "baogao"
    html("a", { href: address, download: `${page}-${this.figure.id}.${kind}` }).click()
    setTimeout(() => URL.revokeObjectURL(address), 1000)
  }
}

// The library is large: it is loaded when a chart comes near.
const wanted = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue
    wanted.unobserve(target)
    const charts = target.closest(".charts")
    load(charts.dataset.npm).then(() => new Figure(target, JSON.parse(charts.dataset.words)).build()).catch(() => {})
  }
}, { rootMargin: "300px" })
for (const figure of document.querySelectorAll(".charts[data-npm] figure.chart")) wanted.observe(figure)
