// A note stands in the text as a number; its own small editor opens under it.
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { StepMap } from 'prosemirror-transform'
import { keymap } from 'prosemirror-keymap'
import { undo, redo } from 'prosemirror-history'
import { toggleMark } from 'prosemirror-commands'
import { TextSelection, NodeSelection } from 'prosemirror-state'
import { schema } from './schema.js'
import { noteHTML, noteText } from './paste.js'
import { el, button } from './dom.js'
import { t } from './words.js'

export class NoteView {
  constructor(node, view, getPos) {
    this.node = node
    this.outer = view
    this.getPos = getPos
    this.dom = el('span', { class: 'ed-note', role: 'button', 'aria-label': t('note') + ': ' + node.textContent })
    this.inner = null
    /* The number is drawn by the style sheet, where a click falls between the letters: so the note selects itself. */
    this.dom.addEventListener('mousedown', (e) => {
      if (this.box()?.contains(e.target)) return
      e.preventDefault()
      view.focus()
      view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, this.getPos())))
    })
  }
  box() { return this.dom.querySelector('.ed-note-box') }
  selectNode() {
    this.dom.classList.add('ed-selected')
    if (!this.inner) this.open()
  }
  deselectNode() {
    this.dom.classList.remove('ed-selected')
    if (this.inner) this.close()
  }
  open() {
    const box = this.dom.appendChild(el('span', { class: 'ed-note-box' }))
    const place = box.appendChild(el('span', { class: 'ed-note-text' }))
    if (this.outer.editable) box.append(button(t('done'), () => this.leave(), 'btn main'), button(t('remove_note'), () => this.remove(), 'btn quiet'))
    const bind = (f) => () => f(this.outer.state, this.outer.dispatch)
    const editable = this.outer.editable
    this.inner = new EditorView(place, {
      editable: () => editable,
      transformPastedHTML: noteHTML,
      clipboardTextParser: noteText,
      attributes: { 'aria-label': t('note'), role: 'textbox', 'aria-multiline': 'true' },
      state: EditorState.create({
        doc: this.node,
        plugins: [keymap({
          'Mod-z': bind(undo), 'Mod-y': bind(redo), 'Mod-Shift-z': bind(redo), Escape: () => (this.leave(), true), Enter: () => (this.leave(), true),
          'Mod-b': toggleMark(schema.marks.bold), 'Mod-i': toggleMark(schema.marks.italic), 'Mod-u': toggleMark(schema.marks.underline),
          'Shift-Enter': (state, dispatch) => { dispatch(state.tr.replaceSelectionWith(schema.nodes.hard_break.create())); return true },
        })],
      }),
      dispatchTransaction: (tr) => this.dispatchInner(tr),
      handleDOMEvents: { mousedown: () => { if (this.outer.hasFocus()) this.inner.focus() } },
    })
    this.fit(box)
    this.inner.focus()
  }
  // Keeps the box within the sheet: it hangs from its number, to the left when there is no room to the right.
  fit(box) {
    const sheet = this.outer.dom.getBoundingClientRect()
    const at = this.dom.getBoundingClientRect()
    const width = box.getBoundingClientRect().width
    box.style.left = Math.min(0, sheet.right - at.left - width) + 'px'
  }
  close() {
    this.inner.destroy()
    this.inner = null
    this.dom.textContent = ''
  }
  leave() {
    const pos = this.getPos() + this.node.nodeSize
    this.outer.dispatch(this.outer.state.tr.setSelection(TextSelection.create(this.outer.state.doc, pos)))
    this.outer.focus()
  }
  remove() {
    const pos = this.getPos()
    this.outer.dispatch(this.outer.state.tr.delete(pos, pos + this.node.nodeSize))
    this.outer.focus()
  }
  dispatchInner(tr) {
    const { state, transactions } = this.inner.state.applyTransaction(tr)
    this.inner.updateState(state)
    if (tr.getMeta('fromOutside')) return
    const out = this.outer.state.tr
    const map = StepMap.offset(this.getPos() + 1)
    for (const one of transactions) for (const step of one.steps) out.step(step.map(map))
    if (out.docChanged) this.outer.dispatch(out)
  }
  update(node) {
    if (!node.sameMarkup(this.node)) return false
    this.node = node
    this.dom.setAttribute('aria-label', t('note') + ': ' + node.textContent)
    if (!this.inner) return true
    const state = this.inner.state
    const start = node.content.findDiffStart(state.doc.content)
    if (start === null) return true
    let { a, b } = node.content.findDiffEnd(state.doc.content)
    const overlap = start - Math.min(a, b)
    if (overlap > 0) { a += overlap; b += overlap }
    this.inner.dispatch(state.tr.replace(start, b, node.slice(start, a)).setMeta('fromOutside', true))
    return true
  }
  destroy() { if (this.inner) this.close() }
  stopEvent(e) { return e.type === 'mousedown' || !!this.box()?.contains(e.target) }
  ignoreMutation() { return true }
}

export function insertNote(state, dispatch) {
  const { $from, $to } = state.selection
  if (!$from.parent.inlineContent || !$from.sameParent($to) || $from.parent.type === schema.nodes.note) return false
  if (!$from.parent.canReplaceWith($from.index(), $to.index(), schema.nodes.note)) return false
  if (!dispatch) return true
  const tr = state.tr.insert($to.pos, schema.nodes.note.create())
  dispatch(tr.setSelection(NodeSelection.create(tr.doc, $to.pos)).scrollIntoView())
  return true
}
