import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Fleet, type Member, openFleet } from '../support/fleet.ts'
import { LIGHT, SUBSCRIPTION, transports } from '../support/follower.ts'
import { makeKey } from '../support/keyed.ts'
import { keepHappening } from '../support/news.ts'
import { freePort, haproxy, openProxy, type RunningProxy } from '../support/proxy.ts'
import { openReader } from '../support/reader.ts'
import { expectReceived, provesWhole } from '../support/received.ts'
import { openRecord, type Record } from '../support/record.ts'
import { expectRecorded, swaps } from '../support/recorded.ts'
import { resumingEvents } from '../support/resumingEvents.ts'
import { type Answer, submitUntilTaken } from '../support/submit.ts'

let record: Record
let fleet: Fleet
let ports: readonly [number, number]
let servers: [Member, Member]
let proxy: RunningProxy
/** What it takes to write through a proxy. */
let ingest: { readonly authorization: string }

async function open(): Promise<void> {
  record = await openRecord()
  ingest = { authorization: `Bearer ${await makeKey(record, 'INGEST')}` }
  fleet = openFleet(record.url)
  ports = [await freePort(), await freePort()]
  servers = await Promise.all([start(0), start(1)])
  proxy = await openProxy(ports)
}

async function close(): Promise<void> {
  await proxy?.[Symbol.asyncDispose]()
  await fleet?.[Symbol.asyncDispose]()
  await record?.[Symbol.asyncDispose]()
}

type Which = 0 | 1
const start = (which: Which) => fleet.start({ PORT: `${ports[which]}`, PARLEY_LEAVE_MS: '3000' })
const query = '{ feedHead { position } developments(first: 2) { totalCount } }'

/** Asks by GET or by POST, and gives what went wrong; undefined: it was answered. */
async function fault(method: 'GET' | 'POST'): Promise<string | undefined> {
  const asked =
    method === 'GET'
      ? fetch(`${proxy.address}?query=${encodeURIComponent(query)}`)
      : fetch(proxy.address, {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query }),
        })
  try {
    const response = await asked
    const text = await response.text()
    return response.status === 200 && /^\{"data":\{"feedHead":/.test(text) ? undefined : `${response.status} ${text}`
  } catch {
    return 'cut'
  }
}

/** That its connection was ended before it was answered: nobody knows whether it was dealt with. */
const isUnknown = (answer: Answer) =>
  answer.how === 'unanswered' || (answer.how === 'failed' && answer.errors[0]?.extensions?.code === 'UNAVAILABLE')

describe.skipIf(!haproxy)(`behind ${haproxy ?? 'the proxy (skipped: there is no HAProxy here)'}`, () => {
  beforeAll(open, 150_000)
  afterAll(close)

  test.each([
    { how: 'told to stop', end: (server: Member) => server.terminate(), left: { code: 0, signal: null, stderr: '' } },
    { how: 'killed', end: (server: Member) => server.kill(), left: undefined },
  ])(
    'a server that is $how under load and replaced, and then the other one: nothing is lost or doubled, and whatever HTTP lets be repeated is answered',
    async ({ how, end, left }) => {
      const before = await record.head()
      const followers = transports.flatMap(({ follow }) =>
        [LIGHT, SUBSCRIPTION].map((query) => follow(proxy.port, { comesBack: true, waitMs: 20, query })),
      )
      const events = await resumingEvents(`http://127.0.0.1:${proxy.port}/feed`)
      const readers = [openReader(proxy.port), openReader(proxy.port)]
      for (const follower of followers) await follower.state('CAUGHT_UP')
      for (const reader of readers) await reader.state('live')

      const sent: { dispatch: object; answers: Answer[] }[] = []
      const name = how.split(' ')[0]
      const writers = [1, 2].map((writer) =>
        keepHappening(async (round) => {
          const dispatch = swaps(`${name}-${writer}-${round}`)
          sent.push({ dispatch, answers: await submitUntilTaken(() => proxy.address, dispatch, ingest) })
        }),
      )
      const answered = { GET: 0, POST: 0 }
      const faults: { GET: string[]; POST: string[] } = { GET: [], POST: [] }
      const askers = (['GET', 'GET', 'POST'] as const).map((method) =>
        keepHappening(async () => {
          const found = await fault(method)
          if (found === undefined) answered[method]++
          else faults[method].push(found)
        }),
      )
      for (const which of [0, 1] as const) {
        // Under way, so that it meets all of them in the middle.
        const already = sent.length
        await expect.poll(() => sent.length, { timeout: 60_000 }).toBeGreaterThan(already + 10)
        const down = proxy.hears(which === 0 ? 1 : 2, 'DOWN')
        expect(await end(servers[which])).toEqual(left && expect.objectContaining(left))
        await down
        const up = proxy.hears(which === 0 ? 1 : 2, 'UP')
        servers[which] = await start(which)
        await up
      }
      for (const each of [...writers, ...askers]) await each.stop()

      expect(faults.GET).toEqual([])
      // What was sent to a server that went away before it answered may not be sent to another one.
      expect(faults.POST.filter((found) => found !== 'cut' && !found.startsWith('502'))).toEqual([])
      for (const { answers } of sent) expect(answers.slice(0, -1).filter((answer) => !isUnknown(answer))).toEqual([])
      expect(Math.min(answered.GET, answered.POST)).toBeGreaterThan(20)

      const refs = await expectRecorded(
        record.database.pool,
        sent.map(({ dispatch }) => dispatch),
        before,
      )
      for (const follower of followers) {
        await expectReceived(follower, refs, before)
        expect(provesWhole(follower.items)).toBe(true)
        follower.stop()
      }
      for (const reader of readers) {
        await reader.until(() => reader.items.length >= refs.length)
        expect(reader.items.map(({ ref }) => ref)).toEqual(refs)
        expect(reader.feed.contiguity).toMatchObject({ gaps: 0, duplicates: 0 })
        await reader.feed.close()
      }
      expect(await events.changes(refs.length)).toEqual(refs)
      events.stop()
    },
    240_000,
  )
})
