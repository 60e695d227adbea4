import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type BrowserContext, chromium, type Page, type WebSocket } from 'playwright-core'
import { browser, quiet } from './browser.ts'

/** The dashboard in a browser, with an eye on what it should not do. */
export interface Dashboard extends AsyncDisposable {
  readonly context: BrowserContext
  readonly page: Page
  /** Addresses that it asked of anybody but its server. */
  readonly elsewhere: string[]
  /** The connections that it has opened. */
  readonly sockets: WebSocket[]
  /** What broke in it, and what its policy stopped. */
  readonly errors: string[]
}

/** Opens an address of the dashboard in a browser of its own; with `hasClock`, its time can be put forward. */
export async function openDashboard(address: string, { hasClock = false } = {}): Promise<Dashboard> {
  const launched = await chromium.launch({ executablePath: browser as string, args: quiet })
  const context = await launched.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Asia/Yerevan',
  })
  const { host } = new URL(address)
  const [elsewhere, errors]: string[][] = [[], []]
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url())
    if (url.host === host || url.protocol === 'blob:') return route.continue()
    elsewhere?.push(url.href)
    return route.abort()
  })
  const page = await context.newPage()
  const sockets: WebSocket[] = []
  page.on('websocket', (socket) => sockets.push(socket))
  page.on('pageerror', ({ message }) => errors?.push(message))
  page.on('console', (message) => {
    // That the server is away, the browser says by itself.
    const isOwn =
      message.type() === 'error' && !/ERR_CONNECTION|WebSocket connection|Failed to load/.test(message.text())
    if (isOwn) errors?.push(message.text())
  })
  if (hasClock) await page.clock.install()
  await page.goto(address)
  return {
    ...{ context, page, sockets, elsewhere: elsewhere as string[], errors: errors as string[] },
    [Symbol.asyncDispose]: () => launched.close(),
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with the page as it is now: rule and element. @param rules only by these; unless given, by all */
export async function violationsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe)
  const options = JSON.stringify(rules ? { runOnly: rules } : {})
  const found = (await page.evaluate(`axe.run(document, ${options})`)) as {
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[]
  }
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  )
}
