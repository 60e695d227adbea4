import { expect, it } from 'vitest'
import { readChildren } from '../../src/store/childRows.ts'
import { readIdentities } from '../../src/store/identityRows.ts'
import { openRecord } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

it('rows are read on by a server that was there before another one migrated their tables', async () => {
  await using record = await openRecord()
  const on = '2023-12-07'
  await record.ingest(dispatchOf({ id: 'r1', outlet: 'wire', on }, exchange({ status: 'AGREED', on })))
  const { pool } = record.database
  const read = async () => [await readChildren(pool, 'Claim', [1]), await readIdentities(pool, 'Actor', ['north'])]
  const before = await read()
  expect(before).toMatchObject([new Map([[1, expect.arrayContaining([expect.anything()])]]), [{ id: 'north' }]])
  await pool.query('alter table "Claim" add column "later" integer')
  await pool.query('alter table "Actor" add column "later" integer')
  expect(await read()).toEqual(before)
})
