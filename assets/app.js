/* Every page. Nothing here is needed to read, search or send: without it the buttons marked `hidden` stay hidden.
 * Words come from data attributes, so that they are translated with the page. */
(function () {
  'use strict'
  const root = document.documentElement
  root.classList.add('js')

  /* The text size is a matter of this browser alone; it is never sent anywhere. */
  const sizes = ['1', '2', '3']
  const stored = () => { try { return localStorage.getItem('text') || '1' } catch { return '1' } }
  const setSize = (n) => { if (n === '1') delete root.dataset.text; else root.dataset.text = n }
  setSize(stored())

  let toastTimer
  function toast(text) {
    let box = document.querySelector('.toast')
    if (!box) {
      box = document.createElement('p')
      box.className = 'toast'
      box.setAttribute('role', 'status')
      document.body.append(box)
    }
    box.hidden = false
    box.textContent = text
    clearTimeout(toastTimer)
    toastTimer = setTimeout(() => { box.hidden = true }, 4000)
  }

  function nextSize(button) {
    const n = sizes[(sizes.indexOf(stored()) + 1) % sizes.length]
    try { localStorage.setItem('text', n) } catch { /* private window: the size holds for this page */ }
    setSize(n)
    const names = (button.dataset.done || '').split('|')
    if (names[n - 1]) toast(names[n - 1])
  }

  async function share(button) {
    const url = new URL(button.dataset.url || location.href, location.href).href
    try {
      if (navigator.share) return await navigator.share({ title: button.dataset.title || document.title, url })
      await navigator.clipboard.writeText(url)
      toast(button.dataset.done || url)
    } catch (e) {
      if (e.name !== 'AbortError') toast(url)
    }
  }

  const acts = { 'text-size': nextSize, share, print: () => print() }

  function start() {
    for (const b of document.querySelectorAll('[data-act]')) b.hidden = false
    document.addEventListener('click', (e) => {
      const b = e.target.closest('[data-act]')
      if (b && acts[b.dataset.act]) acts[b.dataset.act](b)
      const menu = document.querySelector('.menu[open]')
      if (menu && !menu.contains(e.target)) menu.open = false
    })
    document.addEventListener('keydown', (e) => {
      const menu = document.querySelector('.menu[open]')
      if (e.key !== 'Escape' || !menu) return
      menu.open = false
      menu.querySelector('summary').focus()
    })
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
  else start()
})()
