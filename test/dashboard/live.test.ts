import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { browser } from '../support/browser.ts'
import { createDatabase } from '../support/database.ts'
import { type Dashboard, openDashboard } from '../support/page.ts'
import { type Parley, startParley } from '../support/parley.ts'
import { freePort } from '../support/proxy.ts'
import { report, reportStatements } from '../support/reported.ts'
import { watchAlerts, watchConnection } from '../support/watch.ts'

// Started once: every test goes on in the page as a desk would.
let database: Database
let drop: () => Promise<void>
let settings: NodeJS.ProcessEnv
let parley: Parley
let address: string
let dashboard: Dashboard
let page: Page

async function open(): Promise<void> {
  const made = await createDatabase()
  drop = made.drop
  settings = { DATABASE_URL: made.url, PORT: `${await freePort()}`, PARLEY_HEARTBEAT_MS: '2000' }
  parley = await startParley(settings)
  database = await openDatabase({ url: made.url })
  address = parley.address.replace('/graphql', '')
  dashboard = await openDashboard(`${address}/`)
  page = dashboard.page
}

async function close(): Promise<void> {
  await dashboard?.[Symbol.asyncDispose]()
  await database?.close()
  await parley?.stop()
  await drop?.()
}

const isLive = () => page.locator('[data-connection="live"]').waitFor()
const item = (ref: string) => page.locator(`[data-item][data-ref="${ref}"]`).first()
const button = () => page.getByRole('button', { name: /^\d+ new$/ })
const inYerevan = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Yerevan' })
const refsOf = (items: string) =>
  page.locator(items).evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.ref))
const shownPositions = () =>
  page.locator('[data-position]').evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.position)))
const focusedRef = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.ref)

/** A report comes in that tells of a statement. */
const happens = (ref: string) => reportStatements(database, `report-${ref}`, [ref])

