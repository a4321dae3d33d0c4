// node run.mjs [part of a sentence]: runs every *_test.mjs here. BANTIN_SHOTS=folder keeps pictures of the screens.
import { readdirSync } from 'node:fs'
import { here, runTests } from './kit.mjs'
for (const f of readdirSync(here).filter((f) => f.endsWith('_test.mjs')).sort()) await import('./' + f)
process.exit(await runTests(process.argv[2]) ? 0 : 1)
