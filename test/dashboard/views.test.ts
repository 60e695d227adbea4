import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { browser } from '../support/browser.ts'
import { createDatabase } from '../support/database.ts'
import { type Dashboard, openDashboard } from '../support/page.ts'
import { type Parley, startParley } from '../support/parley.ts'
import { reportStatements } from '../support/reported.ts'

// Started once: every test goes on in the page as an analyst would.
let database: Database
let drop: () => Promise<void>
let parley: Parley
let dashboard: Dashboard
let page: Page
const outlines: string[] = []

async function open(): Promise<void> {
  const made = await createDatabase()
  drop = made.drop
  parley = await startParley({ DATABASE_URL: made.url, PARLEY_HEARTBEAT_MS: '300000' })
  database = await openDatabase({ url: made.url })
  dashboard = await openDashboard(parley.address.replace('/graphql', '/disagreements'))
  page = dashboard.page
  page.setDefaultTimeout(30_000)
  page.on('request', (request) => {
    const [, outline] = /\/(countries-\d+m)[^/]*\.json$/.exec(request.url()) ?? []
    if (outline) outlines.push(outline)
  })
}

async function close(): Promise<void> {
  await dashboard?.[Symbol.asyncDispose]()
  await database?.close()
  await parley?.stop()
  await drop?.()
}

const goTo = (view: string) => page.goto(parley.address.replace('/graphql', view))
const addressHas = (name: string, value: string | null) =>
  page.waitForURL((url) => url.searchParams.get(name) === value)
/** What an element says, with its spaces as a reader sees them. */
const textOf = async (element: Locator) => (await element.innerText()).replace(/\s+/g, ' ')
const disagreement = (name: string) => page.getByRole('article', { name })
const mark = (ref: string) => page.locator(`.mark[data-ref="${ref}"]`)
const barOf = (ref: string) =>
  mark(ref)
    .locator('.bar')
    .evaluate((bar) => ({ left: Number.parseFloat(bar.style.left), width: Number.parseFloat(bar.style.width) }))
const shownSpan = () => page.locator('output.shown').innerText()
const datedList = () => page.getByRole('list', { name: 'Developments, earliest first' })
const spot = (name: string) => page.getByRole('button', { name })

/** Waits until the span that is shown is another than it was. */
async function spanIsNot(before: string): Promise<string> {
  const isOther = (was: string) => document.querySelector<HTMLElement>('output.shown')?.innerText !== was
  await page.waitForFunction(isOther, before)
  return shownSpan()
}

