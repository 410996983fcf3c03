import type { BookColumn, BookLine } from './types'

const emOnPaper = 3.7 // mm: 五号, in which registers are printed
const least = 3.2
const most = 26

// length is how wide a text stands, in ems.
export function length(text: string): number {
  let n = 0
  for (const c of text) n += c < '\u2e80' ? 0.56 : 1
  return n
}

// columnWidths gives the width of each column in ems. A width given for the paper is kept; the others take what
// nine lines in ten need, as the printed book does. Headings may take two lines, contents should not.
export function columnWidths(columns: BookColumn[], lines: BookLine[]): number[] {
  return columns.map((c, i) => {
    const name = length(c.name)
    const heading = (name > 4 ? Math.ceil(name / 2) : name) + (c.sort ? 1 : 0)
    const lengths = lines.map((l) => length(l.cells[i] ?? '')).filter(Boolean).sort((a, b) => a - b)
    const usual = lengths[Math.floor(lengths.length * 0.9)] ?? 0
    const given = c.width / emOnPaper
    // A long text stands on two lines, so that it needs little more than half its length.
    const wanted = Math.max(given, usual > 16 ? Math.max(16, usual * 0.6) : usual)
    return Math.round(Math.min(most, Math.max(least, heading, wanted)) * 10 + 20) / 10
  })
}

// cardText is what a card says of an entry: of a moment, the day.
export const cardText = (text: string): string => text.replace(/^(\d+年\d+月\d+日) \d\d:\d\d$/, '$1')

// cardColumns gives what a phone's card says beneath the title: the number first, then the first few short entries; long
// ones would push out the others.
export function cardColumns(line: BookLine, main: number): number[] {
  const said = line.cells.map((_, i) => i).filter((i) => i !== main && line.cells[i])
  const short = said.filter((i, n) => n === 0 || length(cardText(line.cells[i]!)) <= 9.5)
  let room = 22
  return short.filter((i) => (room -= length(cardText(line.cells[i]!)) + 1) >= 0)
}

// mainColumn is the one that says what the line is about: the title, which everywhere is the column of the most words; numbers and dates are none.
export function mainColumn(columns: BookColumn[], lines: BookLine[]): number {
  const named = columns.findIndex((c) => c.key === 'title' || /标题|题名|文件名称/.test(c.name))
  if (named >= 0) return named
  const words = (text = '') => text.replace(/\d+年\d+月\d+日/g, '').match(/\p{Script=Han}/gu)?.length ?? 0
  const sums = columns.map((c, i) => (/号$/.test(c.name) ? 0 : lines.reduce((n, l) => n + words(l.cells[i]), 0)))
  return sums.length ? sums.indexOf(Math.max(...sums)) : 0
}

// cardTitle is what a card is headed with: what the line is about, or the first thing it says.
export const cardTitle = (line: BookLine, main: number): string => line.cells[main] || line.cells.find(Boolean) || '（无标题）'
