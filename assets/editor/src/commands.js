// What the buttons and keys do, each a ProseMirror command.
import { toggleMark, setBlockType, wrapIn, lift, chainCommands, exitCode } from 'prosemirror-commands'
import { wrapInList, liftListItem, sinkListItem } from 'prosemirror-schema-list'
import { CellSelection, TableMap, selectedRect, isInTable, addRowBefore, addRowAfter, addColumnBefore, addColumnAfter, deleteRow, deleteColumn, deleteTable, mergeCells, splitCell } from 'prosemirror-tables'
import { TextSelection } from 'prosemirror-state'
import { schema } from './schema.js'
import { inside } from './media.js'

const { nodes, marks } = schema

export const mark = (name) => toggleMark(marks[name])
export function markActive(state, name) {
  const { from, $from, to, empty } = state.selection
  return !!(empty ? marks[name].isInSet(state.storedMarks || $from.marks()) : state.doc.rangeHasMark(from, to, marks[name]))
}
export function blockName(state) {
  const p = state.selection.$from.parent
  return p.type === nodes.heading ? 'heading' + p.attrs.level : p.type === nodes.paragraph ? 'paragraph' + (p.attrs.align === 'center' || p.attrs.align === 'right' ? '_' + p.attrs.align : '') : ''
}
export function setBlock(name) {
  if (name.startsWith('heading')) return setBlockType(nodes.heading, { level: +name.slice(7) })
  return setBlockType(nodes.paragraph, { align: name.split('_')[1] || null })
}

const around = (state, type) => { for (let d = state.selection.$from.depth; d > 0; d--) if (state.selection.$from.node(d).type === type) return d; return 0 }
export const inNode = (state, name) => around(state, nodes[name]) > 0

export function toggleList(name) {
  const type = nodes[name]
  return (state, dispatch) => {
    const { $from, $to } = state.selection
    const range = $from.blockRange($to)
    const list = range && [range.depth, range.depth - 1].map((d) => d >= 0 && $from.node(d)).find((n) => n && (n.type === nodes.bullet_list || n.type === nodes.ordered_list))
    if (!list) return wrapInList(type)(state, dispatch)
    if (list.type === type) return liftListItem(nodes.list_item)(state, dispatch)
    if (dispatch) {
      let pos = -1
      for (let d = $from.depth; d > 0; d--) if ($from.node(d) === list) pos = $from.before(d)
      if (pos < 0) return false
      dispatch(state.tr.setNodeMarkup(pos, type, type === nodes.ordered_list ? { start: 1 } : null))
    }
    return true
  }
}
export function toggleWrap(name) {
  return (state, dispatch) => {
    const depth = around(state, nodes[name])
    if (depth) {
      const { $from } = state.selection
      const wrap = $from.node(depth)
      if (dispatch) dispatch(state.tr.replaceWith($from.before(depth), $from.after(depth), wrap.content))
      return true
    }
    if (name === 'box' && inside(state.selection.$from, ['table_cell', 'box'])) return false
    return wrapIn(nodes[name])(state, dispatch)
  }
}

