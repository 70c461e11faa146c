// The facets: every value with how many rows it would leave, several at once, what stands below others inside them.
import { element, number } from "./dom.js"

// So many values are shown before somebody asks for more, or looks for one by its name.
const FEW = 10
const FOUND = 40
const LISTED = 14

// `change(facet, key)` is called when a value is chosen or given up.
export const panel = (root, data, words, side, change) => {
  const shown = new Map()  // by facet: how many values of each list, and which are unfolded
  const views = new Map()
  let latest

  const kept = facet => shown.get(facet) ?? shown.set(facet, { more: new Map(), open: new Set(), sought: "" }).get(facet)
  const label = (facet, value) => data.facets[facet].dimension.names[value][side]

  const box = (facet, value, path, marked) => {
    const key = data.facets[facet].dimension.keys[value]
    const count = latest.counts.get(facet)[value]
    const id = `f-${facet}-${path}${value}`
    return element("label", { for: id },
      element("input", { type: "checkbox", id, checked: marked, onchange: () => change(facet, key) }),
      element("span", { class: "value" }, label(facet, value)), " ", element("span", { class: "count" }, number(count)))
  }

  const list = (facet, values, path) => {
    const { dimension } = data.facets[facet]
    const counts = latest.counts.get(facet)
    const chosen = new Set((latest.chosen[facet] ?? []).map(key => dimension.at.get(key)))
    const view = kept(facet)
    // A value without rows is offered only where it can be taken back.
    const offered = values.filter(one => dimension.names[one][side] && (counts[one] || chosen.has(one)))
    const fixed = facet === "period" || facet === "place"
    if (!fixed) offered.sort((a, b) => counts[b] - counts[a] || a - b)
    const most = view.more.get(path) ?? FEW
    const made = offered.filter((one, at) => at < most || chosen.has(one)).map(one => {
      const below = dimension.below[one].filter(other => counts[other] || chosen.has(other))
      const item = element("li", {}, box(facet, one, path, chosen.has(one)))
      // Alone below itself stands what is the same.
      if (!below.length || (below.length === 1 && dimension.keys[below[0]] === `${dimension.keys[one]}.`)) return item
      const open = view.open.has(`${path}${one}`)
      item.prepend(element("button", {
        type: "button", class: "fold", id: `o-${facet}-${path}${one}`, "aria-expanded": String(open),
        "aria-label": words.below.replace("{name}", label(facet, one)),
        onclick: () => {
          if (open) view.open.delete(`${path}${one}`)
          else view.open.add(`${path}${one}`)
          fill(facet)
        },
      }))
      if (open) item.append(list(facet, below, `${path}${one}-`))
      return item
    })
    if (offered.length > most) made.push(element("li", {}, element("button", {
      type: "button", class: "more", id: `m-${facet}-${path}`,
      onclick: () => { view.more.set(path, most + 40); fill(facet) },
    }, words.more.replace("{n}", number(offered.length - most)))))
    return element("ul", {}, ...made)
  }

  const fill = facet => {
    const view = views.get(facet)
    const { dimension } = data.facets[facet]
    const counts = latest.counts.get(facet)
    const had = document.activeElement?.id
    const sought = data.fold(kept(facet).sought.trim())
    if (sought) {
      view.folded ??= dimension.names.map(names => data.fold(names.join("\n")))
      const found = []
      view.folded.forEach((text, value) => { if (text.includes(sought) && counts[value]) found.push(value) })
      const most = found.sort((a, b) => counts[b] - counts[a]).slice(0, FOUND)
      const chosen = new Set((latest.chosen[facet] ?? []).map(key => dimension.at.get(key)))
      view.list.replaceChildren(element("ul", {}, ...most.map(one => element("li", {}, box(facet, one, "s", chosen.has(one))))))
      if (!most.length) view.list.replaceChildren(element("p", { class: "none" }, words.no_value))
    } else {
      const tops = dimension.keys.map((_, value) => value).filter(value => !dimension.above?.[value]?.length)
      if (tops.length === 1) kept(facet).open.add(String(tops[0]))  // all stand below it
      view.list.replaceChildren(list(facet, tops, ""))
    }
    // Who chose with the keyboard stays where they were.
    if (had) document.getElementById(had)?.focus({ preventScroll: true })
  }

  for (const details of root.querySelectorAll("details[data-facet]")) {
    const facet = details.dataset.facet
    const { dimension } = data.facets[facet]
    const values = dimension.names.filter(names => names[side]).length
    details.hidden = values === 0
    const body = element("div", { class: "values", role: "group", "aria-label": details.querySelector("summary").textContent })
    const held = element("div")
    if (values > LISTED || dimension.above) body.append(element("input", {
      type: "search", "aria-label": words.seek.replace("{facet}", details.querySelector("summary").textContent),
      placeholder: words.seek_short, autocomplete: "off",
      oninput: event => { kept(facet).sought = event.target.value; fill(facet) },
    }))
    body.append(held)
    details.append(body)
    details.querySelector("summary").append(element("span", { class: "chosen" }))
    views.set(facet, { details, list: held })
    // Lists may be long: they are made when somebody opens them.
    details.addEventListener("toggle", () => { if (details.open && latest) fill(facet) })
  }

  return selection => {
    latest = selection
    for (const [facet, { details }] of views) {
      const many = selection.chosen[facet]?.length ?? 0
      details.querySelector(".chosen").textContent = many ? ` (${many})` : ""
      if (many && selection.fresh) {
        details.open = true
        unfold(data.facets[facet].dimension, selection.chosen[facet], kept(facet).open)
      }
      if (details.open) fill(facet)
    }
  }
}

// Opens what stands above a chosen value, so that it is seen.
const unfold = (dimension, keys, open) => {
  const path = value => {
    const above = dimension.above?.[value]?.[0]
    return above === undefined ? "" : `${path(above)}${above}-`
  }
  for (const key of keys) {
    const parts = path(dimension.at.get(key) ?? -1).split("-").filter(Boolean)
    parts.forEach((_, number) => open.add(parts.slice(0, number + 1).join("-")))
  }
}
