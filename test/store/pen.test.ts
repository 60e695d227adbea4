import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { type Pen, write } from '../../src/store/pen.ts'
import { tester } from '../support/author.ts'
import { openRecord, type Record } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let record: Record
let second: Database
beforeEach(async () => {
  record = await openRecord()
  second = await openDatabase({ url: record.url, poolSize: 4 })
})
afterEach(async () => {
  await second.close()
  await record[Symbol.asyncDispose]()
})

const now = new Date('2024-01-01T00:00:00Z')

function take(pen: Pen, ref: string) {
  const report = { id: `report-${ref}`, on: '2023-12-07' }
  return acceptDispatch(pen, readDispatch(dispatchOf(report, exchange({ status: 'AGREED', on: '2023-12-07', ref }))))
}

function positions(): Promise<{ position: number; developmentId: string }[]> {
  return record.database.prisma.revision.findMany({
    select: { position: true, developmentId: true },
    orderBy: { position: 'asc' },
  })
}

describe('the pen', () => {
  it('numbers without holes, in the order of the commits, whoever writes and whatever is rolled back', async () => {
    // Pseudo-random, and the same at every run.
    const dice = (n: number, sides: number) => ((n * 7919 + 13) % 101) % sides
    const committed: { position: number; ref: string }[] = []
    await Promise.all(
      Array.from({ length: 40 }, async (_, writer) => {
        const { pool } = writer % 2 === 0 ? record.database : second
        const kept: string[] = []
        const work = write(pool, { now, author: tester }, async (pen) => {
          for (let part = 0; part < 1 + dice(writer, 3); part++) {
            const ref = `w${writer}-${part}`
            const fails = dice(writer + part, 4) === 0
            const attempt = pen.attempt(async () => {
              await take(pen, ref)
              if (fails) throw new Error('this part')
              kept.push(ref)
            })
            if (fails) await expect(attempt).rejects.toThrow('this part')
            else await attempt
          }
          if (dice(writer, 5) === 0) throw new Error('all of it')
          // The head is still locked: nobody commits between this and our own commit.
          committed.push(...kept.map((ref, i) => ({ position: pen.position - kept.length + 1 + i, ref })))
        })
        if (dice(writer, 5) === 0) await expect(work).rejects.toThrow('all of it')
        else await work
      }),
    )
    const written = await positions()
    expect(written.length).toBeGreaterThan(30)
    expect(written.map((r) => r.position)).toEqual(written.map((_, i) => i + 1))
    expect(written.map((r) => ({ position: r.position, ref: r.developmentId }))).toEqual(committed)
    expect(await record.head()).toBe(written.length)
  })

  it('gives every revision a tag of its own', async () => {
    await record.write(async (pen) => {
      await take(pen, 'one')
      await take(pen, 'two')
    })
    const rows = await record.database.prisma.revision.findMany({ select: { tag: true } })
    expect(rows.map((r) => r.tag)).toEqual([
      expect.stringMatching(/^[\da-f]{16}$/),
      expect.stringMatching(/^[\da-f]{16}$/),
    ])
    expect(rows[0]?.tag).not.toBe(rows[1]?.tag)
  })

  it('bars rows for a position once its part of the transaction is finished', async () => {
    const late = record.write(async (pen) => {
      await pen.attempt(() => take(pen, 'one'))
      await pen.client.query(`insert into "Disagreement" values (1, 0, 'PLACE', '', 'DIFFERS')`)
    })
    await expect(late).rejects.toThrow('position 1 is published, "Disagreement" takes no more rows for it')
    expect(await record.head()).toBe(0)
  })

  it('counts a change of identities, and gives it back with a part that fails', async () => {
    const identities = async () => (await record.database.prisma.head.findFirst())?.identities
    const before = (await identities()) as number
    await record.write(async (pen) => {
      pen.identityChanged()
      const failing = pen.attempt(async () => {
        pen.identityChanged()
        throw new Error('this part')
      })
      await expect(failing).rejects.toThrow('this part')
    })
    expect(await identities()).toBe(before + 1)
  })

  it('rehearses a part: it is done, and taken back, and nothing else with it', async () => {
    const identities = async () => (await record.database.prisma.head.findFirst())?.identities
    const before = (await identities()) as number
    await record.write(async (pen) => {
      await take(pen, 'one')
      await pen.attempt(async () => {
        await take(pen, 'two')
        const rehearsed = await pen.rehearse(async () => {
          pen.identityChanged()
          return take(pen, 'three')
        })
        expect(rehearsed.created).toEqual(['three'])
        await expect(pen.rehearse(() => Promise.reject(new Error('this part')))).rejects.toThrow('this part')
        await take(pen, 'four')
      })
      const failing = pen.attempt(async () => {
        await take(pen, 'five')
        await pen.rehearse(() => take(pen, 'six'))
        throw new Error('that part')
      })
      await expect(failing).rejects.toThrow('that part')
    })
    expect(await positions()).toEqual(
      ['one', 'two', 'four'].map((developmentId, i) => ({ position: i + 1, developmentId })),
    )
    expect([await record.head(), await identities()]).toEqual([3, before])
  })

  it('tells the tails of a commit, once, and of nothing where nothing was written', async () => {
    const listener = await second.pool.connect()
    const notices: string[] = []
    listener.on('notification', ({ channel }) => notices.push(channel))
    await listener.query('listen parley_feed')
    await record.write(async () => {})
    await expect(
      record.write(async (pen) => {
        await take(pen, 'one')
        throw new Error('all of it')
      }),
    ).rejects.toThrow('all of it')
    await record.write(async (pen) => {
      await pen.attempt(() => take(pen, 'two'))
      await pen.attempt(() => take(pen, 'three'))
    })
    // Notices come in before the answer to a query that is asked after them.
    await listener.query('select 1')
    listener.release()
    expect(notices).toEqual(['parley_feed'])
  })

  it('fails with the error where its connection is lost, and the next one writes on', async () => {
    const cut = record.write(async (pen) => {
      await take(pen, 'one')
      const { rows } = await pen.client.query<{ pid: number }>('select pg_backend_pid() as pid')
      const lost = new Promise((resolve) => pen.client.once('end', resolve))
      await second.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await lost
      await take(pen, 'two')
    })
    await expect(cut).rejects.toThrow()
    await record.write((pen) => take(pen, 'three'))
    expect(await positions()).toEqual([{ position: 1, developmentId: 'three' }])
  })
})
