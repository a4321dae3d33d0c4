// The bar over the text and the small panels under it. Every button has its word; the bar is one stop of the Tab key.
import { undo, redo, undoDepth, redoDepth } from 'prosemirror-history'
import * as c from './commands.js'
import { insertNote } from './note.js'
import { startUploads } from './media.js'
import { finder, setQuery, step } from './find.js'
import { hrefAllowed } from './schema.js'
import { el, button, labelled } from './dom.js'
import { t, number } from './words.js'

export class Toolbar {
  constructor(root, form, { toggleFull }) {
    this.root = root
    this.form = form
    this.toggleFull = toggleFull
    this.items = []
    this.panel = el('div', { class: 'ed-panel', hidden: true })
    this.bar = el('div', { class: 'ed-bar', role: 'toolbar', 'aria-label': t('toolbar'), onkeydown: (e) => this.arrows(e) })
    this.tableBar = el('div', { class: 'ed-bar ed-bar-table', role: 'toolbar', 'aria-label': t('table_tools'), hidden: true, onkeydown: (e) => this.arrows(e) })
  }

  attach(view) {
    this.view = view
    if (view.editable) this.editing()
    this.find = this.add(this.bar, t('find'), () => this.openFind(), { key: 'Ctrl+F' })
    if (view.editable) this.add(this.bar, t('keys'), () => this.openKeys(), { key: 'Ctrl+/' })
    this.full = this.add(this.bar, t('full'), () => this.toggleFull())
    this.bar.querySelectorAll('button,select').forEach((b, i) => { b.tabIndex = i ? -1 : 0 })
    this.update()
  }

  editing() {
    const group = (...names) => names.map((f) => f())
    const sep = () => this.bar.append(el('span', { class: 'ed-sep', 'aria-hidden': 'true' }))
    this.block = el('select', { class: 'ed-block', 'aria-label': t('block'), onchange: () => { this.run(c.setBlock(this.block.value)) } },
      ...['paragraph', 'heading2', 'heading3', 'heading4', 'paragraph_center', 'paragraph_right'].map((v) => el('option', { value: v }, t(v))))
    this.bar.append(this.block)
    for (const [name, key] of [['bold', 'Ctrl+B'], ['italic', 'Ctrl+I'], ['underline', 'Ctrl+U']])
      this.add(this.bar, t(name + '_short'), () => this.run(c.mark(name)), { label: t(name), key, cls: 'ed-' + name, on: (s) => c.markActive(s, name), can: c.mark(name) })
    sep()
    this.add(this.bar, t('link'), () => this.openLink(), { key: 'Ctrl+K', on: (s) => !!c.linkAt(s) })
    this.add(this.bar, t('bullets'), () => this.run(c.toggleList('bullet_list')), { key: 'Ctrl+Shift+8', on: (s) => c.inNode(s, 'bullet_list') })
    this.add(this.bar, t('numbers'), () => this.run(c.toggleList('ordered_list')), { key: 'Ctrl+Shift+7', on: (s) => c.inNode(s, 'ordered_list') })
    this.add(this.bar, t('quote'), () => this.run(c.toggleWrap('quote')), { on: (s) => c.inNode(s, 'quote') })
    this.add(this.bar, t('box'), () => this.run(c.toggleWrap('box')), { on: (s) => c.inNode(s, 'box') })
    sep()
    this.file = el('input', { type: 'file', class: 'sr', tabindex: -1, multiple: true, accept: 'image/*,audio/*,video/*', 'aria-label': t('upload'), onchange: () => {
      if (this.file.files.length) startUploads(this.view, this.form, [...this.file.files], this.view.state.selection.from)
      this.file.value = ''
    } })
    this.bar.append(this.file)
    this.add(this.bar, t('upload'), () => this.file.click())
    this.add(this.bar, t('table'), () => this.run(c.insertTable()), { can: c.insertTable() })
    this.add(this.bar, t('note'), () => this.run(insertNote), { key: 'Ctrl+Alt+F', can: insertNote, keepFocus: true })
    sep()
    this.add(this.bar, t('undo'), () => this.run(undo), { key: 'Ctrl+Z', can: (s) => undoDepth(s) > 0 })
    this.add(this.bar, t('redo'), () => this.run(redo), { key: 'Ctrl+Y', can: (s) => redoDepth(s) > 0 })
    this.add(this.bar, t('superscript'), () => this.run(c.mark('superscript')), { on: (s) => c.markActive(s, 'superscript') })
    this.add(this.bar, t('subscript'), () => this.run(c.mark('subscript')), { on: (s) => c.markActive(s, 'subscript') })
    this.add(this.bar, t('clear'), () => this.run(c.clearFormatting), { key: 'Ctrl+\\' })
    for (const [name, command] of Object.entries(c.table)) this.add(this.tableBar, t(name), () => this.run(command), { can: command })
    this.tableBar.querySelectorAll('button').forEach((b, i) => { b.tabIndex = i ? -1 : 0 })
    return group
  }

