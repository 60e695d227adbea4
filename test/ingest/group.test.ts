import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ingestDocuments, type Outcome } from '../../src/ingest/batch.ts'
import { acceptGroup, readDispatch } from '../../src/ingest/dispatch.ts'
import { prepare } from '../../src/ingest/prepare.ts'
import type { Found } from '../../src/ingest/reader.ts'
import { Refusal } from '../../src/ingest/refusal.ts'
import { tester } from '../support/author.ts'
import { arrivals, type Generated } from '../support/generated.ts'
import { mended, mendingOf, succeeds } from '../support/mending.ts'
import { openRecord, type Record } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

const now = new Date('2024-01-01T00:00:00Z')

/** A dispatch that may be refused, in a way of its own. */
const trouble = fc.constantFrom<(sent: Generated) => object>(
  (sent) => sent,
  (sent) => ({ ...sent, report: { ...sent.report, outlet: 'nobody' } }),
  (sent) => ({ ...sent, process: 'nowhere' }),
  (sent) => ({ ...sent, report: { ...sent.report, published: { precision: 'UNKNOWN' } } }),
  // Of another kind than the record, or a later dispatch, knows it.
  (sent) => ({ ...sent, developments: [{ ...remark, ref: developmentOf(sent).ref }] }),
  (sent) => ({ ...sent, developments: [{ ...developmentOf(sent), ref: 'other', links: [link('swap')] }] }),
  (sent) => ({ ...sent, developments: [{ ...developmentOf(sent), links: [link('other')] }] }),
  (sent) => ({ ...sent, developments: [{ ...developmentOf(sent), place: 'atlantis' }] }),
)

const link = (to: string) => ({ type: 'FOLLOWS', to })

const remark = { kind: 'STATEMENT', act: 'REMARK', headline: 'A remark', citations: [{ key: 'c1', locator: 'lead' }] }

function developmentOf(sent: Generated): { ref: string } {
  return (sent as unknown as { developments: [{ ref: string }] }).developments[0]
}

/** Dispatches about the same few developments, some of them twice and some of them unfit: the second one in any case. */
const mixed = arrivals
  .chain(({ one, other }) => {
    const sent = [...one, ...other.slice(0, 2)]
    return fc.tuple(...sent.map((dispatch) => fc.tuple(fc.constant(dispatch), trouble)))
  })
  .map((pairs) =>
    pairs.flatMap(([dispatch, make], i) => [make(dispatch), ...(i === 0 ? [{ ...dispatch, process: 'nowhere' }] : [])]),
  )

async function oneByOne(record: Record, documents: readonly object[]): Promise<unknown[]> {
  const outcomes: unknown[] = []
  for (const document of documents) outcomes.push(await record.ingest(document).catch((error: Error) => error.message))
  return outcomes
}

async function together(record: Record, documents: readonly object[]): Promise<unknown[]> {
  const group = documents.map((document) => prepare(readDispatch(document)))
  const outcomes = await record.write((pen) => acceptGroup(pen, group))
  return outcomes.map((outcome) => (outcome instanceof Refusal ? outcome.message : outcome))
}

async function* found(documents: readonly object[]): AsyncGenerator<Found> {
  for (const [i, document] of documents.entries()) yield { source: { file: 'some', line: i + 1 }, bytes: 100, document }
}

