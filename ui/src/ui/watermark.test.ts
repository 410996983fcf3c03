import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, it } from 'vitest'
import SecretTag from './SecretTag.vue'
import Watermark from './Watermark.vue'

const drawn = (component: object, props: Record<string, unknown>) => renderToString(createSSRApp(component, props))

describe('水印（SEC-38）', () => {
  it('写明何人何件何时，读屏不念，两张水印互不相混', async () => {
    const page = await renderToString(createSSRApp({
      components: { Watermark },
      template: '<div><Watermark :lines="a" /><Watermark :lines="b" /></div>',
      data: () => ({ a: ['工作秘密　陈志远 3101', '收〔2026〕12号　2026-11-26 09:30'], b: ['<b>别的</b>'] }),
    }))
    expect(page).toContain('工作秘密　陈志远 3101')
    expect(page).toContain('收〔2026〕12号　2026-11-26 09:30')
    expect(page).toContain('aria-hidden="true"')
    expect(page).not.toContain('<b>')
    const ids = [...page.matchAll(/<pattern id="([^"]+)"/g)].map((m) => m[1])
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(page).toContain(`fill="url(#${id})"`)
  })
  it('不是工作秘密的什么也不画', async () => {
    expect(await drawn(Watermark, { lines: [] })).not.toContain('<svg')
  })
})

describe('工作秘密标识', () => {
  it('单独标识，不带密级符号', async () => {
    const tag = await drawn(SecretTag, { of: { work_secret: true } })
    expect(tag).toContain('工作秘密')
    expect(tag).not.toContain('★')
    expect(await drawn(SecretTag, { of: { work_secret: false } })).not.toContain('工作秘密')
  })
})
