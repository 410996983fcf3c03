// Provider 身份提供方: OpenID Connect on this machine, for stories. Whoever comes there is the person it is told, once
// their browser has pressed the one button of its page. It gives a code only once, and only to who proves the question.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer } from 'node:http'

const part = (what) => Buffer.from(typeof what === 'string' ? what : JSON.stringify(what)).toString('base64url')

// openProvider answers with its address, the settings an office needs, who is logged in there, and how to close it.
export async function openProvider() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const asked = new Map()
  const provider = { number: '', client: 'oa', secret: randomUUID() }

  const token = (form, authorization) => {
    const question = asked.get(form.get('code'))
    asked.delete(form.get('code'))
    const [client, secret] = authorization?.startsWith('Basic ')
      ? Buffer.from(authorization.slice(6), 'base64').toString().split(':').map(decodeURIComponent)
      : [form.get('client_id'), form.get('client_secret')]
    const proof = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')
    if (!question || client !== provider.client || secret !== provider.secret || question.get('code_challenge') !== proof) return null
    const now = Math.floor(Date.now() / 1000)
    const text = `${part({ alg: 'RS256', kid: '1' })}.${part({ iss: provider.url, aud: client, sub: 'u', iat: now, exp: now + 300, nonce: question.get('nonce'), staff: provider.number })}`
    return { access_token: 'x', token_type: 'Bearer', id_token: `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}` }
  }

  const server = createServer(async (ask, answer) => {
    const url = new URL(ask.url, provider.url)
    const json = (what, status = 200) => answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(what))
    if (url.pathname === '/.well-known/openid-configuration') {
      return json({
        issuer: provider.url, authorization_endpoint: `${provider.url}/authorize`, token_endpoint: `${provider.url}/token`, jwks_uri: `${provider.url}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      })
    }
    if (url.pathname === '/keys') return json({ keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: '1' }] })
    if (url.pathname === '/authorize') {
      const code = randomUUID()
      asked.set(code, url.searchParams)
      const back = `${url.searchParams.get('redirect_uri')}?${new URLSearchParams({ code, state: url.searchParams.get('state') })}`
      return answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><html lang="zh"><title>统一身份认证</title><a href="${back.replaceAll('&', '&amp;')}">本人确认登录</a>`)
    }
    if (url.pathname === '/token') {
      let body = ''
      for await (const chunk of ask) body += chunk
      const granted = token(new URLSearchParams(body), ask.headers.authorization)
      return granted ? json(granted) : json({ error: 'invalid_grant' }, 400)
    }
    answer.writeHead(404).end()
  })
  await new Promise((up) => server.listen(0, '127.0.0.1', up))
  provider.url = `http://127.0.0.1:${server.address().port}`
  provider.close = () => new Promise((down) => { server.close(down); server.closeAllConnections() })
  return provider
}
