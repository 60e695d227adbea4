import pg from 'pg'
import { expect } from 'vitest'

/** A place in the database at which a transaction waits until the gate is opened. */
export interface Gate {
  /** Resolves when a transaction waits there: it is certainly in its middle. */
  reached(): Promise<void>
  /** Lets it on. */
  open(): Promise<void>
  /** Lets it on, and resolves when its session has ended: for whose program is gone. */
  openForTheDead(): Promise<void>
  /** Forgets the gate, whose database may be gone. */
  [Symbol.asyncDispose](): Promise<void>
}

// Any constant does.
const LOCK = 5_390_417

/**
 * Sets a gate before the rows that match are inserted into a table, or before their transaction commits.
 * @param when an SQL condition on `new`
 */
export async function setGate(url: string, table: string, when: string, { atCommit = false } = {}): Promise<Gate> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  await client.query('select pg_advisory_lock($1)', [LOCK])
  await client.query(`
    create or replace function gate() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock(${LOCK}); return new; end $$;
    create ${atCommit ? 'constraint trigger gate after' : 'trigger gate before'} insert on "${table}"
      ${atCommit ? 'deferrable initially deferred' : ''} for each row when (${when}) execute function gate()`)
  const waiting = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`
  let session: number | undefined
  // The database tells neither by an event. A program that is to come to the gate is started first, which takes long on a
  // busy machine.
  const poll = (look: () => Promise<boolean>) => expect.poll(look, { timeout: 60_000 }).toBe(true)
  const open = () => client.query('select pg_advisory_unlock($1)', [LOCK])
  return {
    reached: () =>
      poll(async () => {
        session = (await client.query<{ pid: number }>(waiting)).rows[0]?.pid
        return session !== undefined
      }),
    async open() {
      await open()
    },
    async openForTheDead() {
      await open()
      await poll(
        async () => (await client.query('select 1 from pg_stat_activity where pid = $1', [session])).rowCount === 0,
      )
      await client.query(`drop trigger gate on "${table}"`)
    },
    [Symbol.asyncDispose]: () => client.end().catch(() => {}),
  }
}
