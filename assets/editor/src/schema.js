// The article's tree: the same table as platform/html/body.h, node for node and attribute for attribute.
import { Schema } from 'prosemirror-model'

const heading = (level) => ({ tag: 'h' + level, attrs: { level: Math.min(4, Math.max(2, level)) } })
const inCell = '(paragraph | heading | bullet_list | ordered_list | quote | figure)+'
const inItem = '(paragraph | heading | bullet_list | ordered_list | quote | box | table | figure)+'
const inBox = '(paragraph | heading | bullet_list | ordered_list | quote | table | figure | sound | video)+'

export const hrefAllowed = (href) => /^(https?:\/\/|mailto:.)/i.test(href) || /^\/(?!\/)/.test(href) || /^#./.test(href)

function media(tag, extra) {
  return {
    group: 'block', content: 'inline*', isolating: true, defining: true, draggable: true,
    attrs: { media: {}, credit: { default: '' }, ...extra },
    parseDOM: [{
      tag: `figure[data-media][data-kind=${tag}]`, contentElement: 'figcaption',
      getAttrs: (dom) => /^[0-9a-f]{64}$/.test(dom.dataset.media) && { media: dom.dataset.media, credit: dom.dataset.credit || '', ...(extra ? { alt: dom.dataset.alt || '' } : {}) },
    }],
    toDOM: (n) => ['figure', { 'data-media': n.attrs.media, 'data-kind': tag, 'data-credit': n.attrs.credit, ...(extra ? { 'data-alt': n.attrs.alt } : {}) }, ['figcaption', 0]],
  }
}

const cellAttrs = (header) => (dom) => ({ header, colspan: span(dom.colSpan), rowspan: span(dom.rowSpan) })
const span = (n) => Math.min(100, Math.max(1, n || 1))
const alignOf = (dom) => {
  const v = dom.getAttribute('align') || (dom.classList.contains('center') ? 'center' : dom.classList.contains('right') ? 'right' : '')
  return v === 'center' || v === 'right' ? v : null
}

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: {
      group: 'block', content: 'inline*', attrs: { align: { default: null } },
      parseDOM: [{ tag: 'p', getAttrs: (dom) => ({ align: alignOf(dom) }) }],
      toDOM: (n) => ['p', n.attrs.align === 'center' || n.attrs.align === 'right' ? { class: n.attrs.align } : {}, 0],
    },
    heading: {
      group: 'block', content: 'inline*', defining: true, attrs: { level: { default: 2 } },
      parseDOM: [1, 2, 3, 4, 5, 6].map(heading),
      toDOM: (n) => ['h' + n.attrs.level, 0],
    },
    bullet_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
    ordered_list: {
      group: 'block', content: 'list_item+', attrs: { start: { default: 1 } },
      parseDOM: [{ tag: 'ol', getAttrs: (dom) => ({ start: dom.start > 0 ? dom.start : 1 }) }],
      toDOM: (n) => ['ol', n.attrs.start === 1 ? {} : { start: n.attrs.start }, 0],
    },
    list_item: { content: inItem, defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    quote: {
      group: 'block', content: '(paragraph | bullet_list | ordered_list)+', defining: true,
      parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0],
    },
    box: { group: 'block', content: inBox, defining: true, parseDOM: [{ tag: 'aside' }, { tag: 'div.box' }], toDOM: () => ['aside', { class: 'box' }, 0] },
    table: { group: 'block', content: 'table_row+', tableRole: 'table', isolating: true, parseDOM: [{ tag: 'table' }], toDOM: () => ['table', ['tbody', 0]] },
    table_row: { content: 'table_cell*', tableRole: 'row', parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] },
    table_cell: {
      content: inCell, tableRole: 'cell', isolating: true,
      attrs: { header: { default: false }, colspan: { default: 1 }, rowspan: { default: 1 } },
      parseDOM: [{ tag: 'td', getAttrs: cellAttrs(false) }, { tag: 'th', getAttrs: cellAttrs(true) }],
      toDOM: (n) => [n.attrs.header ? 'th' : 'td', {
        ...(n.attrs.colspan > 1 ? { colspan: n.attrs.colspan } : {}), ...(n.attrs.rowspan > 1 ? { rowspan: n.attrs.rowspan } : {}) }, 0],
    },
    figure: media('figure', { alt: { default: '' } }),
    sound: media('sound'),
    video: media('video'),
    text: { group: 'inline' },
    hard_break: { group: 'inline', inline: true, selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
    note: {
      group: 'inline', inline: true, atom: true, content: '(text | hard_break)*',
      parseDOM: [{ tag: 'span[data-note]' }], toDOM: () => ['span', { 'data-note': '' }, 0],
    },
  },
  /* No rule by style: paste.js turns styles into elements first, the content policy forbids style attributes even unseen. */
  marks: {
    link: {
      inclusive: false, attrs: { href: {} },
      parseDOM: [{ tag: 'a[href]', getAttrs: (dom) => hrefAllowed(dom.getAttribute('href').trim()) && { href: dom.getAttribute('href').trim() } }],
      toDOM: (m) => ['a', { href: m.attrs.href }, 0],
    },
    bold: {
      parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
      toDOM: () => ['strong', 0],
    },
    italic: {
      parseDOM: [{ tag: 'em' }, { tag: 'i' }],
      toDOM: () => ['em', 0],
    },
    underline: {
      parseDOM: [{ tag: 'u' }, { tag: 'ins' }],
      toDOM: () => ['u', 0],
    },
    subscript: { excludes: 'superscript', parseDOM: [{ tag: 'sub' }], toDOM: () => ['sub', 0] },
    superscript: { excludes: 'subscript', parseDOM: [{ tag: 'sup' }], toDOM: () => ['sup', 0] },
  },
})

