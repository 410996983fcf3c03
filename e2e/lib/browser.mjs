// Browser 浏览器: Debian's Chromium, speaking to nobody but our server.
import { chromium } from 'playwright-core'

const quiet = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
]

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHENGQI_CHROMIUM ?? '/usr/bin/chromium', args: quiet })
}

// newPage opens a page of a person's own (own cookies). Whatever goes wrong inside it is kept for the story to fail on;
// outside are the other sites it may go to.
export async function newPage(browser, url, { screen = desk, dark = false, outside = [] } = {}) {
  const context = await browser.newContext({
    baseURL: url, viewport: screen, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', colorScheme: dark ? 'dark' : 'light',
    hasTouch: screen === phone, isMobile: screen === phone, acceptDownloads: true, reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.faults = []
  page.on('pageerror', (e) => page.faults.push(`${page.url()}：${e.message}`))
  page.on('response', (r) => { if (r.status() >= 500) page.faults.push(`${r.status()} ${r.url()}`) })
  await context.route((u) => u.origin !== new URL(url).origin && !outside.includes(u.origin), (route) => {
    page.faults.push(`页面要到外面去取 ${route.request().url()}`)
    return route.abort()
  })
  return page
}
