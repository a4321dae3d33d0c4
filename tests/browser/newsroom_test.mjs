// One article's way from its author to the reader, by the people of the demo, with their clicks counted against screens.md.
import { test, serveBantin, openPage, picture, expect, expectEqual, expectFits, expectNoFaults } from './kit.mjs'

const password = 'bantin-dung-thu-2026'

async function signedIn(site, login) {
  const page = await openPage(site.url + '/dang-nhap')
  await page.fill('[name=login]', login)
  await page.fill('[name=password]', password)
  await page.click('main form .btn.main')
  await page.goto(site.url + '/toa-soan')
  page.clicks = 0
  page.press = async (what) => { page.clicks++; await Promise.all([page.waitForNavigation(), what.click()]) }
  return page
}
const saved = (page) => page.waitForFunction(() => document.querySelector('form[data-editor]').dataset.saveState === 'saved', null, { timeout: 8000 })
const home = async (page) => { await page.goto(new URL('/toa-soan', page.url()).href); page.clicks = 0 }

test('an article goes from its author to the reader within the clicks that are allowed', async () => {
  const site = await serveBantin()
  if (!site) return
  try {
    const [author, editor, approver] = [await signedIn(site, 'congtacvien'), await signedIn(site, 'bientap'), await signedIn(site, 'duyet')]
    const title = 'Bản Mòng họp chi bộ bằng tài liệu gửi trước'
    const row = (page) => page.locator('ul.list li', { hasText: title })

    await author.press(author.locator('button', { hasText: 'Viết bài' }))
    await author.fill('[name=title]', title)
    await author.locator('.ProseMirror').first().click()
    await author.keyboard.type('Tài liệu đến trước ba ngày.')
    await saved(author)
    await author.press(author.locator('button[formaction$="/gui"]'))
    await home(author)
    expect(await row(author).count() === 1, 'the author sees where it is on the first screen')

    await home(editor)
    await editor.press(row(editor).locator('button', { hasText: 'Nhận' }))
    expectEqual(editor.clicks, 1, 'take a piece')
    await home(editor)
    await editor.press(row(editor).locator('a').first())
    await editor.fill('[name=reason]', 'Thiếu số đảng viên dự họp.')
    await editor.press(editor.locator('button[formaction$="/tra-lai"]'))
    expectEqual(editor.clicks, 2, 'return with a reason')

    await home(author)
    await author.press(row(author).locator('.btn'))
    await author.locator('.ProseMirror').first().click()
    await author.keyboard.press('Control+End')
    await author.keyboard.type(' Dự họp có 21 đảng viên.')
    await author.press(author.locator('button[formaction$="/gui"]'))
    expectEqual(author.clicks, 2, 'answer the editor')

    await home(editor)
    await editor.press(row(editor).locator('a').first())
    await editor.press(editor.locator('button[formaction$="/gui"]'))
    expectEqual(editor.clicks, 2, 'send to review')

    await home(approver)
    await approver.press(row(approver).locator('.btn'))
    await approver.press(approver.locator('.confirm .btn.main'))
    expectEqual(approver.clicks, 2, 'approve a piece')
    await approver.press(approver.locator('a[href$="/xuat-ban"]'))
    await approver.press(approver.locator('.confirm .btn.main'))
    await approver.goto(await approver.locator('.facts a[href^="/bai/"]').evaluate((a) => a.href))
    expect((await approver.textContent('main')).includes('21 đảng viên'), 'the reader sees what was approved')
    for (const page of [author, editor, approver]) expectNoFaults(page)
  } finally { await site.stop() }
})

test('two people on one article: both texts are shown, and the one not taken stays', async () => {
  const site = await serveBantin()
  if (!site) return
  try {
    const editor = await signedIn(site, 'bientap')
    await editor.press(editor.locator('button', { hasText: 'Viết bài' }))
    await editor.fill('[name=title]', 'Hai người cùng sửa')
    await saved(editor)
    const approver = await signedIn(site, 'duyet')
    await approver.goto(editor.url())
    await approver.locator('.ProseMirror').first().click()
    await approver.keyboard.type('Chữ của người duyệt.')
    await saved(approver)
    approver.faults.length = 0
    await editor.locator('.ProseMirror').first().click()
    await editor.keyboard.type('Chữ của biên tập.')
    await editor.waitForSelector('.ed-conflict')
    const both = await editor.textContent('.ed-conflict')
    expect(both.includes('Chữ của người duyệt.') && both.includes('Chữ của biên tập.'), 'both texts are there')
    await picture(editor, 'newsroom-conflict')
    await expectFits(editor)
    await editor.locator('.ed-conflict .btn.main').click()
    await saved(editor)
    await editor.goto(editor.url() + '/phien-ban')
    expect((await editor.locator('tbody tr').count()) >= 3, 'each save is a version')
  } finally { await site.stop() }
})
