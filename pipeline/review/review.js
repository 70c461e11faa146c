"use strict"
// What readers say of rows: accept, mend with other values, or withdraw. It is kept by the browser until it is saved.
const { files, rows, columns, kinds } = JSON.parse(document.getElementById("data").textContent)
const SHOWN = 100
const TEXT = {
  accept: ["Accept", "通过"], mend: ["Mend", "更正"], withdraw: ["Withdraw", "撤回"], undo: ["Undo", "撤销"],
  next: ["Next", "下一条"], previous: ["Previous", "上一条"], save: ["Save", "保存"], copy: ["Copy", "复制"],
  only: ["Show", "显示"], all: ["all rows", "全部"], open: ["what is not yet read", "未审核的"],
  accepted: ["right", "无误"], mended: ["mended", "已更正"], withdrawn: ["withdrawn", "已撤回"],
  reason: ["Reason", "理由"], kind: ["It is a", "该数字是"], keep: ["Keep", "确定"], cancel: ["Cancel", "取消"],
  sure: ["sure", "可信度"], lacking: ["Say why, in a few words.", "请简要写明理由。"],
  range: ["Only a range has an upper value, and every range has one.", "区间须有上端数值，非区间不得有。"],
  number: ["is no number", "不是数值"], needed: ["cannot be empty", "不能为空"], nothing: ["No row is left.", "已无待审的行。"],
  done: ["{} of {} read", "已审 {} / {}"], checked: ["checked before", "此前已核对"], corrected: ["corrected before", "此前已更正"],
}
let language = navigator.language.startsWith("zh") ? 1 : 0
let said = {}
let current = 0
let form = ""
try { said = JSON.parse(localStorage.getItem(KEY)) || {} } catch { /* a browser that keeps nothing */ }

const say = (word, ...values) => values.reduce((text, value) => text.replace("{}", value), TEXT[word][language])
const at = id => document.getElementById(id)
function make(name, content = [], attributes = {}) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value)
  element.append(...[content].flat())
  return element
}
const isRead = row => row.id in said || row.review !== "none"
const chosen = () => at("only").value === "open" ? rows.filter((row, place) => !isRead(row) || place === current) : rows
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)

function keep(row, what) {
  if (what) said[row.id] = what
  else delete said[row.id]
  try { localStorage.setItem(KEY, JSON.stringify(said)) } catch { /* it is still saved as files */ }
}

function move(step) {
  const left = chosen()
  const place = left.indexOf(rows[current]) + step
  if (left.length) current = rows.indexOf(left[Math.max(0, Math.min(place, left.length - 1))])
  form = ""
  show()
}

function decide(what) {
  keep(rows[current], what)
  move(1)
}

function show() {
  document.documentElement.lang = language ? "zh" : "en"
  at("language").textContent = language ? "English" : "中文"
  document.querySelector("[data-say=only]").textContent = say("only")
  const only = at("only").value || "open"
  at("only").replaceChildren(...["open", "all"].map(name => make("option", say(name), { value: name })))
  at("only").value = only
  at("done").textContent = say("done", rows.filter(isRead).length, rows.length)
  card()
  keys()
  saved()
  list()
}

function card() {
  const row = rows[current]
  const box = at("card")
  if (!row) return box.replaceChildren(make("p", say("nothing")))
  const what = said[row.id] || {}
  box.className = what.action || ""
  const [start, stop] = row.at
  const sentence = make("blockquote", [row.quote.slice(0, start), make("mark", row.quote.slice(start, stop)), row.quote.slice(stop)])
  sentence.lang = "zh"
  const before = row.review === "none" ? "" : ` · ${say(row.review)}`
  const head = make("p", `${files[row.file].name}:${row.start} · ${say("sure")} ${row.confidence.toFixed(3)}${before}`)
  const section = make("p", row.section || "", { class: "small", lang: "zh" })
  const body = make("tbody", columns.map(column => line(row, column, what)))
  box.replaceChildren(head, section, sentence, make("table", [body]), ...(form ? [asked(row, what)] : told(what)))
  box.querySelector(form === "mend" ? "td input, td select" : form ? "select" : "none")?.focus()
}

