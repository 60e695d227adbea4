import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { root } from '../support/files.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { makeKey } from '../support/keyed.ts'
import { mendingOf } from '../support/mending.ts'
import { longName } from '../support/newsroom.ts'
import { type Dashboard, openDashboard, violationsOf } from '../support/page.ts'
import { type Parley, startParley } from '../support/parley.ts'
import { openSeedRecord, type Record } from '../support/record.ts'
import { dispatchOf } from '../support/sample.ts'

/** Each view, and what is in it when it is drawn. */
const views: readonly (readonly [name: string, path: string, drawn: string])[] = [
  ['live', '/', '[data-ref="exchange-32-2"]'],
  ['past', '/?asOf=2023-12-08', '[data-ref="exchange-32-2"]'],
  ['process', '/process', '[data-item][aria-label="United States"]'],
  ['timeline', '/timeline', '.mark[data-ref="spain-talks"]'],
  ['map', '/map', '.land'],
  ['disagreements', '/disagreements', '.disagreement'],
  ['search', '/search?q=prisoner', '[data-item] mark'],
  ['development', '/development/exchange-32-2', 'h2:has-text("History")'],
  ['merged', '/development/also-long', '.notice:has-text("same event")'],
  ['long', '/development/long', 'h2:has-text("History")'],
  ['unknown', '/development/nobody-knows', '.pending:has-text("no development")'],
  ['desk', '/desk', '[data-held]'],
]

/** What a view is narrowed to where each of its elements is looked at: more of the same shows nothing new. */
const narrowed: { readonly [view: string]: string } = { disagreements: '?aspect=FIGURE', timeline: '?kind=TALK' }

/** Where pictures go; unset: nowhere. `npm run screenshot` sets it, and the README shows these two. */
const pictures = process.env.SCREENSHOTS
const shown: { readonly [picture: string]: string } = {
  'live-light': 'docs/live.png',
  'development-dark': 'docs/development.png',
}

let folder: Folder
let record: Record
let parley: Parley
let key: string
let dashboard: Dashboard
let page: Page

async function open(): Promise<void> {
  record = await openSeedRecord(new Date())
  key = await makeKey(record, 'DESK', 'night desk')
  folder = await makeFolder()
  parley = await startParley({
    DATABASE_URL: record.url,
    PARLEY_PUBLIC_READ: 'yes',
    // It answers listed documents only; those of its own page are among them, whatever the list says.
    PARLEY_DOCUMENTS: await folder.write('documents.json', { other: '{ __typename }' }),
  })
  dashboard = await openDashboard(parley.address.replace('/graphql', '/'))
  page = dashboard.page
}

async function close(): Promise<void> {
  await dashboard?.[Symbol.asyncDispose]()
  await parley?.stop()
  await record?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
}

/** The page asks with a key of the role DESK from its next load on. */
const becomeDesk = () => page.addInitScript((given) => sessionStorage.setItem('parley.key', given), key)

/** What nobody's seed has, and every record may: long names, what was merged, what is held. */
async function lengthen(): Promise<void> {
  const told = (ref: string) => ({
    ...{ ref, kind: 'STATEMENT', headline: longName, act: 'REMARK', issue: 'SINGLE' },
    participants: [{ actor: 'armenia', role: 'SPEAKER' }],
    citations: [{ locator: 'lead', quotation: longName }],
    when: {
      earliest: '2023-12-01',
      latest: '2023-12-09',
      precision: 'RANGE',
      basis: 'STATED',
      asReported: longName.slice(0, 120),
    },
  })
  const report = (id: string, ...developments: object[]) => ({
    ...dispatchOf({ id, on: '2023-12-15' }, ...developments),
    process: 'armenia-azerbaijan',
  })
  await record.ingest(report('long-report', told('long'), told('also-long')), new Date())
  await mendingOf(record, new Date()).merge('also-long', 'long')
  await record.ingest({ ...report('held-report', told('secret')), embargoUntil: '2099-01-01T00:00:00Z' }, new Date())
}

