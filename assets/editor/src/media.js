// Pictures, sounds and films: how they show while editing, and their way to the server while typing goes on.
import { Plugin, PluginKey, NodeSelection } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { schema } from './schema.js'
import { el, button, labelled } from './dom.js'
import { t } from './words.js'
import { holdsPictures, pendingPictures, pictureMarks } from './paste.js'

export const known = new Map() /* media hash -> address */
let pattern = ''
export function loadMedia(form) {
  pattern = form.dataset.media || ''
  const template = document.getElementById('editor-media')
  if (template) try { for (const [k, v] of Object.entries(JSON.parse(template.content.textContent))) known.set(k, v.url || v) } catch { /* the pattern serves */ }
}
const addressOf = (media) => known.get(media) || pattern.replace('{media}', media)

/* ---- shown ------------------------------------------------------------------------------------------------------ */

let typings = -1

export class MediaView {
  constructor(node, view, getPos) {
    this.node = node
    this.view = view
    this.getPos = getPos
    const kind = node.type.name
    this.shown = kind === 'figure' ? el('img', { src: addressOf(node.attrs.media), alt: node.attrs.alt, draggable: 'false' })
      : el(kind === 'sound' ? 'audio' : 'video', { src: addressOf(node.attrs.media), controls: true, preload: 'metadata', 'aria-label': t(kind) })
    this.contentDOM = el('figcaption', { 'data-hint': t('caption') })
    this.inputs = {}
    this.typing = { alt: --typings, credit: --typings } /* one field's typing is one step of undo */
    const fields = el('div', { class: 'ed-media-fields', contenteditable: 'false' })
    for (const name of kind === 'figure' ? ['credit', 'alt'] : ['credit']) {
      const input = this.inputs[name] = el('input', { type: 'text', value: node.attrs[name], maxlength: 1000, autocomplete: 'off', readonly: !view.editable, oninput: () => this.set(name, input.value) })
      fields.append(labelled(t(name), input))
    }
    if (view.editable) fields.append(button(t('move_up'), () => this.move(-1), 'btn quiet'), button(t('move_down'), () => this.move(1), 'btn quiet'), button(t('remove_' + kind), () => this.remove(), 'btn quiet'))
    this.dom = el('figure', { class: 'ed-media', 'data-kind': kind }, el('div', { contenteditable: 'false', class: 'ed-media-shown' }, this.shown), this.contentDOM, fields)
    this.mark()
  }
  set(name, value) {
    this.view.dispatch(this.view.state.tr.setNodeAttribute(this.getPos(), name, value.normalize('NFC')).setMeta('composition', this.typing[name]))
  }
  remove() {
    const pos = this.getPos()
    this.view.dispatch(this.view.state.tr.delete(pos, pos + this.node.nodeSize))
    this.view.focus()
  }
  // Over the block before or after it: what dragging does, for those who do not drag.
  move(by) {
    const { state } = this.view
    const pos = this.getPos()
    const $pos = state.doc.resolve(pos)
    const other = $pos.parent.maybeChild($pos.index() + by)
    if (!other || ($pos.parent.type.name === 'list_item' && $pos.index() + by === 0)) return
    const tr = state.tr.delete(pos, pos + this.node.nodeSize)
    const to = by < 0 ? pos - other.nodeSize : pos + other.nodeSize
    this.view.dispatch(tr.insert(to, this.node).setSelection(NodeSelection.create(tr.doc, to)).scrollIntoView())
    this.view.nodeDOM(to)?.querySelectorAll?.('button')[by < 0 ? 0 : 1]?.focus()
  }
  mark() {
    this.contentDOM.classList.toggle('ed-empty', this.node.content.size === 0)
    this.dom.classList.toggle('ed-no-alt', this.node.type.name === 'figure' && !this.node.attrs.alt)
  }
  update(node) {
    if (node.type !== this.node.type || node.attrs.media !== this.node.attrs.media) return false
    this.node = node
    for (const [name, input] of Object.entries(this.inputs)) if (input.value.normalize('NFC') !== node.attrs[name]) input.value = node.attrs[name]
    if (this.shown.alt !== undefined) this.shown.alt = node.attrs.alt || ''
    this.mark()
    return true
  }
  selectNode() { this.dom.classList.add('ed-selected') }
  deselectNode() { this.dom.classList.remove('ed-selected') }
  stopEvent(e) { return !this.contentDOM.contains(e.target) && e.target !== this.dom && !/^drag/.test(e.type) && e.type !== 'drop' && !(e.type === 'mousedown' && e.target === this.shown && this.shown.tagName === 'IMG') }
  ignoreMutation(m) { return m.type !== 'selection' && (!this.contentDOM.contains(m.target) || m.type === 'attributes') }
}

/* ---- on its way ------------------------------------------------------------------------------------------------- */

export const uploads = new PluginKey('uploads')
export const uploadPlugin = new Plugin({
  key: uploads,
  state: {
    init: () => DecorationSet.empty,
    apply(tr, set) {
      set = set.map(tr.mapping, tr.doc)
      const act = tr.getMeta(uploads)
      for (const a of act?.add || []) set = set.add(tr.doc, [Decoration.widget(a.pos, a.dom, { id: a.id, key: 'up' + a.id, side: -1, stopEvent: () => true, ignoreSelection: true })])
      for (const id of act?.remove || []) set = set.remove(set.find(null, null, (s) => s.id === id))
      return set
    },
  },
  props: { decorations: (state) => uploads.getState(state) },
})

