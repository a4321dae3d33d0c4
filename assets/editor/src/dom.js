// Small builders. Elements get no style attribute and no name: the page's policy forbids the first, the article's form would send the second.
export function el(tag, attrs, ...children) {
  const e = document.createElement(tag)
  for (const [k, v] of Object.entries(attrs || {})) {
    if (v === undefined || v === false || v === null) continue
    if (k.startsWith('on')) e.addEventListener(k.slice(2), v)
    else e.setAttribute(k, v === true ? '' : v)
  }
  e.append(...children.filter((c) => c !== null && c !== undefined))
  return e
}
export const button = (text, onclick, cls = 'btn', attrs) => el('button', { type: 'button', class: cls, onclick, ...attrs }, text)
let ids = 0
export function labelled(text, input) {
  input.id ||= 'ed-' + ++ids
  return el('label', { class: 'ed-label', for: input.id }, el('span', {}, text), input)
}
