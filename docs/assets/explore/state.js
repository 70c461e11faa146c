// What is chosen, as it stands in the address: a selection can be shared, and the way back works.
// A facet is a name of its own (status=target&status=actual); topics and things are one facet with two names.
const OTHERS = ["q", "confidence", "once", "sort", "page"]
// Addresses of version 0.1.0.
const FORMER = { topic_id: "topic", place_id: "place", text: "q" }

const named = (facet, key) => facet === "what" ? [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)] : [facet, key]

export const empty = () => ({ q: "", confidence: "", once: "", sort: "", page: "1", chosen: {} })

export const read = (address, data) => {
  const state = empty()
  for (const [given, value] of new URLSearchParams(address)) {
    const name = FORMER[given] ?? given
    if (!value.trim()) continue
    if (name === "indicator" && !data.facets.indicator.dimension.at.has(value)) state.q = `${state.q} ${value}`.trim()
    else if (name === "topic" || name === "thing") (state.chosen.what ??= []).push(`${name}:${value}`)
    else if (name !== "what" && name in data.facets) (state.chosen[name] ??= []).push(value)
    else if (OTHERS.includes(name)) state[name] = value
  }
  return state
}

export const written = state => {
  const query = new URLSearchParams()
  if (state.q) query.set("q", state.q)
  for (const [facet, keys] of Object.entries(state.chosen)) for (const key of keys) query.append(...named(facet, key))
  for (const name of ["confidence", "once", "sort"]) if (state[name]) query.set(name, state[name])
  if (state.page > 1) query.set("page", state.page)
  return query.size ? `?${query}` : ""
}

export const switched = (state, facet, key) => {
  const keys = state.chosen[facet] ?? []
  const others = keys.filter(one => one !== key)
  const chosen = { ...state.chosen, [facet]: others.length < keys.length ? others : [...keys, key] }
  if (!chosen[facet].length) delete chosen[facet]
  return { ...state, chosen, page: "1" }
}
