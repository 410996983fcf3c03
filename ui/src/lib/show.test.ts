import { describe, expect, it } from 'vitest'
import { shows } from './show'

const values = { type: '亲启', channel: '邮寄', needs_reply: false, copies: 2, units: [], title: '' }

describe('按条件出现的栏目', () => {
  it.each([
    ['type == "亲启"', true], ['type != "亲启"', false], ['channel == "电子传输"', false], ['needs_reply', false], ['not needs_reply', true],
    ['type in ["报批", "亲启"]', true], ['channel == "电子传输" or copies >= 2', true], ['(needs_reply or copies > 5) and type == "亲启"', false],
    ['filled(title)', false], ['!filled(units)', true], [undefined, true],
  ])('%s → %s', (c, yes) => expect(shows(c, values)).toBe(yes))
  it.each(['duty("clerk")', 'unknown_field', 'type ==', 'copies + 1 > 2'])('看不懂的 %s 照常出现', (c) => expect(shows(c, values)).toBe(true))
})
