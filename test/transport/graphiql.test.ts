import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { write } from '../../src/store/pen.ts'
import { questionTabs } from '../../src/transport/questions.ts'
import { tester } from '../support/author.ts'
import { browser, quiet } from '../support/browser.ts'
import { createDatabase } from '../support/database.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { ask, type Parley, startParley } from '../support/parley.ts'
import { dispatchOf } from '../support/sample.ts'

const operation = /^(query|subscription) (\w+)/m
const tabs = questionTabs().map(({ query }) => {
  const [, kind, name = ''] = operation.exec(query) ?? []
  return { kind, name, query }
})

// Started once: every test goes on in the page as a reader would.
let folder: Folder
let database: Database
let drop: () => Promise<void>
let parley: Parley
let context: BrowserContext
let page: Page
const elsewhere: string[] = []
const sockets: string[] = []
const errors: string[] = []

async function open(): Promise<void> {
  const made = await createDatabase()
  drop = made.drop
  parley = await startParley({ DATABASE_URL: made.url, PARLEY_HEARTBEAT_MS: '300000' })
  database = await openDatabase({ url: made.url })
  folder = await makeFolder()
  const viewport = { width: 1280, height: 800 }
  context = await chromium.launchPersistentContext(folder.path, { executablePath: browser, viewport, args: quiet })
  const { host } = new URL(parley.address)
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url())
    if (url.host === host || url.protocol === 'blob:' || url.protocol === 'data:') return route.continue()
    elsewhere.push(url.href)
    return route.abort()
  })
  page = await context.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('websocket', (socket) => sockets.push(socket.url()))
  await page.goto(parley.address)
}

async function close(): Promise<void> {
  await context?.close()
  await folder?.[Symbol.asyncDispose]()
  await database?.close()
  await parley?.stop()
  await drop?.()
}

async function run(name: string): Promise<void> {
  await page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) }).click()
  // GraphiQL looks into its editor a moment after it has changed.
  const noticed = (operation: string) => {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{}')
    return tabs?.[activeTabIndex]?.operationName === operation
  }
  await page.waitForFunction(noticed, name, { timeout: 10_000 })
  await page.getByLabel(/^Execute query/).click()
}

/** Waits until the answer shows a text. */
async function seen(text: string): Promise<void> {
  const shows = (words: string) =>
    document.querySelector('.graphiql-response')?.textContent?.replaceAll('\u00a0', ' ').includes(words)
  await page.waitForFunction(shows, text, { timeout: 15_000 })
}

describe.skipIf(!browser)(`GraphiQL in ${browser ?? 'a browser (skipped: there is no Chromium here)'}`, () => {
  beforeAll(open, 60_000)
  afterAll(close, 30_000)

  test('opens with the questions that the first users ask', async () => {
    await page.getByLabel(/^Execute query/).waitFor()
    const shown = await page.locator('.graphiql-tab-button').allTextContents()
    expect(shown).toEqual(tabs.map(({ name }) => name))
    expect(shown.length).toBeGreaterThan(1)
  })

  test('answers them', async () => {
    const queries = tabs.filter(({ kind }) => kind === 'query')
    for (const { name, query } of [...queries.slice(0, 1), ...queries.slice(-1)]) {
      const answer = JSON.stringify(await ask(parley.address, query))
      const [, field, value] = /"(\w+)":("[^"]{1,40}")/.exec(answer) ?? []
      expect([name, field]).toEqual([name, expect.anything()])
      await run(name)
      await seen(`"${field}": ${value}`)
    }
  }, 60_000)

  test('shows the descriptions of the schema in its documentation', async () => {
    const { __type } = await ask<{ __type: { description: string } }>(
      parley.address,
      '{ __type(name: "Query") { description } }',
    )
    await page.getByLabel('Show Documentation Explorer').click()
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click()
    await page.locator('.graphiql-doc-explorer').getByText(__type.description.slice(0, 30)).waitFor()
    await page.getByLabel('Hide Documentation Explorer').click()
  })

  test('follows over a WebSocket, and shows a development as it is taken in', async () => {
    const follow = tabs.find(({ kind }) => kind === 'subscription')?.name ?? ''
    const isLive = new Promise<void>((resolve) => {
      page.once('websocket', (socket) => {
        socket.on('framereceived', ({ payload }) => /"CAUGHT_UP"/.test(`${payload}`) && resolve())
      })
    })
    await run(follow)
    await isLive
    await write(database.pool, { now: new Date(), author: tester }, (pen) => acceptDispatch(pen, readDispatch(news)))
    await seen('"seen-in-a-browser"')
    expect(sockets).toEqual([parley.address.replace('http', 'ws')])
  }, 30_000)

  test('shows what an answer costs', async () => {
    const other = await context.newPage()
    await other.goto(`${parley.address}?query=${encodeURIComponent('{ feedHead { position } }')}`)
    await other.getByLabel(/^Execute query/).click()
    const answer = other.locator('.graphiql-response')
    await answer.getByText('"limit"').waitFor()
    const { maxCost } = readConfig({})
    const shown = (await answer.textContent())?.replace(/\s+/g, '')
    expect(shown).toContain(`"cost":{"requested":2,"limit":${maxCost}}`)
    await other.close()
  }, 60_000)

  test('looks like this', async () => {
    const first = tabs[0]?.name ?? ''
    await run(first)
    await seen('"data"')
    await page.getByLabel('Hide editor tools').click()
    await page.mouse.move(0, 0)
    // `npm run screenshot` names the file that the README shows.
    const image = await page.screenshot(process.env.SCREENSHOT ? { path: process.env.SCREENSHOT } : {})
    // An empty page is a tenth of that.
    expect(image.length).toBeGreaterThan(30_000)
  })

  test('asks nobody else for anything, and breaks nowhere', () => {
    expect(elsewhere).toEqual([])
    expect(errors).toEqual([])
  })
})

const news = {
  ...dispatchOf(
    { id: 'browser-report', on: '2023-12-20' },
    {
      ref: 'seen-in-a-browser',
      kind: 'STATEMENT',
      headline: 'A statement that a browser sees',
      act: 'REMARK',
      issue: 'SINGLE',
      participants: [{ actor: 'armenia', role: 'SPEAKER' }],
      citations: [{ locator: 'lead' }],
    },
  ),
  process: 'armenia-azerbaijan',
}
