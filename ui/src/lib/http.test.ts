import { afterEach, describe, expect, it, vi } from 'vitest'
import { http, Refusal, whenLoggedOut, withQuery } from './http'

type Answer = Response | Error
function serverAnswers(...answers: Answer[]) {
  const asked: { url: string; key: string | undefined }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, key: (init.headers as Record<string, string>)['Idempotency-Key'] })
    const a = answers.shift()!
    if (a instanceof Error) throw a
    return a
  })
  return asked
}
const problem = (status: number, body: object) => new Response(JSON.stringify(body), { status })

afterEach(() => { vi.unstubAllGlobals(); whenLoggedOut(() => {}) })

describe('与系统来往', () => {
  it('答复丢在路上，用同一个键再送一次', async () => {
    const asked = serverAnswers(new TypeError('network'), new Response('{"id":"1"}'))
    expect(await http.post('/matters', {}, 'k1')).toEqual({ id: '1' })
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

  it('空的条件不进地址', () => expect(withQuery('/tasks', { q: '', kind: undefined, page: 1 })).toBe('/tasks?page=1'))
})
