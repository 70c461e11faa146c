// A mark in a report opens its card without any script; this only puts the card beside the mark.
document.addEventListener("toggle", event => {
  const card = event.target
  if (!(card instanceof HTMLElement) || !card.matches(".row-card") || event.newState !== "open") return
  const mark = document.querySelector(`[popovertarget="${card.id}"]`)
  if (!mark) return
  const at = mark.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = card
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8))
  const below = at.bottom + 6
  const top = below + height > innerHeight ? Math.max(8, at.top - height - 6) : below
  Object.assign(card.style, { margin: "0", inset: "auto", left: `${left}px`, top: `${top}px` })
}, true)
