import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import type { Database } from '../../src/store/database.ts'
import { write } from '../../src/store/pen.ts'
import { tester } from './author.ts'
import { dispatchOf } from './sample.ts'

/** A report of 15 December 2023 tells of developments, given as they stand in a file. */
export async function report({ pool }: Database, id: string, ...developments: object[]): Promise<void> {
  const dispatch = { ...dispatchOf({ id, on: '2023-12-15' }, ...developments), process: 'armenia-azerbaijan' }
  const read = readDispatch(dispatch)
  await write(pool, { now: new Date(), author: tester }, (pen) => acceptDispatch(pen, read))
}

/** A report tells of statements that Armenia made on 1 December 2023. */
export async function reportStatements(database: Database, id: string, refs: readonly string[]): Promise<void> {
  const developments = refs.map((ref) => ({
    ...{ ref, kind: 'STATEMENT', headline: `Statement ${ref}`, act: 'REMARK', issue: 'SINGLE' },
    participants: [{ actor: 'armenia', role: 'SPEAKER' }],
    citations: [{ locator: 'lead', quotation: `the words of ${ref}` }],
    when: { earliest: '2023-12-01', latest: '2023-12-01', precision: 'DAY', basis: 'STATED' },
  }))
  await report(database, id, ...developments)
}
