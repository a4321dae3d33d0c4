/* Work pages: ordering, upload with progress, typed text kept until it is saved, who else is here.
 * Everything falls back to the page's plain forms. Words come from data attributes. */
(function () {
  'use strict'
  const csrf = (form) => form.dataset.csrf || (form.elements.csrf && form.elements.csrf.value) || ''

  /* ---- one press, one request ---------------------------------------------------------------------------------- */

  document.addEventListener('submit', (e) => {
    const form = e.target
    if (e.defaultPrevented || form.method !== 'post') return
    if (form.dataset.busy) return e.preventDefault()
    form.dataset.busy = '1'
    setTimeout(() => delete form.dataset.busy, 4000)
  })

  /* ---- order: ol.order in a form; hidden inputs `order` say the order, buttons up and down submit without this ---- */

  function orderList(list) {
    const form = list.closest('form')
    const line = form.querySelector('[data-order-line]')
    const say = (key, item) => {
      if (!line) return
      const n = [...list.children].indexOf(item) + 1
      line.textContent = (list.dataset[key] || '').replace('{n}', n).replace('{name}', item ? item.dataset.name || '' : '')
    }
    let timer
    function save(item) {
      number()
      say('moved', item)
      clearTimeout(timer)
      timer = setTimeout(async () => {
        try {
          const r = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual',
            headers: { accept: 'application/json', 'x-csrf-token': csrf(form) } })
          if (r.type !== 'opaqueredirect' && !r.ok) throw new Error(r.status)
          /* The forms of the page go on from what was saved. */
          const base = r.ok && (await r.json().catch(() => ({}))).base
          if (base) document.querySelectorAll('input[name=base]').forEach((input) => { input.value = base })
          say('saved', item)
        } catch {
          say('failed', item)
        }
      }, 600)
    }
    function number() {
      ;[...list.children].forEach((li, i, all) => {
        const pos = li.querySelector('[data-pos]')
        if (pos) pos.textContent = i + 1
        const [up, down] = li.querySelectorAll('.moves button')
        if (up) up.setAttribute('aria-disabled', i === 0)
        if (down) down.setAttribute('aria-disabled', i === all.length - 1)
      })
    }
    list.addEventListener('click', (e) => {
      const b = e.target.closest('.moves button')
      if (!b) return
      e.preventDefault()
      const li = b.closest('li')
      if (b.name === 'up' && li.previousElementSibling) li.previousElementSibling.before(li)
      else if (b.name === 'down' && li.nextElementSibling) li.nextElementSibling.after(li)
      else return
      b.focus()
      save(li)
    })
    list.addEventListener('pointerdown', (e) => {
      const grip = e.target.closest('.grip')
      if (!grip) return
      const li = grip.closest('li')
      const before = [...list.children].indexOf(li)
      e.preventDefault()
      li.classList.add('dragging')
      const move = (ev) => {
        const over = [...list.children].find((x) => { const r = x.getBoundingClientRect(); return ev.clientY >= r.top && ev.clientY < r.bottom })
        if (!over || over === li) return
        const r = over.getBoundingClientRect()
        if (ev.clientY < r.top + r.height / 2) over.before(li)
        else over.after(li)
      }
      const end = () => {
        document.removeEventListener('pointermove', move)
        document.removeEventListener('pointerup', end)
        document.removeEventListener('pointercancel', end)
        li.classList.remove('dragging')
        if ([...list.children].indexOf(li) !== before) save(li)
      }
      /* On the document: moving the item in the list would end a capture. */
      document.addEventListener('pointermove', move)
      document.addEventListener('pointerup', end)
      document.addEventListener('pointercancel', end)
    })
    list.addEventListener('keydown', (e) => {
      const grip = e.target.closest('.grip')
      if (!grip || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return
      e.preventDefault()
      const li = grip.closest('li')
      const other = e.key === 'ArrowUp' ? li.previousElementSibling : li.nextElementSibling
      if (!other) return
      if (e.key === 'ArrowUp') other.before(li)
      else other.after(li)
      grip.focus()
      save(li)
    })
    number()
  }

  /* ---- upload: form[data-drop] with a file input; answers {"location"} or {"error"}, or a plain redirect ---------- */

  function dropZone(form) {
    const zone = form.querySelector('.drop') || form
    const input = form.querySelector('input[type=file]')
    const bar = form.querySelector('progress')
    const line = form.querySelector('[data-drop-line]')
    const tooLarge = () => [...input.files].filter((f) => f.size > +form.dataset.limit).map((f) => f.name).join(', ')
    const say = (text, bad) => { if (line) { line.textContent = text; line.classList.toggle('error', !!bad) } }
    for (const type of ['dragenter', 'dragover']) zone.addEventListener(type, (e) => { e.preventDefault(); zone.classList.add('over') })
    for (const type of ['dragleave', 'drop']) zone.addEventListener(type, (e) => { e.preventDefault(); zone.classList.remove('over') })
    zone.addEventListener('drop', (e) => {
      if (!e.dataTransfer.files.length) return
      input.files = e.dataTransfer.files
      say([...input.files].map((f) => f.name).join(', '))
      if (form.dataset.drop === 'now') form.requestSubmit()
    })
    form.addEventListener('submit', (e) => {
      if (!input.files.length) return
      e.preventDefault()
      const large = tooLarge()
      if (large) return say((form.dataset.tooLarge || '').replace('{name}', large), true)
      const xhr = new XMLHttpRequest()
      xhr.open('POST', form.action)
      xhr.setRequestHeader('accept', 'application/json')
      xhr.setRequestHeader('x-csrf-token', csrf(form))
      if (bar) { bar.hidden = false; bar.value = 0 }
      xhr.upload.onprogress = (p) => { if (bar && p.lengthComputable) { bar.max = p.total; bar.value = p.loaded } if (p.loaded === p.total) say(form.dataset.reading || '') }
      const failed = (text) => { if (bar) bar.hidden = true; say(text || form.dataset.failed || '', true) }
      xhr.onerror = () => failed()
      xhr.onload = () => {
        let answer = null
        try { answer = JSON.parse(xhr.responseText) } catch { /* a page, not JSON: go where it is */ }
        if (answer && answer.location) location.href = answer.location
        else if (xhr.status < 300 && !answer) location.href = xhr.responseURL
        else failed(answer && answer.error)
      }
      say(form.dataset.sending || '')
      xhr.send(new FormData(form))
    })
  }

  /* ---- [data-live=url]: work on the server; shown anew every 2 s until the new one is no longer live ---------------- */

  async function live(el) {
    for (;;) {
      await new Promise((done) => setTimeout(done, 2000))
      if (document.hidden) continue
      try {
        const r = await fetch(el.dataset.live)
        const fresh = r.ok && new DOMParser().parseFromString(await r.text(), 'text/html').getElementById(el.id)
        const typing = el.contains(document.activeElement) && document.activeElement.matches('input')
        const typed = [...el.querySelectorAll('input')].some((i) => i.type !== 'hidden' && i.value !== i.defaultValue)
        if (!fresh || typing || typed || el.querySelector('details[open]')) continue
        const next = document.adoptNode(fresh)
        el.replaceWith(next)
        el = next
        if (!el.dataset.live) return
      } catch { /* offline: the next turn asks again */ }
    }
  }

  /* ---- typed text is kept in this browser until a signed-in page has taken it ------------------------------------- */

  const user = document.documentElement.dataset.user || ''
  const prefix = 'kept:'
  const keptKeys = () => { try { return Object.keys(localStorage).filter((k) => k.startsWith(prefix)) } catch { return [] } }
  const read = (k) => { try { return JSON.parse(localStorage.getItem(k)) } catch { return null } }
  const write = (k, v) => { try { localStorage.setItem(k, JSON.stringify(v)) } catch { /* full or forbidden: the form still works */ } }
  const forget = (k) => { try { localStorage.removeItem(k) } catch { /* as above */ } }
  const keepable = (el) => el.name && el.name !== 'csrf' && !el.disabled && !['password', 'hidden', 'file', 'submit', 'button', 'radio', 'checkbox'].includes(el.type)

  function keepForm(form) {
    const key = prefix + user + ':' + location.pathname + ':' + (form.id || form.getAttribute('action'))
    const fields = () => Object.fromEntries([...form.elements].filter(keepable).map((el) => [el.name, el.value]))
    const kept = read(key)
    const now = fields()
    if (kept && !form.querySelector('.error') && Object.keys(kept.fields).some((n) => n in now && kept.fields[n] !== now[n])) offer(form, key, kept.fields)
    form.addEventListener('input', () => write(key, { fields: fields(), at: Date.now() }))
    form.addEventListener('submit', () => write(key, { fields: fields(), at: Date.now(), sent: true }))
  }

  function offer(form, key, fields) {
    const box = document.createElement('div')
    box.className = 'notice warn'
    const text = document.createElement('p')
    text.textContent = form.dataset.keep
    const back = document.createElement('button')
    const drop = document.createElement('button')
    back.type = drop.type = 'button'
    back.className = 'btn main'
    drop.className = 'btn'
    back.textContent = form.dataset.keepBack
    drop.textContent = form.dataset.keepDrop
    back.onclick = () => { for (const [n, v] of Object.entries(fields)) if (form.elements[n] && keepable(form.elements[n])) form.elements[n].value = v; box.remove() }
    drop.onclick = () => { forget(key); box.remove() }
    box.append(text, back, drop)
    form.prepend(box)
  }

  function forgetSent() {
    /* A signed-in page came back after the sending and does not show the form's errors: the server has the text. */
    if (document.querySelector('.error, .errors')) return
    for (const k of keptKeys()) {
      const kept = read(k)
      if (!user) { /* the sign-in page came instead: what was sent did not arrive */
        if (kept) write(k, { ...kept, sent: false })
        continue
      }
      if (!kept || (kept.sent && k.startsWith(prefix + user + ':')) || Date.now() - kept.at > 14 * 864e5) forget(k)
    }
  }

  /* ---- who else has this open: [data-presence=url] answers {"text": "..."} ---------------------------------------- */

  function presence(el) {
    async function ask() {
      if (document.hidden) return
      try {
        const r = await fetch(el.dataset.presence, { method: 'POST', headers: { accept: 'application/json', 'x-csrf-token': csrf(el) } })
        const line = document.querySelector('[data-presence-line]')
        if (r.ok && line) { const text = (await r.json()).text || ''; if (line.textContent !== text) line.textContent = text }
      } catch { /* offline: the next turn asks again */ }
    }
    setTimeout(ask, 1000)
    setInterval(ask, 20000)
    document.addEventListener('visibilitychange', ask)
  }

  forgetSent()
  document.querySelectorAll('ol.order').forEach(orderList)
  document.querySelectorAll('form[data-drop]').forEach(dropZone)
  document.querySelectorAll('form[data-keep]').forEach(keepForm)
  document.querySelectorAll('[data-presence]').forEach(presence)
  document.querySelectorAll('[data-live]').forEach(live)
  document.querySelectorAll('form[data-sign-out]').forEach((f) => f.addEventListener('submit', () => { keptKeys().forEach(forget); indexedDB.deleteDatabase('bantin-kept') }))
})()
