import type { Field, Values } from '@/lib/types'

// What is copied from a spreadsheet comes as lines of cells with tabs between; a cell with a line break in it is quoted.
export function cells(text: string): string[][] {
  const lines: string[][] = [['']]
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i], line = lines[lines.length - 1]!
    const opens = c === '"' && !quoted && line[line.length - 1] === ''
    if (opens || (c === '"' && quoted)) {
      if (quoted && text[i + 1] === '"') line[line.length - 1] += text[i++]
      else quoted = !quoted
    } else if (c === '\t' && !quoted) line.push('')
    else if (c === '\n' && !quoted) lines.push([''])
    else if (c !== '\r') line[line.length - 1] += c
  }
  return lines.filter((l) => l.some((c) => c.trim()))
}

// laid puts pasted cells into the rows from a place on. A first line of the table's own column names says what stands where;
// without it the cells go on from the column that was pasted into. What a column cannot take stays as it is.
export function laid(rows: Values[], columns: Field[], pasted: string[][], at: { row: number; column: number }): Values[] {
  const named = pasted[0]!.map((name) => columns.find((c) => c.name === name.trim()))
  const headed = named.filter(Boolean).length >= Math.min(2, columns.length)
  const place = headed ? named : pasted.reduce((most, l) => (l.length > most.length ? l : most)).map((_, i) => columns[at.column + i])
  const out = [...rows]
  for (const [i, line] of pasted.slice(headed ? 1 : 0).entries()) {
    const row: Values = { ...(out[at.row + i] ?? Object.fromEntries(columns.map((c) => [c.key, c.default ?? null]))) }
    line.forEach((cell, k) => {
      const column = place[k]
      const value = column && valueOf(column, cell.trim())
      if (column && value !== undefined) row[column.key] = value
    })
    out[at.row + i] = row
  }
  return out
}

// valueOf reads a cell as the column has it; undefined is what it cannot be.
function valueOf(column: Field, text: string): unknown {
  if (!text || column.fixed) return undefined
  switch (column.type) {
    case 'text': case 'longtext': return text
    case 'number': case 'decimal': case 'money': { const n = Number(text.replace(/[,，\s]/g, '')); return Number.isFinite(n) ? n : undefined }
    case 'flag': return /^(是|√|✓|1|true)$/i.test(text)
    case 'choice': return column.options?.find((o) => o.value === text || o.label === text)?.value
    case 'date': return dateOf(text)?.day
    case 'datetime': { const d = dateOf(text); return d && `${d.day}T${d.clock}:00+08:00` }
    default: return undefined
  }
}

function dateOf(text: string): { day: string; clock: string } | undefined {
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2}))?/.exec(text)
  if (!m) return undefined
  const two = (s = '0') => s.padStart(2, '0')
  return { day: `${m[1]}-${two(m[2])}-${two(m[3])}`, clock: `${two(m[4])}:${two(m[5])}` }
}
