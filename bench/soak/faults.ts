import pg from 'pg'
import type { OwnPostgres } from '../../test/support/ownPostgres.ts'
import type { Seat } from './servers.ts'
import type { Cause } from './trouble.ts'

/** What faults happen to. */
export interface Stage {
  readonly postgres: OwnPostgres
  /** The first one's server is never stopped, so that its memory can be watched from beginning to end. */
  readonly seats: readonly [Seat, Seat]
}

/** Something that goes wrong, and is set right again where that is an operator's work. */
export interface Fault {
  readonly name: string
  readonly causes: readonly Cause[]
  happen(stage: Stage): Promise<void>
}

const TAILS = `application_name = 'parley tail'`

export const faults: readonly Fault[] = [
  {
    name: 'the connections on which servers listen were terminated',
    causes: ['database'],
    happen: ({ postgres }) => terminate(postgres.url, TAILS),
  },
  {
    name: 'all connections of PostgreSQL were terminated',
    causes: ['database'],
    happen: ({ postgres }) => terminate(postgres.url, 'true'),
  },
  {
    name: 'a server was replaced by another one (SIGTERM)',
    causes: ['server'],
    async happen({ seats: [, second] }) {
      const leaving = second.server
      second.seat(await second.prepare())
      await leaving.terminate()
    },
  },
  {
    name: 'a server was stopped (SIGTERM) and started again on its port',
    causes: ['server'],
    async happen({ seats: [, second] }) {
      await second.server.terminate()
      second.seat(await second.prepare(second.server.port))
    },
  },
  {
    name: 'a server was killed (SIGKILL) and started again',
    causes: ['server'],
    async happen({ seats: [, second] }) {
      await second.server.kill()
      second.seat(await second.prepare())
    },
  },
  {
    name: 'PostgreSQL was stopped and started again',
    causes: ['database'],
    async happen({ postgres }) {
      await postgres.stop()
      await postgres.start()
    },
  },
  {
    name: 'PostgreSQL was killed (SIGKILL) and started again',
    causes: ['database'],
    async happen({ postgres }) {
      await postgres.kill()
      await postgres.start()
    },
  },
  {
    name: 'all sockets of clients were cut',
    causes: ['sockets'],
    async happen({ seats }) {
      for (const { line } of seats) line.cut()
    },
  },
]

async function terminate(url: string, which: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and ${which}`,
    )
  } finally {
    await client.end()
  }
}
