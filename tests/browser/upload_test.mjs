// A picture as a telephone makes it, a sound and what cannot be shown, put into the real editor; then the preview and the public page.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, root, serveBantin, openPage, picture, expect, expectEqual, expectFits, expectNoFaults } from './kit.mjs'

const media = join(root, 'data', 'demo', 'media')

// Lying on its side: one part of Exif, which says "turn to the right", behind the head.
function lying(jpeg) {
  const exif = Buffer.from('4578696600004d4d002a00000008000101120003000000010006000000000000', 'hex')
  const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

async function signedIn(site, login, options) {
  const page = await openPage(site.url + '/dang-nhap', { allow: ['422'], ...options })
  await page.fill('[name=login]', login)
  await page.fill('[name=password]', 'bantin-dung-thu-2026')
  await page.click('main form .btn.main')
  await page.goto(site.url + '/toa-soan')
  return page
}
const saved = (page) => page.waitForFunction(() => document.querySelector('form[data-editor]').dataset.saveState === 'saved', null, { timeout: 8000 })
const press = (page, what) => Promise.all([page.waitForNavigation(), page.locator(what).first().click()])

// The picture is there, upright, and its place on the page is as high as it is.
async function expectUpright(page, what) {
  await page.locator(what).scrollIntoViewIfNeeded()
  await page.waitForFunction((s) => { const i = document.querySelector(s); return i.complete && i.naturalWidth > 0 }, what)
  const box = await page.locator(what).evaluate((i) => ({ ratio: i.naturalWidth / i.naturalHeight, shown: i.clientWidth / i.clientHeight }))
  expect(Math.abs(box.ratio - 0.625) < 0.01 && Math.abs(box.shown - 0.625) < 0.02, 'it lies or is bent: ' + JSON.stringify(box))
}

test('a picture and a sound go through the editor to the reader; what cannot be shown says so', async () => {
  const site = await serveBantin()
  if (!site) return 'skip'
  try {
    const editor = await signedIn(site, 'bientap')
    await press(editor, 'button:has-text("Viết bài")')
    const article = new URL(editor.url()).pathname
    await editor.fill('[name=title]', 'Ngày hội ở bản')
    await editor.locator('.ProseMirror').first().click()
    await editor.keyboard.type('Cả bản cùng vui.')
    await editor.keyboard.press('Enter')
    await editor.setInputFiles('.ed-bar input[type=file]', [
      { name: 'IMG_0001.JPG', mimeType: 'image/jpeg', buffer: lying(readFileSync(join(media, 'ban-hop.jpeg'))) },
      { name: 'hinh.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
      { name: 'loi-co-hoa.mp3', mimeType: 'audio/mpeg', buffer: readFileSync(join(media, 'loi-co-hoa.mp3')) },
    ])
    await editor.waitForSelector('.ed-media[data-kind=figure] img', { timeout: 30000 })
    await editor.waitForSelector('.ed-media[data-kind=sound] audio', { timeout: 30000 })
    await editor.waitForSelector('.ed-upload .error')
    expect((await editor.textContent('.ed-upload .error')).startsWith('hinh.svg: Tệp này không phải ảnh'), 'the reason is missing')
    await expectUpright(editor, '.ed-media img')
    await picture(editor, 'upload-editor')
    await editor.locator('.ed-upload button').last().click()
    expectEqual(await editor.locator('.ed-upload').count(), 0)
    await saved(editor)
    await editor.goto(site.url + article + '/xem', { waitUntil: 'networkidle' })
    await expectUpright(editor, 'figure img')
    await picture(editor, 'upload-preview')
    await editor.goto(site.url + article)
    await press(editor, 'button[formaction$="/gui"]')
    expectNoFaults(editor)

    const approver = await signedIn(site, 'duyet')
    await approver.goto(site.url + article + '/duyet')
    await press(approver, '.confirm .btn.main')
    await approver.goto(site.url + article + '/xuat-ban')
    await press(approver, '.confirm .btn.main')
    expectNoFaults(approver)

    const id = article.split('/').pop()
    for (const width of [360, 1366]) {
      const reader = await openPage(site.url + '/bai/ngay-hoi-o-ban-' + id, { width })
      await expectUpright(reader, 'figure img')
      expect(/480\.webp 480w, \S+960\.webp 960w, \S+1600\.webp 1000w$/.test(await reader.getAttribute('figure img', 'srcset')), 'its sizes are wrong')
      expect(await reader.evaluate(async () => { const a = document.querySelector('figure audio'); a.preload = 'metadata'; a.load(); await new Promise((y, n) => { a.onloadedmetadata = y; a.onerror = n }); a.currentTime = 6; await new Promise((y) => { a.onseeked = y }); return a.currentTime > 5.5 && a.duration > 9 }), 'the sound cannot be heard from its middle')
      await picture(reader, 'upload-public-' + width)
      await expectFits(reader)
      expectNoFaults(reader)
    }
  } finally {
    await site.stop()
  }
})
