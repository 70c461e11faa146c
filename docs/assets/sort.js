// Tables that can be sorted by each of their columns: numbers by what `data-key` has, the rest by its words.
const compared = new Intl.Collator(document.documentElement.lang.startsWith("zh") ? "zh" : "en", { numeric: true }).compare
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells]
  heads.forEach((head, column) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent })
    head.replaceChildren(button)
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending"
      heads.forEach(other => other.removeAttribute("aria-sort"))
      head.setAttribute("aria-sort", down ? "descending" : "ascending")
      const key = row => row.cells[column].dataset.key ?? ""
      const text = row => row.cells[column].textContent.trim()
      const rows = [...table.tBodies[0].rows].sort((a, b) => {
        // What is empty stays at the end.
        if (!text(a) || !text(b)) return !text(a) - !text(b)
        const order = key(a) !== "" && key(b) !== "" && !Number.isNaN(+key(a)) ? key(a) - key(b) : compared(text(a), text(b))
        return down ? -order : order
      })
      table.tBodies[0].append(...rows)
    })
  })
}
