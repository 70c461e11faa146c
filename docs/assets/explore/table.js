// The rows of a page, each with the ways to its card and to its place in the report.
import { element } from "./dom.js"

// Names that a web server takes for a folder's own page: links.py.
export const pageName = id => ["index", "readme"].includes(id) ? `${id}-` : id

export const rowAddress = (data, up, row) => {
  const part = data.parts[row] ? `${data.parts[row]}/` : ""
  const id = data.cell("observation_id", row)
  return `${up}indicators/${encodeURIComponent(pageName(data.cell("indicator_id", row)))}/${part}#${encodeURIComponent(id)}`
}

// The sentence around its number; offsets count characters, not UTF-16 units. As in row_pages.py.
const LONG = 160
const AROUND = 60
const quotation = (text, start, length) => {
  const quote = [...text]
  const stop = start + length
  const [first, last] = quote.length <= LONG ? [0, quote.length] : [Math.max(0, start - AROUND), Math.min(quote.length, stop + AROUND)]
  const said = (from, to) => quote.slice(from, to).join("")
  return element("span", { lang: "zh" },
    (first ? "…" : "") + said(first, start), element("mark", {}, said(start, stop)), said(stop, last) + (last < quote.length ? "…" : ""))
}

export const line = (data, words, labels, up, side) => row => {
  const cell = name => data.cell(name, row) ?? ""
  const name = kind => cell(`${kind}_${["en", "zh"][side]}`) || cell(`${kind}_${["zh", "en"][side]}`)
  const address = rowAddress(data, up, row)
  const place = element("div", {}, name("place"))
  if (cell("subject")) place.append(element("span", { class: "subject", lang: "zh" }, cell("subject")))
  const status = element("div", {}, element("span", { class: `badge ${cell("status")}` }, words.status[cell("status")]))
  if (words.modality[cell("modality")]) status.append(" ", element("span", { class: "force" }, words.modality[cell("modality")]))
  const value = element("div", {}, element("strong", { lang: "zh" }, cell("phrase")))
  const meaning = data.shown("meaning", row)[side]
  if (meaning && meaning !== cell("phrase")) value.append(element("span", { class: "meaning" }, meaning))
  const report = `${up}reports/${encodeURIComponent(pageName(cell("report_id")))}/#n${cell("start")}`
  const sentence = element("div", {},
    quotation(cell("quote"), data.shown("at", row), cell("stop") - cell("start")),
    element("span", { class: "ways" }, element("a", { href: address }, words.cite), " · ",
      element("a", { href: report }, data.names("report", row)[side])))
  const confidence = cell("confidence")
  const cells = [
    place, element("div", {}, element("a", { href: address }, name("indicator"))),
    element("div", {}, element("span", { class: "period" }, data.shown("period", row)[side])),
    element("div", {}, data.shown("measure", row)[side]), value, status,
    element("div", {}, confidence === "" ? "" : confidence.toFixed(2)), sentence,
  ]
  return element("tr", {}, ...cells.map((content, number) => element("td", { "data-label": labels[number] }, content)))
}