function line(row, column, what) {
  const old = row.values[column.name]
  const now = what.set && column.name in what.set ? what.set[column.name] : old
  const label = make("th", column.title[language], { title: column.about[language], scope: "row" })
  const trace = (row.trace[column.group] || []).map(([rule, words]) => words ? `${rule} “${words}”` : rule).join(" · ")
  const first = columns.find(other => other.group === column.group) === column
  const behind = make("td", first ? trace : "", { class: "trace", lang: "zh" })
  if (form === "mend") return make("tr", [label, make("td", [field(column, now)]), behind])
  if (now === "" && !(first && trace)) return ""
  const code = column.codes.find(([name]) => name === now)
  let text = code ? code[1 + language] : now
  if (column.name === "place_id" && row.place && now === old) text = `${now} ${row.place}`
  return make("tr", [label, make("td", now === old ? text : `${old || "–"} → ${text || "–"}`, { class: now === old ? undefined : "changed" }), behind])
}

function field(column, value) {
  if (!column.codes.length) return make("input", [], { name: column.name, value, "aria-label": column.title[language], autocomplete: "off" })
  const codes = column.required ? column.codes : [["", "–", "–"], ...column.codes]
  const options = codes.map(([code, ...words]) => make("option", words[language], { value: code, selected: code === value ? "" : undefined }))
  return make("select", options, { name: column.name, "aria-label": column.title[language] })
}

function asked(row, what) {
  const kind = make("select", kinds.map(([code, ...words]) => make("option", words[language], { value: code })), { name: "kind", id: "kind" })
  if (what.kind) kind.value = what.kind
  const reason = make("input", [], { name: "reason", value: what.reason || "", id: "reason", autocomplete: "off", size: 60 })
  const parts = form === "withdraw" ? [make("label", say("kind"), { for: "kind" }), " ", kind, " "] : []
  const keepIt = make("button", say("keep"), { type: "button", id: "keep" })
  const cancel = make("button", say("cancel"), { type: "button", id: "cancel" })
  keepIt.onclick = () => entered(row)
  cancel.onclick = () => { form = ""; show() }
  return make("p", [...parts, make("label", say("reason"), { for: "reason" }), " ", reason, " ", keepIt, " ", cancel, make("span", "", { id: "wrong", role: "alert" })])
}

function told(what) {
  if (!what.action) return []
  const word = { accept: "accepted", mend: "mended", withdraw: "withdrawn" }[what.action]
  return [make("p", [say(word), what.reason ? `: ${what.reason}` : ""].join(""), { class: "changed" })]
}

function entered(row) {
  const reason = at("reason").value.trim()
  const wrong = text => { at("wrong").textContent = ` ${text}` }
  if (!reason) return wrong(say("lacking"))
  if (form === "withdraw") return decide({ action: "withdraw", kind: at("kind").value, reason, date: today() })
  const set = {}
  for (const column of columns) {
    const value = document.querySelector(`#card [name=${column.name}]`).value.trim()
    if (value === row.values[column.name]) continue
    if (!value && column.required) return wrong(`${column.title[language]} ${say("needed")}`)
    if (value && column.number && !/^-?[0-9]+(\.[0-9]+)?$/.test(value)) return wrong(`${column.title[language]} ${say("number")}`)
    set[column.name] = value
  }
  const now = { ...row.values, ...set }
  if ((now.bound === "range") !== (now.value_max !== "")) return wrong(say("range"))
  decide(Object.keys(set).length ? { action: "mend", set, reason, date: today() } : { action: "accept", date: today() })
}

const ACTIONS = {
  accept: ["a", () => decide({ action: "accept", date: today() })],
  mend: ["m", () => { form = "mend"; show() }],
  withdraw: ["w", () => { form = "withdraw"; show() }],
  undo: ["u", () => { keep(rows[current]); show() }],
  next: ["j", () => move(1)],
  previous: ["k", () => move(-1)],
}

