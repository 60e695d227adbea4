import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ingestDocuments, type Outcome } from '../../src/ingest/batch.ts'
import type { Found } from '../../src/ingest/reader.ts'
import { arrivals, type Generated } from '../support/generated.ts'
import { acts, mendingOf, succeeds, toldApart } from '../support/mending.ts'
import { openRecord, type Record } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

const now = new Date('2024-01-01T00:00:00Z')

/** A dispatch that may be refused in a way of its own, or one that brings identities, or a process again. */
const trouble = fc.constantFrom<(sent: Generated) => object>(
  (sent) => sent,
  (sent) => ({ ...sent, report: { ...sent.report, outlet: 'nobody' } }),
  (sent) => ({ ...sent, process: 'nowhere' }),
  (sent) => ({ ...sent, report: { ...sent.report, published: { precision: 'UNKNOWN' } } }),
  (sent) => ({ ...sent, developments: [{ ...developmentOf(sent), kind: 'STATEMENT', act: 'REMARK' }] }),
  (sent) => ({ ...sent, developments: [{ ...developmentOf(sent), ref: 'other', links: [link('swap')] }] }),
  (sent) => ({ ...sent, developments: [{ ...developmentOf(sent), links: [link('other')] }] }),
  (sent) => ({ ...sent, developments: [{ ...developmentOf(sent), place: 'atlantis' }] }),
  (sent) => ({ ...sent, actors: [{ id: 'guest', kind: 'PERSON', name: 'A Guest' }] }),
  (sent) => ({ ...sent, outlets: [{ id: 'nobody', name: 'Nobody' }], report: { ...sent.report, outlet: 'nobody' } }),
)

const link = (to: string) => ({ type: 'FOLLOWS', to })

function developmentOf(sent: Generated): object {
  return (sent as unknown as { developments: [object] }).developments[0]
}

/** Dispatches about the same few developments, some of them twice and some of them unfit. */
const mixed = arrivals
  .chain(({ one, other }) => {
    const sent = [...one, ...other.slice(0, 2)]
    return fc.tuple(...sent.map((dispatch) => fc.tuple(fc.constant(dispatch), trouble)))
  })
  .map((pairs) => pairs.map(([dispatch, make]) => make(dispatch)))

async function* found(documents: readonly object[]): AsyncGenerator<Found> {
  for (const [i, document] of documents.entries()) yield { source: { file: 'some', line: i + 1 }, bytes: 100, document }
}

async function take(record: Record, documents: readonly object[], size: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const { pool } = record.database
  await ingestDocuments(found(documents), {
    pool,
    now: () => now,
    size,
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
    let refused = 0
    await fc.assert(
      fc.asyncProperty(mixed, async (documents) => {
        await using alone = await openRecord()
        await using together = await openRecord()
        const outcomes = await take(alone, documents, 1)
        refused += outcomes.filter((outcome) => 'problems' in outcome).length
        expect(await take(together, documents, documents.length)).toEqual(outcomes)
        expect(await rowsOf(together)).toEqual(await rowsOf(alone))
      }),
      { numRuns: 12, endOnFailure: true },
    )
    expect(refused).toBeGreaterThan(0)
  }, 240_000)

  it('comes to the same record where the desk has merged, split and retracted what they tell of', async () => {
    let mended = 0
    await fc.assert(
      fc.asyncProperty(toldApart, acts, fc.nat({ max: 3 }), async ([one], wanted, early) => {
        const told = one as Generated[]
        await using alone = await openRecord()
        await using together = await openRecord()
        for (const record of [alone, together]) {
          await take(record, told.slice(0, 1 + early), 1)
          for (const { act } of wanted) if (await succeeds(() => act(mendingOf(record)))) mended++
        }
        // Beside what is mended some that never was.
        const other = dispatchOf(
          { id: 'r9', on: '2023-12-07' },
          exchange({ ref: 'apart', status: 'AGREED', on: '2023-12-07' }),
        )
        const late = [...told.slice(1 + early), other, ...told]
        const outcomes = await take(alone, late, 1)
        expect(await take(together, late, late.length)).toEqual(outcomes)
        expect(await rowsOf(together)).toEqual(await rowsOf(alone))
      }),
      { numRuns: 12, endOnFailure: true },
    )
    expect(mended).toBeGreaterThan(0)
  }, 240_000)

  it('of more than is written at a time supersedes what is not written yet, what is being written and what is', async () => {
    const told = (report: number, count: number) =>
      dispatchOf(
        { id: `r${report}`, outlet: 'wire', on: `2023-12-0${report}` },
        ...Array.from({ length: 120 }, (_, i) => exchange({ status: 'AGREED', on: '2023-12-01', ref: `d${i}`, count })),
      )
    const documents = [1, 2, 3, 4, 5].map((report) => told(report, 30 + report))
    await using alone = await openRecord()
    await using together = await openRecord()
    await take(alone, documents, 1)
    await take(together, documents, documents.length)
    expect(await together.head()).toBe(600)
    expect(await rowsOf(together)).toEqual(await rowsOf(alone))
  }, 120_000)

  it('one of which the database cannot take names it, and takes none', async () => {
    await using record = await openRecord()
    await record.database.pool.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$;
       create trigger fail before insert on "Report" for each row when (new.id = 'r3') execute function fail()`,
    )
    const documents = [1, 2, 3, 4].map((n) =>
      dispatchOf({ id: `r${n}`, on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07', ref: `d${n}` })),
    )
    await expect(take(record, documents, 4)).rejects.toMatchObject({ message: 'disk full', source: { line: 3 } })
    expect(await record.head()).toBe(0)
  })
})
