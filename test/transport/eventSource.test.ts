import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { originOf } from '../support/ask.ts'
import { browser, quiet } from '../support/browser.ts'
import { type Line, openLine } from '../support/line.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

const where = browser === undefined ? ' (skipped: there is no Chromium on this machine)' : ''

describe.skipIf(browser === undefined)(`an EventSource in a browser${where}`, { timeout: 60_000 }, () => {
  let record: Record
  let server: TestServer
  let news: News
  let line: Line
  let chrome: Browser
  beforeAll(async () => {
    record = await openRecord()
    server = await openServer(record)
    news = newsOf(record.write)
    line = await openLine(server.port)
    chrome = await chromium.launch({ executablePath: browser as string, args: quiet })
  }, 60_000)
  afterAll(async () => {
    await chrome?.close()
    await line?.[Symbol.asyncDispose]()
    await server?.close()
    await record?.[Symbol.asyncDispose]()
  })

  it('F2 follows the feed by itself, and resumes where it was when it is cut', async () => {
    await news.many(20, 'old')
    const page = await chrome.newPage()
    await page.goto(`http://127.0.0.1:${line.port}/livez`)
    await page.evaluate(
      (after) => {
        const seen: number[] = []
        const source = new EventSource(`/feed?after=${after}`)
        source.onmessage = ({ data }) => seen.push(JSON.parse(data).position)
        Object.assign(window, { seen })
      },
      await originOf(server),
    )
    const seen = () => page.evaluate(() => (window as unknown as { seen: number[] }).seen)
    const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1)
    await expect.poll(seen, { timeout: 20_000 }).toEqual(upTo(20))
    for (let head = 21; head <= 23; head++) {
      line.cut()
      await news.agreed(`new-${head}`)
      await expect.poll(seen, { timeout: 20_000 }).toEqual(upTo(head))
    }
    expect(line.made).toBeGreaterThan(3)
  })
})