const where = browser ?? 'a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(`the live column in ${where}`, () => {
  beforeAll(open, 60_000)
  afterAll(close, 30_000)

  test('shows the record, what changed last first, with who says so and what is counted', async () => {
    await isLive()
    await item('exchange-32-2').waitFor()
    const positions = await shownPositions()
    expect(positions.length).toBeGreaterThan(20)
    expect(positions).toEqual([...positions].sort((a, b) => b - a))
    const exchange = await item('exchange-32-2').innerText()
    expect(exchange).toMatch(/Exchange/)
    expect(await item('exchange-32-2').locator('.legs').textContent()).toMatch(/Azerbaijan →\s*to Armenia: 32 /)
    expect(exchange).toMatch(/\d independent sources?/)
    expect(await page.getByRole('region', { name: 'Viewpoint' }).getByText('now').isVisible()).toBe(true)
    // Recorded moments are told in the reader's zone, which is not this machine's.
    const recorded = page.locator('time.recorded').first()
    const moment = new Date((await recorded.getAttribute('datetime')) as string)
    expect(await recorded.innerText()).toContain(inYerevan.format(moment))
  }, 60_000)

  test('tells beside the column at a glance what happened last, who declined and why, and what is open', async () => {
    const glance = page.getByRole('region', { name: 'Armenia–Azerbaijan peace process' })
    await glance.getByText('carried out').first().waitFor()
    const told = (await glance.innerText()).replace(/\s+/g, ' ')
    expect(told).toMatch(/Exchange carried out 13 Dec 2023 “Wednesday”, inferred Armenia and Azerbaijan exchange 32 /)
    expect(told).toContain('Azerbaijan declined: Western countries are biased.')
    expect(told).toContain('5 open pledges, none overdue; 0 exchanges agreed and not carried out')
    expect(told).toMatch(/Mediators: .*European Union.*United States/)
    expect(told).toContain('42 aspects told differently, 3 of them contradicting')
  })

  test('shows a development as it is taken in, at the top, and says so', async () => {
    const slider = page.getByRole('slider', { name: 'As of' })
    const days = () => slider.evaluate((it: HTMLInputElement) => it.max)
    const before = await days()
    await happens('seen-live')
    await item('seen-live').waitFor()
    expect(await page.locator('[data-item]').first().getAttribute('data-ref')).toBe('seen-live')
    expect(await item('seen-live').innerText()).toContain('the words of seen-live')
    await page.locator('[aria-live]', { hasText: 'New: Statement seen-live' }).waitFor({ state: 'attached' })
    const flash = () =>
      item('seen-live').evaluate((it) => getComputedStyle(it.closest('li') as Element).animationDuration)
    expect(await flash()).toBe('2.5s')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await flash()).toBe('0s')
    await page.emulateMedia({ reducedMotion: null })
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
    expect((await refsOf('[data-item]')).slice(0, 3)).toEqual(['held-2', 'held-1', 'seen-live'])
  })

  test('tells the truth when the server is killed, and shows what was missed as one group when it is back', async () => {
    await page.evaluate(watchConnection)
    const refs = ['killed-1', 'killed-2', 'killed-3', 'killed-4', 'killed-5']
    for (const ref of refs) {
      await happens(ref)
      // In the midst of it: what it has told until then, nobody knows.
      if (ref === 'killed-2') parley.command.child.kill('SIGKILL')
    }
    expect(await parley.command.finish()).toMatchObject({ signal: 'SIGKILL' })
    await page
      .locator('[data-connection="offline"]')
      .getByText(/^Offline since \d\d:\d\d/)
      .waitFor()
    parley = await startParley(settings)
    const resumed = await page.getByText(/resumed \d\d:\d\d: \d changes caught up/).innerText()
    const missed = Number(/(\d) changes/.exec(resumed)?.[1])
    expect(missed).toBeGreaterThanOrEqual(3)
    await page.getByRole('heading', { name: new RegExp(`^Missed while offline.*: ${missed} changes$`) }).waitFor()
    expect(await refsOf('.missed [data-item]')).toEqual(refs.slice(-missed).reverse())
    // Nothing lost and nothing doubled: the newest positions are all there, each once.
    const head = await parley.head()
    const positions = await shownPositions()
    expect(positions.slice(0, 8)).toEqual(Array.from({ length: 8 }, (_, i) => head - i))
    expect(new Set(positions).size).toBe(positions.length)
    expect(await page.evaluate('connections')).toEqual(['offline', 'catching up', 'live'])
  }, 60_000)

  test('tells of arrivals by sound and by notification, if it is told to and the browser lets it', async () => {
    await page.evaluate(watchAlerts)
    const alerts = () => page.evaluate('alerts') as Promise<{ tones: number; notifications: string[] }>
    const notification = page.getByLabel('Notification')
    await notification.click()
    await page.getByText('Notification: this browser refuses it').waitFor()
    expect(await notification.isChecked()).toBe(false)
    await dashboard.context.grantPermissions(['notifications'], { origin: address })
    await notification.check()
    await page.getByLabel('Sound').check()
    await expect
      .poll(alerts, { timeout: 10_000 })
      .toEqual({ tones: 2, notifications: ['So you are told of arrivals.'] })
    await happens('in-sight')
    await item('in-sight').waitFor()
    await expect.poll(alerts, { timeout: 10_000 }).toMatchObject({ tones: 4, notifications: { length: 1 } })
    // In front of another window nobody sees the page.
    await page.evaluate('document.hasFocus = () => false')
    await happens('out-of-sight')
    await expect
      .poll(alerts, { timeout: 10_000 })
      .toMatchObject({ tones: 6, notifications: { 1: 'New: Statement out-of-sight' } })
    await page.reload()
    await isLive()
    expect(await page.getByLabel('Sound, once you click here').isChecked()).toBe(true)
    expect(await notification.isChecked()).toBe(true)
    await page.getByLabel('Sound, once you click here').uncheck()
    await notification.uncheck()
    await item('out-of-sight').waitFor()
  })

  test('is read with the keyboard alone', async () => {
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('j')
    expect(await focusedRef()).toBe('out-of-sight')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await focusedRef()).toBe('in-sight')
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keys' })
    await help.waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
    expect(await focusedRef()).toBe('in-sight')
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

  test('follows only some where that is chosen, says what leaves them, and the glance beside it still hears of all', async () => {
    await page.getByText('Show only some').click()
    let answer = () => {}
    const gate = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/graphql', async (route) => {
      await gate
      await route.fallback()
    })
    await page.getByLabel('Talks', { exact: true }).check()
    // Each choice is another subscription, and is not called live before that is.
    await page.locator('[data-connection="connecting"]').waitFor()
    answer()
    await page.getByLabel('Status').selectOption('Proposed')
    await page.waitForURL(/\?kind=TALK&status=PROPOSED$/)
    await item('washington-ministers').waitFor()
    await isLive()
    expect(await refsOf('.live-column [data-item]')).toEqual(['washington-ministers'])
    const talk = {
      ref: 'round',
      kind: 'TALK',
      extent: 'ROUND',
      headline: 'A round of talks',
      citations: [{ locator: 'lead' }],
    }
    const when = { earliest: '2023-12-15', latest: '2023-12-15', precision: 'DAY' }
    await report(database, 'proposing', { ...talk, milestones: [{ status: 'PROPOSED' }] })
    await item('round').waitFor()
    await happens('not-chosen')
    await report(database, 'holding', { ...talk, when, milestones: [{ status: 'HELD', when }] })
    await page.locator('.entry [data-ref="round"]', { hasText: 'Left the filter' }).waitFor()
    expect(await item('not-chosen').count()).toBe(0)
    await page.locator('[aria-live]', { hasText: 'Left the filter: A round of talks' }).waitFor({ state: 'attached' })
    await page.getByLabel('Status').selectOption('Postponed')
    await page.getByText('Nothing matches. What does appears here at once.').waitFor()
    const carriedOn = {
      ...talk,
      ref: 'next-round',
      headline: 'The next round',
      when,
      milestones: [{ status: 'HELD', when }],
    }
    await report(database, 'elsewhere', carriedOn)
    await page.locator('.happened').getByText('The next round').waitFor()
    await page.getByRole('link', { name: 'Live', exact: true }).click()
    await item('not-chosen').waitFor()
  }, 60_000)

  test('asks nobody else for anything, and breaks nowhere', () => {
    expect(dashboard.elsewhere).toEqual([])
    expect(dashboard.errors).toEqual([])
  })
})
