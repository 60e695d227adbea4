import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { expectAccessible, expectFit, longName, type Newsroom, openNewsroom, statement } from '../support/newsroom.ts'

// Opened once, over the seed's record: what one test has done the next one finds.
let newsroom: Newsroom
let address: string
let reader: Page
let desk: Page
const open = async () => {
  newsroom = await openNewsroom()
  ;({ address, reader, desk } = newsroom)
  await newsroom.record.ingest(statement('mended'))
  await newsroom.record.ingest(statement('twin'))
}
const close = () => newsroom?.[Symbol.asyncDispose]()

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const article = (page: Page) => page.locator('article[data-item]').first()
const tools = () => region(desk, 'Desk tools')
const headline = (page: Page) => page.getByRole('heading', { level: 1 })
/** Opens a tool on a development's page, and returns what is in it. */
async function openTool(development: string, name: string) {
  await desk.goto(`${address}/development/${development}`)
  await desk.getByText(name, { exact: true }).click()
  return tools().locator('details[open]')
}

const where = browser ?? 'a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(`the desk mends the record in ${where}`, { timeout: 90_000 }, () => {
  beforeAll(open, 90_000)
  afterAll(close, 30_000)

  test('a correction is seen before it is made, and by another page after', async () => {
    await reader.goto(`${address}/development/mended`)
    await desk.goto(`${address}/development/mended`)
    await desk.getByText('Correct', { exact: true }).click()
    await desk.getByLabel('What it should say').fill(longName)
    await desk
      .getByRole('region', { name: 'Desk tools' })
      .getByLabel(/^Reason/)
      .first()
      .fill('Misread')
    await desk.getByRole('button', { name: 'Preview' }).first().click()
    await region(desk, 'Preview').getByText('Corrected', { exact: true }).waitFor()
    expect(await region(desk, 'Preview').locator('del').innerText()).toBe('Statement mended')
    expect(await reader.getByRole('heading', { level: 1 }).innerText()).toBe('Statement mended')
    await expectAccessible(desk)
    await expectFit(desk)
    await desk.getByRole('button', { name: 'Correct it' }).click()
    await desk.getByText('Done: 1 revision written.').waitFor()
    await reader.getByRole('heading', { level: 1, name: longName }).waitFor()
    await reader.getByText('Reason: Misread').first().waitFor()
    await expectFit(reader)
  })

  test('a claim is set aside by its report, and what stands is another one', async () => {
    await desk.goto(`${address}/development/spain-talks`)
    await desk.getByText('Correct', { exact: true }).click()
    const claim = desk.locator('option', { hasText: /^Reason \(azerbaijan\): Western countries are biased/ })
    await desk.getByLabel('What is wrong').selectOption((await claim.getAttribute('value')) as string)
    await desk.getByLabel(/^Set it aside/).check()
    await desk
      .getByLabel(/^Reason: readers/)
      .first()
      .fill('Not what was said')
    await desk.getByRole('button', { name: 'Correct it' }).click()
    await desk.getByText(/^Done: \d+ revisions? written/).waitFor()
    await article(desk).getByText('France is biased.').first().waitFor()
  })

  test('a retraction leaves a tombstone with its reason, and is taken back', async () => {
    await desk.goto(`${address}/development/mended`)
    await desk.getByText('Retract', { exact: true }).click()
    const tools = region(desk, 'Desk tools')
    await tools
      .getByLabel(/^Reason/)
      .last()
      .fill('Invented')
    await tools.getByRole('button', { name: 'Retract it' }).click()
    await reader.getByText('Withdrawn: Invented').first().waitFor()
    expect(await reader.getByRole('heading', { level: 1 }).innerText()).not.toContain('ישראל')
    await desk.getByText('Reinstate', { exact: true }).click()
    await tools.getByLabel(/^Reason/).fill('True after all')
    await tools.getByRole('button', { name: 'Preview' }).click()
    await region(desk, 'Preview').getByText('Back in the record').waitFor()
    await tools.getByRole('button', { name: 'Give it back to readers' }).click()
    await reader.getByRole('heading', { level: 1, name: longName }).waitFor()
  })

  test('two developments that are one are merged, which a reader sees at once, and are taken apart again', async () => {
    await reader.goto(`${address}/development/twin`)
    await headline(reader).getByText('Statement twin').waitFor()
    const tool = await openTool('twin', 'Merge')
    await tool.getByLabel('The one that stays').fill('nobody-knows')
    await tool.getByLabel(/^Reason/).fill('Told twice')
    await tool.getByRole('button', { name: 'Preview' }).click()
    await tool.getByText(/nobody-knows/).waitFor()
    expect(await tool.locator('datalist option[value=mended]').count()).toBe(1)
    await tool.getByLabel('The one that stays').fill('mended')
    await tool.getByRole('button', { name: 'Preview' }).click()
    await region(desk, 'Preview').locator('.action', { hasText: 'Merged' }).waitFor()
    await expectAccessible(desk)
    await tool.getByRole('button', { name: 'Merge them' }).click()
    await reader.getByText('twin is the same event as this one, mended, which holds').waitFor()
    await headline(reader).getByText(longName).waitFor()
    const undo = await openTool('twin', 'Undo the merge')
    await undo.getByLabel(/^Reason/).fill('Two after all')
    await undo.getByRole('button', { name: 'Take them apart again' }).click()
    await headline(reader).getByText('Statement twin').waitFor()
    await headline(desk).getByText('Statement twin').waitFor()
    expect(await tools().getByText('Undo the merge').count()).toBe(0)
  })

  test('one that is two is split by its reports', async () => {
    const tool = await openTool('exchange-32-2', 'Split')
    await tool
      .getByLabel(/^Exchange report|Deutsche Welle/)
      .first()
      .check()
    await tool.getByLabel('Ref of the other event').fill('other-exchange')
    await tool.getByLabel('What happened there').fill('Another exchange')
    await tool.getByLabel(/^Reason/).fill('Two events')
    await tool.getByRole('button', { name: 'Preview' }).click()
    await region(desk, 'Preview').getByText('other-exchange', { exact: true }).first().waitFor()
    await tool.getByRole('button', { name: 'Split it' }).click()
    await tool.getByText(/^Done: \d+ revisions? written/).waitFor()
    await reader.goto(`${address}/development/other-exchange`)
    await headline(reader).getByText('Another exchange').waitFor()
  })

  test('a report is taken back, and its claims stay with the reason', async () => {
    const tool = await openTool('spain-talks', 'Take a report back')
    const report = tool.getByLabel('Which report')
    await report.locator('option').first().waitFor({ state: 'attached' })
    const ref = await report.inputValue()
    await tool.getByLabel(/^Reason/).fill('The outlet withdrew it')
    await tool.getByRole('button', { name: 'Preview' }).click()
    await region(desk, 'Preview').locator('li').first().waitFor()
    await tool.getByRole('button', { name: 'Take it back' }).click()
    await desk.getByText('taken back: The outlet withdrew it').first().waitFor()
    await expect.poll(() => report.locator(`option[value="${ref}"]`).count()).toBe(0)
  })

  test('asks nobody else for anything, and breaks nowhere', () => {
    expect(newsroom.dashboard.elsewhere).toEqual([])
    expect(newsroom.dashboard.errors).toEqual([])
  })
})
