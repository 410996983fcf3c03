import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toasts } from '@/ui/toast'
import { copy } from './copy'

describe('复制', () => {
  beforeEach(() => { toasts.value = [] })
  afterEach(() => vi.unstubAllGlobals())
  const said = () => toasts.value.map((t) => t.text)
  function page(clipboard: unknown, took: boolean) {
    const box = { style: {}, select: vi.fn(), remove: vi.fn() }
    vi.stubGlobal('navigator', { clipboard })
    vi.stubGlobal('document', { activeElement: null, body: { append: vi.fn() }, createElement: () => box, execCommand: () => took })
    return box
  }

  it('剪贴板能用就用', async () => {
    const writeText = vi.fn(async () => {})
    page({ writeText }, false)
    await copy('Cq-1')
    expect(writeText).toHaveBeenCalledWith('Cq-1')
    expect(said()).toEqual(['已复制'])
  })
  it('内网 http 没有剪贴板，照样复制', async () => {
    const box = page(undefined, true)
    await copy('Cq-2', '已复制电话')
    expect(box).toMatchObject({ value: 'Cq-2' })
    expect(box.remove).toHaveBeenCalled()
    expect(said()).toEqual(['已复制电话'])
  })
  it('不让用剪贴板又复制不成，就说出来', async () => {
    page({ writeText: async () => { throw new Error('denied') } }, false)
    await copy('Cq-3')
    expect(said()).toEqual(['没有复制成，请手工抄下'])
  })
})
