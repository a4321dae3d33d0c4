// node crash.mjs BANTIN KILLS (T1): people write, approve and publish over HTTP while the server is killed with SIGKILL at random
// moments. After each kill: `bantin check` finds the data whole, and what was answered with success is there after the next
// start. What was under way may have happened or not; nothing between. With BANTIN_TEST_DB=postgres on BANTIN_TEST_PG.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [bantin, kills = '50'] = process.argv.slice(2)
const PASSWORD = 'bantin-dung-thu-2026', WRITERS = 3
const folder = mkdtempSync(join(tmpdir(), 'bantin-crash-'))
const where = ['--data', folder]
if (process.env.BANTIN_TEST_DB === 'postgres') where.push('--database', process.env.BANTIN_TEST_PG)
const env = { ...process.env, LC_ALL: 'C.UTF-8', LANG: 'vi_VN.UTF-8' }

let passed = 0
const failures = [], done = { saved: 0, approved: 0, published: 0, issues: 0, unknown: 0 }
function check(ok, sentence) {
    if (ok) passed++
    else failures.push(sentence)
    return ok
}

// --- the server ---------------------------------------------------------------------------------------------------

let server, url
async function start() {
    server = spawn(bantin, ['serve', ...where, '--port', '0', '--log', 'error'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    url = await new Promise((resolve, reject) => {
        let text = ''
        server.stdout.on('data', (d) => {
            const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text += d)
            if (found) resolve(found[0])
        })
        server.stderr.on('data', (d) => (text += d))
        server.once('exit', (code) => reject(new Error(`the server does not start (${code}): ${text}`)))
    })
    server.removeAllListeners('exit')
}
async function stop(signal) {
    const ended = new Promise((resolve) => server.once('exit', (code, by) => resolve(by ?? code)))
    server.kill(signal)
    return ended
}

class Lost extends Error {} // no answer: it may have been done or not
async function ask(person, method, path, form, json) {
    const headers = { Cookie: person.cookie ?? '' }
    if (person.csrf) headers['X-CSRF-Token'] = person.csrf
    if (json) headers['Content-Type'] = 'application/json'
    try {
        const answer = await fetch(url + path, { method, headers, redirect: 'manual', signal: AbortSignal.timeout(20000),
            body: json ? JSON.stringify(json) : form ? new URLSearchParams(form) : undefined })
        const text = await answer.text()
        if (answer.status === 503) throw new Error('busy') // not acknowledged: a killed server's transactions may still be ending
        return { status: answer.status, text, at: answer.headers.get('location') ?? '', cookies: answer.headers.get('set-cookie') ?? '' }
    } catch (e) {
        throw new Lost(e.message)
    }
}
async function signIn(login) {
    const person = { login }
    const answer = await ask(person, 'POST', '/dang-nhap', { login, password: PASSWORD })
    person.cookie = answer.cookies.split(';')[0]
    person.csrf = /name="csrf" value="([^"]+)"/.exec((await ask(person, 'GET', '/tai-khoan')).text)?.[1]
    if (!person.csrf) throw new Error(`${login} cannot sign in (${answer.status})`)
    return person
}

// --- articles -----------------------------------------------------------------------------------------------------

const baseOf = (html) => Number(/data-base="(\d+)"/.exec(html)?.[1] ?? /name="base" value="(\d+)"/.exec(html)?.[1])
async function must(answer, what) {
    const a = await answer
    if (a.status >= 400) failures.push(`${what}: ${a.status} ${a.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 1200)}`)
    return a
}
// An editor's untouched draft is given to them again, so the next waits until this one has its first words.
let turn = Promise.resolve()
function newArticle(editor) {
    const mine = turn.then(() => makeArticle(editor))
    turn = mine.catch(() => {})
    return mine
}
async function makeArticle(editor) {
    const at = (await must(ask(editor, 'POST', '/toa-soan/bai', { publication: 1 }), 'a new article')).at
    const page = await ask(editor, 'GET', at)
    const section = Number(/<select id="f-section"[\s\S]*?<option value="(\d+)"/.exec(page.text)?.[1])
    const article = { at, id: /\d+$/.exec(at)?.[0], base: baseOf(page.text), section, round: 0 }
    await save(editor, article)
    return article
}
async function save(editor, a) {
    const title = `Bản thử ${a.id} lần ${++a.round}`
    a.trying = title
    const answer = await must(ask(editor, 'POST', a.at + '/luu', null, {
        base: a.base, fields: { title, kicker: '', standfirst: '', authors: '', section: a.section, visibility: 'public' },
        body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: title + '. '.repeat(400) }] }] },
    }), 'saving')
    if (answer.status !== 200) return
    a.base = JSON.parse(answer.text).revision
    a.title = title
    delete a.trying
    done.saved++
}
// What the article's page says must be what was acknowledged, or the one save that was under way.
async function verifySaved(editor, a) {
    const page = await ask(editor, 'GET', a.at)
    const title = /name="title"[^>]*value="([^"]*)"/.exec(page.text)?.[1]
    const isPending = a.trying && title === a.trying
    check(page.status === 200 && ((a.title ?? '') === title || isPending), `article ${a.id} says "${title}", acknowledged was "${a.title}", under way "${a.trying}"`)
    if (isPending) done.unknown++
    a.title = title
    a.base = baseOf(page.text)
    delete a.trying
}

