// The article's editor on a page of its own with a small newsroom behind it that answers, refuses, conflicts or is gone.
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, serveFiles, openPage, picture, root, sizes, expect, expectEqual, expectAccessible, expectFits, expectNoFaults, expectLight, weigh } from './kit.mjs'

const words = JSON.stringify(Object.fromEntries([...readFileSync(join(root, 'locale/vi/editor.po'), 'utf8').matchAll(/^msgid "editor_(\w+)"\nmsgstr (".*")$/gm)].map((m) => [m[1], JSON.parse(m[2])])))
const p = (...content) => ({ type: 'paragraph', ...(content.length ? { content: content.map((c) => typeof c === 'string' ? { type: 'text', text: c } : c) } : {}) })
const doc = (...content) => ({ type: 'doc', content })
const escape = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const hash = (n) => String(n).repeat(64).slice(0, 64)

function pageOf(room) {
  return `<!doctype html><html lang="vi" class="is-work" data-user="5"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Sửa bài · Tòa soạn</title>
<link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/app.css"><link rel="stylesheet" href="/assets/editor.css">
<script src="/assets/app.js" defer></script><script src="/assets/editor.js" defer></script>
<body><a class="skip" href="#main">Đến nội dung</a><header class="bar"><div class="wrap"><a class="name" href="/x">Tòa soạn</a><nav class="nav" aria-label="Chính"><ul><li><a href="/x">Việc của tôi</a></li><li><a href="/x" aria-current="page">Bài</a></li></ul></nav></div></header>
<main class="wrap work" id="main"><div class="head"><h1>Sửa bài</h1><span class="tag">Bản thảo</span></div>
<form id="article-form" method="post" action="/toa-soan/bai/7" data-editor data-save="/toa-soan/bai/7/luu" data-base="${room.head}" data-upload="/toa-soan/bai/7/tep" data-presence="/toa-soan/bai/7/co-mat" data-media="/tep/{media}" data-csrf="${room.token}"${room.readonly ? ' data-readonly' : ''}>
<input type="hidden" name="csrf" value="${room.token}"><input type="hidden" name="base" value="${room.head}">
<div class="ed-fields"><div class="field ed-title"><label for="title">Tên bài</label><input id="title" name="title" value="${escape(room.fields.title)}"></div>
<div class="field ed-stand"><label for="standfirst">Lời dẫn</label><textarea id="standfirst" name="standfirst" rows="2">Một câu dẫn.</textarea></div></div>
<div class="field"><label for="plain">Nội dung</label><textarea id="plain" name="plain" data-body-plain rows="20"></textarea></div>
<textarea name="body_json" hidden aria-label="JSON">${escape(JSON.stringify(room.body))}</textarea>
<p class="actions"><button class="btn main">Lưu</button></p></form>
<template id="editor-words">${words}</template></main></body></html>`
}

// One article's server: keeps every accepted save, and can be told how to behave.
async function newsroom(options = {}) {
  const room = { head: 123, body: doc(p('Đoạn đầu.')), fields: { title: 'Chọn chủ đề' }, token: 'dung', saves: [], uploads: [], submits: [], mode: 'ok', ...options }
  const read = async (req) => { const parts = []; for await (const c of req) parts.push(c); return Buffer.concat(parts) }
  const site = await serveFiles(async (req, res) => {
    const path = new URL(req.url, 'http://x').pathname
    const json = (status, value) => { res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)); return true }
    if (path === '/toa-soan/bai/7' && req.method === 'GET') { res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(room)); return true }
    if (path === '/toa-soan/bai/7') { room.submits.push(new URLSearchParams((await read(req)).toString())); res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Xong</title><p>Xong'); return true }
    if (path === '/favicon.ico') { res.writeHead(204).end(); return true }
    if (path === '/x') { res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Khác</title><p>Trang khác'); return true }
    if (path.startsWith('/tep/')) { res.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#b49a6c"/></svg>'); return true }
    if (path.endsWith('/co-mat')) return json(200, { text: 'Lò Văn Dũng cũng đang mở bài này' })
    if (path.endsWith('/tep')) {
      const body = await read(req)
      if (req.headers['x-csrf-token'] !== room.token) return json(403, { error: 'Phiên đã hết.' })
      const name = (/filename="([^"]*)"/.exec(body.toString('latin1')) || [])[1]
      await room.uploadGate
      if (room.uploadError) { const e = room.uploadError; room.uploadError = null; return json(415, { error: e }) }
      room.uploads.push({ name, size: body.length })
      const kind = /\.mp3$/.test(name) ? 'sound' : 'picture'
      return json(200, { media: hash(room.uploads.length), kind, url: '/tep/' + hash(room.uploads.length), width: 300, height: 200 })
    }
    if (!path.endsWith('/luu')) return false
    const raw = await read(req)
    if (room.mode === 'gone') { req.socket.destroy(); return true }
    if (room.mode === 'busy') { res.writeHead(503).end(); return true }
    if (req.headers['x-csrf-token'] !== room.token) return json(403, {})
    const sent = JSON.parse(raw)
    if (room.errors) return json(422, { errors: room.errors })
    if (sent.base !== room.head) return json(409, { conflict: true, head: room.head, compare: '/toa-soan/bai/7/so-sanh?a=1', who: 'Lò Văn Dũng', theirs: { fields: room.fields, body: room.body } })
    room.saves.push(sent)
    room.body = sent.body
    room.fields = { ...room.fields, ...sent.fields }
    if (room.mode === 'deaf') { room.mode = 'ok'; room.head++; req.socket.destroy(); return true }
    return json(200, { revision: ++room.head, hash: 'x', saved_at: Date.now() / 1000 | 0 })
  })
  return { ...site, room, page: site.url + '/toa-soan/bai/7' }
}

