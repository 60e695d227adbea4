import type { WebSocket } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { type News, newsOf } from '../support/news.ts'
import { type Dashboard, openDashboard } from '../support/page.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'
import { recordStatements } from '../support/statements.ts'

/** What a burst did to the page. */
interface Watched {
  /** How often what is at the top has changed. */
  readonly steps: number
  /** The most rows that there were. */
  readonly most: number
  /** The longest time for which the page answered nobody, in milliseconds. */
  readonly longest: number
}

/** Has the page count it, from now on. */
const watch = `
  watched = { steps: 0, most: 0, longest: 0 }
  let top
  new MutationObserver(() => {
    const items = document.querySelectorAll('[data-item]')
    watched.most = Math.max(watched.most, items.length)
    if (items[0]?.dataset.ref !== top) watched.steps++
    top = items[0]?.dataset.ref
  }).observe(document.body, { childList: true, subtree: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration)
  }).observe({ type: 'longtask' })`

/** Has the page keep what its connection is said to be, whenever that changes. */
const watchState = `
  states = []
  new MutationObserver(() => states.push(document.querySelector('[data-connection]').innerText.trim())).observe(
    document.querySelector('[data-connection]'),
    { attributes: true, childList: true, characterData: true, subtree: true },
  )`

let record: Record
let server: TestServer
let news: News
let dashboard: Dashboard

async function open(): Promise<void> {
  record = await openRecord()
  server = await openServer(record, { heartbeatMs: 1000 })
  news = newsOf(record.write)
  dashboard = await openDashboard(server.url.replace('/graphql', '/'), { hasClock: true })
}

async function close(): Promise<void> {
  await dashboard?.[Symbol.asyncDispose]()
  await server?.close()
  await record?.[Symbol.asyncDispose]()
}

const where = browser ?? 'a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(`much at once in ${where}`, () => {
  beforeAll(open, 60_000)
  afterAll(close, 30_000)

  test('says that an empty record is empty', async () => {
    await dashboard.page.getByText('The record is empty.').waitFor()
  })

  test('2,000 arrivals at once are drawn in one step, only those that are near, and more as one goes on', async () => {
    const { page, sockets } = dashboard
    await page.evaluate(watch)
    // Time stands while they come in: how many steps it takes then does not hang on how busy this machine is.
    await page.clock.pauseAt(((await page.evaluate('Date.now()')) as number) + 1000)
    const last = (sockets.at(-1) as WebSocket).waitForEvent('framereceived', {
      ...{ predicate: ({ payload }) => payload.includes('"burst-2000"'), timeout: 60_000 },
    })
    const statements = recordStatements()
    await news.many(2000, 'burst')
    const before = statements.length
    await last
    // Actors, outlets and reports are read for many arrivals at once: for each on its own it would be three statements.
    expect(statements.length - before).toBeLessThan(2000)
    const shown = page.locator('[data-ref="burst-2000"]')
    await expect.poll(() => page.clock.runFor(600).then(() => shown.count())).toBe(1)
    const { steps, most, longest } = (await page.evaluate('watched')) as Watched
    console.log(`2,000 arrivals: ${steps} steps, at most ${most} rows, longest task ${Math.round(longest)} ms`)
    expect(steps).toBeLessThan(4)
    expect(most).toBeGreaterThan(20)
    expect(most).toBeLessThan(70)
    await page.clock.resume()
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    await expect.poll(() => page.locator('[data-item]').count()).toBeGreaterThan(most)
  }, 120_000)

  test('after the computer has slept it comes back by itself, and shows what was missed, as much as is near', async () => {
    const { page } = dashboard
    await page.evaluate('scrollTo(0, 0)')
    await dashboard.context.setOffline(true)
    await page.clock.fastForward('02:00:00')
    await page.locator('[data-connection="offline"]').waitFor()
    await news.many(200, 'while-asleep')
    await page.evaluate(watchState)
    await dashboard.context.setOffline(false)
    await page.getByText(/200 changes caught up/).waitFor({ timeout: 30_000 })
    await page.locator('.missed [data-ref="while-asleep-200"]').waitFor()
    expect(await page.locator('.missed [data-item]').count()).toBeLessThan(100)
    expect(await page.evaluate('states')).toContainEqual(expect.stringMatching(/^Catching up: \d+ to go$/))
  }, 60_000)

  test('a correction and a retraction are told as what they are', async () => {
    const { page } = dashboard
    await news.agreed('swap')
    await page.locator('[data-ref="swap"]').first().waitFor()
    await news.corrected('swap', 30)
    await page
      .locator('.now [data-ref="swap"]', { hasText: 'Corrected' })
      .getByText('Reason: The desk says so')
      .waitFor()
    await news.retract('swap')
    await page.locator('.now [data-ref="swap"]', { hasText: 'Withdrawn: The desk says so' }).waitFor()
    expect(await page.locator('.outdated [data-ref="swap"]').count()).toBe(2)
    expect(dashboard.errors).toEqual([])
  })
})
