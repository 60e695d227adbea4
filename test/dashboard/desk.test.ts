import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { expectAccessible, expectFit, longName, type Newsroom, openNewsroom, statement } from '../support/newsroom.ts'
import type { Record } from '../support/record.ts'
import { dispatchOf } from '../support/sample.ts'

// Opened once, over the seed's record: what one test has done the next one finds.
let newsroom: Newsroom
let record: Record
let address: string
let reader: Page
let desk: Page
const open = async () => {
  newsroom = await openNewsroom()
  ;({ record, address, reader, desk } = newsroom)
}
const close = () => newsroom?.[Symbol.asyncDispose]()

const editor = () => desk.getByLabel('Dispatch', { exact: true })
const written = (document: object) => JSON.stringify(document, null, 2)
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

const where = browser ?? 'a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(`the process, a development and the desk in ${where}`, { timeout: 90_000 }, () => {
  beforeAll(open, 90_000)
  afterAll(close, 30_000)

  test('the process shows what was exchanged, who mediated, what was declined and why, and which report says so', async () => {
    const exchange = reader.getByRole('article', { name: /exchange 32 prisoners for two/ })
    expect(await exchange.innerText()).toMatch(/Agreed 7 Dec 2023.*Deutsche Welle\s.*Carried out 13 Dec 2023/s)
    expect(await exchange.innerText()).toContain('Mediated by European Union, United States, Russia')
    const legs = await exchange.locator('.leg').allInnerTexts()
    expect(legs.map((leg) => leg.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^Azerbaijan → ?(releases to)? ?Armenia.* Agreed 32 promised Carried out 32 done/),
      expect.stringMatching(/^Armenia → ?(releases to)? ?Azerbaijan.* Agreed 2 promised Carried out 2 done/),
    ])
    expect(legs[0]).toMatch(/Told differently: more than 24 said to be done\s+exchange-report-2023-12-13/)
    const declined = await region(reader, 'Declined: 2').locator('li.card').allInnerTexts()
    expect(declined[0]).toMatch(/Spain.*Mediated by Charles Michel \(European Union\), Emmanuel Macron \(France\)/s)
    expect(declined[0]).toMatch(/Azerbaijan declined.*France is biased\.\s+exchange-report-2023-12-13/s)
    expect(declined[1]).toMatch(/20 Nov 2023.*Azerbaijan declined.*Washington is biased\./s)
    const pulse = await region(reader, 'The pulse').innerText()
    expect(pulse).toMatch(
      /0–2 talks declined since.*5 open pledges\s+None overdue.*0 exchanges agreed and not carried/s,
    )
    expect(await region(reader, 'Open pledges').innerText()).toMatch(
      /commitment\s+of Armenia, Azerbaijan.*peace treaty/s,
    )
    const us = reader.locator('[data-item][aria-label="United States"]')
    expect(await us.innerText()).toMatch(/1 made, 1 accepted.*Azerbaijan: Washington is biased\.\s+\(names it\)/s)
  })

  test('as of a day the promise is no more than a promise', async () => {
    await reader.goto(`${address}/process?asOf=2023-12-10`)
    await reader.getByText('Armenia–Azerbaijan peace process at the end of 10 Dec 2023').waitFor()
    const leg = reader.locator('.leg').first()
    expect((await leg.innerText()).replace(/\s+/g, ' ')).toMatch(/Agreed 32 promised Carried out none yet/)
    expect(await region(reader, 'The pulse').innerText()).toMatch(/1 exchange agreed and not carried out/)
    await reader.goto(`${address}/process`)
    await reader.locator('.leg').first().waitFor()
  })

  test('is gone through with the keyboard, and opens the question of each part', async () => {
    await reader.evaluate('document.activeElement.blur()')
    await reader.keyboard.press('j')
    await reader.keyboard.press('j')
    await reader.keyboard.press('Enter')
    await reader.getByRole('heading', { name: 'History' }).waitFor()
    await reader.goBack()
    await region(reader, 'Mediators').locator('[data-item]').first().waitFor()
    await region(reader, 'Talks').locator('[data-item]').first().waitFor()
    const questions = await reader
      .getByRole('link', { name: 'Copy as GraphQL' })
      .evaluateAll((links) =>
        links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('query') ?? ''),
      )
    const names = questions.map((query) => /query (\w+)/.exec(query)?.[1])
    expect(names).toEqual(['Pulse', 'Exchanges', 'Talks', 'OpenPledges', 'Mediators'])
  })

  test('tells of a development who claims what, whom the reports cite, what it bears on and each change', async () => {
    await reader.goto(`${address}/development/exchange-32-2`)
    await reader.getByRole('heading', { name: 'History' }).waitFor()
    const section = (name: string) =>
      reader.getByRole('heading', { name, exact: true }).locator('xpath=following-sibling::*[1]')
    expect(await section('Times').innerText()).toMatch(
      /Agreed\s+7 Dec 2023 “Thursday”, from the dateline, by [\s\S]*Carried out\s+13 Dec 2023/,
    )
    const claimed = await section('Claims').innerText()
    expect(claimed).toMatch(/Number: leg from azerbaijan\s+Differs\s+32\s+\d independent sources/)
    expect(claimed).toMatch(/the record holds this[\s\S]*Content: form\s+reciprocal\s+5 independent sources/)
    // Below what is in sight nothing is laid out, so there is no inner text.
    expect(await section('Citations').locator('q').count()).toBeGreaterThan(0)
    expect(await section('Citations').textContent()).toMatch(/asserts it[\s\S]*citing/)
    await expect
      .poll(() => section('Links').textContent(), { timeout: 10_000 })
      .toMatch(/Announces|announces it|carries out/i)
    expect(await section('Codes').textContent()).toMatch(/PLOVER\s*\w+/)
    const amended = section('History').locator('li', { hasText: 'Amended' }).first()
    await amended.getByText(/\d+ fields? changed/).click()
    expect(await amended.getByRole('row').count()).toBeGreaterThan(1)
    await reader.getByLabel('Day').fill('2023-12-08')
    await expect.poll(() => section('Times').innerText()).not.toMatch(/Carried out/)
    await reader.getByRole('button', { name: 'Back to now' }).click()
  }, 60_000)

  test('who may only read finds no tool of the desk', async () => {
    await reader.locator('[data-connection="live"]').waitFor()
    expect(await reader.getByRole('navigation', { name: 'Views' }).innerText()).not.toMatch(/Desk/)
    await reader.goto(`${address}/desk`)
    await reader.getByText(/takes the role ingest or desk/).waitFor()
    expect(await reader.getByRole('textbox', { name: 'Dispatch' }).count()).toBe(0)
    await reader.goto(`${address}/development/spain-talks`)
    await reader.getByRole('heading', { name: 'History' }).waitFor()
    await desk.goto(`${address}/development/spain-talks`)
    await region(desk, 'Desk tools').waitFor()
    expect(await region(reader, 'Desk tools').count()).toBe(0)
  })

  test('what is refused is shown at its line, and nothing is lost of what was typed', async () => {
    await desk.getByRole('link', { name: 'Desk', exact: true }).click()
    await desk.getByText(/night desk/).waitFor()
    const text = written(statement('typed', { act: 'REMARKED', figures: [{ measure: 'HELD', best: -3 }] }))
    await editor().fill(text)
    const send = desk.getByRole('button', { name: 'Take it in' })
    const line = (words: string) => text.split('\n').findIndex((found) => found.includes(words)) + 1
    const marked = () =>
      desk.locator('.mark-line').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.line))
    await send.click()
    // What the schema refuses.
    await desk
      .getByRole('alert')
      .getByText(/^developments\[0\]\.act: Value "REMARKED" does not exist/)
      .waitFor()
    expect(await marked()).toEqual([`${line('"act"')}`])
    await desk.getByRole('button', { name: `Line ${line('"act"')}` }).click()
    const selected = () =>
      editor().evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))
    expect(await selected()).toBe('"act": "REMARKED"')
    await desk.keyboard.insertText('"act": "REMARK"')
    // What the contract refuses.
    await send.click()
    await desk
      .getByRole('alert')
      .getByText('developments[0].figures[0].best: must be a number of at least 0, got -3')
      .waitFor()
    expect(await marked()).toEqual([`${line('"best"')}`])
    await desk.reload()
    expect(await editor().inputValue()).toBe(text.replace('REMARKED', 'REMARK'))
    // What is no JSON.
    await editor().fill('{\n  "process": "armenia-azerbaijan"\n  "report": {}\n}')
    await send.click()
    await desk.getByRole('alert').getByText('must be JSON: comma expected').waitFor()
    expect(await marked()).toEqual(['3'])
    expect(await record.ingest(statement('probe')).then(({ revisions }) => revisions)).toBe(1)
  })

  test('a dispatch from a file is seen before it is taken in, and by a reader after', async () => {
    const before = await editor().inputValue()
    const buffer = Buffer.from(written(statement('from-a-file')))
    await desk.locator('input[type=file]').setInputFiles({ name: 'one.json', mimeType: 'application/json', buffer })
    await desk.getByRole('button', { name: /Bring back/ }).click()
    expect(await editor().inputValue()).toBe(before)
    await desk.locator('input[type=file]').setInputFiles({ name: 'one.json', mimeType: 'application/json', buffer })
    await reader.goto(address)
    await reader.locator('[data-connection="live"]').waitFor()
    const head = await record.head()
    await desk.getByRole('button', { name: 'Preview' }).click()
    const preview = region(desk, 'Preview')
    expect(await preview.innerText()).toMatch(/Followers will see 1 item.*New\s+from-a-file\s+Statement from-a-file/s)
    expect(await record.head()).toBe(head)
    await desk.getByRole('button', { name: 'Take it in' }).click()
    await desk.getByText(/^Taken in: 1 new, 0 amended/).waitFor()
    await reader.locator('[data-item][data-ref="from-a-file"]').waitFor()
    expect(await record.head()).toBe(head + 1)
  })

  test('under an embargo no reader sees it before its release, and every one after', async () => {
    await editor().fill(written(statement('secret', { headline: 'What nobody may know yet' })))
    await desk.getByLabel('Hold until').first().fill('2099-01-01T12:00')
    const head = await record.head()
    await desk.getByRole('button', { name: 'Hold it' }).click()
    const held = desk.locator('[data-held="report-secret"]')
    await held.getByText('What nobody may know yet').waitFor()
    await held.getByRole('button', { name: 'Preview' }).click()
    await held.getByText('Followers will see 1 item').waitFor()
    await editor().fill('{}')
    await desk.getByRole('button', { name: 'Hold it' }).click()
    await desk.getByRole('alert').getByText('process: must be given').waitFor()
    await expectAccessible(desk)
    await expectFit(desk)
    await reader.goto(`${address}/development/secret`)
    await reader.getByText('The record knows no development by this name.').waitFor()
    expect(await record.head()).toBe(head)
    await held.getByRole('button', { name: 'Edit' }).click()
    expect(await editor().evaluate((area) => area === document.activeElement)).toBe(true)
    expect(await editor().inputValue()).toMatch(/^\{\s+"process": "armenia-azerbaijan",\s+"report": /)
    await editor().fill((await editor().inputValue()).replace('What nobody may know yet', 'What everybody will know'))
    await desk.getByRole('button', { name: 'Change what is held' }).click()
    await desk.getByText('report-secret is held as you wrote it.').waitFor()
    await held.getByText('What everybody will know').waitFor()
    await held.getByText('Postpone', { exact: true }).click()
    await held.getByLabel('Hold until').fill('2098-01-01T12:00')
    await held.getByRole('button', { name: 'Postpone it' }).click()
    await held.getByText(/until 1 Jan 2098/).waitFor()
    await held.getByText('Release', { exact: true }).click()
    await held.getByRole('button', { name: 'Release it now, to everybody' }).click()
    await reader.getByRole('heading', { name: 'What everybody will know', level: 1 }).waitFor()
    await desk.getByText('Nothing is held.').waitFor()
  })

  test('the element shows the feed in a page of another origin, live, and in none that is not listed', async () => {
    const page = await newsroom.dashboard.context.newPage()
    await page.goto(newsroom.host.origin)
    const feed = page.locator('parley-feed')
    await feed.getByText('Live', { exact: true }).waitFor()
    await feed.getByRole('heading', { name: 'Peace talks, live' }).waitFor()
    expect(await feed.locator('li[data-ref]:not([hidden])').count()).toBe(5)
    expect(new Set(await feed.locator('[part=kind]').allInnerTexts())).toEqual(new Set(['Talk', 'Exchange']))
    const talk = {
      ...{ ref: 'embedded', kind: 'TALK', extent: 'MEETING', headline: longName, citations: [{ locator: 'lead' }] },
      milestones: [{ status: 'PROPOSED' }],
    }
    await record.ingest({ ...dispatchOf({ id: 'r-talk', on: '2023-12-20' }, talk), process: 'armenia-azerbaijan' })
    await record.ingest(statement('not-embedded'))
    await feed.locator('li[data-ref=embedded]').waitFor()
    await feed
      .getByRole('status')
      .getByText(/^New: ישראל/)
      .waitFor()
    expect(await feed.locator('li[data-ref]:not([hidden])').count()).toBe(5)
    expect(await feed.locator('li[data-ref]').first().getAttribute('data-ref')).toBe('embedded')
    expect(await feed.getByRole('link').first().getAttribute('href')).toBe(`${address}/development/embedded`)
    await expectAccessible(page)
    await expectFit(page)
    await feed.evaluate((element) => {
      element.addEventListener('parley-open', (event) => {
        event.preventDefault()
        document.title = (event as CustomEvent<{ ref: string }>).detail.ref
      })
      element.setAttribute('kind', 'statement')
    })
    await feed.locator('li[data-ref=not-embedded] a').click()
    await expect.poll(() => page.title()).toBe('not-embedded')
    expect(new URL(page.url()).origin).toBe(newsroom.host.origin)
    const stopped = page.waitForEvent('requestfailed')
    await page.goto(newsroom.host.origin.replace('127.0.0.1', 'localhost'))
    expect((await stopped).url()).toBe(`${address}/embed.js`)
    expect(await page.evaluate('customElements.get("parley-feed") === undefined')).toBe(true)
    await page.close()
  })

  test('asks nobody else for anything, and breaks nowhere', () => {
    expect(newsroom.dashboard.elsewhere).toEqual([])
    expect(newsroom.dashboard.errors).toEqual([])
  })
})
