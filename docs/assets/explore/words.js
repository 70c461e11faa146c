// Words as somebody types them: every one must stand in what a row is called or says. Traditional characters, full-width
// forms and capitals make no difference.
const HAN = "\\u3400-\\u9fff\\u{20000}-\\u{3ffff}"
const PIECE = new RegExp(`[${HAN}]+|[^${HAN}]+`, "gu")
const SAID = ["phrase", "quote", "subject", "indicator_text", "pool", "report_title"]

export const folding = ([traditional, simplified]) => {
  const others = [...simplified]
  const known = new Map([...traditional].map((one, number) => [one, others[number]]))
  return text => text.normalize("NFKC").toLowerCase().replace(/\p{Script=Han}/gu, one => known.get(one) ?? one)
}

// The terms of a query: words, and what stands in quotation marks as it is.
export const terms = (query, fold) =>
  [...fold(query).matchAll(/"([^"]+)"|[^\s"]+/g)].map(([whole, quoted]) => quoted ?? whole)

// Makes the test of a row. What rows are called is asked first; sentences only where they are not called so.
export const matcher = async (data, query) => {
  const known = await (data.known ??= data.words())
  const wanted = terms(query, data.fold)
  await data.all()
  const called = data.called ??= callings(data, known)
  const said = data.said ??= sayings(data)
  const tests = wanted.map(term => {
    const pieces = term.match(PIECE)
    // Of GDP增速 one may stand in the name and the other in the measure.
    const named = pieces.map(piece => called.map(({ column, texts }) => ({ column, fits: texts.map(text => text.includes(piece)) })))
    const inside = said.map(chunk => chunk.map(({ rows, texts }) => ({ rows, fits: texts.map(text => text.includes(term)) })))
    return row => named.every(columns => columns.some(({ column, fits }) => fits[column[row]]))
      || inside[Math.floor(row / data.chunk)].some(({ rows, fits }) => fits[rows[row % data.chunk]])
  })
  return row => tests.every(test => test(row))
}

const callings = (data, known) => [
  { column: data.facets.indicator.column, texts: data.facets.indicator.dimension.keys.map(key => known.indicator[key] ?? "") },
  { column: data.facets.place.column, texts: data.facets.place.dimension.names.map(names => names.join("\n")) },
  ...["measure", "status"].map(name => (
    { column: data.facets[name].column, texts: data.facets[name].dimension.keys.map(key => known[name][key] ?? "") })),
].map(({ column, texts }) => ({ column, texts: texts.map(data.fold) }))

const sayings = data => {
  const columns = SAID.map(name => data.texts(name))
  return columns[0].map((_, number) => columns.map(column => ({ rows: column[number].rows, texts: column[number].keys.map(data.fold) })))
}
