import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { type Dashboard, openDashboard, violationsOf } from '../support/page.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openRelay, type Relay } from '../support/relay.ts'
import { dispatchOf } from '../support/sample.ts'
import { seedDocuments } from '../support/seed.ts'
import { openServer, type TestServer } from '../support/server.ts'

// Started once: every test goes on in the page as a desk would.
let record: Record
let server: TestServer
let relay: Relay
let dashboard: Dashboard
let page: Page

async function open(): Promise<void> {
  const [process, ...dispatches] = await seedDocuments()
  record = await openRecord(process)
  for (const dispatch of dispatches) await record.ingest(dispatch)
  server = await openServer(record)
  relay = await openRelay()
  await relay.lead(server.port)
  dashboard = await openDashboard(`${relay.address}/`)
  page = dashboard.page
}

async function close(): Promise<void> {
  await dashboard?.[Symbol.asyncDispose]()
  await relay?.[Symbol.asyncDispose]()
  await server?.close()
  await record?.[Symbol.asyncDispose]()
}

const isLive = () => page.locator('[data-connection="live"]').waitFor()
const item = (ref: string) => page.locator(`[data-item][data-ref="${ref}"]`).first()
const button = () => page.getByRole('button', { name: /^\d+ new$/ })
const focusedRef = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.ref)

