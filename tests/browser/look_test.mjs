// The catalogue and three whole screens made of it, before any server: look, access, size.
import { test, serveFiles, openPage, picture, expectAccessible, expectFits, expectNoFaults, expectLight, expect, expectEqual, weigh, sizes } from './kit.mjs'

const screens = [
  ['article', '/pages/article.html', { html: 20, css: 8, js: 5, font: 26, requests: 7 }],
  ['issue', '/pages/issue.html', { html: 15, css: 8, js: 5, font: 26, requests: 7 }],
  ['home', '/pages/home.html', { html: 25, css: 10, js: 12, font: 26, requests: 8 }],
  ['catalogue', '/assets/catalogue.html', {}],
]
for (const [name, path, limits] of screens) {
  for (const [width, height] of sizes) {
    for (const dark of [false, true]) {
      test(`${name} at ${width} ${dark ? 'dark' : 'light'} is accessible, fits, and keeps to itself`, async () => {
        const site = await serveFiles()
        try {
          const page = await openPage(site.url + path, { width, height, dark })
          await picture(page, `${name}-${width}-${dark ? 'dark' : 'light'}`)
          await expectFits(page)
          await expectAccessible(page)
          expectNoFaults(page)
          expectLight(await weigh(page), limits)
        } finally { await site.stop() }
      })
    }
  }
}

test('the text size is remembered by this browser and nothing is cut at the largest', async () => {
  const site = await serveFiles()
  try {
    const page = await openPage(site.url + '/pages/article.html', { width: 360, height: 740 })
    await page.click('[data-act=text-size]')
    await page.click('[data-act=text-size]')
    await page.reload()
    expectEqual(await page.evaluate(() => document.documentElement.dataset.text), '3')
    await expectFits(page)
    await picture(page, 'article-360-large')
  } finally { await site.stop() }
})

test('on a phone the item for the meeting stands above the cover and the name is whole', async () => {
  const site = await serveFiles()
  try {
    const page = await openPage(site.url + '/pages/issue.html', { width: 360, height: 740 })
    const [must, cover] = await page.evaluate(() => ['.must', '.cover'].map((s) => document.querySelector(s).getBoundingClientRect().toJSON()))
    expect(must.bottom < cover.top && cover.width < 150, 'must-read first, cover small')
    expect(await page.evaluate(() => { const n = document.querySelector('.bar .name'); return n.scrollWidth <= n.clientWidth }), 'name cut')
    await page.click('.menu summary')
    await picture(page, 'issue-360-menu')
    await expectFits(page)
  } finally { await site.stop() }
})

test('without scripts the pages read, the menu opens, no dead button shows', async () => {
  const site = await serveFiles()
  try {
    const page = await openPage(site.url + '/pages/article.html', { width: 360, height: 740, script: false })
    expectEqual(await page.locator('[data-act]:visible').count(), 0)
    await page.click('.menu summary')
    expect(await page.locator('.menu nav').isVisible(), 'menu closed')
  } finally { await site.stop() }
})

test('order changes by button, by arrow key and by drag, and each is sent', async () => {
  const sent = []
  const site = await serveFiles(async (req, res) => {
    if (req.method !== 'POST') return false
    let body = ''
    for await (const c of req) body += c
    sent.push(new URLSearchParams(body).getAll('order').join())
    res.writeHead(204).end()
    return true
  })
  try {
    const page = await openPage(site.url + '/assets/catalogue.html')
    await page.locator('.order [name=down]').first().click()
    await page.waitForTimeout(900)
    await page.locator('.order .grip').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.waitForTimeout(900)
    const a = await page.locator('.order .grip').nth(0).boundingBox()
    const b = await page.locator('.order .grip').nth(2).boundingBox()
    await page.mouse.move(a.x + 8, a.y + 10)
    await page.mouse.down()
    await page.mouse.move(b.x + 8, b.y + b.height - 4, { steps: 8 })
    await page.mouse.up()
    await page.waitForTimeout(900)
    expectEqual(sent, ['12,11,13', '11,12,13', '12,13,11'])
  } finally { await site.stop() }
})

test('text typed into a form comes back after the session ended, and is forgotten once it is taken', async () => {
  const head = (user) => `<!doctype html><html lang="vi" class="is-work"${user}><meta charset="utf-8"><title>Biểu mẫu</title><link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/app.css"><link rel="stylesheet" href="/assets/work.css"><script src="/assets/work.js" defer></script><main class="wrap work"><h1>Biểu mẫu</h1>`
  const form = '<form id="f" method="post" action="/form" data-keep="Chữ bạn gõ dở vẫn còn trên máy này." data-keep-back="Lấy lại" data-keep-drop="Bỏ"><label>Ghi chú <textarea name="note"></textarea></label><button class="btn">Gửi</button></form>'
  let signedIn = false
  const taken = []
  const site = await serveFiles(async (req, res) => {
    if (req.url !== '/form') return false
    let body = ''
    for await (const c of req) body += c
    res.setHeader('content-type', 'text/html; charset=utf-8')
    if (req.method === 'GET') res.end(head(' data-user="5"') + form)
    else if (signedIn) { taken.push(new URLSearchParams(body).get('note')); res.end(head(' data-user="5"') + '<p>Đã nhận.</p>') }
    else res.end(head('') + '<p>Hãy đăng nhập.</p>')
    return true
  })
  try {
    const page = await openPage(site.url + '/form')
    await page.fill('textarea', 'Chữ đang viết')
    await page.click('button')
    await page.waitForSelector('text=Hãy đăng nhập')
    signedIn = true
    await page.goto(site.url + '/form')
    await page.click('text=Lấy lại')
    expectEqual(await page.inputValue('textarea'), 'Chữ đang viết')
    await page.click('text=Gửi')
    await page.waitForSelector('text=Đã nhận')
    expectEqual(taken, ['Chữ đang viết'])
    await page.goto(site.url + '/form')
    expectEqual(await page.locator('.notice').count(), 0)
    expectNoFaults(page)
  } finally { await site.stop() }
})

test('each colour an organisation may choose is readable in both modes', async () => {
  const site = await serveFiles()
  try {
    for (const dark of [false, true]) {
      const page = await openPage(site.url + '/assets/catalogue.html', { dark })
      for (const accent of ['blue', 'green', 'violet', 'brown']) {
        await page.evaluate((a) => { document.documentElement.dataset.accent = a }, accent)
        await expectAccessible(page)
      }
    }
  } finally { await site.stop() }
})

test('on paper there is the text, and nothing to press', async () => {
  const site = await serveFiles()
  try {
    const page = await openPage(site.url + '/pages/article.html', { width: 794, height: 1123, dark: true })
    await page.emulateMedia({ media: 'print' })
    expectEqual(await page.locator('.bar:visible, .foot:visible, .btn:visible, .demo:visible').count(), 0)
    expectEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)')
    await picture(page, 'article-print')
  } finally { await site.stop() }
})
