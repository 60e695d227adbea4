import { expect } from 'vitest'
import type { Record } from './record.ts'

/** Everything that a refusal must leave as it was: the head, and how many rows every table has. */
export async function stateOf({ database }: Record): Promise<unknown> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not like '\\_%' order by 1`,
  )
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows from "${name}"`)
  const { rows } = await database.pool.query(counts.join(' union all '))
  const head = await database.pool.query('select * from "Head"')
  return { rows, head: head.rows }
}

/** Expects input to be refused in exactly these sentences, and the record to be as it was. */
export async function expectRefusal(record: Record, dispatch: unknown, sentences: readonly string[]): Promise<void> {
  const before = await stateOf(record)
  const refusal = await record.ingest(dispatch).then(
    () => 'accepted',
    (error: Error) => (error.name === 'Refusal' ? error.message.split('\n') : error),
  )
  expect(refusal).toEqual(sentences)
  expect(await stateOf(record)).toEqual(before)
}
