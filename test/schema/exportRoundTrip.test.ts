import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import { write } from '../../src/store/pen.ts'
import { type Api, openApi, openSeededApi } from '../support/api.ts'
import { tester } from '../support/author.ts'
import {
  exported,
  identitiesOf,
  ingestText,
  moments,
  refusals,
  reportsOf,
  shown,
  small,
  takenElsewhere,
  tombstonesOf,
} from '../support/exported.ts'
import { arrivals, type Generated } from '../support/generated.ts'
import { openRecord, type Record } from '../support/record.ts'
import { day, dispatchOf, exchange } from '../support/sample.ts'

async function expectEqual(api: Api, text: string): Promise<void> {
  await using elsewhere = await takenElsewhere(text)
  expect(elsewhere.refused).toEqual([])
  const { database } = api.record
  expect(await shown(elsewhere.database, moments)).toEqual(await shown(database, moments))
  expect(await identitiesOf(elsewhere.database)).toEqual(await identitiesOf(database))
  expect(await tombstonesOf(elsewhere.database)).toEqual(await tombstonesOf(database))
}

async function refs({ record }: Api, where = 'true'): Promise<string[]> {
  const { rows } = await record.database.pool.query(`select id from "Development" where ${where} order by id`)
  return rows.map(({ id }) => id)
}

/** The desk does one thing of each kind to the first record. */
async function workAtTheDesk({ record }: Api): Promise<void> {
  const desk = <T>(work: (pen: Parameters<Parameters<Record['write']>[0]>[0]) => Promise<T>) => record.write(work)
  const to = (ref: string) => readWithdrawal({ ref, reason: 'The desk says so' })
  const [first, second, third] = await refs({ record } as Api, `kind = 'STATEMENT'`)
  const { rows } = await record.database.pool.query(
    `select r."developmentId" as ref, c.aspect, c.key, c.value from "Claim" c join "Revision" r on r.position = c.position
     where r."supersededBy" is null and c.aspect = 'FIGURE' and c.standing order by 1, 3`,
  )
  const [figure, other] = rows
  const claim = ({ aspect, key, value }: (typeof rows)[number]) => ({ aspect, key, value })
  await desk((pen) =>
    correct(pen, readCorrection({ ref: first, reason: 'Clearer', basis: 'OUR_MISTAKE', headline: 'Said plainly' })),
  )
  await desk((pen) =>
    correct(
      pen,
      readCorrection({
        ref: figure.ref,
        reason: 'Recounted',
        basis: 'SOURCE_CHANGED',
        changes: [{ deprecate: claim(figure) }],
      }),
    ),
  )
  await desk((pen) =>
    correct(
      pen,
      readCorrection({
        ...{ ref: other.ref, reason: 'Misread', basis: 'OUR_MISTAKE' },
        changes: [
          {
            replace: {
              ...claim(other),
              by: { figure: { ...other.value.figure, low: null, best: 77, high: null, parts: undefined } },
            },
          },
        ],
      }),
    ),
  )
  await desk((pen) => retract(pen, to(second as string)))
  await desk((pen) => retract(pen, to(third as string)))
  await desk((pen) => reinstate(pen, to(third as string)))
}

