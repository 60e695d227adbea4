import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type HostPage, openHostPage } from './hostPage.ts'
import { openKeyed } from './keyed.ts'
import { type Dashboard, openDashboard, violationsOf } from './page.ts'
import { openSeedRecord, type Record } from './record.ts'
import { dispatchOf } from './sample.ts'

/** The dashboard over the first record, before two who look at it, and a site of somebody else that may embed the feed. */
export interface Newsroom extends AsyncDisposable {
  readonly record: Record
  readonly dashboard: Dashboard
  readonly host: HostPage
  /** Where the server is, without a path. */
  readonly address: string
  /** Of somebody without a key; it shows the process. */
  readonly reader: Page
  /** Of somebody with a key of the role DESK; it shows nothing yet. */
  readonly desk: Page
}

export async function openNewsroom(): Promise<Newsroom> {
  const record = await openSeedRecord()
  const host = await openHostPage()
  const keyed = await openKeyed(record, { isPublic: true, origins: [host.origin], pollMs: 1000 })
  const address = keyed.server.url.replace('/graphql', '')
  host.embed(address)
  const key = await keyed.make('DESK', 'night desk')
  const dashboard = await openDashboard(`${address}/process`)
  // The same site under another name is another origin, which the server does not list.
  for (const origin of [host.origin, host.origin.replace('127.0.0.1', 'localhost')])
    await dashboard.context.route(`${origin}/**`, (route) => route.continue())
  const desk = await dashboard.context.newPage()
  await desk.addInitScript((given) => sessionStorage.setItem('parley.key', given), key)
  return {
    ...{ record, dashboard, host, address, reader: dashboard.page, desk },
    async [Symbol.asyncDispose]() {
      await dashboard[Symbol.asyncDispose]()
      await keyed[Symbol.asyncDispose]()
      await host[Symbol.asyncDispose]()
      await record[Symbol.asyncDispose]()
    },
  }
}

/** As long as the contract takes it, in a script that runs from right to left, with a word that breaks nowhere. */
export const longName = `${'ישראל ואזרבייג׳ן '.repeat(4)}${'x'.repeat(80)}`

/** The dispatch of a report that tells of a statement. @param fields instead of those that it has otherwise */
export function statement(ref: string, fields: object = {}): object {
  const development = {
    ...{ ref, kind: 'STATEMENT', headline: `Statement ${ref}`, act: 'REMARK', issue: 'SINGLE' },
    participants: [{ actor: 'armenia', role: 'SPEAKER' }],
    citations: [{ locator: 'lead' }],
    ...fields,
  }
  return { ...dispatchOf({ id: `report-${ref}`, on: '2023-12-20' }, development), process: 'armenia-azerbaijan' }
}

/** Expects a page to be accessible by axe's rules, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await violationsOf(page)).toEqual([])
  }
}

/** Expects a page to fit where it is narrow. */
export async function expectFit(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 800 })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  await page.setViewportSize({ width: 1280, height: 800 })
}
