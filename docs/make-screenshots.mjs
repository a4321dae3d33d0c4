// Makes the pictures of the guide anew: a fresh demo is served, walked as each role, and looked at. Run it when a screen changed:
//   node docs/make-screenshots.mjs          (needs build/bantin, tests/browser's packages, chromium, ImageMagick, pdftoppm)
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closeBrowser, openPage, serveBantin } from '../tests/browser/kit.mjs'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'pictures')
const password = 'bantin-dung-thu-2026'
const largest = 120 * 1024
const wide = { width: 1366, height: 860 }, phone = { width: 360, height: 740 }

// Grey levels and letters survive 82; a picture that is still too large is made coarser until it fits.
function save(png, name) {
  const file = join(folder, name + '.webp')
  for (let quality = 82; quality >= 40; quality -= 7) {
    execFileSync('convert', ['png:-', '-strip', '-quality', String(quality), '-define', 'webp:method=6', file], { input: png })
    if (statSync(file).size <= largest) break
  }
  console.log(`${name}.webp  ${Math.round(statSync(file).size / 1024)} KB`)
}

async function shoot(page, name, { whole = false, height } = {}) {
  if (height) await page.setViewportSize({ width: page.viewportSize().width, height })
  await page.waitForLoadState('networkidle')
  save(await page.screenshot({ fullPage: whole }), name)
}

async function as(site, login, size, walk) {
  const page = await openPage(site.url + (login ? '/dang-nhap' : '/'), size)
  if (login) {
    await page.fill('[name=login]', login)
    await page.fill('[name=password]', password)
    await page.click('main form .btn.main')
    await page.waitForLoadState('networkidle')
  }
  await walk(page, (path) => page.goto(site.url + path, { waitUntil: 'networkidle' }))
  await page.context().close()
}

async function newest(page) {
  return page.$$eval('.toc a', (links) => links.map((a) => a.getAttribute('href')))
}

async function editionsMade(site) {
  for (let i = 0; i < 60; i++) {
    if ((await (await fetch(site.url + '/')).text()).includes('/epub')) return
    await new Promise((done) => setTimeout(done, 500))
  }
}

async function readers(site) {
  await editionsMade(site)
  await as(site, '', wide, async (page) => shoot(page, 'trang-dau'))
  await as(site, '', phone, async (page, go) => {
    await shoot(page, 'trang-dau-dien-thoai')
    await go((await newest(page))[0])
    await shoot(page, 'bai-dien-thoai')
  })
  await as(site, '', wide, async (page, go) => {
    await go('/tim-kiem?q=nuoc+sach')
    await shoot(page, 'tim-kiem', { height: 620 })
  })
}

async function contributor(site) {
  await as(site, 'congtacvien', wide, async (page) => shoot(page, 'cong-tac-vien', { height: 720 }))
  await as(site, 'congtacvien', wide, async (page, go) => {
    await go('/toa-soan/nhap')
    const word = execFileSync('pandoc', ['-f', 'markdown', '-t', 'docx', '-o', '-'], { input: '# Dọn đường trước mùa mưa\n\nSáng chủ nhật, ba mươi hai hộ ở Nà Sáng cùng phát cỏ, khơi rãnh hai bên đường liên thôn. Việc xong trước mười giờ, không tốn tiền thuê máy.\n\nChi bộ phân công mỗi tổ trông một đoạn, tháng nào cũng xem lại.\n' })
    await page.setInputFiles('#tep', { name: 'Tin Nà Sáng tháng này.docx', mimeType: 'application/octet-stream', buffer: word })
    await page.click('.drop .btn.main')
    for (let i = 0; i < 20 && !(await page.isVisible('.files a[href^="/toa-soan/bai/"]')); i++) { await page.waitForTimeout(1000); await go('/toa-soan/nhap') }
    await go('/toa-soan/nhap')
    await shoot(page, 'nhap-tep', { height: 760 })
  })
}

async function editor(site) {
  await as(site, 'bientap', wide, async (page, go) => {
    await go('/toa-soan/bai')
    await shoot(page, 'danh-sach-bai')
    await go('/toa-soan/bai/23')
    await page.waitForSelector('.ProseMirror').catch(() => {})
    await shoot(page, 'soan-bai')
    await go('/toa-soan/so')
    await page.click('.list a >> nth=0')
    await shoot(page, 'lam-so')
  })
  await as(site, 'bientap', phone, async (page) => shoot(page, 'viec-cua-toi-dien-thoai'))
}

async function approver(site) {
  await as(site, 'duyet', wide, async (page) => {
    await shoot(page, 'cho-duyet', { height: 560 })
    await page.click('.list a >> nth=0')
    await page.waitForLoadState('networkidle')
    await page.click('a.btn.main[href$="/duyet"]')
    await shoot(page, 'duyet-bai', { height: 720 })
  })
}

async function administrator(site) {
  await as(site, 'quantri', wide, async (page, go) => {
    await go('/quan-tri')
    await shoot(page, 'quan-tri', { whole: true })
    await go('/quan-tri/nguoi')
    await shoot(page, 'nguoi-dung', { height: 760 })
  })
}

// Two facing pages of the newest issue's PDF, side by side.
async function spread(site) {
  const page = await openPage(site.url + '/', wide)
  const link = await page.getAttribute('.issue .side a.btn[href$="pdf-a4"]', 'href')
  const pdf = join(site.data, 'so.pdf')
  writeFileSync(pdf, Buffer.from(await (await fetch(site.url + link)).arrayBuffer()))
  execFileSync('pdftoppm', ['-r', '64', '-f', '4', '-l', '5', '-png', pdf, join(site.data, 'trang')])
  const pages = readdirSync(site.data).filter((f) => /^trang-.*png$/.test(f)).sort().map((f) => join(site.data, f))
  save(execFileSync('convert', [...pages, '-bordercolor', '#c9c2b8', '-border', '1', '+append', 'png:-'], { maxBuffer: 1 << 26 }), 'ban-in')
}

const site = await serveBantin()
if (!site) throw new Error('build/bantin is missing, or the demo could not be made: ninja -C build')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
try {
  for (const part of [readers, contributor, editor, approver, administrator, spread]) await part(site)
} finally {
  await closeBrowser()
  await site.stop()
}
