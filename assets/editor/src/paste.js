// What comes from Word and web pages becomes our tree: lists from Word's numbered paragraphs, notes from its footnotes,
// pictures lifted out for uploading. Text is never dropped.
import { Slice, Fragment } from 'prosemirror-model'
import { schema } from './schema.js'

export const pictureMark = (id) => `\uE001${id}\uE002`
export const pictureMarks = /\uE001(\d+)\uE002/g
export const pendingPictures = new Map()
let pictures = 0
export function holdsPictures(slice) {
  let holds = false
  slice.content.descendants((n) => { if (n.isText && n.text.includes('\uE001')) holds = true })
  return holds
}

export const cleanText = (s) => s.normalize('NFC').replace(/[\u200b\u200c\u200d\ufeff]/g, '').replace(/\u00a0/g, ' ')

// `lost` is called with the number of pictures that the clipboard only names (files of the other program, other sites).
export function cleanHTML(html, lost) {
  html = html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, '').replace(/<!\[(if|endif)[^>]*>/gi, '').replace(/<style[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, ' data-css'))
  const body = new DOMParser().parseFromString(html, 'text/html').body
  if (body.querySelector('[data-pm-slice]')) return html
  for (const e of body.querySelectorAll('style,script,xml,meta,link,title,template,noscript,colgroup')) e.remove()
  for (const e of [...body.querySelectorAll('*')]) if (/^(o|w|m|v|st1):/i.test(e.tagName)) e.replaceWith(...e.childNodes)
  wordNotes(body)
  wordLists(body)
  for (const e of body.querySelectorAll('p.MsoTitle')) rename(e, 'h2')
  stylesToElements(body)
  nestedTables(body)
  const missing = liftPictures(body)
  if (missing) lost(missing)
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) walker.currentNode.data = cleanText(walker.currentNode.data)
  return body.innerHTML
}

const css = (e) => e.getAttribute('data-css') || ''

// What a style says and our tree knows: bold, italic, underline, sub, super, alignment.
function stylesToElements(body) {
  for (const e of [...body.querySelectorAll('[data-css]')]) {
    const says = Object.fromEntries(css(e).toLowerCase().split(';').map((d) => d.split(':').map((x) => x.trim())).filter((d) => d.length === 2))
    e.removeAttribute('data-css')
    const block = /^(p|div|h\d|li|td|th|blockquote)$/i.test(e.tagName)
    if (block && /^(center|right)$/.test(says['text-align'])) e.setAttribute('align', says['text-align'])
    if (/^(b|strong)$/i.test(e.tagName) && /^(normal|400)$/.test(says['font-weight'])) { e.replaceWith(...e.childNodes); continue }
    if (/^(i|em)$/i.test(e.tagName) && says['font-style'] === 'normal') { e.replaceWith(...e.childNodes); continue }
    const wrap = (tag) => { const w = e.ownerDocument.createElement(tag); w.append(...e.childNodes); e.append(w) }
    if (block && e.querySelector('p,div,ul,ol,table,h1,h2,h3,h4,blockquote')) continue
    if (/^(table|tbody|tr|ul|ol|h\d|figure)$/i.test(e.tagName)) continue
    if (/^(bold|bolder|[6-9]00)$/.test(says['font-weight'])) wrap('b')
    if (/^(italic|oblique)/.test(says['font-style'])) wrap('i')
    if (/\bunderline\b/.test(says['text-decoration'] || says['text-decoration-line'])) wrap('u')
    if (says['vertical-align'] === 'sub') wrap('sub')
    if (says['vertical-align'] === 'super') wrap('sup')
  }
}

function rename(e, tag) {
  const n = e.ownerDocument.createElement(tag)
  n.append(...e.childNodes)
  e.replaceWith(n)
  return n
}

