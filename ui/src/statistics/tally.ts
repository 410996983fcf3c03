import type { Tally } from './types'

type Colours = { ink: string; soft: string; strong: string; red: string; green: string }

// The chart shows the largest lines only; the table beside it has them all.
const shown = 12
const top = (t: Tally) => t.lines.slice(0, shown).reverse()

export const tallyHeight = (t: Tally) => 70 + Math.min(t.lines.length, shown) * 30

// tallyOption draws a bar for each line, in parts where the tally has columns.
export function tallyOption(t: Tally) {
  const lines = top(t)
  return (c: Colours) => {
    const paint = [c.ink, c.strong, c.green, c.red, c.soft]
    const bar = (name: string, data: number[], i: number) => ({ name, type: 'bar', stack: 'all', data, itemStyle: { color: paint[i % paint.length] }, barMaxWidth: 16 })
    return {
      grid: { left: 8, right: 30, top: 34, bottom: 4, containLabel: true },
      xAxis: { type: 'value' },
      yAxis: { type: 'category', data: lines.map((l) => l.name) },
      series: t.across.length ? t.across.map((a, i) => bar(a, lines.map((l) => l.cells[i] ?? 0), i)) : [bar(t.name, lines.map((l) => l.total), 0)],
    }
  }
}
