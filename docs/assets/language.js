// The switch of languages takes along what is chosen on a page and the row that it stands at.
for (const link of document.querySelectorAll(".md-select__link[hreflang]")) {
  const follow = () => { link.search = location.search; link.hash = location.hash }
  for (const event of ["pointerenter", "focus", "click"]) link.addEventListener(event, follow)
}
