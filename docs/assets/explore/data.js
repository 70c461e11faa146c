// The data of the explorer: facets at once, rows in chunks when they are needed. See pipeline/site/explore_rows.py.
import { folding } from "./words.js"

const get = async url => {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${answer.status} ${url}`)
  return answer.json()
}

// Every value with all that stand above it, itself among them.
const closed = above => {
  const known = []
  const of = number => known[number] ??= new Set([number, ...(above?.[number] ?? []).flatMap(one => [...of(one)])])
  return of
}

const dimension = ({ keys, names, above }) => {
  const below = keys.map(() => [])
  above?.forEach((ones, number) => ones.forEach(one => below[one].push(number)))
  return { keys, names, above, below, at: new Map(keys.map((key, number) => [key, number])), upwards: closed(above) }
}

export const load = async folder => {
  const raw = await get(`${folder}facets.json`)
  const dimensions = Object.fromEntries(Object.entries(raw.dimensions).map(([name, one]) => [name, dimension(one)]))
  // A facet reads its values from a column; topics and things from the column of the indicator.
  const facets = Object.fromEntries(Object.keys(dimensions).map(name => [name, {
    name, dimension: dimensions[name],
    column: raw.columns[name === "what" ? "indicator" : name],
    leaves: name === "what" ? code => raw.what[code] : code => [code],
    codes: (name === "what" ? dimensions.indicator : dimensions[name]).keys.length,
  }]))
  const chunks = []
  const chunk = number => chunks[number] ??= get(`${folder}rows-${number}.json`)
  const ready = []
  // Loads the chunks that these rows are in.
  const fetched = async rows => {
    const needed = new Set()
    for (const row of rows) needed.add(Math.floor(row / raw.chunk))
    await Promise.all([...needed].map(async number => { ready[number] = await chunk(number) }))
  }
  const at = row => [ready[Math.floor(row / raw.chunk)], row % raw.chunk]
  const value = ({ keys, rows }, number) => keys ? keys[rows[number]] : rows[number]
  return {
    facets, count: raw.count, about: raw.about, confidence: raw.confidence, size: raw.size, parts: raw.parts,
    repeated: new Set(raw.repeated), fetched,
    all: () => fetched(Array.from({ length: Math.ceil(raw.count / raw.chunk) }, (_, number) => number * raw.chunk)),
    key: (name, row) => facets[name].dimension.keys[raw.columns[name][row]],
    names: (name, row) => facets[name].dimension.names[raw.columns[name][row]],
    columns: () => Object.keys(ready.find(Boolean).columns),
    cell: (name, row) => { const [one, number] = at(row); return value(one.columns[name], number) },
    shown: (name, row) => { const [one, number] = at(row); return name === "at" ? one.at[number] : value(one[name], number) },
    // The different texts of a column of each chunk, with the number of the text of each row.
    texts: name => ready.map(one => one.columns[name]),
    chunk: raw.chunk,
    fold: folding(raw.simplified),
    words: () => get(`${folder}words.json`),
  }
}
