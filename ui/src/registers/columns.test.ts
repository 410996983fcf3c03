import { describe, expect, it } from 'vitest'
import { cardColumns, cardText, cardTitle, columnWidths, mainColumn } from './columns'
import type { BookColumn } from './types'

const column = (name: string, width = 0, key = name): BookColumn => ({ key, name, width, align: '' })
const line = (...cells: string[]) => ({ id: '', matter_id: '', void: false, cells })

describe('登记簿的栏宽', () => {
  const columns = [column('序号'), column('标题'), column('要求答复及期限'), column('日期', 37)]
  const lines = [line('0001', '关于做好2026年冬季供暖和清冰雪工作的通知', '', '2026年11月16日'), line('0002', '关于报送总结的通知', '11月30日', '2026年11月13日')]
  const [number, title, reply, date] = columnWidths(columns, lines)

  it('标题最宽', () => expect(title).toBeGreaterThan(Math.max(number!, reply!, date!)))
  it('空栏也放得下栏名', () => expect(reply).toBeGreaterThanOrEqual(4))
  it('给定的纸面宽度照办', () => expect(date).toBeCloseTo(10 + 2, 1))
  it('再长也不独占一屏', () => expect(columnWidths([column('说明')], [line('长'.repeat(400))])[0]).toBeLessThan(30))
})

describe('一行说的是哪件事', () => {
  it('有标题取标题', () => expect(mainColumn([column('文号'), column('文件标题')], [])).toBe(1))
  it('没有标题取最长的一栏', () => expect(mainColumn([column('日期'), column('事由')], [line('11月1日', '联系除雪设备借用')])).toBe(1))
})

describe('手机上的一条', () => {
  it('号码和时刻不当标题', () => expect(mainColumn([column('编号'), column('销毁单位'), column('销毁时间')], [line('销〔2026〕3号', '本机关自行粉碎', '2026年11月13日 14:40')])).toBe(1))
  it('那一栏空着就用头一项', () => expect(cardTitle(line('销〔2026〕4号', ''), 1)).toBe('销〔2026〕4号'))
  const cells = ['收〔2026〕1731号', '安委办函〔2026〕221号', '关于供热保障情况的通报', '传阅', '2', '唐季白', '2026年11月19日 09:46']
  it('编号在前，长的略去，看得见谁在阅', () => expect(cardColumns(line(...cells), 2).map((i) => cells[i])).toEqual(['收〔2026〕1731号', '传阅', '2', '唐季白']))
  it('卡片上的时刻只写到日', () => expect([cardText('2026年11月19日 09:46'), cardText('11月19日 09:46起')]).toEqual(['2026年11月19日', '11月19日 09:46起']))
  it('空栏不占地方', () => expect(cardColumns(line('', '', '标题', '11月18日'), 2)).toEqual([3]))
})
