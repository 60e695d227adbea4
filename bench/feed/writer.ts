import pg from 'pg'
import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { write } from '../../src/store/pen.ts'
import { author } from '../author.ts'
import { clock } from './clock.ts'
import { answer } from './helper.ts'
import { changeAt, dispatchOf } from './news.ts'

/** One transaction that has been committed. */
export interface Committed {
  /** The position of its last event. */
  readonly position: number
  /** When COMMIT was sent, and when PostgreSQL had answered it. */
  readonly sent: number
  readonly answered: number
}

/** What the writer's process does for the benchmark. */
export interface Writer {
  /** From now on, writes into this database: as Parley's ingest does, or as whoever feeds a peer. */
  open(asked: { url: string; to: 'Parley' | 'peer' }): Promise<void>
  /** Commits so many events in one transaction. */
  commit(asked: { events: number }): Promise<Committed>
  close(asked: null): Promise<void>
}

let commit: (events: number) => Promise<number>
let close = async () => {}
let sent = Number.NaN
let reports = 0

/** Notes when a COMMIT leaves, whoever sends it: latency counts from there. */
function watch(client: pg.ClientBase): void {
  const query = client.query
  client.query = function (this: pg.ClientBase, ...asked: unknown[]) {
    if (asked[0] === 'commit') sent = clock()
    return Reflect.apply(query, this, asked)
  } as typeof query
}

async function openParley(url: string): Promise<void> {
  const database: Database = await openDatabase({ url, poolSize: 1 })
  const watched = new WeakSet<object>()
  database.pool.on('acquire', (client) => {
    if (watched.has(client)) return
    watched.add(client)
    watch(client)
  })
  commit = (events) =>
    write(database.pool, { now: new Date(), author }, async (pen) => {
      // A large record comes in as many reports.
      for (let left = events; left > 0; left -= 100) {
        await acceptDispatch(pen, readDispatch(dispatchOf(`report-${++reports}`, Math.min(100, left))))
      }
      return pen.position
    })
  close = () => database.close()
}

async function openPeer(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  watch(client)
  const { rows } = await client.query('select coalesce(max(position), 0) as last from message')
  let position: number = rows[0].last
  commit = async (events) => {
    await client.query('begin')
    for (let i = 0; i < events; i++) {
      const body = JSON.stringify(changeAt(++position, new Date()))
      await client.query('insert into message (position, body) values ($1, $2)', [position, body])
      await client.query(`select pg_notify('developments', $1)`, [body])
    }
    await client.query('commit')
    return position
  }
  close = () => client.end()
}

answer<Writer>({
  open: ({ url, to }) => (to === 'Parley' ? openParley(url) : openPeer(url)),
  async commit({ events }) {
    const position = await commit(events)
    return { position, sent, answered: clock() }
  },
  close: () => close(),
})
