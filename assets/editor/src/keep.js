// Unsaved text, kept in this browser's IndexedDB: one record per person, article, base and open tab. A record goes when the
// server has its text; a newer page offers what an earlier one left behind.
const name = 'bantin-kept'
const store = 'texts'
const longest = 60 * 864e5 /* days in milliseconds: older text is no longer missed */
let opened

function open() {
  opened ??= new Promise((done, fail) => {
    const r = indexedDB.open(name, 1)
    r.onupgradeneeded = () => r.result.createObjectStore(store, { keyPath: 'key' })
    r.onsuccess = () => done(r.result)
    r.onerror = () => fail(r.error)
  })
  return opened
}
async function act(mode, f) {
  const db = await open()
  return new Promise((done, fail) => {
    const tx = db.transaction(store, mode)
    const r = f(tx.objectStore(store))
    tx.oncomplete = () => done(r && r.result)
    tx.onerror = tx.onabort = () => fail(tx.error)
  })
}

const tab = Math.random().toString(36).slice(2)
export const keepKey = (person, path, base) => [person, path, base, tab].join('|')
export const keep = (record) => act('readwrite', (s) => s.put(record))
export const forget = (key) => act('readwrite', (s) => s.delete(key))

// What earlier pages left of this article, newest first; a tab that is still open keeps its own.
export async function left(person, path) {
  const all = await act('readonly', (s) => s.getAll())
  const live = navigator.locks ? new Set((await navigator.locks.query()).held.map((l) => l.name)) : new Set()
  for (const r of all) if (Date.now() - r.at > longest) await forget(r.key)
  return all.filter((r) => r.person === person && r.path === path && r.tab !== tab && !live.has('bantin-tab-' + r.tab)).sort((a, b) => b.at - a.at)
}
export const thisTab = tab
export function holdTab() { navigator.locks?.request('bantin-tab-' + tab, () => new Promise(() => {})) }
