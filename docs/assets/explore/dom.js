// Elements. What is given as text stays text, whatever it says.
export const element = (tag, attributes = {}, ...content) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value)
    else if (value === true) made.setAttribute(name, "")
    else if (value !== false && value !== undefined) made.setAttribute(name, value)
  }
  made.append(...content)
  return made
}

export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
export const number = count => count.toLocaleString("en")
