// Imports in a real browser: two files dropped, their progress seen, the article opened; the screen in its states.
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, serveBantin, openPage, picture, expectAccessible, expectFits, expectNoFaults, expect, expectEqual, sizes } from './kit.mjs'

const text = 'XÃ NHÀ LÀM ĐƯỜNG MỚI\n\nSáng nay chi bộ họp bàn việc làm đường, ai cũng góp một ngày công.\n- Đo đường\n- Chở cát\n\nViệc xong trong tháng.\n'

async function withFiles(run) {
  const site = await serveBantin()
  if (!site) return 'skip'
  const folder = mkdtempSync(join(tmpdir(), 'bantin-files-'))
  const files = [['lam-duong.txt', text], ['rong.docx', ''], ['bai-chua-ten.txt', 'Một đoạn văn không có tên bài, chỉ có vài câu kể chuyện trong xã.\n\nThêm một câu nữa cho đủ.\n']].map(([name, content]) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  })
  try {
    return await run(site, files)
  } finally {
    rmSync(folder, { recursive: true })
    await site.stop()
  }
}

// As a person drops them: a DataTransfer on the frame.
async function drop(page, names) {
  const data = await page.evaluateHandle((list) => {
    const d = new DataTransfer()
    for (const [name, content] of list) d.items.add(new File([content], name))
    return d
  }, names)
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: data })
}

async function openScreen(site, options = {}) {
  const page = await openPage(site.url + '/dang-nhap', options)
  await page.fill('[name=login]', 'bientap')
  await page.fill('[name=password]', 'bantin-dung-thu-2026')
  await page.click('main form .btn.main')
  await page.goto(site.url + '/toa-soan/nhap', { waitUntil: 'networkidle' })
  return page
}

test('two dropped files: one becomes an article, the other says why not', () => withFiles(async (site) => {
  const page = await openScreen(site)
  await drop(page, [['lam-duong.txt', text], ['rong.docx', '']])
  expect((await page.textContent('[data-drop-line]')).includes('lam-duong.txt'), 'the names are not shown')
  await page.click('.drop .btn.main')
  await page.waitForSelector('.files li')
  await page.waitForSelector('#chua-nhap', { timeout: 40000 })
  await page.waitForSelector('#tien-do:not([data-live])', { timeout: 40000 })
  expect((await page.textContent('#tien-do')).includes('Tệp không có nội dung.'), 'the reason is missing')
  await page.click('#da-gui + .files a.link')
  await page.waitForURL(/\/toa-soan\/bai\/\d+$/)
  const facts = await page.textContent('.facts')
  expect(facts.includes('lam-duong.txt') && facts.includes('gạch đầu dòng'), 'the original or its report is missing: ' + facts)
  expectNoFaults(page)
}))

test('a file over the limit is not sent and says so', () => withFiles(async (site) => {
  const page = await openScreen(site)
  await page.evaluate(() => { document.querySelector('form[data-drop]').dataset.limit = '10' })
  await drop(page, [['lam-duong.txt', text]])
  await page.click('.drop .btn.main')
  expect((await page.textContent('[data-drop-line]')).includes('200 MB nên chưa gửi: lam-duong.txt'), 'nothing is said')
  expectEqual(await page.locator('.files li').count(), 0)
}))

test('without scripts the form sends several files', () => withFiles(async (site, files) => {
  const page = await openScreen(site, { script: false })
  await page.setInputFiles('#tep', files)
  await page.click('.drop .btn.main')
  await page.waitForSelector('.files li')
  expectEqual(await page.locator('.files li').count(), 3)
}))

for (const [width, height] of sizes)
  for (const dark of [false, true])
    test(`the screen of imports at ${width} ${dark ? 'dark' : 'light'}: empty, working, done, failed`, () => withFiles(async (site, files) => {
      const name = `intake-${width}-${dark ? 'dark' : 'light'}`
      const page = await openScreen(site, { width, height, dark })
      await picture(page, name + '-empty')
      await expectFits(page)
      await expectAccessible(page)
      await page.setInputFiles('#tep', files)
      await page.click('.drop .btn.main')
      await page.waitForSelector('.files li')
      await picture(page, name + '-working')
      await page.waitForSelector('#tien-do:not([data-live])', { timeout: 40000 })
      await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { if (d.closest('.files')) d.open = true }))
      await picture(page, name + '-done')
      await expectFits(page)
      await expectAccessible(page)
      expectNoFaults(page)
    }))
