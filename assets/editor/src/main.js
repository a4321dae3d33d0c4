// The article's editor: puts itself in place of the plain text field of form[data-editor]. README.md tells the page's part.
import { EditorState, Plugin, TextSelection, Selection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { keymap } from 'prosemirror-keymap'
import { history, undo, redo, closeHistory } from 'prosemirror-history'
import { baseKeymap, chainCommands } from 'prosemirror-commands'
import { splitListItem } from 'prosemirror-schema-list'
import { tableEditing, goToNextCell } from 'prosemirror-tables'
import { dropCursor } from 'prosemirror-dropcursor'
import { gapCursor } from 'prosemirror-gapcursor'
import { schema, fromJSON } from './schema.js'
import * as c from './commands.js'
import { cleanHTML, cleanText, fitPlace, holdsPictures, plainSlice } from './paste.js'
import { MediaView, uploadPlugin, startUploads, pasteWithPictures, takes, loadMedia } from './media.js'
import { NoteView, insertNote } from './note.js'
import { findPlugin } from './find.js'
import { Saver } from './save.js'
import { Toolbar } from './toolbar.js'
import { el, button } from './dom.js'
import { loadWords, t, number } from './words.js'

// One word, one step of undo: a step closes where a word begins after a space or at another place. What Telex does within a
// word (letters taken back and composed ones put, or a composition that changes a letter in the middle) stays in the word's
// step: history never parts changes that carry one composition's number, so a word's changes all carry the word's.
function wordByWord(composing) {
  let word = 1e9
  let fresh = true
  return (tr) => {
    if (!tr.docChanged) {
      if (tr.selectionSet && !composing()) fresh = true
      return tr
    }
    if (tr.getMeta('history$') || tr.getMeta('addToHistory') === false || tr.getMeta('composition') < 0) { fresh = true; return tr }
    let inserted = ''
    const typed = tr.steps.every((s) => {
      if (!s.slice || s.slice.openStart || s.slice.openEnd || s.to - s.from > 20) return false
      inserted += s.slice.content.textBetween(0, s.slice.content.size)
      return s.slice.content.content.every((n) => n.isText)
    })
    if (!typed) { fresh = true; return closeHistory(tr) }
    const begins = fresh && /\S/.test(inserted)
    if (begins) { word++; fresh = false }
    if (/\s$/.test(inserted)) fresh = true
    return (begins ? closeHistory(tr) : tr).setMeta('composition', word)
  }
}

function countWords(doc) {
  let n = 0
  doc.descendants((b) => {
    if (!b.isTextblock) return
    n += (b.textBetween(0, b.content.size, ' ', ' ').match(/\S+/g) || []).length
    return true
  })
  return n
}

/* The browser's own stops at the edge of a table's cell. */
const toEdge = (edge) => (state, dispatch) => { dispatch(state.tr.setSelection(edge(state.doc)).scrollIntoView()); return true }

function keys(editor) {
  const bind = {
    'Mod-z': undo, 'Mod-y': redo, 'Mod-Shift-z': redo,
    'Mod-b': c.mark('bold'), 'Mod-i': c.mark('italic'), 'Mod-u': c.mark('underline'),
    'Mod-Alt-0': c.setBlock('paragraph'), 'Mod-Alt-2': c.setBlock('heading2'), 'Mod-Alt-3': c.setBlock('heading3'), 'Mod-Alt-4': c.setBlock('heading4'),
    'Mod-Shift-7': c.toggleList('ordered_list'), 'Mod-Shift-8': c.toggleList('bullet_list'), 'Mod-Alt-f': insertNote, 'Mod-\\': c.clearFormatting,
    'Shift-Enter': c.hardBreak, Enter: splitListItem(schema.nodes.list_item),
    'Mod-Home': toEdge(Selection.atStart), 'Mod-End': toEdge(Selection.atEnd),
    'Mod-k': () => (editor.toolbar.openLink(), true), 'Mod-f': () => (editor.toolbar.openFind(), true), 'Mod-/': () => (editor.toolbar.openKeys(), true),
    'Mod-s': () => (editor.saver.save(), true), 'Alt-F10': () => (editor.toolbar.bar.querySelector('[tabindex="0"]').focus(), true),
  }
  /* Tab moves cells and list items; after Escape it leaves the text, so that nobody is held in it. */
  let leaving = false
  bind.Escape = (state, dispatch, view) => {
    if (editor.full) { editor.toggleFull(); return true }
    leaving = true
    setTimeout(() => { leaving = false }, 3000)
    if (!(state.selection instanceof TextSelection)) dispatch(state.tr.setSelection(Selection.near(state.selection.$to)))
    return true
  }
  const tab = (command) => (state, dispatch, view) => !leaving && command(state, dispatch, view)
  bind.Tab = tab(chainCommands(goToNextCell(1), c.deeper))
  bind['Shift-Tab'] = tab(chainCommands(goToNextCell(-1), (s, d) => c.inNode(s, 'list_item') && c.higher(s, d)))
  return keymap(bind)
}

class Editor {
  constructor(form) {
    this.form = form
    const plain = form.querySelector('[data-body-plain]')
    const source = form.elements.body_json
    const label = form.querySelector(`label[for="${plain?.id || 'none'}"]`)
    loadWords(form)
    loadMedia(form)
    const readonly = 'readonly' in form.dataset

    this.notices = el('div', { class: 'ed-notices' })
    this.state = el('span', { class: 'ed-state', role: 'status', 'aria-live': 'polite' })
    this.words = el('span', { class: 'ed-count' })
    this.sheet = el('div', { class: 'ed-sheet' })
    this.root = el('div', { class: 'editor' })
    this.toolbar = new Toolbar(this.root, form, { toggleFull: () => this.toggleFull() })
    const foot = el('div', { class: 'ed-foot' }, this.state, this.words, document.querySelector('[data-presence-line]') ? null : el('span', { 'data-presence-line': true, role: 'status' }))
    this.root.append(el('div', { class: 'ed-top' }, this.toolbar.bar, this.toolbar.tableBar, this.toolbar.panel), this.notices, this.sheet, foot)

    const doc = fromJSON(JSON.parse(source.value || '{"type":"doc","content":[{"type":"paragraph"}]}'))
    doc.check()
    const oneWord = wordByWord(() => this.view.composing)
    this.view = new EditorView(this.sheet, {
      state: EditorState.create({ doc, plugins: [keys(this), keymap(baseKeymap), history({ newGroupDelay: 3000 }), findPlugin, uploadPlugin, this.pastePlugin(), tableEditing(), dropCursor({ class: 'ed-drop' }), gapCursor()] }),
      editable: () => !readonly,
      attributes: { class: 'body', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label ? label.textContent.trim() : t('body'), lang: 'vi', spellcheck: 'false', ...(readonly ? { 'aria-readonly': 'true', tabindex: '0' } : {}) },
      nodeViews: {
        figure: (n, v, p) => new MediaView(n, v, p), sound: (n, v, p) => new MediaView(n, v, p), video: (n, v, p) => new MediaView(n, v, p),
        note: (n, v, p) => new NoteView(n, v, p),
      },
      scrollMargin: { top: 90, bottom: 60, left: 0, right: 0 },
      scrollThreshold: { top: 90, bottom: 60, left: 0, right: 0 },
      dispatchTransaction: (tr) => {
        this.view.updateState(this.view.state.apply(oneWord(tr)))
        if (tr.docChanged) this.changed()
        this.toolbar.update()
      },
    })
    if (plain) (plain.closest('.field') || plain).replaceWith(this.root)
    else form.append(this.root)
    this.toolbar.attach(this.view)
    this.showCount()
    this.saver = new Saver(form, { doc: () => this.view.state.doc, load: (body, fields) => this.load(body, fields), state: this.state, place: this.notices })
    if (readonly) this.state.textContent = t('read_only')
    else this.saver.start()
    window.visualViewport?.addEventListener('resize', () => this.fitFull())
    window.visualViewport?.addEventListener('scroll', () => this.fitFull())
  }

  changed() {
    this.saver.changed()
    clearTimeout(this.countTimer)
    this.countTimer = setTimeout(() => this.showCount(), 300)
  }
  showCount() { this.words.textContent = t('words', { n: number(countWords(this.view.state.doc)) }) }

  // Puts another text in as one step of undo, and other values in the fields.
  load(body, fields) {
    const doc = fromJSON(body)
    const { state } = this.view
    this.view.dispatch(closeHistory(state.tr).replaceWith(0, state.doc.content.size, doc.content))
    for (const [name, value] of Object.entries(fields || {})) {
      const e = this.form.elements[name]
      if (!e || ['csrf', 'base', 'body_json', 'plain'].includes(name)) continue
      if (e.type === 'checkbox') e.checked = !!value
      else if (e.type === 'select-multiple') for (const o of e.options) o.selected = [].concat(value).includes(o.value)
      else e.value = value
    }
  }

  pastePlugin() {
    const form = this.form
    const lost = (n) => this.notice(t('pictures_missing', { n }))
    return new Plugin({
      props: {
        transformPastedHTML: (html) => cleanHTML(html, lost),
        transformPastedText: (text) => cleanText(text),
        clipboardTextParser: (text, $context) => plainSlice(text, $context, $context.marks()),
        transformPasted: (slice, view) => fitPlace(slice, view.state.selection.$from),
        handlePaste: (view, e, slice) => {
          const files = [...(e.clipboardData?.files || [])].filter(takes)
          const html = e.clipboardData?.getData('text/html')
          /* Word puts a picture of the text beside the text: the text is what was meant. */
          if (files.length && !(html && slice.content.textBetween(0, slice.content.size, ' ').trim())) {
            startUploads(view, form, files, view.state.selection.from)
            return true
          }
          return pasteWithPictures(view, form, slice)
        },
        handleDrop: (view, e, slice) => {
          const files = [...(e.dataTransfer?.files || [])]
          const to = view.posAtCoords({ left: e.clientX, top: e.clientY })
          if (!files.length) {
            if (!to || !holdsPictures(slice)) return false
            view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(to.pos))))
            return pasteWithPictures(view, form, slice)
          }
          e.preventDefault()
          const refused = files.filter((f) => !takes(f))
          if (refused.length) this.notice(t('file_refused', { name: refused.map((f) => f.name).join(', ') }))
          const good = files.filter(takes)
          if (good.length) startUploads(view, form, good, to ? to.pos : view.state.selection.from)
          return true
        },
        handleClick: (view, pos, e) => {
          const a = e.target.closest?.('a[href]')
          if (a && (e.ctrlKey || e.metaKey)) { open(a.href, '_blank', 'noopener'); return true }
          return false
        },
      },
    })
  }
  notice(text) {
    const box = el('div', { class: 'notice warn', role: 'status' }, el('p', {}, text), button(t('close'), () => box.remove()))
    this.notices.append(box)
  }

  toggleFull() {
    this.full = !this.full
    this.root.classList.toggle('ed-full', this.full)
    document.documentElement.classList.toggle('ed-locked', this.full)
    this.toolbar.full.textContent = t(this.full ? 'full_leave' : 'full')
    this.fitFull()
    this.view.focus()
  }
  // On a phone the keyboard takes half the window: the editor takes exactly what is left, so its bar never lies over the text.
  fitFull() {
    const v = window.visualViewport
    this.root.style.height = this.full && v ? v.height + 'px' : ''
    this.root.style.top = this.full && v ? v.offsetTop + 'px' : ''
  }
}

for (const form of document.querySelectorAll('form[data-editor]')) {
  try {
    form.editor = new Editor(form)
  } catch (e) {
    /* A text that this editor cannot show stays in the plain form, untouched. */
    form.querySelector('[data-body-plain]')?.closest('.field')?.removeAttribute('hidden')
    console.error(e)
  }
}
