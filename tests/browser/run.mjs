// node run.mjs [part of a sentence]: runs every *_test.mjs here. BANTIN_SHOTS=folder keeps pictures of the screens.
// What the tests need from npm is installed once, at the versions of package-lock.json.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
if (!['playwright-core', 'axe-core'].every((p) => existsSync(join(here, 'node_modules', p)))) {
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, stdio: 'inherit' })
  } catch {
    console.log('browser: 0 passed, 0 failed, 1 skipped (npm ci did not work here)')
    process.exit(77)
  }
}
const { runTests } = await import('./kit.mjs')
for (const f of readdirSync(here).filter((f) => f.endsWith('_test.mjs')).sort()) await import('./' + f)
process.exit(await runTests(process.argv[2]) ? 0 : 1)
