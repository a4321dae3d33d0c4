// Saving by itself: 1.5 s after the last change, every 20 s while typing; what the server does not have yet is in keep.js.
import { toJSON, fromJSON } from './schema.js'
import { keep, keepKey, forget, left, holdTab, thisTab } from './keep.js'
import { el, button } from './dom.js'
import { t, clock, day } from './words.js'

const pause = 1500
const longest = 20000

const sorted = (v) => Array.isArray(v) ? v.map(sorted) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])])) : v
const canonical = (v) => JSON.stringify(sorted(v))

export class Saver {
  // `doc()` gives the document, `load(json, fields)` puts one in; `state` is the line that says saved or not, `place` takes notices.
  constructor(form, { doc, load, state, place }) {
    Object.assign(this, { form, doc, load, state, place })
    this.base = +form.dataset.base || 0
    this.path = form.dataset.save
    this.person = document.documentElement.dataset.user || ''
    this.version = 0 /* of what is on screen */
    this.savedVersion = 0
    this.keptKey = null
    this.tries = 0
    this.stopped = false /* by a conflict, until someone chooses */
    this.say('saved_idle')
  }

  get dirty() { return this.version !== this.savedVersion }
  fields() {
    const out = {}
    for (const e of this.form.elements) {
      if (!e.name || e.disabled || ['csrf', 'base', 'plain', 'body_json'].includes(e.name) || ['submit', 'button', 'file', 'password'].includes(e.type)) continue
      if ((e.type === 'checkbox' || e.type === 'radio') && !e.checked) { if (e.type === 'checkbox' && !(e.name in out)) out[e.name] = ''; continue }
      const value = e.type === 'select-multiple' ? [...e.selectedOptions].map((o) => o.value) : e.value.normalize('NFC')
      if (e.name in out && out[e.name] !== '' && e.type === 'checkbox') out[e.name] = [].concat(out[e.name], value)
      else out[e.name] = value
    }
    return out
  }

  start() {
    holdTab()
    this.form.addEventListener('input', (e) => { if (e.target.name && e.target.name !== 'body_json') this.changed() })
    this.form.addEventListener('change', (e) => { if (e.target.name && e.target.name !== 'body_json') this.changed() })
    addEventListener('beforeunload', (e) => { if (this.dirty) e.preventDefault() })
    addEventListener('online', () => this.dirty && this.save())
    addEventListener('focus', () => this.signedOut && this.save())
    document.addEventListener('visibilitychange', () => document.hidden && this.dirty && !this.stopped && this.save())
    document.addEventListener('submit', (e) => this.beforeSubmit(e), true)
    document.addEventListener('click', (e) => this.beforeLeaving(e))
    this.offerKept()
  }