// --- from draft to reader ------------------------------------------------------------------------------------------

const approved = [], published = [], issues = []
async function approve(people, a) {
    await save(people.editor, a)
    await must(ask(people.editor, 'POST', a.at + '/gui', { base: a.base }), 'sending')
    await must(ask(people.approver, 'POST', a.at + '/duyet', { base: a.base }), 'approving')
    approved.push(a)
    done.approved++
}
async function publishAlone(people) {
    const a = await newArticle(people.editor)
    await approve(people, a)
    await must(ask(people.approver, 'POST', a.at + '/xuat-ban', { base: a.base }), 'publishing')
    published.push(a)
    done.published++
}
let year = 2100, number = 0
async function publishIssue(people) {
    const issue = { year, number: ++number, articles: [] }
    for (let i = 0; i < 2; i++) {
        const a = await newArticle(people.editor)
        await approve(people, a)
        issue.articles.push(a)
    }
    const made = await must(ask(people.editor, 'POST', '/toa-soan/so/moi',
        { publication: 1, number: issue.number, year, date: `${year}-01-05` }), 'making an issue')
    const at = made.at
    if (!/\/so\/\d+/.test(at)) return
    const step = async (person, path, fields = []) => {
        const page = await ask(person, 'GET', /duyet|phat-hanh/.test(path) ? at + path : at)
        return must(ask(person, 'POST', at + path, [...(baseOf(page.text) ? [['base', baseOf(page.text)]] : []), ...fields]), 'issue' + path)
    }
    await step(people.editor, '/bai', issue.articles.map((a) => ['article', a.id]))
    await step(people.editor, '/gui')
    await step(people.approver, '/duyet')
    issue.trying = true
    issues.push(issue)
    const answer = await step(people.approver, '/phat-hanh')
    if (answer.status < 400) {
        issue.done = true
        done.issues++
    }
}
// An issue is out with all its articles, or neither it nor any of them.
async function verifyPublished() {
    const reader = {}
    for (const a of published.slice(-3)) check((await ask(reader, 'GET', `/bai/x-${a.id}`)).status < 400, `article ${a.id}, published, is gone`)
    for (const issue of issues.slice(-3)) {
        const is = (await ask(reader, 'GET', `/so/${issue.year}/${issue.number}`)).status === 200
        const out = []
        for (const a of issue.articles) out.push((await ask(reader, 'GET', `/bai/x-${a.id}`)).status < 400)
        check(out.every((x) => x === is) && (is || !issue.done), `issue ${issue.number}/${issue.year}: out ${is}, its articles ${out}, acknowledged ${issue.done}`)
    }
}

// --- all of it ----------------------------------------------------------------------------------------------------

async function until(flag, work) {
    while (!flag.over)
        try {
            await work()
        } catch (e) {
            if (!(e instanceof Lost)) failures.push(String(e.stack))
            return
        }
}

try {
    execFileSync(bantin, ['demo', ...where], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    await start()
    const people = { editor: await signIn('bientap'), approver: await signIn('duyet') }
    const texts = []
    for (let i = 0; i < WRITERS; i++) texts.push(await newArticle(people.editor))
    for (let kill = 1; kill <= Number(kills) && failures.length < 20; kill++) {
        const flag = { over: false }
        const work = [...texts.map((a) => until(flag, () => save(people.editor, a))), until(flag, () => publishAlone(people)), until(flag, () => publishIssue(people))]
        await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 500))
        await stop('SIGKILL')
        flag.over = true
        await Promise.all(work)
        const whole = spawnSync(bantin, ['check', ...where], { env, encoding: 'utf8' })
        check(whole.status === 0, `after kill ${kill} bantin check says: ${whole.stdout}${whole.stderr}`)
        await start()
        for (const a of texts) await verifySaved(people.editor, a)
        await verifyPublished()
    }
    check((await stop('SIGTERM')) === 0, 'the server stops in order')
    check(done.saved > 0 && done.published > 0 && (done.issues > 0 || Number(kills) < 30), 'saves, articles and an issue went through between the kills')
} catch (e) {
    failures.push(String(e.stack))
} finally {
    if (server && server.exitCode === null && server.signalCode === null) await stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
}
console.log(`${kills} kills; acknowledged: ${done.saved} saves, ${done.approved} approvals, ${done.published} articles and ${done.issues} issues published; ` +
    `${done.unknown} saves done though the answer was lost`)
for (const f of failures.slice(0, 30)) console.log('FAILED: ' + f)
console.log(`crash: ${passed} passed, ${failures.length} failed`)
process.exit(failures.length > 0 ? 1 : 0)