// <a href="#_ftn1"><sup>[1]</sup></a> … <div id="ftn1"><p>[1] text</p></div>
function wordNotes(body) {
  for (const a of body.querySelectorAll('a[href*="#_ftn"],a[href*="#_edn"]')) {
    const id = (a.getAttribute('href').match(/#_((?:ftn|edn)\d+)$/) || [])[1]
    const note = id && body.querySelector(`#${id}`)
    if (!note || note.contains(a)) continue
    for (const back of note.querySelectorAll('a[href*="_ftnref"],a[href*="_ednref"]')) back.remove()
    const span = body.ownerDocument.createElement('span')
    span.setAttribute('data-note', '')
    const parts = note.querySelectorAll('p').length ? [...note.querySelectorAll('p')] : [note]
    parts.forEach((p, i) => { if (i) span.append(body.ownerDocument.createElement('br')); span.append(...p.childNodes) })
    a.replaceWith(span)
    note.remove()
  }
  for (const e of body.querySelectorAll('[data-css*="footnote-list"],[data-css*="endnote-list"]')) if (!e.textContent.trim()) e.remove()
}

// Word writes a list as paragraphs: style="mso-list:l0 level2 lfo1", the mark in a span "mso-list:Ignore".
function wordLists(body) {
  const levelOf = (e) => {
    const m = e.nodeType === 1 && /^(P|H\d|DIV)$/.test(e.tagName) && /mso-list:\s*\S+\s+level(\d)/i.exec(css(e))
    return m ? +m[1] : 0
  }
  for (const first of [...body.querySelectorAll('[data-css*="mso-list"]')]) {
    if (!levelOf(first) || !first.isConnected) continue
    const run = [first]
    for (let n = first.nextSibling; n; n = n.nextSibling) {
      if (n.nodeType === 3 && !n.data.trim()) continue
      if (!levelOf(n)) break
      run.push(n)
    }
    const place = first.ownerDocument.createElement('div')
    first.before(place)
    const stack = []
    for (const p of run) {
      const level = levelOf(p)
      const ignore = [...p.querySelectorAll('span')].find((s) => /mso-list:\s*ignore/i.test(css(s)))
      const mark = ignore ? ignore.textContent.replace(/\s|\u00a0/g, '') : ''
      if (ignore) ignore.remove()
      const number = /^\(?(\d+|[a-zđ]|[ivxlc]+)[.)]/i.exec(mark)
      const tag = number ? 'ol' : 'ul'
      while (stack.length > level || (stack.length === level && stack[level - 1].tagName.toLowerCase() !== tag)) stack.pop()
      while (stack.length < level) {
        const list = p.ownerDocument.createElement(tag)
        if (number && /^\d+$/.test(number[1]) && +number[1] > 1) list.setAttribute('start', number[1])
        const above = stack[stack.length - 1]
        if (!above) place.append(list)
        else (above.lastElementChild || above.appendChild(p.ownerDocument.createElement('li'))).append(list)
        stack.push(list)
      }
      const li = p.ownerDocument.createElement('li')
      const para = p.ownerDocument.createElement('p')
      para.append(...p.childNodes)
      li.append(para)
      stack[stack.length - 1].append(li)
      p.remove()
    }
    place.replaceWith(...place.childNodes)
  }
}

// A table in a table's cell becomes its cells' text, one paragraph a cell: the tree has no table in a cell.
function nestedTables(body) {
  for (const t of [...body.querySelectorAll('table table')]) {
    const parts = [...t.querySelectorAll('td,th')].filter((c) => !c.querySelector('td,th'))
    t.replaceWith(...parts.flatMap((c) => c.querySelector('p,div,ul,ol,h1,h2,h3,h4') ? [...c.childNodes] : [(() => { const p = c.ownerDocument.createElement('p'); p.append(...c.childNodes); return p })()]))
  }
}

function liftPictures(body) {
  let missing = 0
  for (const img of [...body.querySelectorAll('img')]) {
    const m = /^data:(image\/[\w.+-]+);base64,(.+)$/s.exec(img.getAttribute('src') || '')
    if (img.closest('figure[data-media]')) continue
    if (!m) { if ((img.getAttribute('width') || '9') > 2) missing++; img.remove(); continue }
    const id = ++pictures
    const bytes = Uint8Array.from(atob(m[2]), (c) => c.charCodeAt(0))
    pendingPictures.set(id, new File([bytes], 'anh-dan-' + id + '.' + m[1].split('/')[1].split('+')[0], { type: m[1] }))
    const p = body.ownerDocument.createElement('p')
    p.textContent = pictureMark(id)
    let top = img
    while (top.parentElement && top.parentElement !== body && !/^(TD|TH|LI|DIV|BLOCKQUOTE)$/.test(top.parentElement.tagName)) top = top.parentElement
    top.after(p)
    img.remove()
    if (top !== img && top.isConnected && !top.textContent.trim() && !top.querySelector('img')) top.remove()
  }
  return missing
}

// Where the cursor stands decides what may come in: a box in a box opens, a table in a cell becomes its text.
export function fitPlace(slice, $pos) {
  const closed = new Set()
  for (let d = $pos.depth; d > 0; d--) {
    const name = $pos.node(d).type.name
    if (name === 'table_cell') for (const n of ['table', 'box', 'sound', 'video']) closed.add(n)
    if (name === 'list_item') for (const n of ['sound', 'video']) closed.add(n)
    if (name === 'box') closed.add('box')
  }
  let holds = false
  slice.content.descendants((n) => { if (closed.has(n.type.name)) holds = true })
  if (!holds || slice.content.firstChild?.type.spec.tableRole === 'row' || slice.content.firstChild?.type.spec.tableRole === 'cell') return slice
  if ($pos.parent.type.spec.tableRole || slice.content.childCount === 1 && slice.content.firstChild.type.name === 'table' && closed.has('table')) return slice
  const open = (fragment) => {
    const out = []
    fragment.forEach((n) => {
      if (!closed.has(n.type.name)) return out.push(n.isBlock && !n.isTextblock ? n.copy(open(n.content)) : n)
      if (n.type.name === 'table') n.forEach((row) => row.forEach((cell) => open(cell.content).forEach((c) => out.push(c))))
      else if (n.type.name === 'box') open(n.content).forEach((c) => out.push(c))
      else if (n.content.size) out.push(schema.nodes.paragraph.create(null, n.content))
    })
    return Fragment.from(out)
  }
  return new Slice(open(slice.content), 0, 0)
}

// A note takes text and marks only: blocks become one line, pictures stay outside.
export const noteHTML = (html) => cleanHTML(html, () => {}).replace(pictureMarks, '')
export const noteText = (text) => new Slice(Fragment.from(plainParagraphs(text).slice(0, 1).flatMap(() => schema.text(plainParagraphs(text).join(' ')))), 0, 0)

// Plain text: lines broken at a width are joined, real ends of paragraphs stay.
export function plainParagraphs(text) {
  const lines = cleanText(text).replace(/\r\n?/g, '\n').split('\n').map((l) => l.replace(/[ \t]+$/, ''))
  const full = lines.filter((l) => l.trim())
  const widest = Math.max(0, ...full.map((l) => [...l].length))
  const wraps = widest >= 45 && widest <= 120 && full.length > 2 && full.filter((l) => [...l].length >= widest * 0.72).length >= full.length * 0.5
  const starts = /^\s{2,}\S|^\t|^\s*([-–—•+*]|\d{1,3}[.)]|[a-zđ][.)]|[IVXLC]+\.)\s/i
  const out = []
  let now = ''
  const end = () => { if (now.trim()) out.push(now.trim().replace(/[ \t]+/g, ' ')); now = '' }
  lines.forEach((line, i) => {
    if (!line.trim() || !wraps) { end(); now = line; return wraps || end() }
    const before = lines[i - 1] || ''
    const endsHere = [...before].length < widest * 0.72 || (/[.!?:;…”"]$/.test(before) && [...before].length + [...line.trim().split(' ')[0]].length + 1 < widest)
    if (now && (starts.test(line) || endsHere)) end()
    now += (now ? ' ' : '') + line.trim()
  })
  end()
  return out
}
export function plainSlice(text, $context, marks) {
  const nodes = plainParagraphs(text).map((p) => schema.nodes.paragraph.create(null, schema.text(p, marks)))
  if (!nodes.length) return Slice.empty
  return new Slice(Fragment.from(nodes), 1, 1)
}