let told = 0
/** Takes a picture; `npm run screenshot` says for which folder, and the README shows two of them. */
async function picture(name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

/** A statement is reported. */
async function happens(ref: string): Promise<void> {
  told++
  const development = {
    ...{ ref, kind: 'STATEMENT', headline: `Statement ${ref}`, act: 'REMARK', issue: 'SINGLE' },
    participants: [{ actor: 'armenia', role: 'SPEAKER' }],
    citations: [{ locator: 'lead', quotation: `the words of ${ref}` }],
  }
  const report = dispatchOf({ id: `desk-report-${told}`, on: '2023-12-20' }, development)
  await record.ingest({ ...report, process: 'armenia-azerbaijan' }, new Date())
}

const where = browser ?? 'a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(`the live column in ${where}`, () => {
  beforeAll(open, 60_000)
  afterAll(close, 30_000)

  test('shows the record, what changed last first, with who says so and what is counted', async () => {
    await isLive()
    await item('exchange-32-2').waitFor()
    const positions = await page
      .locator('[data-position]')
      .evaluateAll((entries) => entries.map((entry) => Number((entry as HTMLElement).dataset.position)))
    expect(positions.length).toBeGreaterThan(20)
    expect(positions).toEqual([...positions].sort((a, b) => b - a))
    const exchange = await item('exchange-32-2').innerText()
    expect(exchange).toMatch(/Exchange/)
    expect(await item('exchange-32-2').locator('.legs').textContent()).toMatch(/Azerbaijan →\s*to Armenia: 32 /)
    expect(exchange).toMatch(/\d independent sources?/)
    expect(await page.getByRole('region', { name: 'Viewpoint' }).getByText('now').isVisible()).toBe(true)
    await picture('live')
  }, 60_000)

  test('shows a development as it is taken in, at the top, and says so', async () => {
    const slider = page.getByRole('slider', { name: 'As of' })
    const days = () => slider.evaluate((it: HTMLInputElement) => it.max)
    const before = await days()
    await happens('seen-live')
    await item('seen-live').waitFor()
    expect(await page.locator('[data-item]').first().getAttribute('data-ref')).toBe('seen-live')
    expect(await item('seen-live').innerText()).toContain('the words of seen-live')
    await page.locator('[aria-live]', { hasText: 'New: Statement seen-live' }).waitFor({ state: 'attached' })
    // Its report made the process longer: now is still the end of it.
    await expect.poll(days, { timeout: 10_000 }).not.toBe(before)
    expect(await slider.inputValue()).toBe(await days())
  })

  test('does not move what is being read: arrivals wait behind a button', async () => {
    await page.mouse.wheel(0, 700)
    await page.waitForFunction(() => window.scrollY > 100)
    const topOf = () =>
      item('exchange-32-2').evaluate((element) => element.getBoundingClientRect().top + window.scrollY)
    const [before, scrolled] = [await topOf(), await page.evaluate('scrollY')]
    await happens('held-1')
    await page.getByRole('button', { name: '1 new' }).waitFor()
    await happens('held-2')
    await page.getByRole('button', { name: '2 new' }).waitFor()
    expect([await topOf(), await page.evaluate('scrollY')]).toEqual([before, scrolled])
    expect(await page.title()).toMatch(/^\(2\) Live/)
    await button().click()
    await item('held-2').waitFor()
    expect(await page.evaluate('scrollY')).toBe(0)
    expect(await button().count()).toBe(0)
    const refs = await page
      .locator('[data-item]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.ref))
    expect(refs.slice(0, 3)).toEqual(['held-2', 'held-1', 'seen-live'])
  })

  test('tells the truth when the server is killed, and shows what was missed as one group when it is back', async () => {
    relay.cut()
    await server.close()
    await page
      .locator('[data-connection="offline"]')
      .getByText(/^Offline since \d\d:\d\d/)
      .waitFor()
    const missed = ['missed-1', 'missed-2', 'missed-3']
    for (const ref of missed) await happens(ref)
    server = await openServer(record)
    await relay.lead(server.port)
    await page.getByText(/resumed \d\d:\d\d: 3 changes caught up/).waitFor({ timeout: 30_000 })
    await page.getByRole('heading', { name: /^Missed while offline.*: 3 changes$/ }).waitFor()
    const group = page.locator('.missed [data-item]')
    expect(await group.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.ref))).toEqual(
      missed.reverse(),
    )
    // Nothing lost and nothing doubled: the newest positions are all there, each once.
    const positions = await page
      .locator('[data-position]')
      .evaluateAll((entries) => entries.map((entry) => Number((entry as HTMLElement).dataset.position)))
    const head = await record.head()
    expect(positions.slice(0, 6)).toEqual(Array.from({ length: 6 }, (_, i) => head - i))
    expect(new Set(positions).size).toBe(positions.length)
  }, 60_000)

  test('is read with the keyboard alone', async () => {
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('j')
    expect(await focusedRef()).toBe('missed-3')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await focusedRef()).toBe('missed-2')
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keys' })
    await help.waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
    expect(await focusedRef()).toBe('missed-2')
    await page.keyboard.press('/')
    await page.keyboard.type('prisoner')
    await page.keyboard.press('Enter')
    await page.getByText(/^\d+ developments? found$/).waitFor()
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('j')
    const ref = await focusedRef()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'History' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/development/${ref}`)
  })

  test('tells of a development who claims what, whom the reports cite, what it bears on and each change', async () => {
    await page.goto(`${relay.address}/development/exchange-32-2`)
    await page.getByRole('heading', { name: 'History' }).waitFor()
    const section = (name: string) =>
      page.getByRole('heading', { name, exact: true }).locator('xpath=following-sibling::*[1]')
    expect(await section('Times').innerText()).toMatch(
      /Agreed\s+7 Dec 2023 “Thursday”, from the dateline, by [\s\S]*Carried out\s+13 Dec 2023/,
    )
    const claimed = await section('Claims').innerText()
    expect(claimed).toMatch(/told differently|cannot all be true/)
    expect(claimed).toMatch(/the record holds this/)
    // Below what is in sight nothing is laid out, so there is no inner text.
    expect(await section('Citations').locator('q').count()).toBeGreaterThan(0)
    expect(await section('Citations').textContent()).toMatch(/asserts it[\s\S]*citing/)
    expect(await section('Links').textContent()).toMatch(/Announces|announces it|carries out/i)
    expect(await section('Codes').textContent()).toMatch(/PLOVER\s*\w+/)
    const amended = section('History').locator('li', { hasText: 'Amended' }).first()
    await amended.getByText(/\d+ fields? changed/).click()
    expect(await amended.getByRole('row').count()).toBeGreaterThan(1)
    expect(await violationsOf(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate('scrollTo(0, 0)')
    await picture('development')
    await page.getByLabel('Day').fill('2023-12-08')
    await expect.poll(() => section('Times').innerText()).not.toMatch(/Carried out/)
    await page.getByRole('button', { name: 'Back to now' }).click()
  }, 60_000)

  test('shows the record as of a day, holds back what arrives, and comes back to now', async () => {
    await page.getByRole('link', { name: 'Live' }).click()
    await page.getByLabel('Day').fill('2023-12-08')
    await page.getByRole('heading', { name: 'The record at the end of 8 Dec 2023' }).waitFor()
    await isLive()
    // What is out of sight is not laid out, and has no text yet.
    await item('exchange-32-2').scrollIntoViewIfNeeded()
    await expect.poll(() => item('exchange-32-2').innerText(), { timeout: 10_000 }).toMatch(/agreed/)
    expect(await item('exchange-32-2').innerText()).not.toMatch(/carried out/)
    await happens('after-that-day')
    await page.getByText(/1 new since you look at the past/).waitFor()
    expect(await item('after-that-day').count()).toBe(0)
    const slider = page.getByRole('slider', { name: 'As of' })
    await slider.press('ArrowLeft')
    await page.getByRole('heading', { name: 'The record at the end of 7 Dec 2023' }).waitFor()
    expect(page.url()).toContain('asOf=2023-12-07')
    await page.getByRole('button', { name: 'Back to now' }).first().click()
    await button().click()
    await item('after-that-day').waitFor()
    expect(page.url()).not.toContain('asOf')
  })

  // What hangs on neither colours nor width is looked at once.
  test.each([
    ['light', 1280, undefined],
    ['dark', 1280, ['color-contrast']],
    ['light', 360, ['color-contrast', 'target-size']],
  ] as const)(
    'is accessible by axe’s rules, and fits: %s, %i pixels wide',
    async (colorScheme, width, rules) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      expect(await violationsOf(page, rules)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    },
    60_000,
  )

  test('hands its question to GraphiQL, variables and all, as one that is answered', async () => {
    const link = page.getByRole('link', { name: 'Copy as GraphQL' })
    const { pathname, searchParams } = new URL((await link.getAttribute('href')) as string, relay.address)
    expect(pathname).toBe('/graphql')
    const [query, variables] = [searchParams.get('query'), JSON.parse(searchParams.get('variables') ?? 'null')]
    expect(variables).toEqual({ first: 30 })
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ query, variables })
    const answer = await (await fetch(server.url, { method: 'POST', headers, body })).json()
    expect(answer.data.developments.nodes).toHaveLength(30)
    expect(answer.errors).toBeUndefined()
  })

  test('asks nobody else for anything, and breaks nowhere', () => {
    expect(dashboard.elsewhere).toEqual([])
    expect(dashboard.errors).toEqual([])
  })
})
