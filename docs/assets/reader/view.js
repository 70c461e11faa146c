// What the page shows of a text that was read. Words of a text go into the page as text only, never as markup.
export const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag)
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value)
  made.append(...children)
  return made
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

export class View {
  constructor(words) {
    this.words = words
    this.zh = words.language === "zh"
  }

  number(value) { return value.toLocaleString("en") }

  // The name in the reader's language, or the one there is.
  name(row, what) { return (this.zh ? row[`${what}_zh`] : row[`${what}_en`] || row[`${what}_zh`]) || row[`${what}_text`] || "" }

  word(field, value) { return this.words[field]?.[value] ?? value }

  measure(row) {
    return [this.word("measure", row.measure), row.comparison && this.word("comparison", row.comparison), row.pool]
      .filter(Boolean).join(this.words.comma)
  }

  status(row) {
    const shown = document.createDocumentFragment()
    if (row.status) shown.append(element("span", { class: `badge ${row.status}` }, this.word("status", row.status)))
    const force = row.modality && row.modality !== "plain" ? this.word("modality", row.modality) : ""
    if (force) shown.append(" ", element("span", { class: "force" }, force))
    return shown
  }

  sentence(row) {
    const [before, figure, after] = row.quote
    return element("blockquote", { lang: "zh" }, before, element("mark", {}, figure), after)
  }

  place(row) {
    const shown = document.createDocumentFragment()
    shown.append(this.name(row, "place"))
    if (row.subject) shown.append(element("span", { class: "subject", lang: "zh" }, row.subject))
    return shown
  }

  line(labels, cells) {
    return element("tr", {}, ...cells.map((cell, at) => element("td", { "data-label": labels[at] }, element("div", {}, cell))))
  }

  // A row of the table, and below it its sentence; `trace` gives the rules that made it when they are asked for.
  row(row, labels, trace) {
    const cells = [
      String(row.at + 1),
      element("span", {}, element("strong", { lang: "zh" }, row.written), " ", this.bound(row)),
      element("span", {}, this.name(row, "indicator"), element("code", { class: "id" }, row.indicator_id)),
      this.measure(row), this.status(row), row.period.replace("/", "–"), this.place(row),
      element("span", { class: row.confidence < 0.8 ? "doubtful" : "sure" }, row.confidence.toFixed(3)),
    ]
    const more = element("details", { class: "trace" }, element("summary", {}, this.words.trace))
    more.addEventListener("toggle", async () => {
      if (more.open && more.childElementCount === 1) more.append(this.rules(await trace(row.at)))
    })
    const below = element("tr", { class: "sentence" }, element("td", { colspan: cells.length }, this.sentence(row), more))
    return element("tbody", { id: `row-${row.at}`, tabindex: "-1" }, this.line(labels, cells), below)
  }

  bound(row) { return row.bound === "exact" ? "" : element("small", {}, this.word("bound", row.bound)) }

  // By groups of columns, the rules and the words they rested on.
  rules(trace) {
    const found = Object.entries(trace)
    if (!found.length) return element("p", {}, this.words.no_trace)
    return element("dl", { class: "facts" }, ...found.map(([field, steps]) => element("div", {},
      element("dt", {}, this.words.fields[field] ?? field),
      element("dd", {}, ...steps.flatMap(([rule, said]) => [
        element("code", {}, rule), said ? element("span", { lang: "zh" }, ` “${said}” `) : " ",
      ])),
    )))
  }

  // A stretch of the text: numerals that state quantities are buttons, the others say what they are.
  block(pieces, chosen) {
    return element("p", {}, ...pieces.map(piece => {
      if (typeof piece === "string") return piece
      const [text, kind, status, rows] = piece
      const told = this.word("numeral", kind)
      if (!rows.length) return element("span", { class: `num ${kind}`, title: told }, text)
      const button = element("button", { type: "button", class: `num observation ${status}` }, text)
      button.addEventListener("click", () => chosen(rows, button))
      return button
    }))
  }

  // What is said of a numeral, for the card beside it.
  card(row, follow) {
    const link = element("a", { href: `#row-${row.at}` }, this.name(row, "indicator"))
    link.addEventListener("click", event => { event.preventDefault(); follow(row.at) })
    const about = [this.measure(row), row.period.replace("/", "–"), this.name(row, "place"), row.subject].filter(Boolean)
    return element("div", {}, element("p", {}, link),
      element("p", {}, element("strong", { lang: "zh" }, row.written), " ", this.status(row)),
      element("p", {}, about.join(this.words.comma)),
      element("p", {}, `${this.words.confidence} ${row.confidence.toFixed(3)}`))
  }

  headline(found, labels, follow) {
    return found.map(row => {
      const written = element("strong", { lang: "zh" }, row.written)
      const shown = row.at === null ? written : element("a", { href: `#row-${row.at}` }, written)
      if (row.at !== null) shown.addEventListener("click", event => { event.preventDefault(); follow(row.at) })
      const force = row.target_modality && row.target_modality !== "plain" ? this.word("modality", row.target_modality) : ""
      return this.line(labels, [
        this.name(row, "place"), String(row.year), this.name(row, "indicator"), this.word("measure", row.measure), shown, force,
      ])
    })
  }

  // What is known of a report, to be put right.
  report(report, kinds) {
    const field = (key, input) => element("label", {}, this.words.keys[key], input)
    const text = (key, value, more = {}) => field(key, element("input", { name: key, value, autocomplete: "off", ...more }))
    const kind = element("select", { name: "kind" }, ...Object.entries(kinds).map(([code, name]) => element("option", { value: code }, name)))
    kind.value = report.kind
    const legend = report.total > 1 ? fill(this.words.report, { n: report.number, all: report.total }) : this.words.document
    return element("fieldset", { "data-number": report.number }, element("legend", {}, legend),
      text("title", report.title, { lang: "zh" }), field("kind", kind),
      text("place", report.place_zh, { lang: "zh" }), text("date", report.date, { placeholder: "2026-01-15" }),
      text("review", report.review, { placeholder: "2025" }), text("plan", report.plan, { placeholder: "2026" }),
      text("review_years", report.review_years, { placeholder: "2021/2025" }),
      text("plan_years", report.plan_years, { placeholder: "2026/2030" }))
  }
}