async function withEditor(options, body) {
  const site = await newsroom(options.room)
  try {
    const page = await openPage(site.page, options.page)
    await page.waitForSelector('.ProseMirror')
    await body(page, site.room, site)
    if (!options.faultsAllowed) expectNoFaults(page)
  } finally { await site.stop() }
}
const write = (page) => page.locator('.ed-sheet > .ProseMirror')
const saveState = (page) => page.evaluate(() => document.querySelector('form').dataset.saveState)
async function untilSaved(page, timeout = 8000) { await page.waitForFunction(() => document.querySelector('form').dataset.saveState === 'saved', null, { timeout }) }
async function atEnd(page) { await write(page).click(); await page.keyboard.press('Control+End') }
async function paste(page, data, files = []) {
  await page.evaluate(([data, files]) => {
    const dt = new DataTransfer()
    for (const [type, value] of Object.entries(data)) dt.setData(type, value)
    for (const f of files) dt.items.add(new File([Uint8Array.from(atob(f.base64), (c) => c.charCodeAt(0))], f.name, { type: f.type }))
    document.querySelector('.ed-sheet > .ProseMirror').dispatchEvent(new ClipboardEvent('paste', { clipboardData: dt, bubbles: true, cancelable: true }))
  }, [data, files])
}
const network = { allow: ['Failed to load resource'] }

