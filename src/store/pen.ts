import { randomBytes } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { channel } from './channel.ts'
import { traceWriting } from './trace.ts'

/** Who writes, and from where. */
export interface Author {
  /** The viewer's name, or the command that writes. */
  readonly name: string
  /** The address that it writes from, or the machine. */
  readonly address: string
}

/** When something is written, and by whom. */
export interface Occasion {
  /** Data, so that tests need no fake clock. */
  readonly now: Date
  readonly author: Author
}

/**
 * The one pen. Whoever writes locks the head row, so that revisions are numbered in the order in which they are
 * committed, without holes: a rollback gives its numbers back. A sequence does neither.
 */
export interface Pen extends Occasion {
  readonly client: PoolClient
  /** The head's position as the transaction has moved it so far. */
  readonly position: number
  /** Takes the next position, with the random tag that tells its revision from one of another history. */
  next(): { position: number; tag: string }
  /** Says that an actor, place, outlet or process was added or changed. */
  identityChanged(): void
  /** Runs work that may fail alone: its rows and numbers are given back, the transaction goes on. */
  attempt<T>(work: () => Promise<T>): Promise<T>
  /** Runs work to see what would come of it: its rows and numbers are given back in any case. */
  rehearse<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Runs `work` in one transaction that holds the head, and notifies the tails when it commits.
 * Whatever `work` throws rolls everything back and is thrown on.
 */
export function write<T>(pool: Pool, occasion: Occasion, work: (pen: Pen) => Promise<T>): Promise<T> {
  return traceWriting((wrote) => transact(pool, occasion, work, 'commit', wrote))
}

/** Runs `work` as `write` does, up to its commit, and takes everything back: nobody sees that it was written. */
export function preview<T>(pool: Pool, occasion: Occasion, work: (pen: Pen) => Promise<T>): Promise<T> {
  return transact(pool, occasion, work, 'rollback')
}

async function transact<T>(
  pool: Pool,
  occasion: Occasion,
  work: (pen: Pen) => Promise<T>,
  end: 'commit' | 'rollback',
  wrote: (tag: string) => void = () => {},
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // The query under way fails with it, too; unheard it would end the process.
  const lost = (error: Error) => {
    broken = error
  }
  client.on('error', lost)
  try {
    await client.query('begin isolation level read committed')
    const { rows } = await client.query<{ position: number }>('select position from "Head" where id = 1 for update')
    const pen = openPen(client, occasion, (rows[0] as { position: number }).position, wrote)
    const result = await work(pen)
    await pen.close()
    await client.query(end)
    return result
  } catch (error) {
    await client.query('rollback').catch(lost)
    throw error
  } finally {
    client.off('error', lost)
    // A connection that could not even roll back is not given to anyone else.
    client.release(broken)
  }
}

/** How far the head has been moved, in memory and in its row. */
interface Numbers {
  readonly position: number
  readonly identities: number
  readonly written: number
}

function openPen(
  client: PoolClient,
  { now, author }: Occasion,
  start: number,
  wrote: (tag: string) => void,
): Pen & { close(): Promise<void> } {
  let position = start
  let written = start
  let identities = 0

  // The head is moved before a savepoint is released, so that a row added later to a published revision is refused.
  async function close() {
    if (position === written && identities === 0) return
    await client.query('update "Head" set position = $1, identities = identities + $2 where id = 1', [
      position,
      identities,
    ])
    await client.query(`select pg_notify($1, '')`, [channel])
    written = position
    identities = 0
  }

  /** Runs work behind a savepoint; what it threw is taken back. */
  async function undertake<T>(work: () => Promise<T>, settle: (before: Numbers) => Promise<void>): Promise<T> {
    const before = { position, identities, written }
    await client.query('savepoint attempt')
    try {
      const result = await work()
      await settle(before)
      return result
    } catch (error) {
      await takeBack(before)
      throw error
    }
  }

  async function takeBack(before: Numbers): Promise<void> {
    await client.query('rollback to savepoint attempt')
    // Else whoever takes back what this is a part of would come no further than here.
    await client.query('release savepoint attempt')
    ;({ position, identities, written } = before)
  }

  return {
    ...{ client, now, author },
    get position() {
      return position
    },
    next() {
      const tag = randomBytes(8).toString('hex')
      wrote(tag)
      return { position: ++position, tag }
    },
    identityChanged: () => {
      identities++
    },
    attempt: (work) =>
      undertake(work, async () => {
        await close()
        await client.query('release savepoint attempt')
      }),
    rehearse: (work) => undertake(work, takeBack),
    close,
  }
}
