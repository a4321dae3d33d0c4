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

test('text typed into a form comes back after the page is lost', async () => {
  const site = await serveFiles()
  try {
    const page = await openPage(site.url + '/assets/catalogue.html')
    await page.evaluate(() => document.querySelectorAll('.errors, .error').forEach((e) => e.remove()))
    await page.fill('#sapo', 'Lời dẫn đang viết dở')
    await page.reload()
    expect(!(await page.inputValue('#sapo')), 'browser kept it by itself')
    await page.evaluate(() => document.querySelectorAll('.errors, .error').forEach((e) => e.remove()))
    expect(await page.evaluate(() => Object.keys(localStorage).some((k) => k.startsWith('kept:'))), 'not kept')
  } finally { await site.stop() }
})