async function batch(record: Record, documents: readonly object[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const { pool } = record.database
  await ingestDocuments(found(documents), {
    pool,
    now: () => now,
    author: tester,
    onOutcome: (outcome) => outcomes.push(outcome),
  })
  return outcomes
}

/** Every row of every table, but for the random tags. */
async function rowsOf({ database }: Record): Promise<unknown> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not like '\\_%' order by 1`,
  )
  const all = tables.map(
    ({ name }) =>
      `select '${name}' as name, coalesce(jsonb_agg(to_jsonb(t) - 'tag' order by to_jsonb(t) - 'tag'), '[]') as rows from "${name}" t`,
  )
  // PostgreSQL may look at large tables beside each other, and gives them as they come.
  return (await database.pool.query(`${all.join(' union all ')} order by name`)).rows
}

describe('a group of dispatches', () => {
  it('comes to the same record, and to the same refusals, as its dispatches one by one', async () => {
    await fc.assert(
      fc.asyncProperty(mixed, async (documents) => {
        await using one = await openRecord()
        await using other = await openRecord()
        const outcomes = await oneByOne(one, documents)
        expect(outcomes[1]).toContain('nowhere')
        expect(await together(other, documents)).toEqual(outcomes)
        expect(await rowsOf(other)).toEqual(await rowsOf(one))
      }),
      { numRuns: 4, endOnFailure: true },
    )
  }, 240_000)

  it('comes to the same record where the desk has merged, split and retracted what they tell of', async () => {
    await fc.assert(
      fc.asyncProperty(mended, fc.nat({ max: 2 }), async ({ one: told, wanted }, more) => {
        const early = 2 + more
        await using one = await openRecord()
        await using other = await openRecord()
        for (const record of [one, other]) {
          await oneByOne(record, told.slice(0, early))
          const done: boolean[] = []
          for (const { act } of wanted) done.push(await succeeds(() => act(mendingOf(record))))
          expect(done[0]).toBe(true)
        }
        // Beside what is mended some that never was.
        const apart = exchange({ ref: 'apart', status: 'AGREED', on: '2023-12-07' })
        const late = [...told.slice(early), dispatchOf({ id: 'r9', on: '2023-12-07' }, apart), ...told]
        const outcomes = await oneByOne(one, late)
        expect(await together(other, late)).toEqual(outcomes)
        expect(await rowsOf(other)).toEqual(await rowsOf(one))
      }),
      { numRuns: 5, endOnFailure: true },
    )
  }, 240_000)

  it('supersedes what is not written yet, what is being written and what is', async () => {
    const told = (report: number, count: number) =>
      dispatchOf(
        { id: `r${report}`, outlet: 'wire', on: `2023-12-0${report}` },
        ...Array.from({ length: 60 }, (_, i) => exchange({ status: 'AGREED', on: '2023-12-01', ref: `d${i}`, count })),
      )
    const documents = [1, 2, 3, 4, 5, 6].map((report) => told(report, 30 + report))
    await using one = await openRecord()
    await using other = await openRecord()
    await oneByOne(one, documents)
    await together(other, documents)
    expect(await other.head()).toBe(360)
    expect(await rowsOf(other)).toEqual(await rowsOf(one))
  }, 120_000)

  it('ends where a dispatch brings actors or outlets of its own, which those after it know', async () => {
    const swap = exchange({ status: 'AGREED', on: '2023-12-07' })
    const report = (n: number, outlet = 'wire') => ({ id: `r${n}`, outlet, on: '2023-12-07' })
    const guest = exchange({
      status: 'AGREED',
      on: '2023-12-07',
      participants: [{ actor: 'A Guest', role: 'OBSERVER' }],
    })
    const documents = [
      dispatchOf(report(1), guest),
      { ...dispatchOf(report(2), swap), actors: [{ id: 'guest', kind: 'PERSON', name: 'A Guest' }] },
      dispatchOf(report(3), guest),
      dispatchOf(report(4, 'herald'), swap),
      { ...dispatchOf(report(5, 'herald'), swap), outlets: [{ id: 'herald', name: 'The Herald' }] },
      dispatchOf(report(6, 'herald'), swap),
    ]
    await using one = await openRecord()
    await using other = await openRecord()
    await oneByOne(one, documents)
    const outcomes = await batch(other, documents)
    expect(outcomes.map((outcome) => 'accepted' in outcome)).toEqual([false, true, true, false, true, true])
    expect(await rowsOf(other)).toEqual(await rowsOf(one))
  }, 60_000)

  it('one of which the database cannot take names it, and takes none', async () => {
    await using record = await openRecord()
    await record.database.pool.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$;
       create trigger fail before insert on "Report" for each row when (new.id = 'r3') execute function fail()`,
    )
    const documents = [1, 2, 3, 4].map((n) =>
      dispatchOf({ id: `r${n}`, on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07', ref: `d${n}` })),
    )
    await expect(batch(record, documents)).rejects.toMatchObject({ message: 'disk full', source: { line: 3 } })
    expect(await record.head()).toBe(0)
  })
})
