import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecord, type Record } from '../support/record.ts'
import { stateOf } from '../support/refused.ts'
import { day, dispatchOf, exchange } from '../support/sample.ts'

// The tests' server is asked as its superuser: nobody may change what is published.

let record: Record
beforeAll(async () => {
  record = await openRecord()
  const common = { headline: 'x', citations: [{ locator: 'lead' }] }
  await record.ingest(
    dispatchOf(
      { id: 'r1', outlet: 'wire', on: '2023-12-07' },
      exchange({
        ...{ status: 'AGREED', on: '2023-12-07', links: [{ type: 'FOLLOWS', to: 'word' }] },
        legs: [{ key: 'out', releasedBy: 'North', receivedBy: 'South', groups: [{ key: 'men', count: { best: 31 } }] }],
      }),
      { ref: 'word', kind: 'STATEMENT', act: 'ANNOUNCE', ...common },
      {
        ref: 'meeting',
        kind: 'TALK',
        extent: 'MEETING',
        invitations: [{ invitee: 'North', response: 'DECLINED' }],
        ...common,
      },
      { ref: 'promise', kind: 'PLEDGE', strength: 'HOPE', due: day('2023-12-24'), ...common },
      { ref: 'truce', kind: 'AGREEMENT', ...common },
      { ref: 'clash', kind: 'INCIDENT', type: 'ASSAULT', ...common },
    ),
  )
  // Two versions that differ, so that there is a disagreement, too.
  await record.ingest(
    dispatchOf({ id: 'r2', on: '2023-12-08' }, { ref: 'clash', kind: 'INCIDENT', type: 'PROTEST', ...common }),
  )
  await record.database.pool.query(
    `insert into "DeskAction" ("developmentId", kind, reason, "knownAt", "recordedAt", body)
     values ('clash', 'RETRACT', 'x', now(), now(), '{}')`,
  )
})
afterAll(() => record[Symbol.asyncDispose]())

const children = [
  ...['Citation', 'Participation', 'Milestone', 'Claim', 'Disagreement', 'Link', 'StatementDetail', 'TalkDetail'],
  ...['Invitation', 'ExchangeDetail', 'Leg', 'LegGroup', 'PledgeDetail', 'AgreementDetail', 'IncidentDetail'],
  'RevisionText',
]
const sources = ['Report', 'Dispatch', 'Evidence', 'DeskAction']

/** Expects a statement to fail with a message and to have changed nothing. */
async function refuses(sql: string, message: string | RegExp): Promise<void> {
  const before = await stateOf(record)
  await expect(record.database.pool.query(sql)).rejects.toThrow(message)
  expect(await stateOf(record)).toEqual(before)
}

const refused = (operation: string, table: string) =>
  `The record is append-only: ${operation} on "${table}" is refused. Publish a correction instead.`

describe.each([...children, ...sources])('%s', (table) => {
  const column = async () => {
    const { rows } = await record.database.pool.query<{ name: string }>(
      'select column_name as name from information_schema.columns where table_name = $1 limit 1',
      [table],
    )
    return rows[0]?.name
  }

  it('refuses to be updated', async () => {
    const name = await column()
    await refuses(`update "${table}" set "${name}" = "${name}"`, refused('UPDATE', table))
  })

  it('refuses to lose a row', async () => {
    await refuses(`delete from "${table}"`, refused('DELETE', table))
  })

  it('refuses to be emptied', async () => {
    await refuses(`truncate "${table}" cascade`, refused('TRUNCATE', table))
  })
})

describe.each(children)('%s', (table) => {
  it('takes no more rows for a published position', async () => {
    const { rows } = await record.database.pool.query<{ position: number }>(`select position from "${table}" limit 1`)
    const row = `jsonb_populate_record(t, '{"ordinal": 99}')`
    await refuses(
      `insert into "${table}" select (${row}).* from "${table}" t limit 1`,
      `The record is append-only: position ${rows[0]?.position} is published, "${table}" takes no more rows for it.`,
    )
  })
})

describe('Revision', () => {
  it.each(['headline', 'position', 'knownAt', 'changes'])('refuses another %s', async (column) => {
    const value = column === 'position' ? '99' : column === 'knownAt' ? 'now()' : column === 'changes' ? `'[1]'` : `'x'`
    await refuses(
      `update "Revision" set "${column}" = ${value} where position = 1`,
      'The record is append-only: of a revision only "supersededBy" may be set, once. Publish a correction instead.',
    )
  })

  it('takes what supersedes it once', async () => {
    const superseded = await record.database.prisma.revision.findFirst({
      where: { supersededBy: { not: null } },
    })
    for (const value of ['null', '99']) {
      await refuses(
        `update "Revision" set "supersededBy" = ${value} where position = ${superseded?.position}`,
        'The record is append-only: of a revision only "supersededBy" may be set, once.',
      )
    }
  })

  it('refuses to be superseded and changed in one', async () => {
    await refuses(
      `update "Revision" set "supersededBy" = 99, headline = 'x' where "supersededBy" is null`,
      'The record is append-only: of a revision only "supersededBy" may be set, once.',
    )
  })

  it('refuses to lose a row, or all of them', async () => {
    await refuses('delete from "Revision"', refused('DELETE', 'Revision'))
    await refuses('truncate "Revision" cascade', refused('TRUNCATE', 'Revision'))
  })

  it.each([
    ['at the head', 7],
    ['below the head', 1],
    ['below the first position', 0],
  ])('takes none %s', async (_, position) => {
    const row = `jsonb_populate_record(r, '{"position": ${position}, "number": 99}')`
    await refuses(
      `insert into "Revision" select (${row}).* from "Revision" r where position = 1`,
      `The record is append-only: position ${position} is published, "Revision" takes no more rows for it.`,
    )
  })

  it('has one current version of a development', async () => {
    const row = `jsonb_populate_record(r, '{"position": 99, "number": 99, "supersededBy": null}')`
    await refuses(
      `insert into "Revision" select (${row}).* from "Revision" r where position = 1`,
      'duplicate key value violates unique constraint "one_current_revision"',
    )
  })
})

describe('Head', () => {
  it.each([
    ['backwards', 'position = position - 1'],
    ['to fewer changes of identities', 'identities = identities - 1'],
    ['to another history', `tag = 'another'`],
    ['to another row', 'id = 2'],
  ])('does not move %s', async (_, change) => {
    await refuses(`update "Head" set ${change}`, "The feed's head only moves forward.")
  })

  it('does not move over a hole', async () => {
    await refuses(
      'update "Head" set position = position + 1',
      'Positions are contiguous: the head cannot move from 7 to 8 over a hole.',
    )
  })

  it('is one row, for good', async () => {
    await refuses(
      `insert into "Head" (id, position, identities, tag) values (2, 0, 0, 'x')`,
      'violates check constraint "one_head"',
    )
    await refuses('delete from "Head"', refused('DELETE', 'Head'))
    await refuses('truncate "Head"', refused('TRUNCATE', 'Head'))
  })
})

describe('Development', () => {
  it.each([
    ['id', `'x'`],
    ['kind', `'TALK'`],
    ['processId', `'x'`],
  ])('refuses another %s', async (column, value) => {
    await refuses(
      `update "Development" set "${column}" = ${value} where id = 'swap'`,
      "A development's id, kind and process never change.",
    )
  })

  it('refuses to lose a row, or all of them', async () => {
    await refuses('delete from "Development"', refused('DELETE', 'Development'))
    await refuses('truncate "Development" cascade', refused('TRUNCATE', 'Development'))
  })
})
