import { describe, expect, it } from 'vitest'
import { pieces } from './snippet'

describe('摘句', () => {
  it('找到的字单独成段', () => {
    expect(pieces('做好<mark>供暖</mark>保障')).toEqual([
      { text: '做好', found: false }, { text: '供暖', found: true }, { text: '保障', found: false },
    ])
  })
  it('文中的尖括号照字面显示', () => expect(pieces('&lt;附件&gt; &amp;lt;')).toEqual([{ text: '<附件> &lt;', found: false }]))
  it('别的标记不起作用', () => expect(pieces('<b>甲</b>')).toEqual([{ text: '<b>甲</b>', found: false }]))
  it('没有摘句', () => expect(pieces('')).toEqual([]))
})