function keys() {
  at("keys").replaceChildren(...Object.entries(ACTIONS).map(([name, [key, act]]) => {
    const button = make("button", [say(name), " ", make("kbd", key)], { type: "button", id: name })
    button.onclick = act
    button.disabled = !rows.length
    return button
  }))
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (form) {
    if (event.key === "Escape") { form = ""; show() }
    if (event.key === "Enter" && event.target.tagName !== "BUTTON") entered(rows[current])
    return
  }
  if (["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName) || !rows.length) return
  const key = { ArrowDown: "j", ArrowUp: "k" }[event.key] || event.key
  const found = Object.values(ACTIONS).find(([name]) => name === key)
  if (!found) return
  event.preventDefault()
  found[1]()
})

function list() {
  const left = chosen()
  const place = Math.max(0, left.indexOf(rows[current]))
  const first = place - place % SHOWN
  at("list").replaceChildren(...left.slice(first, first + SHOWN).map(row => {
    const what = said[row.id]
    const word = what ? { accept: "accepted", mend: "mended", withdraw: "withdrawn" }[what.action] : row.review === "none" ? "" : row.review
    const button = make("button", [
      make("span", row.confidence.toFixed(2), { class: "sure" }), make("span", word ? say(word) : "", { class: "said" }),
      make("span", `${row.values.indicator_text} ${row.values.phrase}`, { class: "what", lang: "zh" }),
    ], { type: "button" })
    button.onclick = () => { current = rows.indexOf(row); form = ""; show(); scrollTo(0, 0) }
    return make("li", [button], { "aria-current": rows[current] === row })
  }))
}

// The files that go beside a source: what stands in them already, and what was said here.
function correctionsOf(file) {
  const entries = []
  const mine = rows.filter(row => row.file === file)
  const withdrawn = new Set(mine.filter(row => said[row.id]?.action === "withdraw"))
  for (const row of mine) {
    const what = said[row.id]
    if (what?.action === "mend") {
      const was = Object.fromEntries(Object.keys(what.set).map(name => [name, row.values[name]]))
      entries.push({ row, what, lines: [`set: ${JSON.stringify(what.set)}`, `was: ${JSON.stringify(was)}`] })
    }
    if (what?.action === "withdraw") {
      withdrawn.delete(row)
      // A numeral with several rows is an observation as long as one of them stays.
      const stays = mine.some(other => other !== row && other.start === row.start && (said[other.id]?.action !== "withdraw" || withdrawn.has(other)))
      entries.push({ row, what, lines: [`withdraw: ${stays ? "observation" : what.kind}`] })
    }
  }
  let text = files[file].corrections.text
  if (text && !text.endsWith("\n")) text += "\n"
  if (/^\s*\[\s*\]\s*$/.test(text)) text = ""
  for (const { row, what, lines } of entries) {
    const all = [`observation: ${JSON.stringify(row.id)}`, ...lines, `reason: ${JSON.stringify(what.reason)}`, `date: ${what.date}`]
    text += `- ${all.join("\n  ")}\n`
  }
  return text
}

function reviewOf(file) {
  const lines = new Map()
  for (const line of files[file].review.text.replace(/^\ufeff/, "").split(/\r?\n/).slice(1)) {
    const [id, digest, readers, date] = line.split(",")
    if (date) lines.set(id, { digest, readers: Number(readers), date })
  }
  for (const row of rows) {
    if (row.file !== file || said[row.id]?.action !== "accept") continue
    const before = lines.get(row.id)
    const readers = before && before.digest === row.digest ? before.readers + 1 : 1
    lines.set(row.id, { digest: row.digest, readers, date: said[row.id].date })
  }
  const body = [...lines].map(([id, line]) => `${id},${line.digest},${line.readers},${line.date}\n`)
  return `observation_id,digest,readers,date\n${body.join("")}`
}

function saved() {
  at("files").replaceChildren(...files.map((file, number) => make("div", [["corrections", correctionsOf], ["review", reviewOf]].flatMap(([name, text]) => {
    const link = make("button", `${say("save")} ${file[name].name}`, { type: "button", class: `save-${name}` })
    link.onclick = () => {
      const address = URL.createObjectURL(new Blob([text(number)], { type: "text/plain;charset=utf-8" }))
      make("a", [], { href: address, download: file[name].name }).click()
      setTimeout(() => URL.revokeObjectURL(address), 1000)
    }
    const copy = make("button", say("copy"), { type: "button", class: `copy-${name}`, "aria-label": `${say("copy")} ${file[name].name}` })
    copy.onclick = () => navigator.clipboard.writeText(text(number))
    return [link, copy]
  }))))
}

at("only").onchange = () => { move(0) }
at("language").onclick = () => { language = 1 - language; show() }
show()
