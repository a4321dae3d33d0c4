// The browser tests' kit: a site to look at, a page with its watch, and the checks that hold for every screen.
import { createServer } from 'node:http'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, dirname, extname, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'

export const here = dirname(fileURLToPath(import.meta.url))
export const root = join(here, '..', '..')
export const shots = process.env.BANTIN_SHOTS || ''
const axeSource = readFileSync(join(here, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.png': 'image/png', '.json': 'application/json' }

let browser
export async function openBrowser() {
  if (!browser?.isConnected()) browser = await chromium.launch({ executablePath: process.env.BANTIN_CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
  return browser
}
export async function closeBrowser() { await browser?.close(); browser = undefined }

// Serves the tree's assets and the test pages under the product's own content policy; `answer` may take a request first.
export async function serveFiles(answer = () => false) {
  const server = createServer(async (req, res) => {
    res.setHeader('content-security-policy', policy)
    res.setHeader('x-content-type-options', 'nosniff')
    if (await answer(req, res)) return
    const path = normalize(decodeURIComponent(new URL(req.url, 'http://x').pathname))
    const joined = /^\/assets\/editor\.(css|js)$/.exec(path) /* as assets/meson.build joins them */
    const file = path.startsWith('/assets/') ? join(root, path) : join(here, path)
    if (path.includes('..') || !(joined || existsSync(file)) || !types[extname(file)]) { res.writeHead(404).end(); return }
    const body = joined ? Buffer.concat([`work.${joined[1]}`, `editor/editor.${joined[1]}`].map((f) => readFileSync(join(root, 'assets', f)))) : readFileSync(file)
    const zip = /html|css|javascript|svg|json/.test(types[extname(file)])
    res.writeHead(200, { 'content-type': types[extname(file)], ...(zip ? { 'content-encoding': 'gzip' } : {}) })
    res.end(zip ? gzipSync(body, { level: 9 }) : body)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done) }) }
}

// A served bantin with demo content in a folder of its own; null where nothing is built yet.
export async function serveBantin() {
  const program = process.env.BANTIN_PROGRAM || join(root, 'build', 'bantin')
  if (!existsSync(program)) return null
  const data = mkdtempSync(join(tmpdir(), 'bantin-browser-'))
  const port = 20000 + Math.floor(Math.random() * 20000)
  const env = { ...process.env, BANTIN_DATA: data, BANTIN_PORT: String(port), BANTIN_URL: '' }
  const run = (args) => new Promise((done) => spawn(program, args, { env, stdio: 'ignore' }).on('exit', done))
  if (await run(['demo']) !== 0) { rmSync(data, { recursive: true }); return null }
  const child = spawn(program, ['serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; i < 100; i++) {
    if (await fetch(url + '/healthz').then((r) => r.ok, () => false)) break
    await new Promise((done) => setTimeout(done, 100))
  }
  return { url, data, async stop() { child.kill('SIGTERM'); await new Promise((done) => child.on('exit', done)); rmSync(data, { recursive: true }) } }
}

export const demoPassword = 'bantin-dung-thu-2026'

export async function signIn(page, url, login, password = demoPassword) {
  await page.goto(url + '/dang-nhap')
  await page.fill('[name=login]', login)
  await page.fill('[name=password]', password)
  await Promise.all([page.waitForNavigation(), page.click('main form .btn.main')])
}

export const sizes = [[360, 740], [1366, 860]]

// A page that remembers what it must not do: console errors, failed scripts, requests to anywhere else.
export async function openPage(url, { width = 1366, height = 860, dark = false, script = true, touch = false, allow = [] } = {}) {
  const context = await (await openBrowser()).newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: script, hasTouch: touch, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' })
  const page = await context.newPage()
  const origin = new URL(url).origin
  page.faults = []
  page.answers = []
  page.on('console', (m) => { if (m.type() === 'error' && !allow.some((a) => m.text().includes(a))) page.faults.push('console: ' + m.text()) })
  page.on('pageerror', (e) => page.faults.push('script: ' + (e.stack || e.message)))
  page.on('request', (r) => { const u = r.url(); if (!u.startsWith(origin) && !/^(data|blob):/.test(u)) page.faults.push('leaves the origin: ' + u) })
  page.on('response', (r) => { if (/^http/.test(r.url())) page.answers.push(r) })
  await page.goto(url, { waitUntil: 'networkidle' })
  return page
}

export async function picture(page, name) {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, name + '.png'), fullPage: true })
}

