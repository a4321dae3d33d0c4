// Words on screen come from the page: <template id="editor-words">{JSON}</template>, or data-words on the form.
let words = {}
export function loadWords(form) {
  const template = document.getElementById('editor-words')
  try {
    words = JSON.parse((template ? template.content.textContent : form.dataset.words) || '{}')
  } catch {
    words = {}
  }
}
export function t(key, values) {
  let s = words[key] || key
  for (const [k, v] of Object.entries(values || {})) s = s.replaceAll('{' + k + '}', v)
  return s
}
const lang = () => document.documentElement.lang || 'vi'
export const clock = (when) => new Intl.DateTimeFormat(lang(), { hour: '2-digit', minute: '2-digit', hour12: false }).format(when)
export const day = (when) => new Intl.DateTimeFormat(lang(), { hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit', hour12: false }).format(when)
export const number = (n) => new Intl.NumberFormat(lang()).format(n)
