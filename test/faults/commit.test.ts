import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Command, start } from '../support/command.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { setGate } from '../support/gate.ts'
import { openLine } from '../support/line.ts'
import { openRecord, type Record } from '../support/record.ts'
import { expectRecorded, swaps } from '../support/recorded.ts'

let record: Record
let folder: Folder
const commands: Command[] = []
beforeEach(async () => {
  record = await openRecord()
  folder = await makeFolder()
})
afterEach(async () => {
  for (const { child } of commands) child.kill('SIGKILL')
  await folder[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

it('npm run ingest that does not hear of its commit says so, and not that nothing is in the record; run again it leaves all as it is', async () => {
  const dispatch = swaps('swap')
  const file = await folder.write('one.json', dispatch)
  const ingest = (url: string) => {
    const command = start('cli/ingest', [file], { env: { DATABASE_URL: url } })
    commands.push(command)
    return command
  }
  const url = new URL(record.url)
  await using line = await openLine(Number(url.port))
  url.port = `${line.port}`
  await using gate = await setGate(record.url, 'Leg', 'true', { atCommit: true })
  const command = ingest(url.href)
  await gate.reached()
  line.hold()
  await gate.open()
  await expect.poll(() => record.head(), { timeout: 10_000 }).toBe(2)
  line.cut()
  const { code, stdout, stderr } = await command.finish()
  expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringMatching(/^0 documents: 0 accepted/) })
  expect(stderr).toMatch(
    /^A batch of 1 failed at \S+one\.json \(.+\): its commit was not answered, so all of it is in the record or nothing, what came before it is\. Run it again\.\n$/,
  )
  expect(await ingest(record.url).finish()).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^1 document: 0 accepted, 1 unchanged, 0 refused\n/),
  })
  await expectRecorded(record.database.pool, [dispatch])
}, 60_000)
