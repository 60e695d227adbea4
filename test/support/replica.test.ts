import pg from 'pg'
import { expect, it } from 'vitest'
import { openOwnPostgres } from './ownPostgres.ts'
import { openReplicaOf, PRIMARY } from './replica.ts'

// What a test writes need not survive the machine.
const FAST = { fsync: 'off' }

it('a standby shows what its primary has committed, can be held behind and left, and is not written to', async () => {
  await using primary = await openOwnPostgres({ ...PRIMARY, ...FAST })
  const writer = new pg.Client(primary.url)
  await writer.connect()
  await writer.query('create table told (word text); insert into told values ($$before$$)')
  await using replica = await openReplicaOf(primary.url, FAST)
  const ask = async (sql: string): Promise<{ [name: string]: unknown }[]> => {
    const reader = new pg.Client(replica.url)
    await reader.connect()
    return reader
      .query(sql)
      .then(({ rows }) => rows)
      .finally(() => reader.end())
  }
  const words = async () => (await ask('select word from told')).map(({ word }) => word)
  const tell = (word: string) => writer.query('insert into told values ($1)', [word])

  await tell('after')
  await replica.caughtUp()
  expect(await words()).toEqual(['before', 'after'])

  await replica.pause()
  await tell('held')
  const { rows } = await writer.query<{ lsn: string }>('select pg_current_wal_flush_lsn() as lsn')
  const isThere = `select pg_last_wal_receive_lsn() >= '${rows[0]?.lsn}' as is`
  await expect.poll(() => ask(isThere)).toEqual([{ is: true }])
  expect(await words()).toEqual(['before', 'after'])
  await replica.resume()
  await replica.caughtUp()
  expect(await words()).toEqual(['before', 'after', 'held'])

  await replica.stop()
  await tell('missed')
  await replica.start()
  await replica.caughtUp()
  expect(await words()).toEqual(['before', 'after', 'held', 'missed'])

  await expect(ask(`insert into told values ('no')`)).rejects.toThrow('read-only transaction')
  await writer.end()
}, 60_000)
