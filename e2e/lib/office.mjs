// Office 样例机关: the built program at work on a data folder of its own, as an office would run it.
// The sample is loaded once for a run and copied for each office, so that every file of stories starts from the same day.
import { spawn, spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const program = process.env.CHENGQI_PROGRAM ?? join(root, 'bin', 'chengqi')
export const out = join(root, 'e2e', 'out')
export const password = 'Chengqi-2026'

// sample is a data folder with the sample office, made anew when the program is newer.
async function sample() {
  const folder = join(out, 'sample')
  const built = (await stat(program)).mtimeMs
  const made = await stat(join(folder, 'chengqi.db')).then((s) => s.mtimeMs, () => 0)
  if (made > built) return folder
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const done = spawnSync(program, ['demo', '--data', folder, '--password', password], { encoding: 'utf8', timeout: 240_000 })
  if (done.status !== 0) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(`样例没有装载成：${done.stdout}\n${done.stderr}`)
  }
  return folder
}

// freePort is one that nobody listens on now: an office that must know its own address before it starts needs it.
async function freePort() {
  const probe = createServer()
  await new Promise((up) => probe.listen(0, '127.0.0.1', up))
  const { port } = probe.address()
  await new Promise((down) => probe.close(down))
  return port
}

// together waits for all of what is being opened, and closes the rest when one does not come: a browser left open would keep
// the run from ending.
export async function together(...opening) {
  const came = await Promise.allSettled(opening)
  const failed = came.find((c) => c.status === 'rejected')
  if (!failed) return came.map((c) => c.value)
  await Promise.all(came.map((c) => c.value?.close?.()))
  throw failed.reason
}

// openOffice starts a server on a free port and answers with its address and how to close it. settings makes of the
// address what else is in its environment.
export async function openOffice({ settings = () => ({}) } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'chengqi-'))
  await cp(await sample(), data, { recursive: true })
  const listen = `127.0.0.1:${await freePort()}`
  let server
  async function start() {
    server = spawn(program, ['serve', '--data', data, '--listen', listen], {
      stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...settings(`http://${listen}`) },
    })
    let said = ''
    return new Promise((found, failed) => {
      const timer = setTimeout(() => failed(new Error(`服务没有起来：${said}`)), 60_000)
      const hear = (chunk) => {
        said += chunk
        const m = said.match(/http:\/\/127\.0\.0\.1:[1-9]\d*/)
        if (m) { clearTimeout(timer); found(m[0]) }
      }
      server.stdout.on('data', hear)
      server.stderr.on('data', hear)
      server.on('exit', (code) => { clearTimeout(timer); failed(new Error(`服务退出了（${code}）：${said}`)) })
    })
  }
  async function stop() {
    server.removeAllListeners('exit')
    const gone = new Promise((r) => server.once('exit', r))
    server.kill('SIGTERM')
    const timer = setTimeout(() => server.kill('SIGKILL'), 10_000)
    await gone
    clearTimeout(timer)
  }
  const url = await start()
  return {
    url, start, stop, // a restart keeps the address and the data
    async close() {
      await stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}
