import { describe, expect, it } from 'vitest'
import { isLimit, nameOf, plain, shown } from './words'

describe('条款参数的说法', () => {
  it.each([
    ['7 workdays', '7个工作日'], ['30 minutes', '30分钟'], ['10 years', '10年'], ['half-day', '半天'], ['immediate', '立即'],
    ['>=3 days', '不少于3天'], ['<=20%', '不超过20%'], ['week(Monday)', '每周一'], ['Wednesday', '每周三'], ['month,year', '每月、每年'],
    ['03-31', '3月31日'], ['3-5 per day', '每天3-5'], ['85%', '85%'], ['代字〔年〕号', '代字〔年〕号'], ['20 calendar days', '20天'], ['5000 chars', '5000字'],
    ['5 tries,30 minutes', '5次、30分钟'], ['0.5 workday', '0.5个工作日'],
  ])('%s 说成 %s', (value, said) => expect(plain(value)).toBe(said))
  it('没有平实说法的不给读者看', () => {
    expect(plain('director_absent and (major or 特急)')).toBe('')
    expect(shown([{ key: 'normal', value: '7 workdays' }, { key: 'when', value: 'floor(n/3)' }])).toEqual([{ name: '一般', text: '7个工作日' }])
  })
  it('光秃秃的数和开关不另说', () => expect(shown([{ key: 'items', value: '6' }, { key: 'reason', value: 'required' }, { key: 'alt', value: '8项(000)' }])).toEqual([]))
  it('期限要照期限改', () => {
    expect(isLimit('7 workdays')).toBe(true)
    expect(isLimit('85%')).toBe(false)
  })
  it('没有名字的也不露代号', () => expect(nameOf('no_such_key')).toBe('数值'))
})
