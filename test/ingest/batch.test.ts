import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BatchFailure, type BatchOptions, ingestDocuments, type Outcome } from '../../src/ingest/batch.ts'
import { type Found, readDocuments } from '../../src/ingest/reader.ts'
import { count, emptySummary, refusalLine, summaryLines } from '../../src/ingest/summary.ts'
import { tester } from '../support/author.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { openRecord, type Record } from '../support/record.ts'
import { stateOf } from '../support/refused.ts'
import { dispatchOf, exchange, processDocument } from '../support/sample.ts'

let record: Record
let folder: Folder
beforeEach(async () => {
  record = await openRecord()
  folder = await makeFolder()
})
afterEach(async () => {
  await folder[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

const now = new Date('2024-01-01T00:00:00Z')

function dispatch(report: string, ref: string, fields: object = {}): object {
  return dispatchOf(
    { id: report, outlet: 'wire', on: '2023-12-07' },
    exchange({ status: 'AGREED', on: '2023-12-07', ref, ...fields }),
  )
}

const lines = (...documents: object[]) => documents.map((d) => JSON.stringify(d)).join('\n')

async function ingest(documents: AsyncIterable<Found>, options: Partial<BatchOptions> = {}): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  await ingestDocuments(documents, {
    ...{ pool: record.database.pool, now: () => now, author: tester, onOutcome: (outcome) => outcomes.push(outcome) },
    ...options,
  })
  return outcomes
}

const files = (...paths: string[]) => readDocuments(paths, { stdin: Readable.from([]) })

describe('a batch', () => {
  it('takes each document whole or refuses it alone, and tells of all in their order', async () => {
    const file = await folder.write(
      'some.ndjson',
      lines(
        dispatch('r1', 'one'),
        dispatch('r2', 'two', { place: 'nowhere' }),
        dispatch('r3', 'one'),
        { ...dispatch('r4', 'four'), extra: 1 },
        dispatch('r1', 'one'),
        processDocument,
        dispatch('r5', 'five'),
      ),
    )
    const summary = emptySummary()
    const outcomes = await ingest(files(file))
    for (const outcome of outcomes) count(summary, outcome)
    expect(outcomes.map((o) => o.source.line)).toEqual([1, 2, 3, 4, 5, 6, 7])
    const refusals = outcomes.flatMap((o) => ('problems' in o ? o.problems.map((p) => refusalLine(o.source, p)) : []))
    expect(refusals).toEqual([
      `${file}:2 developments[0].place: must be a place that the record knows or the dispatch introduces, got "nowhere"`,
      `${file}:4 extra: must be left out: there is no such field here`,
    ])
    expect(summaryLines(summary)).toEqual([
      '7 documents: 3 accepted, 2 unchanged, 2 refused',
      '2 developments created, 1 added to',
    ])
    expect(await record.head()).toBe(3)
  })

  it('holds what is under an embargo, judged as if it came in where it stands, and counts it apart', async () => {
    const embargo = (sent: object) => ({ ...sent, embargoUntil: '2024-06-01T00:00:00+02:00' })
    const links = (to: string) => ({ links: [{ type: 'FOLLOWS', to }] })
    const file = await folder.write(
      'some.ndjson',
      lines(
        dispatch('r1', 'one'),
        embargo(dispatch('r2', 'two', links('one'))),
        dispatch('r3', 'three', links('two')),
        embargo(dispatch('r4', 'four', links('two'))),
        embargo(dispatch('r2', 'two', links('one'))),
        { ...dispatch('r5', 'five'), embargoUntil: '2023-06-01T00:00:00Z' },
      ),
    )
    const summary = emptySummary()
    const outcomes = await ingest(files(file))
    for (const outcome of outcomes) count(summary, outcome)
    const rule = 'must be the ref of a development in the dispatch or the record'
    expect(outcomes.map((o) => ('problems' in o ? o.problems : 'accepted' in o && o.accepted))).toMatchObject([
      { created: ['one'] },
      { created: [], unchanged: false, heldUntil: new Date('2024-05-31T22:00:00Z') },
      [{ path: 'developments[0].links[0].to', rule, value: '"two"' }],
      [{ path: 'developments[0].links[0].to', rule, value: '"two"' }],
      { unchanged: true, heldUntil: new Date('2024-05-31T22:00:00Z') },
      { created: ['five'] },
    ])
    expect(summaryLines(summary)).toEqual([
      '6 documents: 2 accepted, 1 held, 1 unchanged, 2 refused',
      '2 developments created, 0 added to',
      '1 dispatch held outside the record until the embargo ends',
    ])
    expect(await record.head()).toBe(2)
  })

  it.each([
    ['of 50 MB', Buffer.alloc(50 * 1024 * 1024, ' '), 'must be at most 10 MiB large, got 50 MiB'],
    ['that is not UTF-8', Buffer.from([0xff, 0xfe, 0x7b]), 'must be UTF-8: save it in that encoding'],
    ['that is malformed', '{"report": }', 'must be JSON: value expected at line 1, column 12'],
  ])('refuses a document %s and changes nothing', async (_, content, words) => {
    const file = await folder.write('bad.json', content)
    const before = await stateOf(record)
    const [outcome] = await ingest(files(file))
    expect(outcome).toHaveProperty('problems')
    const problems = outcome !== undefined && 'problems' in outcome ? outcome.problems : []
    expect(problems.map((p) => refusalLine({ file: 'bad.json' }, p))).toEqual([`bad.json: ${words}`])
    expect(await stateOf(record)).toEqual(before)
  })

  it('that fails for another reason names the document, and what earlier ones committed stays', async () => {
    await record.database.pool.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$;
       create trigger fail before insert on "Report" for each row when (new.id = 'r4') execute function fail()`,
    )
    const file = await folder.write('some.ndjson', lines(...[1, 2, 3, 4, 5].map((n) => dispatch(`r${n}`, `d${n}`))))
    const told: Outcome[] = []
    const failure = await ingest(files(file), { size: 2, onOutcome: (o) => told.push(o) }).catch((error) => error)
    expect(failure).toBeInstanceOf(BatchFailure)
    expect(failure).toMatchObject({ message: 'disk full', source: { file, line: 4 }, documents: 2 })
    expect(told.map((o) => o.source.line)).toEqual([1, 2])
    expect(await record.head()).toBe(2)
  })

  it('is the last one once the work is called off', async () => {
    const file = await folder.write('some.ndjson', lines(...[1, 2, 3, 4, 5].map((n) => dispatch(`r${n}`, `d${n}`))))
    const stop = new AbortController()
    const told: Outcome[] = []
    await ingest(files(file), {
      size: 2,
      signal: stop.signal,
      onOutcome(outcome) {
        told.push(outcome)
        stop.abort()
      },
    })
    expect(told.map((o) => o.source.line)).toEqual([1, 2])
    expect(await record.head()).toBe(2)
  })

  it('is not kept back by a source that pauses', async () => {
    const stdin = new Readable({ read() {} })
    const stop = new AbortController()
    const taken = new Promise((resolve) => {
      stdin.push(`${JSON.stringify(dispatch('r1', 'one'))}\n`)
      const documents = readDocuments(['-'], { stdin, signal: stop.signal })
      void ingest(documents, { onOutcome: resolve, signal: stop.signal }).then(() => resolve('ended'))
    })
    expect(await taken).toHaveProperty('accepted.created', ['one'])
    stop.abort()
  })
})
