// What this site uses of the theme's own script, which is half of what a page would load: colours by day and night, the
// heading that one is at, the way up, buttons that copy code, and what is folded away opened where it is wanted.
{
  const zh = document.documentElement.lang === "zh"
  const colours = [...document.querySelectorAll("[data-md-component=palette] input")]
  const choose = (input, keep) => {
    const color = Object.fromEntries(["media", "scheme", "primary", "accent"].map(
      name => [name, input.getAttribute(`data-md-color-${name}`)]))
    for (const [name, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${name}`, value)
    // The label behind a colour leads to the next one.
    for (const one of colours) one.nextElementSibling.hidden = one !== input
    input.checked = true
    if (keep) __md_set("__palette", { index: colours.indexOf(input), color })
  }
  if (colours.length) {
    const kept = __md_get("__palette")
    const dark = matchMedia("(prefers-color-scheme: dark)")
    const fitting = () => colours.find(one => matchMedia(one.getAttribute("data-md-color-media")).matches) ?? colours[0]
    choose(colours[kept?.index] ?? fitting())
    for (const one of colours) one.addEventListener("change", () => choose(one, true))
    dark.addEventListener("change", () => { if (!__md_get("__palette")) choose(fitting()) })
  }

  const links = new Map([...document.querySelectorAll(".md-sidebar--secondary a[href^='#']")].map(
    link => [decodeURIComponent(link.hash.slice(1)), link]))
  const headings = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean)
  const up = document.querySelector(".md-top")
  let before = 0
  const scrolled = () => {
    const current = headings.findLast(one => one.getBoundingClientRect().top < 120)
    for (const [id, link] of links) link.classList.toggle("md-nav__link--active", id === current?.id)
    // Who goes back up may want to be there at once.
    if (up) up.hidden = scrollY > before || scrollY < innerHeight
    before = scrollY
  }
  addEventListener("scroll", scrolled, { passive: true })
  up?.addEventListener("click", () => { scrollTo({ top: 0 }); document.querySelector(".md-logo")?.focus() })
  scrolled()

  for (const code of document.querySelectorAll(".highlight pre > code")) {
    const label = zh ? "复制" : "Copy"
    const button = Object.assign(document.createElement("button"), { type: "button", className: "md-code__button", title: label })
    button.dataset.mdType = "copy"
    button.setAttribute("aria-label", label)
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent.trimEnd())
      button.title = zh ? "已复制" : "Copied"
      button.classList.add("md-code__button--active")
    })
    const place = document.createElement("div")
    place.className = "md-code__nav"
    place.append(button)
    code.parentElement.append(place)
  }

  // What is wider than the page is scrolled with the keyboard too.
  for (const wide of document.querySelectorAll(".md-typeset :is(table:not([class]), pre > code)"))
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0

  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const folded = []
    for (let one = target && target.closest("details"); one; one = one.parentElement.closest("details")) if (!one.open) folded.push(one)
    for (const one of folded) one.open = true
    if (folded.length) target.scrollIntoView()
  }
  addEventListener("hashchange", open)
  open()
  // On paper nothing can be opened.
  let opened = []
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open], .cite)")]
    for (const one of opened) one.open = true
  })
  addEventListener("afterprint", () => { for (const one of opened) one.open = false })
}
