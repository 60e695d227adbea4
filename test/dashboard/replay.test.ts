import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { type Command, start } from '../support/command.ts'
import { type Dashboard, openDashboard } from '../support/page.ts'
import { addressIn, ask } from '../support/parley.ts'

let command: Command
let dashboard: Dashboard
let address: string

async function open(): Promise<void> {
  // Slow enough for a browser to be there when the first reports come.
  command = start('cli/replay', ['--speed', '0.4'], { env: { PORT: '0' } })
  const said = await command.says('Ctrl-C stops it.')
  address = addressIn(said)
  dashboard = await openDashboard(address.replace('/graphql', '/'))
}

async function close(): Promise<void> {
  await dashboard?.[Symbol.asyncDispose]()
  command?.child.kill('SIGINT')
  await command?.finish()
}

const where = browser ?? 'a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(`a replay, watched in ${where}`, { timeout: 60_000 }, () => {
  beforeAll(open, 60_000)
  afterAll(close, 30_000)

  test('unfolds in the live column: each change once, in order, none left out, and the promise is carried out', async () => {
    const { page } = dashboard
    const positions = () =>
      page
        .locator('[data-position]')
        .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.position)))
    await page.locator('[data-connection="live"]').waitFor()
    const [begun = 0] = await positions()
    const process = await dashboard.context.newPage()
    await process.goto(address.replace('/graphql', '/process'))
    const leg = process.locator('.leg').first()
    await leg.getByText('none yet').waitFor()
    await command.says('That was all.')
    const { feedHead } = await ask<{ feedHead: { position: number } }>(address, '{ feedHead { position } }')
    const head = feedHead.position
    expect(head - begun).toBeGreaterThan(20)
    await expect.poll(async () => (await positions())[0], { timeout: 20_000 }).toBe(head)
    // What is far down is drawn when somebody comes near.
    await expect
      .poll(
        async () => {
          await page.evaluate('scrollTo(0, document.body.scrollHeight)')
          return (await positions()).slice(0, head - begun)
        },
        { timeout: 20_000 },
      )
      .toEqual(Array.from({ length: head - begun }, (_, i) => head - i))
    expect(await page.locator('.missed').count()).toBe(0)
    await leg.getByText('32').last().waitFor()
    expect((await leg.innerText()).replace(/\s+/g, ' ')).toMatch(/Agreed 32 promised Carried out 32 done/)
    expect(dashboard.errors).toEqual([])
    expect(dashboard.elsewhere).toEqual([])
  })
})