  add(bar, text, act, { label, key, cls = '', on, can, keepFocus } = {}) {
    const name = label || text
    const b = button(text, () => { if (b.getAttribute('aria-disabled') !== 'true') act(keepFocus) }, 'ed-btn ' + cls, { title: key ? `${name} (${key})` : name, 'aria-label': label ? name : null })
    b.addEventListener('mousedown', (e) => e.preventDefault()) /* the text keeps its selection */
    if (on) b.setAttribute('aria-pressed', 'false')
    bar.append(b)
    this.items.push({ b, on, can })
    return b
  }
  run(command) {
    command(this.view.state, this.view.dispatch, this.view)
    if (command !== insertNote) this.view.focus()
  }
  arrows(e) {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(e.key) || e.target.tagName === 'SELECT' && !e.key.startsWith('Arrow')) return
    const all = [...e.currentTarget.querySelectorAll('button,select')]
    const at = all.indexOf(e.target)
    const next = e.key === 'Home' ? all[0] : e.key === 'End' ? all.at(-1) : all[(at + (e.key === 'ArrowRight' ? 1 : -1) + all.length) % all.length]
    e.preventDefault()
    all.forEach((b) => { b.tabIndex = b === next ? 0 : -1 })
    next.focus()
  }
  update() {
    const { state } = this.view
    for (const { b, on, can } of this.items) {
      if (on) b.setAttribute('aria-pressed', String(!!on(state)))
      if (can) b.setAttribute('aria-disabled', String(!can(state)))
    }
    if (this.block) this.block.value = c.blockName(state) || this.block.value
    this.tableBar.hidden = !this.view.editable || !c.isInTable(state)
    if (this.count) this.showCount()
  }

  /* ---- panels ----------------------------------------------------------------------------------------------------- */

  show(kind, ...children) {
    this.panel.replaceChildren(...children, button(t('close'), () => this.hide(), 'btn quiet'))
    this.panel.dataset.kind = kind
    this.panel.hidden = false
    this.panel.onkeydown = (e) => { if (e.key === 'Escape') { e.stopPropagation(); this.hide() } }
  }
  hide() {
    if (this.panel.dataset.kind === 'find') setQuery(this.view, '')
    this.count = null
    this.panel.hidden = true
    this.panel.replaceChildren()
    this.view.focus()
  }
  openLink() {
    const input = el('input', { type: 'text', inputmode: 'url', value: c.linkAt(this.view.state), placeholder: 'https://', autocomplete: 'off', onkeydown: (e) => { if (e.key === 'Enter') { e.preventDefault(); set() } } })
    const wrong = el('span', { class: 'error', role: 'alert', hidden: true }, t('link_wrong'))
    const set = () => {
      let href = input.value.trim().normalize('NFC')
      if (/^[^/:#\s]+\.[a-z]{2,}(\/|$)/i.test(href)) href = 'https://' + href
      if (href && (!hrefAllowed(href) || /[\s"<>\\]/.test(href))) { wrong.hidden = false; return input.focus() }
      this.run(c.setLink(href))
      this.hide()
    }
    this.show('link', labelled(t('link_address'), input), button(t('link_set'), set, 'btn main'), button(t('link_remove'), () => { this.run(c.setLink('')); this.hide() }), wrong)
    input.select()
  }
  openFind() {
    const input = el('input', { type: 'search', autocomplete: 'off', oninput: () => { setQuery(this.view, input.value); step(this.view, 0) }, onkeydown: (e) => { if (e.key === 'Enter') { e.preventDefault(); step(this.view, e.shiftKey ? -1 : 1); input.focus() } } })
    const count = el('span', { class: 'meta', role: 'status' })
    this.show('find', labelled(t('find'), input), count, button(t('find_previous'), () => step(this.view, -1)), button(t('find_next'), () => step(this.view, 1)))
    this.count = count
    input.focus()
  }
  showCount() {
    const { query, hits, at } = finder.getState(this.view.state)
    this.count.textContent = !query ? '' : hits.length ? t('find_count', { at: number(Math.max(0, at) + 1), n: number(hits.length) }) : t('find_none')
  }
  openKeys() {
    if (this.panel.dataset.kind === 'keys' && !this.panel.hidden) return this.hide()
    const keys = [['bold', 'Ctrl+B'], ['italic', 'Ctrl+I'], ['underline', 'Ctrl+U'], ['heading2', 'Ctrl+Alt+2'], ['heading3', 'Ctrl+Alt+3'], ['heading4', 'Ctrl+Alt+4'], ['paragraph', 'Ctrl+Alt+0'],
      ['bullets', 'Ctrl+Shift+8'], ['numbers', 'Ctrl+Shift+7'], ['deeper', 'Tab'], ['higher', 'Shift+Tab'], ['link', 'Ctrl+K'], ['note', 'Ctrl+Alt+F'], ['hard_break', 'Shift+Enter'],
      ['clear', 'Ctrl+\\'], ['find', 'Ctrl+F'], ['undo', 'Ctrl+Z'], ['redo', 'Ctrl+Y'], ['save_now', 'Ctrl+S'], ['to_toolbar', 'Alt+F10'], ['leave_text', 'Esc, Tab'], ['keys', 'Ctrl+/']]
    this.show('keys', el('dl', { class: 'ed-keys' }, ...keys.map(([name, key]) => el('div', {}, el('dt', {}, t(name)), el('dd', {}, el('kbd', {}, key))))))
    this.panel.querySelector('button').focus()
  }
}
