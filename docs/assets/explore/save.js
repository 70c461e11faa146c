// The rows that fit, as files: the columns of the flat table, with names beside the codes and the address of each row.
import { element } from "./dom.js"
import { rowAddress } from "./table.js"

// The byte-true form, and the one in which no spreadsheet takes a text for a formula; as in site_files.py.
const FORMULA = /^[ \u3000\u00a0]*[=+\-@\t\r\n＝＋－＠]/
const quoted = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

const plain = value => {
  const text = String(value)
  return text.includes("e") ? value.toLocaleString("en", { useGrouping: false, maximumSignificantDigits: 17 }) : text
}

const added = {
  topic: (data, row, side) => name(data, row, "topic:", side),
  thing: (data, row, side) => name(data, row, "thing:", side),
}
const name = (data, row, kind, side) => {
  const { dimension, column, leaves } = data.facets.what
  const value = leaves(column[row]).find(one => dimension.keys[one].startsWith(kind))
  return value === undefined || dimension.keys[value].endsWith(":-") ? "" : dimension.names[value][side]
}

const records = (data, rows, up) => {
  const columns = data.columns()
  const all = [...columns, "topic_zh", "topic_en", "thing_zh", "thing_en", "address"]
  const record = row => [
    ...columns.map(column => data.cell(column, row) ?? ""),
    added.topic(data, row, 1), added.topic(data, row, 0), added.thing(data, row, 1), added.thing(data, row, 0),
    new URL(rowAddress(data, up, row), location.href).href,
  ]
  return [all, rows.map(record)]
}

export const csv = (data, rows, up, sheet) => {
  const [columns, lines] = records(data, rows, up)
  const written = value => typeof value === "number" ? plain(value) : quoted(sheet && FORMULA.test(value) ? `'${value}` : value)
  const end = sheet ? "\r\n" : "\n"
  const text = [columns, ...lines].map(cells => cells.map(written).join(",") + end)
  return new Blob([sheet ? "\ufeff" : "", ...text], { type: "text/csv;charset=utf-8" })
}

export const json = (data, rows, up) => {
  const [columns, lines] = records(data, rows, up)
  const observations = lines.map(cells => Object.fromEntries(
    cells.map((value, number) => [columns[number], value]).filter(([, value]) => value !== "")))
  const whole = { selection: location.href, rows: rows.length, ...data.about, observations }
  return new Blob([JSON.stringify(whole, null, 1), "\n"], { type: "application/json" })
}

export const save = (blob, file) => {
  const link = element("a", { href: URL.createObjectURL(blob), download: file })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