describe('an export that is ingested elsewhere', () => {
  it('gives an equal record: now, and as known at every moment', async () => {
    await using api = await openSeededApi()
    await workAtTheDesk(api)
    const text = await exported(api)
    expect(text).not.toContain('undefined')
    await expectEqual(api, text)
    await expectEqual(api, await exported(api, {}, small))
    await using elsewhere = await takenElsewhere(text)
    expect(await reportsOf(elsewhere.database)).toEqual(await reportsOf(api.record.database))
  }, 60_000)

  it('changes nothing where it came from, nor the second time elsewhere', async () => {
    await using api = await openSeededApi()
    await workAtTheDesk(api)
    const text = await exported(api)
    const head = await api.record.head()
    const again = await ingestText(api.record.database, text)
    expect(refusals(again)).toEqual([])
    expect(await api.record.head()).toBe(head)
    const isUnchanged = (outcome: object) =>
      'mark' in outcome || JSON.stringify(outcome).match(/"unchanged":true|"isNew":false/) !== null
    expect(again.filter((outcome) => !isUnchanged(outcome))).toEqual([])

    await using elsewhere = await takenElsewhere(text)
    const twice = await ingestText(elsewhere.database, text)
    expect(twice.filter((outcome) => !isUnchanged(outcome))).toEqual([])
    expect(await shown(elsewhere.database, moments)).toEqual(await shown(api.record.database, moments))
  }, 60_000)

  it('gives an equal record whatever came in, in whatever order, at whatever size of page', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.boolean(), async ({ one }, pick) => {
        await using api = await openApi()
        for (const [i, dispatch] of one.entries()) {
          await api.record.ingest(dispatch)
          if (i === 1) await deskAtRandom(api, one, pick)
        }
        await expectEqual(api, await exported(api, {}, small))
      }),
      { numRuns: 3, endOnFailure: true },
    )
  }, 120_000)

  it('of a filter gives a record of what passes it, equal with all that it links to', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.constantFrom('EXCHANGE', 'TALK', 'INCIDENT'), async ({ one }, kind) => {
        await using api = await openApi()
        for (const dispatch of one) await api.record.ingest(dispatch)
        await using elsewhere = await takenElsewhere(await exported(api, { filter: { kind: [kind] } }, small))
        expect(elsewhere.refused).toEqual([])
        const passing = new Set(await refs(api, `kind = '${kind}'`))
        const all = await shown(api.record.database, moments)
        const some = (told: [string, unknown][]) => told.filter(([id]) => passing.has(id))
        expect(await shown(elsewhere.database, moments)).toEqual({
          current: some(all.current),
          asOf: all.asOf.map(some),
        })
      }),
      { numRuns: 3, endOnFailure: true },
    )
  }, 120_000)

  it('as of a moment gives what was known then, and nothing that was published later', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.nat({ max: moments.length - 1 }), async ({ one }, i) => {
        await using api = await openApi()
        for (const dispatch of one) await api.record.ingest(dispatch)
        const asOf = moments[i] as string
        const until = moments.slice(0, i + 1)
        await using elsewhere = await takenElsewhere(await exported(api, { asOf }, small))
        expect(elsewhere.refused).toEqual([])
        const here = await shown(api.record.database, until)
        expect(await shown(elsewhere.database, until)).toEqual({ current: here.asOf.at(-1), asOf: here.asOf })
      }),
      { numRuns: 3, endOnFailure: true },
    )
  }, 120_000)

  it('at a place of the feed gives the record as it stood there, whatever came later', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ one }) => {
        await using api = await openApi()
        const seen: { at: string; was: object }[] = []
        for (const dispatch of one) {
          await api.record.ingest(dispatch)
          const { feedHead } = await api.ask('{ feedHead { cursor } }')
          seen.push({ at: feedHead.cursor, was: await shown(api.record.database, moments) })
        }
        for (const { at, was } of seen) {
          await using elsewhere = await takenElsewhere(await exported(api, { at }, small))
          expect(elsewhere.refused).toEqual([])
          expect(await shown(elsewhere.database, moments)).toEqual(was)
        }
      }),
      { numRuns: 3, endOnFailure: true },
    )
  }, 120_000)

  it('keeps when a report became known whose day of publication nobody knows', async () => {
    await using api = await openApi()
    const published = { precision: 'UNKNOWN', earliest: null, latest: null }
    const told = exchange({ status: 'AGREED', on: '2023-12-07' })
    await api.record.ingest({ process: 'north-south', report: { id: 'leaflet', published }, developments: [told] })
    await expectEqual(api, await exported(api))
  })

  it('names a report as the record does, also where the dispatch that named it is left out', async () => {
    await using api = await openApi()
    const report = { id: 'r1', outlet: 'wire', published: day('2023-12-07') }
    const tell = (ref: string) => exchange({ ref, status: 'AGREED', on: '2023-12-07' })
    const first = { process: 'north-south', report: { ...report, title: 'As first seen' }, developments: [tell('one')] }
    const second = { process: 'north-south', report: { ...report, title: 'Another' }, developments: [tell('two')] }
    await api.record.ingest(first)
    await api.record.ingest(second)
    await api.record.write((pen) => retract(pen, readWithdrawal({ ref: 'one', reason: 'Wrong' })))
    const text = await exported(api)
    expect(text).not.toContain('"one","headline"')
    await using elsewhere = await takenElsewhere(text)
    expect(await reportsOf(elsewhere.database)).toEqual(await reportsOf(api.record.database))
    await expectEqual(api, text)
  })

  it('never holds what was retracted: only that it was, and why', async () => {
    await using api = await openApi()
    const on = '2023-12-07'
    const linked = exchange({ ref: 'kept', status: 'AGREED', on, links: [{ type: 'FOLLOWS', to: 'gone' }] })
    const gone = exchange({ ref: 'gone', status: 'AGREED', on, headline: 'Told by mistake' })
    await api.record.ingest(dispatchOf({ id: 'r1', outlet: 'wire', on }, gone, linked))
    const before = await api.ask('{ feedHead { cursor } }')
    await api.record.write((pen) => retract(pen, readWithdrawal({ ref: 'gone', reason: 'It was invented' })))
    for (const asked of [{}, { at: before.feedHead.cursor }, { asOf: `${on}T23:59:59.999Z` }]) {
      const text = await exported(api, asked)
      expect(text).not.toContain('Told by mistake')
      await using elsewhere = await takenElsewhere(text)
      expect(elsewhere.refused).toEqual([])
      expect((await shown(elsewhere.database)).current).toEqual((await shown(api.record.database)).current)
    }
    await expectEqual(api, await exported(api))

    // What comes in of it elsewhere stays withheld there, too.
    await using elsewhere = await takenElsewhere(await exported(api))
    const again = readDispatch(dispatchOf({ id: 'r2', outlet: 'gazette', on }, gone))
    const accepted = await write(elsewhere.database.pool, { now: new Date(), author: tester }, (pen) =>
      acceptDispatch(pen, again),
    )
    expect(accepted).toMatchObject({ withheld: ['gone'], created: [], revisions: 0 })
  })

  it('takes up a development that a part of the record only links to when it is told of', async () => {
    await using api = await openApi(await openRecord())
    const on = '2023-12-07'
    const swap = exchange({ ref: 'swap', status: 'AGREED', on })
    const talk = {
      ...exchange({ ref: 'talk', status: 'AGREED', on }),
      kind: 'PLEDGE',
      strength: 'HOPE',
      legs: undefined,
      milestones: [],
      links: [{ type: 'FOLLOWS', to: 'swap' }],
    }
    await api.record.ingest(JSON.parse(JSON.stringify(dispatchOf({ id: 'r1', outlet: 'wire', on }, swap, talk))))
    await using elsewhere = await takenElsewhere(await exported(api, { filter: { kind: ['PLEDGE'] } }))
    expect((await shown(elsewhere.database)).current.map(([id]) => id)).toEqual(['talk'])
    const outcomes = await ingestText(elsewhere.database, await exported(api, { filter: { kind: ['EXCHANGE'] } }))
    expect(outcomes).toContainEqual(
      expect.objectContaining({ accepted: expect.objectContaining({ created: ['swap'] }) }),
    )
    expect(await shown(elsewhere.database, moments)).toEqual(await shown(api.record.database, moments))
  })
})

/** A correction, a retraction, or a retraction that is taken back, of the first development that there is. */
async function deskAtRandom(api: Api, dispatches: readonly Generated[], isTakenBack: boolean): Promise<void> {
  const [ref] = await refs(api)
  const reason = `After ${dispatches.length} dispatches`
  const { record } = api
  const basis = isTakenBack ? 'SOURCE_CHANGED' : 'OUR_MISTAKE'
  const sent = readCorrection({ ref, reason, basis, headline: 'In better words' })
  await record.write((pen) => correct(pen, sent), new Date('2023-12-05T12:00:00Z'))
  await record.write((pen) => retract(pen, readWithdrawal({ ref, reason })))
  if (isTakenBack) await record.write((pen) => reinstate(pen, readWithdrawal({ ref, reason })))
}