  changed() {
    this.version++
    this.keepSoon()
    if (this.stopped) return
    if (!this.signedOut && !this.failing) this.say('unsaved')
    this.firstChange ??= Date.now()
    if (this.failing) return /* the retry in hand takes the newest text */
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(pause, this.firstChange + longest - Date.now())))
  }

  /* ---- this machine ----------------------------------------------------------------------------------------------- */

  keepSoon() {
    if (this.keeping) { this.keepAgain = true; return this.keeping }
    const key = keepKey(this.person, this.path, this.base)
    const old = this.keptKey
    this.keptKey = key
    const start = performance.now()
    const record = { key, person: this.person, path: this.path, tab: thisTab, base: this.base, at: Date.now(), fields: this.fields(), body: toJSON(this.doc()) }
    this.keepCost = performance.now() - start
    this.keeping = keep(record)
      .then(() => old && old !== key ? forget(old) : null)
      .catch(() => { this.keepFailed = true })
      /* A long text takes a while to write down: then not after every letter, but never later than it takes ten times. */
      .then(() => new Promise((done) => setTimeout(done, Math.min(1000, 10 * this.keepCost))))
      .then(() => { this.keeping = null; if (this.keepAgain) { this.keepAgain = false; return this.keepSoon() } })
    return this.keeping
  }
  async forgetKept() {
    while (this.keeping) await this.keeping
    if (this.dirty || !this.keptKey) return
    const key = this.keptKey
    this.keptKey = null
    await forget(key).catch(() => {})
  }
  async offerKept() {
    const same = (r) => JSON.stringify([r.body, r.fields]) === JSON.stringify([toJSON(this.doc()), this.fields()])
    let found = []
    try { found = await left(this.person, this.path) } catch { return }
    for (const r of found.filter(same)) await forget(r.key)
    for (const r of found.filter((r) => !same(r)).slice(0, 3)) this.offer(r)
  }
  offer(record) {
    const box = el('div', { class: 'notice warn', role: 'status' }, el('p', {}, t('kept_offer', { time: day(record.at) })),
      button(t('kept_take'), () => {
        box.remove()
        this.base = record.base /* if someone saved since, the save that follows shows both */
        this.load(record.body, record.fields)
        this.changed()
        this.taken = record.key
      }, 'btn main'),
      button(t('kept_drop'), () => { box.remove(); forget(record.key) }))
    this.place.append(box)
  }

  /* ---- the server -------------------------------------------------------------------------------------------------- */

  save() {
    this.saving ??= this.saveNow().finally(() => { this.saving = null; if (this.dirty && !this.stopped && !this.failing && !this.signedOut && !this.invalid) this.changedWhileSaving() })
    return this.saving
  }
  changedWhileSaving() { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), pause) }

  async saveNow() {
    if (!this.dirty || this.stopped) return true
    clearTimeout(this.timer)
    const version = this.version
    this.firstChange = null
    if (!this.failing) this.say('saving')
    let answer, json
    const sent = { fields: this.fields(), body: toJSON(this.doc()) }
    this.unheard = [...(this.unheard || []).slice(-4), canonical(sent)]
    try {
      answer = await fetch(this.form.dataset.save, {
        method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(30000),
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': this.form.dataset.csrf || '' },
        body: JSON.stringify({ base: this.base, ...sent }),
      })
      json = await answer.json().catch(() => null)
    } catch {
      return this.offline()
    }
    if (answer.status === 409 && json && this.isMine(json.theirs, sent)) { this.base = json.head; this.unheard = []; return this.saveNow() }
    if (answer.status === 409 && json) return this.conflict(json)
    if (answer.status === 422 && json) return this.refused(json.errors || {}, version)
    if (answer.status === 401 || answer.status === 403 || answer.type === 'opaqueredirect') return this.mustSignIn()
    if (!answer.ok || !json) return this.offline(answer.status)
    this.saved(json, version)
    return true
  }

  // The newer text may be my own, whose answer was lost on the way: then there is nothing to choose.
  isMine(theirs, sent) {
    if (!theirs?.body) return false
    const fields = Object.fromEntries(Object.keys(sent.fields).map((name) => [name, theirs.fields?.[name] ?? sent.fields[name]]))
    return this.unheard.includes(canonical({ fields, body: theirs.body }))
  }

  saved(json, version) {
    this.unheard = []
    if (json.revision) this.base = json.revision
    if (this.form.elements.base) this.form.elements.base.value = this.base
    this.savedVersion = version
    this.failing = this.signedOut = this.invalid = false
    this.tries = 0
    this.showErrors({})
    const at = typeof json.saved_at === 'number' ? json.saved_at * 1000 : Date.parse(json.saved_at) || Date.now()
    if (this.dirty) return this.say('unsaved')
    this.say('saved', { time: clock(at) })
    if (this.taken) { forget(this.taken).catch(() => {}); this.taken = null }
    this.forgetKept()
  }

  // No network, or a server in trouble: the text is on this machine; ask again after 2, 4, 8 … 60 s.
  offline(status) {
    this.failing = true
    this.say(this.keepFailed ? 'offline_not_kept' : status ? 'server_trouble' : 'offline')
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), Math.min(60000, 2000 * 2 ** this.tries++))
    return false
  }

  // The session ended. A fresh sign-in in another tab gives a new token: it is read from this page's own address.
  async mustSignIn() {
    if (await this.newToken()) return this.saveNow()
    this.signedOut = true
    this.failing = false
    this.say('signed_out')
    this.state.append(' ', el('a', { href: this.form.dataset.signIn || '/dang-nhap', target: '_blank', rel: 'noopener', class: 'link' }, t('sign_in')))
    return false
  }
  async newToken() {
    try {
      const r = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual' })
      if (!r.ok) return false
      const fresh = new DOMParser().parseFromString(await r.text(), 'text/html').querySelector('form[data-editor]')?.dataset.csrf
      if (!fresh || fresh === this.form.dataset.csrf) return false
      this.form.dataset.csrf = fresh
      for (const e of document.querySelectorAll('input[name=csrf]')) e.value = fresh
      return true
    } catch {
      return false
    }
  }

  refused(errors) {
    this.invalid = true
    this.failing = this.signedOut = false
    this.showErrors(errors)
    this.say('refused')
    if (errors.body) this.state.append(' ' + errors.body)
    return false
  }
  showErrors(errors) {
    for (const e of this.form.querySelectorAll('.error[data-from-save]')) {
      const field = e.closest('.field, fieldset')
      field?.classList.remove('bad')
      field?.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid')
      e.remove()
    }
    for (const [name, message] of Object.entries(errors)) {
      const found = this.form.elements[name]
      const input = found instanceof RadioNodeList ? found[0] : found
      const field = input?.closest('.field, fieldset')
      if (!field || name === 'body') continue
      const id = 'loi-' + name
      field.classList.add('bad')
      input.setAttribute('aria-invalid', 'true')
      input.setAttribute('aria-describedby', id)
      field.append(el('p', { class: 'error', id, 'data-from-save': true }, message))
    }
  }

  /* ---- two people -------------------------------------------------------------------------------------------------- */

  conflict(json) {
    this.stopped = true
    this.failing = false
    this.say('conflict')
    this.keepSoon()
    const theirs = json.theirs || {}
    const text = (body) => {
      const div = el('div', { class: 'text' })
      try { fromJSON(body).forEach((n) => div.append(el(n.type.name === 'heading' ? 'h3' : 'p', {}, n.textBetween(0, n.content.size, ' · ', ' ')))) } catch { div.append(t('conflict_unreadable')) }
      return div
    }
    const titles = (fields) => el('p', {}, el('b', {}, fields?.title || ''))
    const close = () => { this.stopped = false; box.remove() }
    const box = el('section', { class: 'ed-conflict panel', role: 'alertdialog', 'aria-label': t('conflict'), tabindex: -1 },
      el('p', {}, t('conflict_what', { who: json.who || '' })),
      el('div', { class: 'compare' },
        el('section', { class: 'panel' }, el('h2', {}, t('conflict_mine')), titles(this.fields()), text(toJSON(this.doc())),
          el('p', { class: 'actions' }, button(t('keep_mine'), () => { this.base = json.head; close(); this.save() }, 'btn main'))),
        el('section', { class: 'panel' }, el('h2', {}, t('conflict_theirs', { who: json.who || '' })), titles(theirs.fields), text(theirs.body || {}),
          el('p', { class: 'actions' }, theirs.body ? button(t('take_theirs'), () => this.takeTheirs(json, close)) : null))),
      json.compare ? el('p', {}, el('a', { class: 'link', href: json.compare, target: '_blank', rel: 'noopener' }, t('compare'))) : null)
    this.place.append(box)
    box.focus()
    box.scrollIntoView({ block: 'nearest' })
    return false
  }
  // My text stays in the browser as something to take back, and one undo away.
  async takeTheirs(json, close) {
    const mine = { person: this.person, path: this.path, tab: thisTab + '-aside', base: json.head, at: Date.now(), fields: this.fields(), body: toJSON(this.doc()) }
    mine.key = keepKey(this.person, this.path, json.head) + '|aside' + mine.at
    await keep(mine).catch(() => {})
    this.base = json.head
    this.load(json.theirs.body, json.theirs.fields)
    close()
    this.version++
    this.savedVersion = this.version
    if (this.form.elements.base) this.form.elements.base.value = this.base
    this.say('took_theirs')
    await this.forgetKept()
    this.offer(mine)
  }

  /* ---- leaving ----------------------------------------------------------------------------------------------------- */

  // Another button of this page (send to review, accept) waits until the text is saved.
  beforeSubmit(e) {
    if (e.target === this.form) this.fillIn()
    if (!this.dirty || e.target.method !== 'post' || e.target.dataset.flushed) return
    e.preventDefault()
    e.stopImmediatePropagation()
    const { target, submitter } = e
    this.save().then(() => this.dirty ? this.save() : true).then(() => {
      if (this.dirty) return this.state.scrollIntoView({ block: 'nearest' })
      if (target === this.form) this.fillIn()
      target.requestSubmit(submitter?.form === target ? submitter : undefined)
    })
  }
  fillIn() {
    const body = this.form.elements.body_json
    if (body) body.value = JSON.stringify(toJSON(this.doc()))
  }
  beforeLeaving(e) {
    const a = e.target.closest?.('a[href]')
    if (!a || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || a.target || a.download || !this.dirty || a.closest('.ProseMirror')) return
    if (a.origin !== location.origin || (a.pathname === location.pathname && a.hash)) return
    e.preventDefault()
    Promise.race([this.save(), new Promise((done) => setTimeout(done, 3000))]).then(() => { location.href = a.href })
  }

  say(key, values) {
    this.form.dataset.saveState = key
    const text = t(key, values)
    if (this.state.textContent !== text) this.state.textContent = text
  }
}