export function insertTable(rows = 3, cols = 3) {
  return (state, dispatch) => {
    if (inside(state.selection.$from, ['table_cell', 'quote'])) return false
    if (!dispatch) return true
    const cell = (header) => nodes.table_cell.createAndFill({ header })
    const table = nodes.table.create(null, Array.from({ length: rows }, (_, r) => nodes.table_row.create(null, Array.from({ length: cols }, () => cell(r === 0)))))
    const { $from } = state.selection
    const empty = $from.parent.type === nodes.paragraph && $from.parent.content.size === 0
    const pos = $from.depth ? (empty ? $from.before() : $from.after()) : $from.pos
    const tr = empty && $from.depth ? state.tr.replaceWith(pos, $from.after(), table) : state.tr.insert(pos, table)
    const after = tr.doc.resolve(pos + table.nodeSize)
    if (!after.nodeAfter) tr.insert(after.pos, nodes.paragraph.create())
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(pos + 3))).scrollIntoView())
    return true
  }
}
export function toggleHeader(state, dispatch) {
  if (!isInTable(state)) return false
  if (dispatch) {
    const rect = selectedRect(state)
    const cells = state.selection instanceof CellSelection ? rect.map.cellsInRect(rect)
      : rect.map.cellsInRect({ left: 0, right: rect.map.width, top: rect.top, bottom: rect.top + 1 })
    const to = !cells.every((pos) => rect.table.nodeAt(pos).attrs.header)
    const tr = state.tr
    for (const pos of cells) tr.setNodeAttribute(rect.tableStart + pos, 'header', to)
    dispatch(tr)
  }
  return true
}
// The cells of a new column or row become header cells where the whole row or column they join is one: header is our cells'
// attribute, of which prosemirror-tables knows nothing.
function keepingHeaders(command) {
  return (state, dispatch) => command(state, dispatch && ((tr) => {
    const before = selectedRect(state)
    const old = new Set()
    before.table.descendants((n) => { if (n.type === nodes.table_cell) old.add(n) })
    const table = tr.doc.nodeAt(before.tableStart - 1)
    const map = TableMap.get(table)
    const fresh = new Set(map.map.filter((pos) => !old.has(table.nodeAt(pos))))
    const headed = (line) => { const rest = line.filter((pos) => !fresh.has(pos)); return rest.length > 0 && rest.every((pos) => table.nodeAt(pos).attrs.header) }
    const row = (y) => map.map.slice(y * map.width, (y + 1) * map.width)
    const column = (x) => Array.from({ length: map.height }, (_, y) => map.map[y * map.width + x])
    for (let y = 0; y < map.height; y++) for (let x = 0; x < map.width; x++) {
      const pos = map.map[y * map.width + x]
      if (fresh.has(pos) && (headed(row(y)) || headed(column(x)))) tr.setNodeAttribute(before.tableStart + pos, 'header', true)
    }
    dispatch(tr)
  }))
}

export const table = { row_above: keepingHeaders(addRowBefore), row_below: keepingHeaders(addRowAfter), column_left: keepingHeaders(addColumnBefore), column_right: keepingHeaders(addColumnAfter),
  row_remove: deleteRow, column_remove: deleteColumn, cells_merge: mergeCells, cell_split: splitCell, header_toggle: toggleHeader, table_remove: deleteTable }
export { isInTable }

// Bold and the like, links, and the block's own form go; the text stays.
export function clearFormatting(state, dispatch) {
  const { from, to, empty, $from } = state.selection
  const [a, b] = empty ? [$from.start(), $from.end()] : [from, to]
  const tr = state.tr
  tr.removeMark(a, b)
  tr.doc.nodesBetween(a, b, (n, pos) => {
    if (n.type === nodes.heading || (n.type === nodes.paragraph && n.attrs.align)) tr.setNodeMarkup(pos, nodes.paragraph, {})
  })
  if (dispatch) dispatch(tr.setStoredMarks([]))
  return true
}

export const hardBreak = chainCommands(exitCode, (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
})
export const deeper = sinkListItem(nodes.list_item)
export const higher = chainCommands(liftListItem(nodes.list_item), lift)

export function linkAt(state) {
  const { $from, from, to, empty } = state.selection
  let href = ''
  if (empty) href = marks.link.isInSet($from.marks())?.attrs.href || ''
  else state.doc.nodesBetween(from, to, (n) => { href ||= marks.link.isInSet(n.marks)?.attrs.href || '' })
  return href
}
// With nothing selected: the whole link under the cursor is changed, or the address itself is put in as text.
export function setLink(href) {
  return (state, dispatch) => {
    let { from, to, empty, $from } = state.selection
    const now = empty && marks.link.isInSet($from.marks())
    if (now) {
      const parent = $from.parent
      parent.forEach((n, offset) => {
        const start = $from.start() + offset
        if (now.isInSet(n.marks) && start <= $from.pos && start + n.nodeSize >= $from.pos) { from = start; to = start + n.nodeSize }
      })
    }
    const tr = state.tr
    if (!href) tr.removeMark(from, to, marks.link)
    else if (from === to) tr.insert(from, schema.text(href, [marks.link.create({ href }), ...$from.marks().filter((m) => m.type !== marks.link)]))
    else tr.removeMark(from, to, marks.link).addMark(from, to, marks.link.create({ href }))
    if (dispatch) dispatch(tr)
    return true
  }
}
