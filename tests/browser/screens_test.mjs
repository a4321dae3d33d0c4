// Every important screen of a served bantin with the demo's people: read by axe, on a phone and on a desk, by day and by night; and what the
// pages weigh against the budgets of screens.md.
import { test, atEnd, serveBantin, signIn, openPage, openBrowser, picture, weigh, expect, expectAccessible, expectLight, expectFits, sizes } from './kit.mjs'

const phone = sizes[0], desk = sizes[1]
const looks = [[phone, 'light', true], [phone, 'dark', false], [desk, 'light', false], [desk, 'dark', true]]

async function expectNoSidewaysScroll(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth
    ? [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll,.frame,pre')).slice(0, 4).map((e) => e.tagName + '.' + e.className).join(', ') || 'something' : '')
  expect(!wide, 'scrolls sideways: ' + wide)
}

// Walks the screens [name, address or a function that finds it, status] on one page; tells all faults at the end, by screen and by look.
async function walk(page, url, screens) {
  const faults = []
  for (const [name, where, status = 200] of screens) {
    const tell = async (what, body) => { try { await body() } catch (e) { faults.push(`${name} (${what}): ${e.message}`) } }
    page.faults.length = 0
    await page.setViewportSize({ width: phone[0], height: phone[1] })
    await page.emulateMedia({ colorScheme: 'light' })
    await tell('open', async () => {
      const path = typeof where === 'function' ? await where(page) : where
      expect(path, 'nothing leads there')
      const answer = await page.goto(url + path, { waitUntil: 'load' })
      expect(answer.status() === status, `${path} answers ${answer.status()}`)
    })
    for (const [[width, height], colorScheme, axe] of looks) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await tell(`${width} ${colorScheme}`, () => expectNoSidewaysScroll(page))
      if (axe) await tell(`${width} ${colorScheme}`, () => expectAccessible(page))
      if (axe) await tell(`${width} ${colorScheme}`, () => expectFits(page))
      if (axe) await picture(page, `screen-${name.replaceAll(' ', '-')}-${width}-${colorScheme}`)
    }
    const said = page.faults.filter((f) => !(status >= 400 && f.includes(`status of ${status}`)))
    if (said.length) faults.push(`${name} (console): ${said.join(' | ')}`)
  }
  expect(faults.length === 0, faults.join('\n     '))
}

// The first address on the screen `from` that matches.
const link = (url, from, pattern) => async (page) => {
  await page.goto(url + from)
  return page.evaluate((p) => [...document.querySelectorAll('main [href]')].map((a) => a.getAttribute('href')).find((h) => new RegExp(p).test(h)), pattern)
}
async function person(site, login) {
  const page = await openPage(site.url + '/dang-nhap')
  await signIn(page, site.url, login)
  return page
}
// The demo's pictures and editions are made in the first seconds.
async function waitForPictures(site) {
  const page = await openPage(site.url)
  const issue = await link(site.url, '/cac-so', '^/so/\\d+/\\d+$')(page)
  for (let i = 0; i < 60; i++) {
    await page.goto(site.url + issue, { waitUntil: 'networkidle' })
    if (await page.locator('main img').count() && await page.locator('main a[href$=".epub"], main a[href*="/epub"], main a[href$="/pdf"], main a[href*="pdf"]').count()) break
    await page.waitForTimeout(250)
  }
  await page.context().close()
}

// One site for all of this file: a demo takes seconds to be made.
let made
const theSite = () => made ??= serveBantin().then(async (site) => {
  if (site) { atEnd(() => site.stop()); await waitForPictures(site) }
  return site
})
function served(sentence, body) {
  test(sentence, async () => { const site = await theSite(); return site ? body(site) : 'skip' })
}

served('every screen of the readers', async (site) => {
  const find = (from, pattern) => link(site.url, from, pattern)
  await walk(await openPage(site.url), site.url, [
    ['front', '/'],
    ['issue', find('/cac-so', '^/so/\\d+/\\d+$')],
    ['article', find('/', '^/bai/')],
    ['archive', '/cac-so'],
    ['sections', '/chuyen-muc'],
    ['section', find('/chuyen-muc', '^/chuyen-muc/')],
    ['search', '/tim-kiem'],
    ['search found', '/tim-kiem?q=' + encodeURIComponent('chi bộ')],
    ['search nothing', '/tim-kiem?q=' + encodeURIComponent('zxqwv')],
    ['sign in', '/dang-nhap'],
    ['not there', '/khong-co-trang-nay', 404],
  ])
})

served('every screen of the newsroom: writing and editing', async (site) => {
  const find = (from, pattern) => link(site.url, from, pattern)
  const page = await person(site, 'bientap')
  await page.goto(site.url + '/toa-soan')
  await Promise.all([page.waitForNavigation(), page.locator('button', { hasText: 'Viết bài' }).first().click()])
  const draft = new URL(page.url()).pathname
  const written = await find('/toa-soan/bai?trang-thai=published', '^/toa-soan/bai/\\d+$')(page)
  const making = await find('/toa-soan/so', '^/toa-soan/so/3$')(page)
  await walk(page, site.url, [
    ['desk', '/toa-soan'],
    ['articles', '/toa-soan/bai'],
    ['articles none', '/toa-soan/bai?q=zxqwv'],
    ['editor new', draft],
    ['editor draft', find('/toa-soan/bai?trang-thai=draft', '^/toa-soan/bai/\\d+$')],
    ['editor published', written],
    ['history', written + '/phien-ban'],
    ['compare', find('/toa-soan/bai/20/phien-ban', 'so-sanh')],
    ['preview', written + '/xem'],
    ['import', '/toa-soan/nhap'],
    ['issues', '/toa-soan/so'],
    ['issue new', '/toa-soan/so/moi'],
    ['issue making', making],
    ['issue add', making + '/them'],
    ['issue item', find(making, '/muc/\\d+$')],
    ['issue cover', making + '/trang-dau'],
  ])
})