const defaults = { align: [null, 'left'], start: [1], header: [false], colspan: [1], rowspan: [1], alt: [''], credit: [''] }

// The tree as the server wants it: defaults left out, and nothing where it may not stand however deep (a table in a list
// in a cell, a sound in a list in a box), which a schema cannot say: there its text stays, as paragraphs.
export function toJSON(doc) { return strip(doc.toJSON(), new Set())[0] }

function strip(node, forbidden) {
  if (forbidden.has(node.type)) return flat(node, forbidden)
  const out = { type: node.type }
  if (node.attrs) {
    const attrs = Object.fromEntries(Object.entries(node.attrs).filter(([k, v]) => !(defaults[k] || []).includes(v)))
    if (Object.keys(attrs).length) out.attrs = attrs
  }
  if (node.marks) out.marks = node.marks.map((m) => m.attrs ? { type: m.type, attrs: m.attrs } : { type: m.type })
  if (node.text !== undefined) out.text = node.text.normalize('NFC')
  if (node.content) {
    const inside = { table_cell: ['table', 'box', 'sound', 'video'], list_item: ['sound', 'video'], box: ['box'] }[node.type]
    const below = inside ? new Set([...forbidden, ...inside]) : forbidden
    out.content = node.content.flatMap((c) => strip(c, below))
  }
  return [out]
}

function flat(node, forbidden) {
  if (node.type === 'sound' || node.type === 'video') return node.content ? [{ type: 'paragraph', content: strip({ type: 'paragraph', content: node.content }, forbidden)[0].content }] : [{ type: 'paragraph' }]
  const inner = (node.content || []).flatMap((c) => c.type === 'table_row' ? (c.content || []).flatMap((cell) => cell.content || []) : [c])
  const out = inner.flatMap((c) => strip(c, forbidden))
  return out.length ? out : [{ type: 'paragraph' }]
}

// The same as a document, for lifting what a paste brought where it may not stand.
export function fromJSON(json) { return schema.nodeFromJSON(json) }