async function goTo(path: string, drawn: string): Promise<void> {
  await page.goto(`${parley.address.replace('/graphql', '')}${path}`)
  await page.locator(drawn).first().waitFor({ state: 'attached' })
  await page.locator('[data-connection="live"]').waitFor()
}

async function picture(name: string): Promise<void> {
  if (pictures === undefined) return
  await mkdir(pictures, { recursive: true })
  const path = join(pictures, `${name}.png`)
  await page.screenshot({ path })
  if (shown[name] !== undefined) await copyFile(path, join(root, shown[name]))
}

/** What is wrong with the answers to the questions that a view opens in GraphiQL; that there is none is wrong, too. */
async function answersOf(view: Page): Promise<string[]> {
  const links = await view
    .getByRole('link', { name: 'Copy as GraphQL' })
    .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))
  const wrong = links.length === 0 ? ['The view opens no question'] : []
  for (const link of links) {
    const { pathname, searchParams } = new URL(link)
    if (pathname !== '/graphql') wrong.push(`${link} is not where GraphiQL is`)
    const asked = { query: searchParams.get('query'), variables: JSON.parse(searchParams.get('variables') ?? 'null') }
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const response = await fetch(parley.address, { method: 'POST', headers, body: JSON.stringify(asked) })
    const { errors = [] } = (await response.json()) as { errors?: { message: string }[] }
    wrong.push(...errors.map(({ message }) => `${asked.query?.slice(0, 40)}: ${message}`))
  }
  return wrong
}

/** Where places lie close, so do their pins (WCAG 2.5.8, essential); the table below the map has each in a row of its own. */
const isNoPin = (violation: string) => !violation.startsWith('target-size: button[data-place=')

const widthOf = () => page.evaluate('document.documentElement.scrollWidth')

const where = browser ?? 'a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(`how each view looks in ${where}`, { timeout: 60_000 }, () => {
  beforeAll(open, 90_000)
  afterAll(close, 30_000)

  test('a newcomer without a key is shown each view of the seed, light and dark', async () => {
    for (const [name, path, drawn] of views.slice(0, 8)) {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await goTo(path, drawn)
      expect(await page.locator('.problem').allInnerTexts()).toEqual([])
      await picture(`${name}-light`)
      await page.emulateMedia({ colorScheme: 'dark' })
      await picture(`${name}-dark`)
    }
    await lengthen()
    await becomeDesk()
  }, 120_000)

  test.each(views)(
    '%s opens its questions, is accessible by axe’s rules in light and dark, and fits where it is narrow, in either direction',
    async (name, path, drawn) => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await goTo(`${path}${narrowed[name] ?? ''}`, drawn)
      expect(await page.locator('.problem').allInnerTexts()).toEqual([])
      expect(await answersOf(page)).toEqual([])
      expect(await violationsOf(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      // What hangs on neither colours nor width has been looked at.
      expect(await violationsOf(page, ['color-contrast'])).toEqual([])
      await page.setViewportSize({ width: 360, height: 780 })
      expect(await widthOf()).toBe(360)
      expect((await violationsOf(page, ['color-contrast', 'target-size'])).filter(isNoPin)).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
      await picture(`${name}-narrow`)
      await page.evaluate('document.documentElement.dir = "rtl"')
      expect(await widthOf()).toBe(360)
      await page.setViewportSize({ width: 1280, height: 800 })
      expect(await widthOf()).toBe(1280)
      await picture(`${name}-rtl`)
    },
  )

  test('the element for pages of others is answered, too, though nobody has listed what it follows', async () => {
    await goTo('/process', '.leg')
    await page.evaluate('import("/embed.js").then(() => document.body.append(document.createElement("parley-feed")))')
    await page.locator('parley-feed').getByText('Live', { exact: true }).waitFor()
    // One of the newest was merged: the next one stands in its place.
    expect(await page.locator('parley-feed li[data-ref]:not([hidden])').count()).toBe(10)
  })

  test('none asks anybody else for anything, or breaks', () => {
    expect(dashboard.elsewhere).toEqual([])
    expect(dashboard.errors).toEqual([])
  })
})
