import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Command, start } from '../support/command.ts'
import { type Fleet, type Member, openFleet } from '../support/fleet.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { type Follower, transports } from '../support/follower.ts'
import { setGate } from '../support/gate.ts'
import { type Line, openLine } from '../support/line.ts'
import { keepHappening } from '../support/news.ts'
import { expectReceived } from '../support/received.ts'
import { openRecord, type Record } from '../support/record.ts'
import { expectRecorded, swaps } from '../support/recorded.ts'
import { type Answer, submit } from '../support/submit.ts'

let record: Record
let folder: Folder
let fleet: Fleet
let server: Member
let line: Line
/** Where the record stood before a test, and who has followed from there. */
let before: number
let followers: Follower[]
const commands: Command[] = []
beforeAll(async () => {
  record = await openRecord()
  folder = await makeFolder()
  fleet = openFleet(record.url)
  server = await fleet.start()
  line = await openLine(server.port)
}, 150_000)
afterAll(async () => {
  for (const { child } of commands) child.kill('SIGKILL')
  await line?.[Symbol.asyncDispose]()
  await fleet?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
  await record?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  // A test that has failed may have left it dead.
  if (server.command.child.signalCode !== null) await restart()
  before = await record.head()
  // With content, so that being killed meets followers in the middle of an item, too.
  followers = transports.map(({ follow }) => follow(line.port, { comesBack: true, waitMs: 100 }))
  for (const follower of followers) await follower.state('CAUGHT_UP')
}, 150_000)
afterEach(() => {
  for (const follower of followers) follower.stop()
})

/** Another server takes the killed one's place. */
async function restart(): Promise<void> {
  server = await fleet.start()
  line.reroute(server.port)
}

/** Sends dispatches one after the other, and gives how each was answered. */
async function submitAll(dispatches: readonly object[]): Promise<string[]> {
  const answers: string[] = []
  for (const dispatch of dispatches) answers.push((await submit(server.address, dispatch)).how)
  return answers
}

/** The record holds each dispatch once, and every follower has got each position once. */
async function expectOnce(dispatches: readonly object[]): Promise<void> {
  const refs = await expectRecorded(record.database.pool, dispatches, before)
  for (const follower of followers) await expectReceived(follower, refs, before)
}

it('F1 F2 a server killed in the middle of a dispatch leaves nothing of it: sent again it is in the record once, and followers resume', async () => {
  const earlier = [swaps('earlier-1'), swaps('earlier-2')]
  const [middle, last] = [swaps('middle'), swaps('last')]
  expect(await submitAll(earlier)).toEqual(['accepted', 'accepted'])
  // Its report, its evidence and its revisions are written by then, the last of its legs is not.
  await using gate = await setGate(record.url, 'Leg', `new.position = ${before + 6}`)
  const answer = submit(server.address, middle)
  await gate.reached()
  await server.kill()
  expect(await answer).toEqual({ how: 'unanswered' })
  await gate.openForTheDead()
  await expectRecorded(record.database.pool, earlier, before)
  await restart()
  expect(await submitAll([...earlier, middle, last])).toEqual(['unchanged', 'unchanged', 'accepted', 'accepted'])
  await expectOnce([...earlier, middle, last])
}, 150_000)

it('F1 F2 a server killed in the middle of a burst: all of it sent again is in the record once, what was answered stays, and followers resume', async () => {
  const sent = new Map<object, Answer['how']>()
  let accepted = 0
  let enough = () => {}
  const burst = new Promise<void>((resolve) => {
    enough = resolve
  })
  const writers = Array.from({ length: 8 }, (_, writer) =>
    keepHappening(async (round) => {
      const dispatch = swaps(`swap-${writer}-${round}`)
      const { how } = await submit(server.address, dispatch)
      sent.set(dispatch, how)
      if (how === 'accepted' && ++accepted === 50) enough()
    }),
  )
  await burst
  await Promise.all([server.kill(), ...writers.map((writer) => writer.stop())])
  const answers = [...sent.values()]
  expect(new Set(answers)).toEqual(new Set(['accepted', 'unanswered']))
  await restart()
  const again = await submitAll([...sent.keys()])
  expect(again.filter((how) => how !== 'unchanged' && how !== 'accepted')).toEqual([])
  // What was answered was there; of the others, what had been committed without an answer.
  expect(again.filter((how, i) => answers[i] === 'accepted' && how !== 'unchanged')).toEqual([])
  await expectOnce([...sent.keys()])
}, 150_000)

it('F1 F2 npm run ingest killed in the middle of a batch leaves nothing of that batch: run again, each document is in the record once', async () => {
  const documents = Array.from({ length: 120 }, (_, i) => swaps(`document-${i + 1}`, 1))
  const file = await folder.write('many.ndjson', documents.map((document) => `${JSON.stringify(document)}\n`).join(''))
  const ingest = () => {
    const command = start('cli/ingest', [file], { env: { DATABASE_URL: record.url } })
    commands.push(command)
    return command
  }
  await using gate = await setGate(record.url, 'Leg', `new.position = ${before + 110}`)
  const killed = ingest()
  await gate.reached()
  killed.child.kill('SIGKILL')
  expect(await killed.finish()).toMatchObject({ signal: 'SIGKILL' })
  await gate.openForTheDead()
  await expectOnce(documents.slice(0, 100))
  expect(await ingest().finish()).toMatchObject({
    code: 0,
    stdout: '120 documents: 20 accepted, 100 unchanged, 0 refused\n20 developments created, 0 added to\n',
  })
  await expectOnce(documents)
}, 150_000)