export function expect(ok, message) { if (!ok) throw new Error(message) }
export function expectEqual(got, wanted, what = '') {
  const [g, w] = [got, wanted].map((x) => typeof x === 'string' ? x : JSON.stringify(x))
  if (g !== w) throw new Error(`${what}\n     got    ${g}\n     wanted ${w}`)
}
export function expectNoFaults(page) { expect(page.faults.length === 0, page.faults.join('\n     ')) }

export async function expectAccessible(page) {
  const faults = await page.evaluate(`(async () => { ${axeSource}; const r = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return r.violations.map((v) => v.id + ' (' + v.help + '): ' + v.nodes.slice(0, 4).map((n) => n.target.join(' ') + ' — ' + (n.any[0]?.message || n.all[0]?.message || '')).join(' | ')) })()`)
  expect(faults.length === 0, 'axe:\n     ' + faults.join('\n     '))
}

// Nothing wider than the window; whatever is pressed is 44 px high and wide, links inside running text aside.
export async function expectFits(page) {
  const faults = await page.evaluate(() => {
    const out = []
    if (document.documentElement.scrollWidth > innerWidth) {
      const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll,.frame,pre')).slice(0, 4)
      out.push(`scrolls sideways: ${document.documentElement.scrollWidth} > ${innerWidth}: ` + wide.map((e) => e.tagName + '.' + e.className).join(', '))
    }
    for (const e of document.querySelectorAll('a[href],button,summary,select,input:not([type=hidden]),textarea')) {
      const style = getComputedStyle(e)
      const box = e.getBoundingClientRect()
      if (!e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || !box.width || e.closest('.sr,[hidden]') || e.matches('.skip,.sr')) continue
      const running = e.tagName === 'A' && style.display === 'inline'
      const labelled = e.matches('input[type=checkbox],input[type=radio]') && e.closest('label')
      const cover = getComputedStyle(e, '::after').position === 'absolute'
      if (running || labelled || cover) continue
      if (box.height < 43.5 && !e.closest('b,h2,h3,td,th')) out.push(`lower than 44 px: ${e.tagName.toLowerCase()}.${e.className} "${(e.textContent || e.name).trim().slice(0, 30)}" ${Math.round(box.height)}`)
      if (box.width < 43.5 && e.matches('button,.btn')) out.push(`narrower than 44 px: "${e.textContent.trim().slice(0, 30)}" ${Math.round(box.width)}`)
    }
    return out
  })
  expect(faults.length === 0, faults.slice(0, 8).join('\n     '))
}

// Compressed bytes of the page's first view by kind, and the number of requests.
export async function weigh(page) {
  const sum = { html: 0, css: 0, js: 0, font: 0, other: 0, requests: 0 }
  for (const r of page.answers) {
    const type = r.headers()['content-type'] || ''
    const body = await r.body().catch(() => Buffer.alloc(0))
    const size = /html|css|javascript|svg|json/.test(type) ? gzipSync(body, { level: 9 }).length : body.length
    sum.requests++
    sum[/html/.test(type) ? 'html' : /css/.test(type) ? 'css' : /javascript/.test(type) ? 'js' : /font/.test(type) ? 'font' : 'other'] += size
  }
  return sum
}
export function expectLight(sum, limits) {
  const over = Object.entries(limits).filter(([k, v]) => sum[k] > (k === 'requests' ? v : v * 1024)).map(([k, v]) => `${k} ${sum[k]} > ${v}${k === 'requests' ? '' : ' KB'}`)
  expect(over.length === 0, over.join(', '))
}

const tests = []
export function test(sentence, body) { tests.push([sentence, body]) }
const lastly = []
export function atEnd(body) { lastly.push(body) }
export async function runTests(only) {
  let passed = 0, failed = 0, skipped = 0
  for (const [sentence, body] of tests) {
    if (only && !sentence.includes(only)) continue
    const start = Date.now()
    try {
      const timer = new Promise((_, no) => setTimeout(() => no(new Error('took over 60 s')), 60000).unref())
      const r = await Promise.race([body(), timer])
      if (r === 'skip') { skipped++; console.log(`  skip ${sentence}`) } else { passed++; console.log(`  ok   ${sentence} (${Date.now() - start} ms)`) }
    } catch (e) {
      failed++
      console.log(`  FAIL ${sentence}\n     ${e.message}`)
    }
    for (const c of browser?.contexts() || []) await c.close()
  }
  await closeBrowser()
  for (const body of lastly) await body()
  console.log(`browser: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
  return failed === 0
}
