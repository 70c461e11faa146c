// Which rows fit, and how many would fit with each value of each facet: those that fit all other facets.
// `chosen` holds the keys by facet; `also` are further tests of a row.
export const select = (data, chosen, also) => {
  const facets = Object.values(data.facets)
  const tests = facets.filter(one => chosen[one.name]?.length).map(one => ({ ...one, fits: fitting(one, chosen[one.name]) }))
  const counts = new Map(facets.map(one => [one.name, new Uint32Array(one.codes)]))
  const rows = []
  for (let row = 0; row < data.count; row++) {
    if (!also.every(test => test(row))) continue
    let missed = null
    let misses = 0
    for (const test of tests) {
      if (test.fits[test.column[row]]) continue
      missed = test.name
      if (++misses > 1) break
    }
    if (misses === 0) {
      rows.push(row)
      for (const { name, column } of facets) counts.get(name)[column[row]]++
    } else if (misses === 1) {
      counts.get(missed)[data.facets[missed].column[row]]++
    }
  }
  return { rows, counts: new Map(facets.map(one => [one.name, summed(one, counts.get(one.name))])) }
}

// For each code of the facet's column, whether it or what stands above it is chosen. A key that is not there fits nothing.
const fitting = ({ codes, leaves, dimension }, keys) => {
  const wanted = new Set(keys.map(key => dimension.at.get(key)))
  const fits = new Uint8Array(codes)
  for (let code = 0; code < codes; code++)
    fits[code] = leaves(code).some(leaf => [...dimension.upwards(leaf)].some(one => wanted.has(one))) ? 1 : 0
  return fits
}

// Counts of the column's codes as counts of the facet's values, with what stands below them.
const summed = ({ leaves, dimension }, counts) => {
  const found = new Uint32Array(dimension.keys.length)
  counts.forEach((count, code) => {
    if (!count) return
    const values = new Set(leaves(code).flatMap(leaf => [...dimension.upwards(leaf)]))
    for (const value of values) found[value] += count
  })
  return found
}

// Rows in an order: `size` keeps what can be compared together, the most frequent measure and unit first.
export const ordered = (data, rows, sort, language) => {
  const down = sort.startsWith("-")
  const name = sort.replace("-", "")
  if (!name) return rows
  const compare = new Intl.Collator(language).compare
  const kinds = new Map()
  const kind = row => `${data.key("measure", row)} ${data.key("unit", row)}`
  if (name === "size") for (const row of rows) kinds.set(kind(row), (kinds.get(kind(row)) ?? 0) + 1)
  const group = row => -(kinds.get(kind(row)) ?? 0)
  const side = language === "zh" ? 1 : 0
  const key = {
    size: row => data.size[row],
    confidence: row => data.confidence[row] ?? -1,
    period: row => data.key("period", row).replace(/\.$/, ""),
  }[name] ?? (row => data.names(name, row)[side])
  const keys = new Map(rows.map(row => [row, key(row)]))
  const numbers = name === "size" || name === "confidence"
  return [...rows].sort((a, b) => {
    if (name === "size" && kind(a) !== kind(b)) return group(a) - group(b) || (kind(a) < kind(b) ? -1 : 1)
    const [one, other] = [keys.get(a), keys.get(b)]
    // What has no date comes last, whichever way.
    if (name === "period" && (one === "-" || other === "-")) return (one === "-") - (other === "-") || a - b
    const difference = numbers ? one - other : name === "period" ? (one < other ? -1 : one > other ? 1 : 0) : compare(one, other)
    return (down ? -difference : difference) || a - b
  })
}
