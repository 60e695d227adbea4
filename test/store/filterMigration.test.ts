import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import { acceptProcess, readProcess } from '../../src/ingest/process.ts'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/open.ts'
import { type Pen, write } from '../../src/store/pen.ts'
import { tester } from '../support/author.ts'
import { createDatabase } from '../support/database.ts'
import { seedDocuments } from '../support/seed.ts'

const committed = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
const migration = '20261125000001_filter'

/** What the facets held before: the place by itself, and none of what came later. */
const asBefore = `
  alter table "Revision" disable trigger "only_superseded";
  update "Revision" set facets = jsonb_build_object('place', facets #> '{places,0}') || (facets - array['development', 'places', 'country',
    'latitude', 'longitude', 'precision', 'reports', 'knownAt', 'reportCount', 'independentSourceCount', 'disagreements',
    'links', 'codes', 'invitations']);
  alter table "Revision" enable trigger "only_superseded"`

test('a record that was written before filters composed filters like one that is written now', async () => {
  const earlier = await mkdtemp(join(tmpdir(), 'parley-migrations-'))
  const { url, drop } = await createDatabase({ isEmpty: true })
  for (const name of await readdir(committed)) {
    // What writes needs all others.
    if (name !== migration) await cp(join(committed, name), join(earlier, name), { recursive: true })
  }
  await migrate(url, earlier)
  const database = await openDatabase({ url })
  const { pool } = database
  const work = <T>(task: (pen: Pen) => Promise<T>) =>
    write(pool, { now: new Date('2024-01-01T00:00:00Z'), author: tester }, task)
  const facets = async () =>
    (await pool.query('select position, action, facets from "Revision" order by position')).rows
  try {
    const [process, ...dispatches] = await seedDocuments()
    await work((pen) => acceptProcess(pen, readProcess(process)))
    for (const dispatch of dispatches.reverse()) await work((pen) => acceptDispatch(pen, readDispatch(dispatch)))
    for (const ref of ['iran-talks', 'offensive']) {
      await work((pen) => retract(pen, readWithdrawal({ ref, reason: 'A slip' })))
    }
    await work((pen) => reinstate(pen, readWithdrawal({ ref: 'offensive', reason: 'No slip' })))
    const fresh = await facets()
    await pool.query(asBefore)
    expect((await facets()).every((row) => !('codes' in row.facets))).toBe(true)
    expect(await migrate(url, committed)).toContain(migration)
    expect(await facets()).toEqual(fresh)
    await expect(pool.query(`update "Revision" set facets = '{}'`)).rejects.toThrow('append-only')
  } finally {
    await database.close()
    await drop()
    await rm(earlier, { recursive: true, force: true })
  }
})
