import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { type News, newsOf } from '../support/news.ts'
import { type Dashboard, openDashboard } from '../support/page.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

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

  test('of hundreds of arrivals only those are drawn that are near, and more as one goes on', async () => {
    const { page } = dashboard
    await news.many(400, 'burst')
    await page.locator('[data-ref="burst-400"]').waitFor({ timeout: 45_000 })
    const drawn = await page.locator('[data-item]').count()
    expect(drawn).toBeGreaterThan(30)
    expect(drawn).toBeLessThan(200)
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    await expect.poll(() => page.locator('[data-item]').count()).toBeGreaterThan(drawn)
  }, 60_000)

  test('after the computer has slept it comes back by itself, and shows what was missed', async () => {
    const { page } = dashboard
    await page.evaluate('scrollTo(0, 0)')
    await dashboard.context.setOffline(true)
    await page.clock.fastForward('02:00:00')
    await page.locator('[data-connection="offline"]').waitFor()
    await news.met('while-asleep')
    await dashboard.context.setOffline(false)
    await page.getByText(/1 change caught up/).waitFor({ timeout: 30_000 })
    await page.locator('.missed [data-ref="while-asleep"]').waitFor()
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
