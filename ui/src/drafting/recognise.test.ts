import { describe, expect, it } from 'vitest'
import type { Field } from '@/lib/types'
import { fill, pasteHint, recognise } from './recognise'

describe('粘贴识别', () => {
  it('通知的标题、文号、日期在一行里', () => {
    expect(recognise('安澜市人民政府办公室关于做好2026年冬季供暖和清冰雪工作的通知（安政办〔2026〕61号）2026年11月16日')).toEqual({
      title: '安澜市人民政府办公室关于做好2026年冬季供暖和清冰雪工作的通知', number: '安政办〔2026〕61号', day: '2026-11-16', sender: '安澜市人民政府办公室',
    })
  })
  it('从纸面抄来，标题折成两行，括号写错', () => {
    expect(recognise('枫政[2026]34号\n枫渡镇人民政府关于枫渡水厂\n取水口迁改资金的请示\n\n临溪县人民政府：\n2026.11.10')).toEqual({
      title: '枫渡镇人民政府关于枫渡水厂取水口迁改资金的请示', number: '枫政〔2026〕34号', day: '2026-11-10', sender: '枫渡镇人民政府',
    })
  })
  it('普通的话什么也不认', () => expect(recognise('请何映雪同志阅处')).toEqual({}))
  it('十三月不是日期', () => expect(recognise('2026年13月40日')).toEqual({}))
})

describe('粘贴的提示', () => {
  const form = (...names: string[]) => names.map((name, i) => ({ key: i ? `k${i}` : 'title', name, type: /日期/.test(name) ? 'date' : 'text' })) as Field[]
  it('来文的表上说来文', () => expect(pasteHint(form('标题', '来文单位', '文号', '日期'))).toBe('可把来文的标题、文号、日期一起粘贴到任何一栏，会各归其位。'))
  it('别的文件用表上的名称', () => expect(pasteHint(form('文件名称', '文号'))).toBe('可把文件名称、文号一起粘贴到任何一栏，会各归其位。'))
  it('信访、用印不是登记来文，不说', () => {
    expect(pasteHint(form('反映事项', '上级转办文号'))).toBe('')
    expect(pasteHint(form('文件名称', '公文号或附件'))).toBe('')
  })
})

describe('填进栏目', () => {
  const fields = [
    { key: 'title', name: '标题', type: 'text' }, { key: 'doc_number', name: '文号', type: 'text' },
    { key: 'doc_date', name: '日期', type: 'date' }, { key: 'sender', name: '来文单位', type: 'text' },
  ] as Field[]
  const parts = { title: '关于甲的通知', number: '枫政〔2026〕34号' }

  it('已填的不动', () => {
    expect(fill({ title: '已填', doc_number: '' }, fields, parts)).toEqual({ values: { title: '已填', doc_number: '枫政〔2026〕34号' }, filled: ['文号'] })
  })
  it('刚粘贴进去的那一栏换成认出的标题', () => {
    expect(fill({ title: '整段' }, fields, parts, '整段').values.title).toBe('关于甲的通知')
  })
})
