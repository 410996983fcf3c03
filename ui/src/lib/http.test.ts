import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { http, openingOf, Refusal, upload, whenLoggedOut, withQuery } from './http'
import { away } from './reach'

type Answer = Response | Error
let asksBack: () => Response // what the server says when asked whether it lives
function serverAnswers(...answers: Answer[]) {
  const asked: { url: string; key: string | undefined }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url === '/healthz') return asksBack()
    asked.push({ url, key: (init.headers as Record<string, string>)['Idempotency-Key'] })
    const a = answers.shift()!
    if (a instanceof Error) throw a
    return a
  })
  return asked
}
const problem = (status: number, body: object) => new Response(JSON.stringify(body), { status })

// nginx is what a proxy says in the server's stead, in its own English.
const nginx = (status: number) => new Response(`<html><h1>${status} nginx</h1></html>`, { status, headers: { 'Content-Type': 'text/html' } })

beforeEach(() => { vi.useFakeTimers(); asksBack = () => new Response('ok') })
afterEach(async () => {
  asksBack = () => new Response('ok')
  await vi.advanceTimersByTimeAsync(20_000) // whoever still waits for the server
  vi.useRealTimers()
  vi.unstubAllGlobals()
  whenLoggedOut(() => {})
})

// soon lets the time pass that a request waits.
async function soon<T>(asked: Promise<T>, seconds = 200): Promise<T> {
  asked.catch(() => {})
  await vi.advanceTimersByTimeAsync(seconds * 1000)
  return asked
}

describe('与系统来往', () => {
  it('答复丢在路上，用同一个键再送一次', async () => {
    const asked = serverAnswers(new TypeError('network'), new Response('{"id":"1"}'))
    expect(await soon(http.post('/matters', {}, 'k1'), 1)).toEqual({ id: '1' })
    expect(asked.map((a) => a.key)).toEqual(['k1', 'k1'])
  })

  it('没有键的写入不重送，免得办两次', async () => {
    const asked = serverAnswers(new TypeError('network'))
    await expect(http.put('/me/away', {})).rejects.toMatchObject({ status: 0 })
    expect(asked).toHaveLength(1)
  })

  it('不能办的缘由全部带回', async () => {
    serverAnswers(problem(422, { detail: '没有办成', reasons: [{ text: '标题未填', clause: 'DOC-IN-02', field: 'title' }] }))
    const refused = await http.post('/matters', {}, 'k').catch((e) => e)
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ status: 422, message: '没有办成', reasons: [{ field: 'title' }] })
  })

  it('登录过期时告知一次；密码输错不算过期', async () => {
    const told = vi.fn()
    whenLoggedOut(told)
    serverAnswers(problem(401, { detail: '请先登录' }), problem(401, { detail: '密码不对' }))
    await http.get('/tasks').catch(() => {})
    await http.post('/session', {}).catch(() => {})
    expect(told).toHaveBeenCalledTimes(1)
  })

  it('代理说后面没有服务时，说连不上，等它回来接着送，键还是那个', async () => {
    let back = false
    asksBack = () => back ? new Response('ok') : nginx(502)
    const asked = serverAnswers(nginx(502), nginx(502), new Response('{"id":"1"}'))
    const got = http.post('/matters', { title: '写了半天的' }, 'k1')
    await vi.advanceTimersByTimeAsync(5000)
    expect(away.value).toBe(true)
    expect(asked).toHaveLength(2)
    back = true
    expect(await soon(got, 10)).toEqual({ id: '1' })
    expect(away.value).toBe(false)
    expect(asked.map((a) => a.key)).toEqual(['k1', 'k1', 'k1'])
  })

  it('一直连不上的，按了按钮的人等半分钟就知道', async () => {
    asksBack = () => nginx(503)
    serverAnswers(nginx(503), nginx(503))
    await expect(soon(http.post('/matters', {}, 'k'), 32)).rejects.toMatchObject({ status: 0, message: expect.stringContaining('连不上系统') })
    expect(away.value).toBe(true)
  })

  it('系统自己说的不能办不是连不上', async () => {
    const asked = serverAnswers(new Response('{"detail":"磁盘已满"}', { status: 503, headers: { 'Content-Type': 'application/problem+json' } }))
    await expect(http.post('/matters', {}, 'k')).rejects.toMatchObject({ status: 503, message: '磁盘已满' })
    expect(asked).toHaveLength(1)
    expect(away.value).toBe(false)
  })

  it('代理嫌大的，用中文说', async () => {
    serverAnswers(nginx(413))
    await expect(http.put('/drafts/x', {})).rejects.toMatchObject({ status: 413, message: expect.stringContaining('反向代理') })
  })

  it('太大的文件不送就说上限', async () => {
    const big = { size: 101 * 2 ** 20, name: '录像.mp4' } as File
    await expect(upload('/files', big)).rejects.toMatchObject({ status: 413, message: '文件超过 100 MB，没有上传，请压缩或分开上传。' })
  })

  it('代理不让过的文件，说文件多大、上限多少', async () => {
    vi.stubGlobal('XMLHttpRequest', function (this: Record<string, unknown>) {
      Object.assign(this, { upload: {}, open() {}, setRequestHeader() {}, getResponseHeader: () => 'text/html', send: () => (this.onload as () => void)(), status: 413, responseText: '<html>' })
    })
    const file = new File([new Uint8Array(3 * 2 ** 20)], '附件.pdf')
    await expect(upload('/files', file)).rejects.toThrow('文件有 3 MB，本系统最大收 100 MB')
  })

  it('空的条件不进地址', () => expect(withQuery('/tasks', { q: '', kind: undefined, page: 1 })).toBe('/tasks?page=1'))
})

describe('退回的话', () => {
  it('后面接着理由的，只留开头', () => expect(openingOf('没有保存：请填写工号；请填写姓名', [{ text: '请填写工号' }])).toBe('没有保存'))
  it('就是理由的，不说两遍', () => expect(openingOf('请填写工号', [{ text: '请填写工号' }])).toBe(''))
  it('没有理由的，原话', () => expect(openingOf('没有这个科室', [])).toBe('没有这个科室'))
})