const typeOf = (kind) => ({ figure: 'figure', picture: 'figure', image: 'figure', sound: 'sound', audio: 'sound', video: 'video' })[kind] || 'figure'
export const takes = (file) => /^(image|audio|video)\//.test(file.type)

// A block boundary near `pos`: before an empty paragraph, else after the block the position is in.
function boundary(doc, pos) {
  const $pos = doc.resolve(pos)
  if (!$pos.parent.isTextblock) return pos
  return $pos.parent.content.size === 0 || $pos.parentOffset === 0 ? $pos.before() : $pos.after()
}

let serial = 0
export function startUploads(view, form, files, pos, tr = view.state.tr) {
  const add = []
  const starts = []
  for (const file of files) {
    const id = 'u' + ++serial
    const dom = el('div', { class: 'ed-upload', contenteditable: 'false' })
    add.push({ id, pos: boundary(tr.doc, pos), dom })
    starts.push(() => send(view, form, file, id, dom))
  }
  view.dispatch(tr.setMeta(uploads, { add }))
  starts.forEach((start) => start())
}

function send(view, form, file, id, dom) {
  const bar = el('progress', { value: 0, max: 1, 'aria-label': file.name })
  dom.replaceChildren(el('span', {}, t('uploading', { name: file.name })), bar)
  const xhr = new XMLHttpRequest()
  xhr.open('POST', form.dataset.upload)
  xhr.setRequestHeader('accept', 'application/json')
  xhr.setRequestHeader('x-csrf-token', form.dataset.csrf || '')
  xhr.upload.onprogress = (p) => { if (p.lengthComputable) { bar.max = p.total; bar.value = p.loaded } }
  const done = () => view.dispatch(view.state.tr.setMeta(uploads, { remove: [id] }))
  const failed = (text) => dom.replaceChildren(el('span', { class: 'error', role: 'alert' }, file.name + ': ' + (text || t('upload_failed'))),
    button(t('retry'), () => send(view, form, file, id, dom)), button(t('drop'), done, 'btn quiet'))
  xhr.onerror = () => failed()
  xhr.onload = () => {
    let answer = {}
    try { answer = JSON.parse(xhr.responseText) } catch { /* told as a failure below */ }
    if (xhr.status >= 300 || !/^[0-9a-f]{64}$/.test(answer.media || '')) return failed(answer.error)
    if (answer.url) known.set(answer.media, answer.url)
    place(view, id, schema.nodes[typeOf(answer.kind)].create({ media: answer.media }))
  }
  const data = new FormData()
  data.append('file', file, file.name)
  xhr.send(data)
}

function place(view, id, node) {
  const found = uploads.getState(view.state).find(null, null, (s) => s.id === id)
  const tr = view.state.tr.setMeta(uploads, { remove: [id] })
  if (!found.length) return view.dispatch(tr)
  let $pos = tr.doc.resolve(boundary(tr.doc, found[0].from))
  const fits = ($p) => $p.parent.canReplaceWith($p.index(), $p.index(), node.type) && (node.type.name === 'figure' || !inside($p, ['table_cell', 'list_item']))
  while ($pos.depth && !fits($pos)) $pos = tr.doc.resolve($pos.after())
  tr.insert($pos.pos, node)
  /* An empty paragraph that only held the place goes; the last block of the text stays a paragraph to type on. */
  const after = tr.doc.resolve($pos.pos + node.nodeSize)
  if (!after.nodeAfter && after.depth === 0) tr.insert(after.pos, schema.nodes.paragraph.create())
  view.dispatch(tr)
}
export function inside($pos, names) {
  for (let d = $pos.depth; d > 0; d--) if (names.includes($pos.node(d).type.name)) return true
  return false
}

// A paste that brought pictures: the marks in the slice become places for them, all in one step of undo.
export function pasteWithPictures(view, form, slice) {
  if (!holdsPictures(slice)) return false
  const tr = view.state.tr.replaceSelection(slice)
  const places = []
  for (let again = true; again;) {
    again = false
    tr.doc.descendants((n, pos) => {
      if (again || !n.isText) return !again
      pictureMarks.lastIndex = 0
      const m = pictureMarks.exec(n.text)
      if (!m) return
      again = true
      const $at = tr.doc.resolve(pos + m.index)
      const whole = $at.parent.textContent === m[0] && $at.node($at.depth - 1).childCount > 1
      const from = whole ? $at.before() : pos + m.index
      const to = whole ? $at.after() : pos + m.index + m[0].length
      places.forEach((p) => { p.pos = p.pos > from ? p.pos - (to - from) : p.pos })
      tr.delete(from, to)
      places.push({ id: +m[1], pos: from })
    })
  }
  const add = []
  const starts = []
  for (const p of places) {
    const file = pendingPictures.get(p.id)
    pendingPictures.delete(p.id)
    if (!file) continue
    const id = 'u' + ++serial
    const dom = el('div', { class: 'ed-upload', contenteditable: 'false' })
    add.push({ id, pos: boundary(tr.doc, Math.min(p.pos, tr.doc.content.size)), dom })
    starts.push(() => send(view, form, file, id, dom))
  }
  view.dispatch(tr.setMeta(uploads, { add }).scrollIntoView())
  starts.forEach((s) => s())
  return true
}

export function selectMedia(state) { return state.selection instanceof NodeSelection && ['figure', 'sound', 'video'].includes(state.selection.node.type.name) }
