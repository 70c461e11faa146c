// Buttons that copy the address, the citation and the BibTeX of a row; without a script they are there to be read.
const zh = document.documentElement.lang === "zh"
const copied = zh ? "已复制" : "Copied"
const button = (label, text) => {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: label })
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text())
    made.textContent = copied
    setTimeout(() => { made.textContent = label }, 1500)
  })
  return made
}
// Cards are many: the buttons are made when one opens.
document.addEventListener("toggle", event => {
  const card = event.target
  if (!(card instanceof HTMLDetailsElement) || !card.matches(".cite") || card.querySelector(".copy")) return
  const link = card.querySelector(".permalink")
  card.querySelector(".actions").append(
    button(zh ? "复制链接" : "Copy link", () => link.href),
    button(zh ? "复制引文" : "Copy citation", () => card.querySelector(".citation").textContent),
    button(zh ? "复制 BibTeX" : "Copy BibTeX", () => card.querySelector(".bibtex").textContent),
  )
}, true)
