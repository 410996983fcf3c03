import type { ProcedureStep } from '@/lib/types'

// The flow chart 流程图 of a procedure: steps from top to bottom in the order of the definition. What leads on to
// the next step is a short arrow; what jumps ahead runs at the right, what goes back at the left, each in a lane
// of its own, so that no two lines lie on one another.
export type Box = { key: string; x: number; y: number; width: number; height: number; step: ProcedureStep | null; name: string }
export type Arrow = { from: string; to: string; names: string[]; quiet?: boolean; side: 'down' | 'ahead' | 'back'; path: string; textX: number; textY: number; anchor: 'start' | 'middle' | 'end' }
export type Chart = { boxes: Box[]; arrows: Arrow[]; width: number; height: number }

export const boxWidth = 268
export const boxHeight = 64
const gap = 46
const lane = 26
const endHeight = 34
// room for the name of an action beside the outermost lane: nine characters
const nameWidth = 116

type Edge = { from: number; to: number; names: string[] }

// The end is no step; actions lead to it under one of these names.
const isEnd = (key: string) => ['closed', 'end', 'done', 'void'].includes(key)

function edgesOf(steps: ProcedureStep[]): Edge[] {
  const at = new Map(steps.map((s, i) => [s.key, i]))
  const found = new Map<string, Edge>()
  steps.forEach((s, from) => {
    for (const a of s.actions) {
      for (const key of a.to) {
        const to = isEnd(key) && !at.has(key) ? steps.length : at.get(key)
        if (to === undefined || to === from) continue
        const edge = found.get(`${from}-${to}`) ?? { from, to, names: [] }
        if (!edge.names.includes(a.name)) edge.names.push(a.name)
        found.set(`${from}-${to}`, edge)
      }
    }
  })
  return [...found.values()]
}

// lanesOf gives each edge of one side the innermost lane in which it crosses no other; short ones first.
export function lanesOf(edges: { from: number; to: number }[]): number[] {
  const span = (e: { from: number; to: number }) => [Math.min(e.from, e.to), Math.max(e.from, e.to)] as const
  const order = edges.map((_, i) => i).sort((a, b) => {
    const [la, ha] = span(edges[a]!), [lb, hb] = span(edges[b]!)
    return ha - la - (hb - lb) || la - lb
  })
  const lanes: number[] = Array(edges.length).fill(0)
  const taken: (readonly [number, number])[][] = []
  for (const i of order) {
    const [low, high] = span(edges[i]!)
    let n = 0
    while (taken[n]?.some(([l, h]) => low <= h && l <= high)) n++
    taken[n] = [...(taken[n] ?? []), [low, high]]
    lanes[i] = n
  }
  return lanes
}

export function layout(steps: ProcedureStep[]): Chart {
  const edges = edgesOf(steps)
  const ahead = edges.filter((e) => e.to > e.from + 1)
  const back = edges.filter((e) => e.to < e.from)
  const down = edges.filter((e) => e.to === e.from + 1)
  const aheadLanes = lanesOf(ahead), backLanes = lanesOf(back)
  const side = (lanes: number[]) => (lanes.length ? (Math.max(...lanes) + 1) * lane + 14 : 14)
  const left = side(backLanes) + (back.length ? nameWidth : 0)
  const right = side(aheadLanes) + (ahead.length ? nameWidth : 0)

  const boxes: Box[] = steps.map((step, i) => ({ key: step.key, name: step.name, step, x: left, y: 10 + i * (boxHeight + gap), width: boxWidth, height: boxHeight }))
  boxes.push({ key: '', name: '办结', step: null, x: left + boxWidth / 2 - 60, y: 10 + steps.length * (boxHeight + gap), width: 120, height: endHeight })

  const middle = left + boxWidth / 2
  const arrows: Arrow[] = down.map((e) => {
    const y1 = boxes[e.from]!.y + boxHeight, y2 = boxes[e.to]!.y
    return { from: steps[e.from]!.key, to: boxes[e.to]!.key, names: e.names, side: 'down', path: `M${middle} ${y1}V${y2}`, textX: middle + 9, textY: (y1 + y2) / 2 + 5, anchor: 'start' }
  })
  const aheadDoors = doors(ahead, aheadLanes.map((n) => -n)), backDoors = doors(back, backLanes)
  ahead.forEach((e, i) => arrows.push(detour(e, boxes, left + boxWidth, (aheadLanes[i]! + 1) * lane, 32 + aheadDoors[i]!, 18, 'ahead')))
  back.forEach((e, i) => arrows.push(detour(e, boxes, left, -(backLanes[i]! + 1) * lane, 10 + backDoors[i]!, 46, 'back')))
  hush(arrows)
  return { boxes, arrows, width: left + boxWidth + right, height: boxes.at(-1)!.y + endHeight + 10 }
}

// hush: an action that leads to several steps, by what was filled in, is named at its first arrow only. Three times the
// same name beside one box is hard to read.
function hush(arrows: Arrow[]) {
  const named = new Set<string>()
  for (const a of arrows) {
    const what = `${a.from} ${a.names.join('、')}`
    if (named.has(what)) a.quiet = true
    named.add(what)
  }
}

// doors says how far apart the lines that leave one box at the same side stand, so that their names can be read;
// in an order in which they do not cross.
function doors(edges: Edge[], order: number[]): number[] {
  return edges.map((e, i) => {
    const mates = edges.map((_, n) => n).filter((n) => edges[n]!.from === e.from).sort((a, b) => order[a]! - order[b]!)
    return mates.indexOf(i) * Math.min(15, 24 / Math.max(1, mates.length - 1))
  })
}

// detour leaves a box at its side, runs along its lane and comes back in at the other box.
function detour(e: Edge, boxes: Box[], edge: number, out: number, door: number, entry: number, side: 'ahead' | 'back'): Arrow {
  const from = boxes[e.from]!, to = boxes[e.to]!
  const y1 = from.y + door
  const y2 = to.y + Math.min(entry, to.height / 2)
  const x = edge + out
  const end = side === 'ahead' ? to.x + to.width : to.x
  const turn = out > 0 ? 6 : -6
  const bend = y2 > y1 ? 6 : -6
  return {
    from: from.key, to: to.key, names: e.names, side, textX: x + (out > 0 ? 5 : -5), textY: y1 + 4, anchor: out > 0 ? 'start' : 'end',
    path: `M${edge} ${y1}H${x - turn}Q${x} ${y1} ${x} ${y1 + bend}V${y2 - bend}Q${x} ${y2} ${x - turn} ${y2}H${end}`,
  }
}