served('every screen of the newsroom: what is confirmed', async (site) => {
  const find = (from, pattern) => link(site.url, from, pattern)
  const page = await person(site, 'duyet')
  const state = (code) => find('/toa-soan/bai?trang-thai=' + code, '^/toa-soan/bai/\\d+$')(page)
  const [review, accepted, published] = [await state('review'), await state('accepted'), await state('published')]
  await walk(page, site.url, [
    ['approver desk', '/toa-soan'],
    ['editor review', review],
    ['approve', review + '/duyet'],
    ['publish', accepted + '/xuat-ban'],
    ['withdraw', published + '/rut'],
    ['issue approve', '/toa-soan/so/3/duyet'],
    ['issue published', '/toa-soan/so/2'],
    ['issue withdraw', '/toa-soan/so/2/thu-hoi'],
  ])
})

served('every screen of the administration', async (site) => {
  const find = (from, pattern) => link(site.url, from, pattern)
  const page = await person(site, 'quantri')
  const [unit, someone, publication] = [await find('/quan-tri/don-vi', '/don-vi/\\d+$')(page), await find('/quan-tri/nguoi', '/nguoi/\\d+$')(page), await find('/quan-tri/an-pham', '/an-pham/\\d+$')(page)]
  await walk(page, site.url, [
    ['administration', '/quan-tri'],
    ['units', '/quan-tri/don-vi'],
    ['unit', unit],
    ['unit new', '/quan-tri/don-vi/moi'],
    ['unit edit', unit + '/sua'],
    ['unit merge', find('/quan-tri/don-vi/3', '/gop$')],
    ['people', '/quan-tri/nguoi'],
    ['people none', '/quan-tri/nguoi?q=zxqwv'],
    ['person', someone],
    ['person new', '/quan-tri/nguoi/moi'],
    ['person edit', someone + '/sua'],
    ['person role', someone + '/vai-tro'],
    ['person password', someone + '/mat-khau'],
    ['publications', '/quan-tri/an-pham'],
    ['publication', publication],
    ['publication edit', publication + '/sua'],
    ['section new', publication + '/chuyen-muc'],
    ['section edit', find(publication, '/quan-tri/chuyen-muc/\\d+$')],
    ['topics', '/quan-tri/linh-vuc'],
    ['genres', '/quan-tri/the-loai'],
    ['settings', '/quan-tri/cai-dat'],
    ['erase', '/quan-tri/xoa-du-lieu'],
  ])
})

// Gzipped KB by kind, and requests: the table of screens.md.
const budgets = {
  article: { html: 20, css: 8, js: 5, font: 26, all: 60, requests: 6 },
  issue: { html: 15, css: 8, js: 5, font: 26, all: 90, requests: 8 },
  work: { html: 25, css: 10, js: 12, font: 26, all: 75, requests: 8 },
  editor: { html: 15, css: 15, js: 110, font: 50, all: 190, requests: 10 },
}
served('pages stay within their bytes and requests', async (site) => {
  const faults = []
  const weighed = async (name, path, login) => {
    const browser = await openBrowser()
    const page = await openPage(site.url + '/dang-nhap', { width: phone[0], height: phone[1] })
    if (login) await signIn(page, site.url, login)
    const cookies = await page.context().cookies()
    const fresh = await browser.newContext({ viewport: { width: phone[0], height: phone[1] } }) /* with an empty cache */
    await fresh.addCookies(cookies)
    const cold = await fresh.newPage()
    cold.answers = []
    cold.on('response', (r) => { if (/^http/.test(r.url())) cold.answers.push(r) })
    const answer = await cold.goto(site.url + path, { waitUntil: 'networkidle' })
    expect(answer.status() === 200, `${path} answers ${answer.status()}`)
    const sum = await weigh(cold)
    sum.all = sum.html + sum.css + sum.js + sum.font + sum.other
    if (process.env.BANTIN_SHOTS) console.log(`       ${name}: ${JSON.stringify(sum)}`)
    try { expectLight(sum, budgets[name]) } catch (e) { faults.push(`${name} ${path}: ${e.message}; ${cold.answers.map((r) => new URL(r.url()).pathname).join(' ')}`) }
  }
  const found = await openPage(site.url)
  const article = await link(site.url, '/', '^/bai/')(found)
  await weighed('article', article)
  await weighed('issue', await link(site.url, '/cac-so', '^/so/\\d+/\\d+$')(found))
  await weighed('work', '/toa-soan', 'bientap')
  await weighed('work', '/toa-soan/bai', 'bientap')
  await weighed('editor', '/toa-soan/bai/23', 'bientap')
  expect(faults.length === 0, faults.join('\n     '))
})

served('every screen of an account, in both languages', async (site) => {
  const page = await person(site, 'bientap')
  await walk(page, site.url, [['account', '/tai-khoan'], ['help', '/tro-giup']])
  await page.goto(site.url + '/tai-khoan')
  await page.locator('form[action$="ngon-ngu"] [name=lang]').first().evaluate((e) => { if (e.tagName === 'SELECT') e.value = 'en'; else document.querySelector('[name=lang][value=en]').checked = true })
  await Promise.all([page.waitForNavigation(), page.locator('form[action$="ngon-ngu"] button').click()])
  await walk(page, site.url, [['English desk', '/toa-soan'], ['English articles', '/toa-soan/bai'], ['English issue', '/toa-soan/so/3'], ['English front', '/']])
})