for (const [width, height] of sizes) {
  for (const dark of [false, true]) {
    test(`the editor at ${width} ${dark ? 'dark' : 'light'} is accessible, fits, and keeps to its bytes`, () => withEditor({
      page: { width, height, dark },
      room: { body: doc({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Một tháng trước buổi sinh hoạt' }] },
        p('Người được phân công gửi đề cương', { type: 'note', content: [{ type: 'text', text: 'Theo mẫu chung.' }] }, ' theo mẫu chung.'),
        { type: 'bullet_list', content: [{ type: 'list_item', content: [p('Việc gì chưa làm được?')] }, { type: 'list_item', content: [p('Vướng ở đâu?')] }] },
        { type: 'figure', attrs: { media: hash(1), credit: 'Chi bộ 3' }, content: [{ type: 'text', text: 'Nhà văn hóa bản' }] },
        { type: 'table', content: [0, 1].map((r) => ({ type: 'table_row', content: ['Quý', 'Chủ đề'].map((w) => ({ type: 'table_cell', ...(r ? {} : { attrs: { header: true } }), content: [p(r ? 'I' : w)] })) })) },
        { type: 'box', content: [p('Ba bước chuẩn bị.')] }, { type: 'quote', content: [p('Có câu hỏi cụ thể thì ý kiến mới cụ thể.')] }, p('Hết.')) },
    }, async (page) => {
      await expectFits(page)
      await expectAccessible(page)
      const sum = await weigh(page)
      expectLight({ ...sum, requests: sum.requests - 1 /* the picture of the text */ }, { html: 15, css: 15, js: 110, font: 50, requests: 10 })
      await picture(page, `editor-${width}-${dark ? 'dark' : 'light'}`)
      await page.locator('td').first().click()
      await expectFits(page)
      await expectAccessible(page)
      await page.locator('.ed-note').click()
      await page.waitForSelector('.ed-note-box')
      await expectFits(page)
      await picture(page, `editor-note-${width}-${dark ? 'dark' : 'light'}`)
    }))
  }
}

test('the tree comes out as it went in, defaults left out', () => {
  const body = doc(
    { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Đề mục' }] },
    { type: 'paragraph', attrs: { align: 'center' }, content: [{ type: 'text', marks: [{ type: 'bold' }], text: 'đậm' }, { type: 'text', marks: [{ type: 'link', attrs: { href: 'https://a.vn/' } }], text: 'trang' }, { type: 'hard_break' }, { type: 'text', text: 'H' }, { type: 'text', marks: [{ type: 'subscript' }], text: '2' }, { type: 'note', content: [{ type: 'text', text: 'Một chú thích' }] }] },
    { type: 'ordered_list', attrs: { start: 3 }, content: [{ type: 'list_item', content: [p('ba'), { type: 'bullet_list', content: [{ type: 'list_item', content: [p('con')] }] }] }] },
    { type: 'quote', content: [p('Lời')] }, { type: 'box', content: [p('Khung')] },
    { type: 'table', content: [{ type: 'table_row', content: [{ type: 'table_cell', attrs: { header: true, colspan: 2 }, content: [p('Đầu')] }] }, { type: 'table_row', content: [{ type: 'table_cell', content: [p('a')] }, { type: 'table_cell', content: [p('b')] }] }] },
    { type: 'figure', attrs: { media: hash(7), alt: 'Nhà sàn', credit: 'Chi bộ 3' }, content: [{ type: 'text', text: 'Lời chú' }] },
    { type: 'sound', attrs: { media: hash(8) } }, { type: 'video', attrs: { media: hash(9), credit: 'Đài' } }, p('Cuối.'))
  return withEditor({ room: { body }, page: network, faultsAllowed: true }, async (page, room) => {
    await page.fill('#title', 'Tên khác')
    await untilSaved(page)
    const sort = (v) => Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v
    expectEqual(sort(room.saves[0].body), sort(body))
    expectEqual(room.saves[0].fields, { title: 'Tên khác', standfirst: 'Một câu dẫn.' })
    expectEqual(room.saves[0].base, 123)
  })
})

test('typing saves by itself with the token and the base of the last answer', () => withEditor({}, async (page, room) => {
  await atEnd(page)
  await page.keyboard.type(' Thêm một câu.')
  await untilSaved(page)
  await page.keyboard.type(' Nữa.')
  expectEqual(await saveState(page), 'unsaved')
  await untilSaved(page)
  expectEqual(room.saves.map((s) => s.base), [123, 124])
  expectEqual(room.body, doc(p('Đoạn đầu. Thêm một câu. Nữa.')))
  expect(/^Đã lưu lúc \d\d:\d\d$/.test(await page.textContent('.ed-state')), await page.textContent('.ed-state'))
  expectEqual(await page.textContent('[data-presence-line]'), 'Lò Văn Dũng cũng đang mở bài này')
}))

test('the page\'s own button waits for the save and sends the newest base and text', () => withEditor({}, async (page, room) => {
  await atEnd(page)
  await page.keyboard.type(' Vội.')
  await page.click('form .btn.main:has-text("Lưu")')
  await page.waitForURL('**/toa-soan/bai/7')
  await page.waitForSelector('text=Xong')
  expectEqual(room.saves.length, 1)
  expectEqual(room.submits[0].get('base'), '124')
  expect(JSON.parse(room.submits[0].get('body_json')).content[0].content[0].text.endsWith('Vội.'), 'body_json is old')
  expect(!room.submits[0].has('plain'), 'the plain field was sent too')
}))

test('leaving by a link saves first', () => withEditor({}, async (page, room) => {
  await atEnd(page)
  await page.keyboard.type(' Trước khi đi.')
  await page.click('.bar .name')
  await page.waitForSelector('text=Trang khác')
  expectEqual(room.saves.length, 1)
}))

test('a newer text of another person is shown beside mine; keeping mine saves over it', () => withEditor({ page: network, faultsAllowed: true }, async (page, room) => {
  room.head = 130
  room.body = doc(p('Bản của người khác.'))
  await atEnd(page)
  await page.keyboard.type(' Của tôi.')
  await page.waitForSelector('.ed-conflict')
  expect((await page.textContent('.ed-conflict')).includes('Bản của người khác.'), 'theirs not shown')
  expect((await page.textContent('.ed-conflict')).includes('Đoạn đầu. Của tôi.'), 'mine not shown')
  await expectAccessible(page)
  await picture(page, 'editor-conflict')
  await page.click('text=Giữ bản của tôi')
  await untilSaved(page)
  expectEqual(room.saves[0].base, 130)
  expectEqual(room.body, doc(p('Đoạn đầu. Của tôi.')))
}))

test('taking the other text keeps mine on this machine and one undo away', () => withEditor({ page: network, faultsAllowed: true }, async (page, room) => {
  room.head = 130
  room.body = doc(p('Bản của người khác.'))
  await atEnd(page)
  await page.keyboard.type(' Của tôi.')
  await page.click('text=Lấy bản này')
  await page.waitForSelector('text=Bản của người khác.')
  await page.waitForSelector('text=Máy này còn giữ chữ chưa lưu')
  await page.click('text=Lấy lại')
  await untilSaved(page)
  expectEqual(room.body, doc(p('Đoạn đầu. Của tôi.')))
}))

test('an answer lost on the way is not taken for another person\'s text', () => withEditor({ page: network, faultsAllowed: true }, async (page, room) => {
  room.mode = 'deaf'
  await atEnd(page)
  await page.keyboard.type(' Đã tới nơi.')
  await untilSaved(page, 15000)
  await page.keyboard.type(' Viết tiếp.')
  await untilSaved(page, 15000)
  expectEqual(await page.locator('.ed-conflict').count(), 0)
  expectEqual(room.body, doc(p('Đoạn đầu. Đã tới nơi. Viết tiếp.')))
}))

test('without network every keystroke is kept, and saved when it is back', () => withEditor({ page: network, faultsAllowed: true }, async (page, room) => {
  room.mode = 'gone'
  await atEnd(page)
  await page.keyboard.type(' Trong lúc mất mạng.')
  await page.waitForFunction(() => document.querySelector('form').dataset.saveState === 'offline')
  expectEqual(await page.textContent('.ed-state'), 'Chưa lưu – mất mạng, chữ vẫn được giữ trên máy này')
  await page.keyboard.type(' Vẫn viết.')
  room.mode = 'ok'
  await untilSaved(page, 15000)
  expectEqual(room.body, doc(p('Đoạn đầu. Trong lúc mất mạng. Vẫn viết.')))
}))

test('text not saved when the page dies is offered when it is opened again', async () => {
  const site = await newsroom({ mode: 'gone' })
  try {
    const page = await openPage(site.page, network)
    await atEnd(page)
    await page.keyboard.type(' Chưa kịp lưu')
    await page.waitForFunction(() => document.querySelector('form').dataset.saveState === 'offline')
    await page.keyboard.type(' chữ cuối.')
    await page.waitForTimeout(300)
    const second = await page.context().newPage()
    await page.close({ runBeforeUnload: false })
    site.room.mode = 'ok'
    await second.goto(site.page)
    await second.waitForSelector('text=Máy này còn giữ chữ chưa lưu')
    await expectAccessible(second)
    await picture(second, 'editor-kept')
    await second.click('text=Lấy lại')
    await untilSaved(second)
    expectEqual(site.room.body, doc(p('Đoạn đầu. Chưa kịp lưu chữ cuối.')))
    await second.waitForTimeout(300)
    await second.reload()
    await second.waitForSelector('.ProseMirror')
    await second.waitForTimeout(300)
    expectEqual(await second.locator('.ed-notices .notice').count(), 0, 'kept text is offered again after it was saved')
  } finally { await site.stop() }
})

test('an ended session says so; a new token is found by itself', () => withEditor({ page: network, faultsAllowed: true }, async (page, room) => {
  await page.route('**/toa-soan/bai/7', (r) => r.request().resourceType() === 'fetch' && room.token !== 'dung' && !room.signedIn ? r.fulfill({ status: 401, body: '' }) : r.continue())
  room.token = 'moi'
  await atEnd(page)
  await page.keyboard.type(' Hết phiên.')
  await page.waitForFunction(() => document.querySelector('form').dataset.saveState === 'signed_out')
  expectEqual(await page.locator('.ed-state a').getAttribute('href'), '/dang-nhap')
  room.signedIn = true
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await untilSaved(page)
  expectEqual(room.body, doc(p('Đoạn đầu. Hết phiên.')))
}))

test('what the server refuses stands beside its field', () => withEditor({ page: network, faultsAllowed: true }, async (page, room) => {
  room.errors = { title: 'Tên bài dài quá 200 chữ.' }
  await page.fill('#title', 'x')
  await page.waitForSelector('.field.bad .error')
  expectEqual(await page.textContent('.field.bad .error'), 'Tên bài dài quá 200 chữ.')
  room.errors = null
  await page.fill('#title', 'Vừa')
  await untilSaved(page)
  expectEqual(await page.locator('.field.bad').count(), 0)
}))

test('every word the sources ask for is among the messages', async () => {
  const dir = join(root, 'assets/editor/src')
  const asked = new Set(readdirSync(dir).flatMap((f) => [...readFileSync(join(dir, f), 'utf8').matchAll(/\b(?:t|say)\('(\w+)'[,)]/g)].map((m) => m[1])))
  expectEqual([...asked].filter((k) => !(k in JSON.parse(words))), [])
})

test('the committed bundle is what the sources build', async () => {
  const dir = join(root, 'assets/editor')
  if (!existsSync(join(dir, 'node_modules/.bin/esbuild'))) return 'skip'
  const out = join(mkdtempSync(join(tmpdir(), 'bantin-bundle-')), 'editor.js')
  execFileSync('npm', ['run', '-s', 'build', '--', '--outfile=' + out], { cwd: dir, stdio: 'pipe' })
  expect(readFileSync(out).equals(readFileSync(join(dir, 'editor.js'))), 'run npm run build in assets/editor and commit editor.js')
})

test('a text of 48 tables is typed into without waiting, and saved whole', () => withEditor({
  room: { body: doc(...Array.from({ length: 48 }, (_, i) => [p('Mẫu số ' + i), { type: 'table', content: Array.from({ length: 25 }, (_, r) => ({ type: 'table_row', content: Array.from({ length: 6 }, (_, c) => ({ type: 'table_cell', content: [p(`Ô ${r}.${c} của bảng ${i}`)] })) })) }]).flat()) },
}, async (page, room) => {
  await write(page).locator('p').first().click()
  await page.keyboard.press('End')
  const start = Date.now()
  await page.keyboard.type(' gõ thử một câu dài vừa phải')
  const each = (Date.now() - start) / 28
  expect(each < 100, `${Math.round(each)} ms a key`)
  await untilSaved(page, 20000)
  expectEqual(room.saves.at(-1).body.content.length, 96)
}))

/* ---- Vietnamese input ------------------------------------------------------------------------------------------- */

test('Telex by composition leaves right text, one word a step of undo', () => withEditor({ room: { body: doc(p()) } }, async (page) => {
  await atEnd(page)
  const cdp = await page.context().newCDPSession(page)
  for (const word of [['t', 'ti', 'tiê', 'tiên', 'tiêng', 'tiếng'], ['v', 'vi', 'viê', 'viêt', 'việt'], ['đ', 'đe', 'đep', 'đẹp']]) {
    for (const text of word) await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await cdp.send('Input.insertText', { text: word.at(-1) })
    await page.keyboard.press('Space')
  }
  expectEqual((await write(page).textContent()).trim(), 'tiếng việt đẹp')
  const steps = []
  for (let i = 0; i < 4; i++) { await page.keyboard.press('Control+z'); steps.push((await write(page).textContent()).replace(/\u200b/g, '').trim()) }
  expectEqual(steps, ['tiếng việt', 'tiếng', '', ''])
}))

test('Telex by taking letters back and replacing them leaves right text, one word a step of undo', () => withEditor({ room: { body: doc(p()) } }, async (page, room) => {
  await atEnd(page)
  const cdp = await page.context().newCDPSession(page)
  /* Each word: letters typed, "<n:text" takes n letters back and sends the composed ones. */
  for (const keys of [['t', 'i', 'e', '<1:ê', 'n', 'g', '<3:ếng'], ['v', 'i', 'e', '<1:ê', 't', '<2:ệt'], ['d', '<1:đ', 'u', 'o', '<2:ươ', 'n', 'g', '<3:ờng']]) {
    for (const k of keys) {
      const m = /^<(\d):(.+)$/.exec(k)
      if (!m) { await page.keyboard.press(k); continue }
      for (let i = 0; i < +m[1]; i++) await page.keyboard.press('Backspace')
      await cdp.send('Input.insertText', { text: m[2] })
    }
    await page.keyboard.press('Space')
  }
  expectEqual((await write(page).textContent()).trim(), 'tiếng việt đường')
  await untilSaved(page)
  expectEqual(room.body.content[0].content[0].text.trim(), 'tiếng việt đường')
  const steps = []
  for (let i = 0; i < 3; i++) { await page.keyboard.press('Control+z'); steps.push((await write(page).textContent()).replace(/\u200b/g, '').trim()) }
  expectEqual(steps, ['tiếng việt', 'tiếng', ''])
}))

test('Telex works at the start of a list item, in a heading, in a cell and in a note', () => withEditor({
  room: { body: doc({ type: 'heading', attrs: { level: 2 } }, { type: 'bullet_list', content: [{ type: 'list_item', content: [p()] }] }, { type: 'table', content: [{ type: 'table_row', content: [{ type: 'table_cell', content: [p()] }] }] }, p('chữ ')) },
}, async (page, room) => {
  const cdp = await page.context().newCDPSession(page)
  const compose = async () => {
    for (const text of ['v', 'vi', 'viê', 'việ', 'việc']) await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await cdp.send('Input.insertText', { text: 'việc' })
  }
  for (const place of ['h2', 'li p', 'td p']) { await page.locator('.ProseMirror ' + place).click(); await compose() }
  await atEnd(page)
  await page.keyboard.press('Control+Alt+f')
  await page.waitForSelector('.ed-note-text .ProseMirror')
  await compose()
  await page.keyboard.press('Enter')
  await page.keyboard.type(' sau')
  await untilSaved(page)
  const t = (text) => [{ type: 'text', text }]
  expectEqual(room.body, doc({ type: 'heading', attrs: { level: 2 }, content: t('việc') }, { type: 'bullet_list', content: [{ type: 'list_item', content: [p('việc')] }] },
    { type: 'table', content: [{ type: 'table_row', content: [{ type: 'table_cell', content: [p('việc')] }] }] }, p('chữ ', { type: 'note', content: t('việc') }, ' sau')))
}))

/* ---- paste -------------------------------------------------------------------------------------------------------- */

test('a paste from Word keeps headings, lists in lists, tables with merged cells, notes and every word', () => withEditor({ room: { body: doc(p()) } }, async (page, room) => {
  await write(page).click()
  await paste(page, { 'text/html': `<html xmlns:o="urn:x" xmlns:w="urn:y"><head><meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal{margin:0}</style><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body lang=VI><!--StartFragment-->
<h1 style='text-align:center'>Kế hoạch<o:p></o:p></h1>
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:14.0pt'>Về việc</span></b> <i>sinh hoạt</i>&nbsp;<u>chi bộ</u><a href="#_ftn1" style='mso-footnote-id:ftn1'><span class=MsoFootnoteReference>[1]</span></a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Việc một</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>Việc con</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Việc hai</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>3.<span>&nbsp; </span></span>Thứ ba</p>
<table class=MsoTableGrid border=1><tr><td colspan=2 style='border:solid'><p class=MsoNormal>Đầu bảng</p></td></tr><tr><td><p class=MsoNormal>H<sub>2</sub>O</p></td><td><p class=MsoNormal>Ô<table><tr><td>trong ô</td></tr></table></p></td></tr></table>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"><span>[1]</span></a> Theo hướng dẫn.</p></div></div>
<!--EndFragment--></body></html>`, 'text/plain': 'Kế hoạch' })
  await untilSaved(page)
  const t = (text, ...m) => ({ type: 'text', ...(m.length ? { marks: m.map((type) => ({ type })) } : {}), text })
  const list = room.body.content
  expectEqual(list[0], { type: 'heading', attrs: { level: 2 }, content: [t('Kế hoạch')] })
  expectEqual(JSON.stringify(list[1]).includes('"align":"center"'), true)
  const note = list[1].content.find((n) => n.type === 'note')
  expect(note && JSON.stringify(note).includes('Theo hướng dẫn.') && !JSON.stringify(note).includes('[1]'), 'note: ' + JSON.stringify(list[1]))
  expect(JSON.stringify(list[1]).includes('"bold"') && JSON.stringify(list[1]).includes('"italic"') && JSON.stringify(list[1]).includes('"underline"'), JSON.stringify(list[1]))
  expectEqual(list[2], { type: 'bullet_list', content: [{ type: 'list_item', content: [p('Việc một'), { type: 'bullet_list', content: [{ type: 'list_item', content: [p('Việc con')] }] }] }, { type: 'list_item', content: [p('Việc hai')] }] })
  expectEqual(list[3], { type: 'ordered_list', attrs: { start: 3 }, content: [{ type: 'list_item', content: [p('Thứ ba')] }] })
  expectEqual(list[4].content[0].content[0].attrs, { colspan: 2 })
  expect(JSON.stringify(list[4]).includes('trong ô') && !JSON.stringify(list[4].content).includes('"table"'), JSON.stringify(list[4]))
  expect(!JSON.stringify(room.body).match(/mso|·|\u00a0/), 'left over: ' + JSON.stringify(room.body))
}))

test('a paste from a web page keeps its marks and links and leaves scripts, styles and foreign pictures behind', () => withEditor({ room: { body: doc(p()) } }, async (page, room) => {
  await write(page).click()
  await paste(page, { 'text/html': '<b style="font-weight:normal" id="docs-internal"><p style="line-height:1.3"><span style="font-weight:700">Đậm</span><span style="font-style:italic"> nghiêng</span> <a href="https://vi.wikipedia.org/wiki/Xoan">xoan</a> <a href="javascript:alert(1)">xấu</a></p></b><img src="https://other.example/a.png" width=300><script>alert(1)</script><div>Cuối <font color=red>đỏ</font></div>' })
  await untilSaved(page)
  expectEqual(room.body, doc({ type: 'paragraph', content: [{ type: 'text', marks: [{ type: 'bold' }], text: 'Đậm' }, { type: 'text', marks: [{ type: 'italic' }], text: ' nghiêng' }, { type: 'text', text: ' ' }, { type: 'text', marks: [{ type: 'link', attrs: { href: 'https://vi.wikipedia.org/wiki/Xoan' } }], text: 'xoan' }, { type: 'text', text: ' xấu' }] }, p('Cuối đỏ')))
  await page.waitForSelector('text=1 ảnh trong đoạn vừa dán không đi theo chữ')
}))

test('pasted pictures inside the text are sent and stand where they stood', () => withEditor({ room: { body: doc(p()) } }, async (page, room) => {
  const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
  await write(page).click()
  await paste(page, { 'text/html': `<p>Trước</p><p><img src="data:image/gif;base64,${gif}"></p><p>Sau</p>` })
  await page.waitForSelector('figure.ed-media img')
  await untilSaved(page)
  expectEqual(room.body.content.map((n) => n.type + (n.attrs?.media ? '!' : ':' + n.content[0].text)), ['paragraph:Trước', 'figure!', 'paragraph:Sau'])
  expectEqual(room.uploads.length, 1)
}))

test('plain text broken at a width becomes paragraphs; short lines stay lines', () => withEditor({ room: { body: doc(p()) } }, async (page, room) => {
  await write(page).click()
  await paste(page, { 'text/plain': 'Đầu năm, chi bộ nào cũng lập kế hoạch bốn chuyên đề cho\nbốn quý. Khó không phải ở chỗ đủ bốn chủ đề, mà ở chỗ chủ\nđề ấy có phải là việc chi bộ đang vướng hay không.\n\nChi bộ 3 làm ngược lại: ghi ra những việc chưa làm được\ntrong quý trước.\n' })
  await untilSaved(page)
  expectEqual(room.body, doc(p('Đầu năm, chi bộ nào cũng lập kế hoạch bốn chuyên đề cho bốn quý. Khó không phải ở chỗ đủ bốn chủ đề, mà ở chỗ chủ đề ấy có phải là việc chi bộ đang vướng hay không.'), p('Chi bộ 3 làm ngược lại: ghi ra những việc chưa làm được trong quý trước.')))
  await page.keyboard.press('Control+a')
  await paste(page, { 'text/plain': 'Một\nHai\nBa' })
  await page.waitForTimeout(200)
  await untilSaved(page)
  expectEqual(room.body, doc(p('Một'), p('Hai'), p('Ba')))
}))

test('a paste into a note is text with its marks; pictures dropped with text are sent', () => withEditor({ room: { body: doc(p('Chữ')) } }, async (page, room) => {
  await atEnd(page)
  await page.keyboard.press('Control+Alt+f')
  await page.waitForSelector('.ed-note-text .ProseMirror')
  await page.evaluate(() => {
    const dt = new DataTransfer()
    dt.setData('text/html', '<p style="color:red">Theo <b>điều 5</b></p><p>khoản 2</p><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">')
    document.querySelector('.ed-note-text .ProseMirror').dispatchEvent(new ClipboardEvent('paste', { clipboardData: dt, bubbles: true, cancelable: true }))
  })
  await page.keyboard.press('Enter')
  await untilSaved(page)
  const text = JSON.stringify(room.body)
  expect(text.includes('điều 5') && text.includes('khoản 2') && !/[\uE001\uE002]/.test(text), text)
  const box = await write(page).locator('p').first().boundingBox()
  await page.evaluate(([x, y]) => {
    const dt = new DataTransfer()
    dt.setData('text/html', '<p>Kéo</p><p><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"></p><p>vào</p>')
    document.querySelector('.ed-sheet > .ProseMirror').dispatchEvent(new DragEvent('drop', { dataTransfer: dt, clientX: x, clientY: y, bubbles: true, cancelable: true }))
  }, [box.x + 4, box.y + 8])
  await page.waitForSelector('figure.ed-media')
  await untilSaved(page)
  expect(!/[\uE001\uE002]/.test(JSON.stringify(room.body)) && JSON.stringify(room.body).includes('Kéo'), JSON.stringify(room.body))
}))

/* ---- tables, notes, uploads -------------------------------------------------------------------------------------- */

test('a table is made, its cells are merged and split, rows and columns come and go', () => withEditor({ room: { body: doc(p()) } }, async (page, room) => {
  await write(page).click()
  await page.click('.ed-bar >> text="Bảng"')
  await page.keyboard.type('A')
  await page.keyboard.press('Tab')
  await page.keyboard.type('B')
  const [a, b] = [await page.locator('th').nth(0).boundingBox(), await page.locator('th').nth(1).boundingBox()]
  await page.mouse.move(a.x + 10, a.y + 10)
  await page.mouse.down()
  await page.mouse.move(b.x + b.width / 2, b.y + 10, { steps: 6 })
  await page.mouse.up()
  await page.click('text="Gộp ô"')
  await page.click('text="Thêm hàng dưới"')
  await page.click('text="Thêm cột phải"')
  await untilSaved(page)
  let rows = room.body.content[0].content
  expectEqual(rows.length, 4)
  expectEqual(rows[0].content[0].attrs, { header: true, colspan: 2 })
  expectEqual(JSON.stringify(rows[0].content[0].content).match(/"text":"."/g), ['"text":"A"', '"text":"B"'])
  await picture(page, 'editor-table')
  await page.locator('th').first().click()
  expect(rows[0].content.every((c) => c.attrs?.header), 'a new column has no header')
  await page.click('text="Tách ô"')
  await page.click('text="Bỏ hàng"')
  await page.waitForTimeout(100)
  await untilSaved(page)
  rows = room.body.content[0].content
  expectEqual(rows.length, 3)
  expectEqual(rows.map((r) => r.content.length), [4, 4, 4])
}))

test('a table pasted into a cell of a list, or a box into a box, leaves its text only', () => withEditor({
  room: { body: doc({ type: 'table', content: [{ type: 'table_row', content: [{ type: 'table_cell', content: [{ type: 'bullet_list', content: [{ type: 'list_item', content: [p('mục')] }] }] }] }] }, { type: 'box', content: [p('khung')] }) },
}, async (page, room) => {
  await page.locator('td li p').click()
  await page.keyboard.press('End')
  await paste(page, { 'text/html': '<p>đầu</p><table><tr><td>x</td><td>y</td></tr></table><p>cuối</p>' })
  await page.locator('aside p').click()
  await page.keyboard.press('End')
  await paste(page, { 'text/html': '<p>một</p><aside><p>trong</p></aside><p>hai</p>' })
  await untilSaved(page)
  const text = JSON.stringify(room.body)
  for (const w of ['mục', 'đầu', '"x"', '"y"', 'cuối', 'khung', 'một', 'trong', 'hai']) expect(text.includes(w), w + ' lost: ' + text)
  expectEqual(text.match(/"type":"(table|box)"/g).length, 2)
}))

test('files are sent while typing goes on; a refused one says why and can be sent again', () => withEditor({ room: { body: doc(p('Chữ')) }, page: network, faultsAllowed: true }, async (page, room) => {
  let open
  room.uploadGate = new Promise((done) => { open = done })
  await atEnd(page)
  await paste(page, {}, [{ name: 'anh.gif', type: 'image/gif', base64: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' }])
  await page.waitForSelector('.ed-upload progress')
  await page.keyboard.type(' gõ tiếp')
  open()
  await page.waitForSelector('figure.ed-media')
  await page.locator('figure.ed-media input').first().fill('Chi bộ 3')
  await page.locator('figure.ed-media input').nth(1).fill('Nhà sàn')
  await page.locator('figure.ed-media figcaption').click()
  await page.keyboard.type('Lời chú')
  await untilSaved(page)
  expectEqual(room.body.content.slice(0, 2), [p('Chữ gõ tiếp'), { type: 'figure', attrs: { media: hash(1), credit: 'Chi bộ 3', alt: 'Nhà sàn' }, content: [{ type: 'text', text: 'Lời chú' }] }])
  room.uploadError = 'Tệp này hỏng.'
  await page.setInputFiles('.ed-bar input[type=file]', { name: 'nghe.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('x') })
  await page.waitForSelector('text=nghe.mp3: Tệp này hỏng.')
  await page.click('text=Thử lại')
  await page.waitForSelector('figure[data-kind=sound]')
}))

test('a picture moves up and down without dragging', () => withEditor({ room: { body: doc(p('một'), p('hai'), { type: 'figure', attrs: { media: hash(1) } }) } }, async (page, room) => {
  await page.click('text=Chuyển lên')
  await page.keyboard.press('Enter')
  await untilSaved(page)
  expectEqual(room.body.content.map((n) => n.type), ['figure', 'paragraph', 'paragraph'])
  await page.click('text=Chuyển xuống')
  await page.waitForTimeout(100)
  await untilSaved(page)
  expectEqual(room.body.content.map((n) => n.type), ['paragraph', 'figure', 'paragraph'])
}))

test('marks, headings, lists and undo work from the keyboard; Escape then Tab leaves the text', () => withEditor({ room: { body: doc(p()) } }, async (page, room) => {
  await write(page).click()
  await page.keyboard.press('Control+Alt+2')
  await page.keyboard.type('Đề mục')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('đậm')
  await page.keyboard.press('Control+b')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('thường')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+8')
  await page.keyboard.type('một')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('hai')
  await untilSaved(page)
  expectEqual(room.body, doc({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Đề mục' }] }, { type: 'paragraph', content: [{ type: 'text', marks: [{ type: 'bold' }], text: 'đậm' }, { type: 'hard_break' }, { type: 'text', text: 'thường' }] },
    { type: 'bullet_list', content: [{ type: 'list_item', content: [p('một'), { type: 'bullet_list', content: [{ type: 'list_item', content: [p('hai')] }] }] }] }))
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  expect(!(await page.evaluate(() => document.activeElement.classList.contains('ProseMirror'))), 'held in the text')
  await write(page).focus()
  await page.keyboard.press('Alt+F10')
  expect(await page.evaluate(() => !!document.activeElement.closest('.ed-bar')), 'not in the bar')
  await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => document.activeElement.textContent === 'Đậm'), 'arrows')
  await page.keyboard.press('Control+/')
}))

test('links are set and checked; find works with and without marks', () => withEditor({ room: { body: doc(p('Đề cương và đề tài'), p('de cuong')) } }, async (page, room) => {
  await write(page).locator('p').first().click()
  await page.keyboard.press('Home')
  for (let i = 0; i < 8; i++) await page.keyboard.press('Shift+ArrowRight')
  await page.waitForTimeout(100) /* the browser tells of a changed selection a moment later */
  await page.keyboard.press('Control+k')
  await page.keyboard.type('javascript:alert(1)')
  await page.keyboard.press('Enter')
  expect(await page.locator('.ed-panel .error').isVisible(), 'bad address taken')
  await page.fill('.ed-panel input', 'bantin.vn/a')
  await page.keyboard.press('Enter')
  await untilSaved(page)
  expectEqual(room.body.content[0].content[0], { type: 'text', marks: [{ type: 'link', attrs: { href: 'https://bantin.vn/a' } }], text: 'Đề cương' })
  await page.keyboard.press('Control+f')
  await page.keyboard.type('de cuong')
  expectEqual(await page.locator('.ed-hit').count(), 2)
  await page.fill('.ed-panel input', 'đề')
  expectEqual(await page.locator('.ed-hit').count(), 2)
  expectEqual(await page.textContent('.ed-panel .meta'), '1 trong 2 chỗ')
  await page.keyboard.press('Escape')
  expectEqual(await page.locator('.ed-hit').count(), 0)
  await page.keyboard.press('Control+/')
  await expectAccessible(page)
  await picture(page, 'editor-keys')
}))

test('in full screen on a phone the bar never lies over the text', () => withEditor({ page: { width: 360, height: 740 }, room: { body: doc(...Array.from({ length: 40 }, (_, i) => p('Đoạn số ' + i + ' của bài dài.'))) } }, async (page) => {
  await page.locator('.ed-bar button', { hasText: 'Cả màn hình' }).evaluate((b) => b.click())
  await write(page).focus()
  await page.keyboard.press('Control+Home')
  for (let i = 0; i < 39; i++) { await page.keyboard.press('ArrowDown'); if (i % 5) continue
    const [caret, top, foot] = await page.evaluate(() => { const r = getSelection().getRangeAt(0).getBoundingClientRect(); return [r.toJSON(), document.querySelector('.ed-top').getBoundingClientRect().toJSON(), document.querySelector('.ed-foot').getBoundingClientRect().toJSON()] })
    expect(caret.top >= top.bottom && caret.bottom <= foot.top, `line ${i}: caret ${caret.top}–${caret.bottom}, bar to ${top.bottom}, foot from ${foot.top}`) }
  await picture(page, 'editor-full-360')
  await expectFits(page)
}))

test('reading only shows the text and no tools for writing', () => withEditor({ room: { readonly: true } }, async (page, room) => {
  await write(page).click()
  await page.keyboard.type('x')
  await page.waitForTimeout(2000)
  expectEqual(room.saves.length, 0)
  expectEqual(await write(page).textContent(), 'Đoạn đầu.')
  await expectAccessible(page)
}))
