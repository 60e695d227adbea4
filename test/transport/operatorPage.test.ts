import { createClient } from 'graphql-ws'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { admin } from '../support/author.ts'
import { browser, quiet } from '../support/browser.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

const FORGED = '<img src=x onerror="document.title=\'forged\'">'

let record: Record
let server: TestServer
let address: string
beforeAll(async () => {
  record = await openRecord()
  await newsOf(record.write).agreed('swap')
  const named = { scope: 'ADMIN', name: FORGED } as const
  server = await openServer(record, {
    identify: (authorization) => (authorization === 'Bearer right' ? admin : authorization === 'named' ? named : null),
  })
  address = server.url.replace('/graphql', '/operator')
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

describe('the operator page', () => {
  it('lets nothing run, load or frame it but its own script and style', async () => {
    const response = await fetch(address)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect([response.status, response.headers.get('x-content-type-options')]).toEqual([200, 'nosniff'])
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self'; /,
    )
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect((await fetch(address, { method: 'POST' })).status).toBe(405)
  })
})

describe.skipIf(!browser)(`in ${browser ?? 'a browser (skipped: there is no Chromium here)'} the operator page`, () => {
  let folder: Folder
  let context: BrowserContext
  let page: Page
  const said: string[] = []
  const elsewhere: string[] = []
  beforeAll(async () => {
    folder = await makeFolder()
    const viewport = { width: 1100, height: 500 }
    context = await chromium.launchPersistentContext(folder.path, { executablePath: browser, viewport, args: quiet })
    page = await context.newPage()
    page.on('pageerror', ({ message }) => said.push(message))
    page.on(
      'request',
      (request) => new URL(request.url()).host === new URL(address).host || elsewhere.push(request.url()),
    )
    await page.goto(address)
  }, 60_000)
  afterAll(async () => {
    await context?.close()
    await folder?.[Symbol.asyncDispose]()
  }, 30_000)

  it('says what to do without a key, and with one that nobody follows', async () => {
    await page.getByText('You are not known here').waitFor()
    await page.getByLabel(/^Key/).fill('right')
    await page.getByRole('button').click()
    await page.getByText('Nobody follows the feed of this server now.').waitFor()
    expect(await page.locator('#problem').isVisible()).toBe(false)
  }, 30_000)

  it('shows who follows, by itself, and names as text', async () => {
    const client = createClient({
      ...{ url: server.url.replace('http', 'ws'), webSocketImpl: WebSocket },
      connectionParams: { authorization: 'named' },
    })
    const items = client.iterate({ query: 'subscription { developments { position } }' })
    await items.next()
    await page.getByRole('cell', { name: FORGED }).waitFor()
    await page.getByRole('cell', { name: 'LIVE' }).waitFor()
    expect(await page.title()).toBe('Parley: who lags')
    const scheme = process.env.SCHEME === 'dark' ? 'dark' : 'light'
    await page.emulateMedia({ colorScheme: scheme })
    const image = await page.screenshot(process.env.SCREENSHOT ? { path: process.env.SCREENSHOT } : {})
    expect(image.length).toBeGreaterThan(10_000)
    await client.dispose()
  }, 30_000)

  it('asks nobody else, and its policy stops nothing of its own', () => {
    expect(elsewhere).toEqual([])
    expect(said).toEqual([])
  })
})
