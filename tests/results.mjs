// What tests/run_tests asks of meson.
//   results.mjs pick FOLDER WHICH   names of tests: "every" (but the browser's, which want the release build), "quick",
//                                   "database" (programs that use test_database, found by the symbol, so none can be
//                                   forgotten), "unpaired" (those of them not registered with with_postgres already), or a
//                                   pattern of names
//   results.mjs sum LOG.json        "PASSED FAILED SKIPPED", and on standard error how each failing program ended
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const LINE = /^[^\n]*: (\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm

function usesTestDatabase(program) {
    try {
        return readFileSync(program).includes('\0test_database\0')
    } catch {
        return false
    }
}

function pick(folder, which) {
    const tests = JSON.parse(execFileSync('meson', ['introspect', '--tests', folder], { maxBuffer: 1 << 26 }))
    const paired = new Set(tests.filter((t) => t.cmd[0].endsWith('with_postgres')).map((t) => t.cmd[1]))
    const chosen = {
        every: (t) => !t.suite.some((s) => s.endsWith('browser')),
        quick: (t) => t.suite.some((s) => s.endsWith('quick')),
        database: (t) => usesTestDatabase(t.cmd[0]),
        unpaired: (t) => usesTestDatabase(t.cmd[0]) && !paired.has(t.cmd[0]),
    }[which] ?? ((t) => new RegExp(which).test(t.name))
    for (const t of tests.filter(chosen)) console.log(t.name)
}

// A program's own count where it prints one; otherwise it is one case. One that ended badly failed, whatever it printed.
function casesOf(run) {
    const line = [...(run.stdout ?? '').matchAll(LINE)].at(-1)
    const bad = !['OK', 'SKIP', 'EXPECTEDFAIL'].includes(run.result)
    if (!line) return bad ? [0, 1, 0] : run.result === 'SKIP' ? [0, 0, 1] : [1, 0, 0]
    const [passed, failed, skipped] = line.slice(1).map((n) => Number(n ?? 0))
    return [passed, bad ? Math.max(failed, 1) : failed, skipped]
}

function sum(file) {
    const total = [0, 0, 0]
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
        const run = JSON.parse(line)
        const cases = casesOf(run)
        cases.forEach((n, i) => (total[i] += n))
        if (cases[1] > 0) {
            const tail = (text) => (text ?? '').split('\n').filter((l) => !/\[ +(OK|RUN) +\]/.test(l)).slice(-40).join('\n')
            console.error(`--- FAILED: ${run.name} (${run.result}, status ${run.returncode}); its last lines:`)
            console.error(tail(run.stdout) + '\n' + tail(run.stderr) + '\n---')
        }
    }
    console.log(total.join(' '))
}

const [verb, ...rest] = process.argv.slice(2)
if (verb === 'pick') pick(...rest)
else sum(...rest)
