// Which lines of a long book are on the screen. The book is as tall as all its lines, so that the scroll bar
// tells the truth; only those in sight, and a few on either side, are drawn.

// Browsers stop drawing beyond some ten million pixels: a taller book is scrolled in a smaller measure.
const tallest = 8_000_000
const spare = 12

export type Sight = { first: number; last: number; top: number; height: number }

// sight gives the lines to draw [first, last), where the first stands, and how tall the whole is.
export function sight(scrolled: number, view: number, total: number, line: number): Sight {
  const real = total * line
  const height = Math.min(real, tallest)
  const hidden = Math.max(1, height - view)
  const at = height === real ? scrolled : (scrolled / hidden) * (real - view)
  const first = Math.max(0, Math.min(total, Math.floor(at / line) - spare))
  const last = Math.min(total, Math.ceil((at + view) / line) + spare)
  return { first, last, top: Math.max(0, scrolled - (at - first * line)), height }
}

// scrollTo gives where to scroll so that a line is wholly in sight; where one is, if it already is.
export function scrollTo(index: number, scrolled: number, view: number, total: number, line: number): number {
  const real = total * line
  const height = Math.min(real, tallest)
  const scale = height === real ? 1 : (height - view) / (real - view)
  const at = scrolled / scale
  if (index * line < at) return index * line * scale
  if ((index + 1) * line > at + view) return ((index + 1) * line - view) * scale
  return scrolled
}