const where = browser ?? 'a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(`the views of the whole process in ${where}`, { timeout: 60_000 }, () => {
  beforeAll(open, 120_000)
  afterAll(close, 30_000)

  test('show what is told differently side by side: who says so, in which report, what fits all', async () => {
    const prisoners = disagreement('Number: leg from azerbaijan, differs')
    await prisoners.waitFor()
    const [held, other] = await prisoners.locator('.version').all()
    expect(await textOf(held as Locator)).toMatch(
      /^32 5 independent sources the record holds this .*Deutsche Welle, 7 Dec 2023/,
    )
    expect(await textOf(held as Locator)).toContain(
      'State Commission for Prisoners of War of Azerbaijan, in an unnamed outlet, 13 Dec 2023',
    )
    expect(await textOf(other as Locator)).toMatch(/^more than 24 1 independent source Azerbaijan, in /)
    expect(await textOf(prisoners)).toContain('From the least to the greatest: 25 or more. Fits every version: 32.')
    expect(await page.getByRole('status').filter({ hasText: 'told differently' }).innerText()).toMatch(
      /^42 aspects told differently, 3 of them contradicting$/,
    )
  })

  test('hold the choice of relation and aspect in the address, and open its question in GraphiQL', async () => {
    await page.getByLabel('Relation').selectOption('Contradicts')
    await addressHas('relation', 'CONTRADICTS')
    await disagreement('Number: leg from azerbaijan').waitFor({ state: 'detached' })
    expect(await page.getByRole('article').count()).toBe(3)
    const status = disagreement('Status, contradicts')
    expect(await status.locator('.version-text').allInnerTexts()).toEqual(['stalled', 'ongoing'])
    await page.getByLabel('Aspect').selectOption('Office')
    await addressHas('aspect', 'OFFICE')
    await status.waitFor({ state: 'detached' })
    expect(await page.locator('.version-text').allInnerTexts()).toEqual([
      'President of the European Council',
      "The European Union's top diplomat",
    ])
    const question = new URL((await page.getByText('Copy as GraphQL').getAttribute('href')) ?? '', parley.address)
    expect(JSON.parse(question.searchParams.get('variables') ?? '')).toEqual({
      relation: 'CONTRADICTS',
      aspect: ['OFFICE'],
    })
    await page.reload()
    await page.getByLabel('Aspect').waitFor()
    expect(await page.getByLabel('Aspect').inputValue()).toBe('OFFICE')
  })

  test('show disagreements by what was known on a day', async () => {
    await goTo('/disagreements?aspect=FIGURE&asOf=2023-12-13')
    expect(await disagreement('Number: leg from azerbaijan').locator('.version').first().innerText()).toContain(
      '4 independent',
    )
    await goTo('/disagreements?aspect=FIGURE&asOf=2023-12-08')
    await page.getByText('by what was known then').waitFor()
    expect(await disagreement('Number: leg from azerbaijan').count()).toBe(0)
  })

  test('are gone through with the keyboard, from a disagreement to its development', async () => {
    await goTo('/disagreements?aspect=STATUS')
    await disagreement('Status').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/development\/normalisation-track$/)
  })

  test('draw each development as long as it may have lasted, and list those without a date apart', async () => {
    await goTo('/timeline')
    await mark('spain-talks').waitFor()
    const [october, day] = [await barOf('spain-talks'), await barOf('us-talks')]
    const span = await page.locator('.chart').evaluate((chart) => chart.clientWidth)
    // What is shown at first is a year and a little room.
    expect((october.width / span) * 379).toBeCloseTo(31, 0)
    expect(day.width).toBeLessThan(october.width / 2)
    expect(await mark('spain-talks').getAttribute('class')).not.toMatch(/exact|open/)
    expect(await mark('us-talks').getAttribute('class')).toContain('exact')
    expect(await mark('displacement').getAttribute('class')).toContain('open-to')
    const open = await barOf('displacement')
    expect(open.left + open.width).toBeCloseTo(span, 0)
    expect((await barOf('offices-talks')).left).toBe(0)
    expect(await mark('washington-ministers').count()).toBe(0)
    const undated = page.getByRole('list', { name: 'Date unknown' })
    expect(await undated.locator('.headline').allInnerTexts()).toHaveLength(2)
    expect(await undated.innerText()).toContain('No date is given for the meeting.')
    expect(await datedList().getByRole('listitem').count()).toBe(30)
    expect(await textOf(datedList().locator('[data-ref="spain-talks"]'))).toMatch(
      /^October 2023 “since October”, inferred Talk/,
    )
  })

  test('zoom and move in time by keys, wheel, two fingers and buttons, and tell the address', async () => {
    const devtools = await dashboard.context.newCDPSession(page)
    await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
    await goTo('/timeline')
    const chart = page.locator('.chart')
    await mark('spain-talks').waitFor()
    const first = await shownSpan()
    await chart.focus()
    await page.keyboard.press('+')
    const closer = await spanIsNot(first)
    await page.keyboard.press('ArrowLeft')
    const moved = await spanIsNot(closer)
    await page.keyboard.press('-')
    const further = await spanIsNot(moved)
    await chart.hover()
    await page.mouse.wheel(0, -300)
    const wheeled = await spanIsNot(further)
    const { x, y, width } = (await chart.boundingBox()) as { x: number; y: number; width: number }
    await devtools.send('Input.synthesizePinchGesture', {
      x: x + width / 2,
      y: y + 100,
      scaleFactor: 2,
      gestureSourceType: 'touch',
    })
    await spanIsNot(wheeled)
    await page.keyboard.press('0')
    await page.getByText('0 earlier, 0 later').waitFor()
    await mark('two-wars').waitFor()
    await page.getByRole('button', { name: 'Last month' }).click()
    await mark('two-wars').waitFor({ state: 'detached' })
    await addressHas('from', '2023-11-11')
    await page.reload()
    await mark('exchange-32-2').waitFor()
    expect(await shownSpan()).toBe('11 Nov 2023 – 17 Dec 2023')
  })

  test('keep the mark in focus while a development arrives, and open it', async () => {
    await page.locator('[data-connection="live"]').waitFor()
    await mark('us-talks').getByRole('link').focus()
    expect(await textOf(page.locator('.inspected'))).toMatch(/^Talk Azerbaijan stays away .* 20 Nov 2023 “November 20”/)
    await reportStatements(database, 'timeline-report', ['arrived'])
    await mark('arrived').waitFor()
    const focused = () => document.activeElement?.closest('[data-ref]')?.getAttribute('data-ref')
    expect(await page.evaluate(focused)).toBe('us-talks')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/development\/us-talks$/)
  })

  test('show only the kinds that were chosen', async () => {
    await goTo('/timeline?kind=TALK')
    await mark('spain-talks').waitFor()
    expect(await page.locator('.lane-name').allInnerTexts()).toEqual(['Talks'])
    await page.getByLabel('Exchanges').check()
    await page.waitForURL(/\?kind=TALK&kind=EXCHANGE$/)
    await mark('exchange-32-2').waitFor()
    expect(await mark('joint-statement').count()).toBe(0)
  })

  test('put places on the map as exactly as they are known, and load outlines when they are needed', async () => {
    expect(outlines).toEqual([])
    await goTo('/map')
    await page.locator('.land').waitFor()
    expect(outlines).toEqual(['countries-110m'])
    await spot('Brussels 1 development, exactly there').waitFor()
    expect(await spot('Brussels').getAttribute('class')).toContain('point')
    expect(await spot('Spain').getAttribute('class')).toContain('country')
    expect(await page.locator('.somewhere').count()).toBe(3)
    expect(await spot('Nagorno-Karabakh').getAttribute('class')).toContain('area')
    const widthOf = (name: string) => spot(name).evaluate(({ clientWidth }) => clientWidth)
    expect(await widthOf('Nagorno-Karabakh')).toBeGreaterThan(await widthOf('Brussels'))
    const row = page.getByRole('row', { name: /^Gazakh sector of the border/ })
    expect(await textOf(row)).toMatch(
      /, in Border of Armenia and Azerbaijan somewhere in the district .*exchange 32 prisoners/,
    )
  })

  test('list what happened at the place that is pointed at or opened', async () => {
    const panel = page.locator('.place-panel')
    expect(await panel.getByRole('heading').innerText()).toBe('Nagorno-Karabakh')
    await spot('Spain').focus()
    expect(await textOf(panel)).toMatch(/^Spain 1 development, somewhere in the country October 2023 “since October”/)
    await spot('Iran').hover()
    expect(await panel.getByRole('heading').innerText()).toBe('Iran')
    await page.mouse.move(0, 0)
    await spot('Brussels').focus()
    await page.keyboard.press('Enter')
    await addressHas('place', 'brussels')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Brussels')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/development\/brussels-may$/)
  })

  test('zoom and move the map by keys, and load the finer outline from close on', async () => {
    await goTo('/map?place=brussels')
    await page.locator('.land').waitFor()
    const place = async () => (await spot('Brussels').boundingBox()) as { x: number; y: number }
    const before = await place()
    await page.locator('.world').focus()
    await page.keyboard.press('ArrowLeft')
    expect((await place()).x).toBeGreaterThan(before.x)
    expect(outlines).not.toContain('countries-50m')
    const isFiner = page.waitForResponse(/countries-50m/)
    for (let i = 0; i < 4; i++) await page.keyboard.press('+')
    expect((await isFiner).ok()).toBe(true)
    await page.getByRole('button', { name: 'The world' }).click()
    expect(await page.locator('.world g').getAttribute('transform')).toBe('translate(0,0) scale(1)')
  })

  test('show the process as it was known on a day', async () => {
    await goTo('/timeline?kind=STATEMENT&asOf=2023-12-08')
    await mark('joint-statement').waitFor()
    expect(await mark('commission-statement').count()).toBe(0)
    await goTo('/map?asOf=2023-12-08')
    await spot('Brussels').waitFor()
    expect(await spot('Gazakh sector').count()).toBe(0)
  })

  test('draw all of many, page after page, without their names where there is no room', async () => {
    const refs = Array.from({ length: 110 }, (_, index) => `one-of-many-${index}`)
    await reportStatements(database, 'many-report', refs)
    await goTo('/timeline?kind=STATEMENT&from=2023-11-01&to=2023-12-20')
    await mark('one-of-many-0').waitFor()
    const { statements } = await parley.ask<{ statements: { totalCount: number } }>('{ statements { totalCount } }')
    expect(statements.totalCount).toBeGreaterThan(110)
    expect(await datedList().getByRole('listitem').count()).toBe(statements.totalCount)
    expect(await page.locator('.mark-name').count()).toBe(0)
    expect(await mark('one-of-many-0').getByRole('link').textContent()).toContain('Statement one-of-many-0, 1 Dec 2023')
    // Forty rows of one day each, and the others counted.
    const left = Number.parseInt(await page.getByText('more, drawn when you look closer').innerText(), 10)
    expect(left + (await page.locator('.mark').count())).toBe(statements.totalCount)
  })

  test('ask nobody else for anything, and break nowhere', () => {
    expect(dashboard.elsewhere).toEqual([])
    expect(dashboard.errors).toEqual([])
  })
})
