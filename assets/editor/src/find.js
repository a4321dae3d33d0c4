// Finding in the text. Typed without marks it finds with and without them; typed with marks it finds exactly those.
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'

export const finder = new PluginKey('find')
const marks = /[\u0300-\u036f]/g
/* Letter by letter, so that positions stay: one UTF-16 unit in, one out. */
const bare = (s) => [...s].map((c) => { const b = c.normalize('NFD').replace(marks, '').replace('đ', 'd').replace('Đ', 'D'); return b.length === c.length ? b : c }).join('')
const low = (s) => [...s].map((c) => { const l = c.toLowerCase(); return l.length === c.length ? l : c }).join('')

function search(doc, query) {
  const q = low(query.normalize('NFC').trim())
  if (!q) return []
  const fold = bare(q) === q ? (s) => bare(low(s)) : low
  const hits = []
  doc.descendants((n, pos) => {
    if (!n.inlineContent) return
    /* Positions are counted child by child: a note or a break is one strange letter per position it takes. */
    let text = ''
    n.forEach((c) => { text += c.isText ? c.text : '\uFFFC'.repeat(c.nodeSize) })
    text = fold(text)
    for (let i = text.indexOf(q); i >= 0; i = text.indexOf(q, i + q.length)) hits.push({ from: pos + 1 + i, to: pos + 1 + i + q.length })
  })
  return hits
}

export const findPlugin = new Plugin({
  key: finder,
  state: {
    init: () => ({ query: '', hits: [], at: -1 }),
    apply(tr, old) {
      const act = tr.getMeta(finder)
      const query = act?.query ?? old.query
      const hits = act?.query !== undefined || (tr.docChanged && query) ? search(tr.doc, query) : old.hits
      const at = act?.at ?? (hits === old.hits ? old.at : -1)
      return query || old.query ? { query, hits, at: Math.min(at, hits.length - 1) } : old
    },
  },
  props: {
    decorations(state) {
      const { hits, at } = finder.getState(state)
      return hits.length ? DecorationSet.create(state.doc, hits.slice(0, 2000).map((h, i) => Decoration.inline(h.from, h.to, { class: i === at ? 'ed-hit ed-hit-now' : 'ed-hit' }))) : null
    },
  },
})

export function setQuery(view, query) { view.dispatch(view.state.tr.setMeta(finder, { query })) }
export function step(view, by) {
  const { hits, at } = finder.getState(view.state)
  if (!hits.length) return
  const here = view.state.selection.from
  const next = at < 0 ? Math.max(0, hits.findIndex((h) => h.from >= here)) : (at + by + hits.length) % hits.length
  const hit = hits[next]
  view.dispatch(view.state.tr.setMeta(finder, { at: next }).setSelection(TextSelection.create(view.state.doc, hit.from, hit.to)).scrollIntoView())
}
