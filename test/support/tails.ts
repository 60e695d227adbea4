import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** The connections on which servers listen to a database, being killed. */
export interface KilledTails extends AsyncDisposable {
  /** Resolves when as many have been killed. */
  until(count: number): Promise<void>
  stop(): Promise<void>
}

const KILL = `select pg_terminate_backend(pid) from pg_stat_activity
  where application_name = 'parley tail' and datname = current_database()`

/** Kills every connection that listens to a database, time and again, until it is stopped. */
export async function killTails(url: string, everyMs: number): Promise<KilledTails> {
  const client = new pg.Client(url)
  await client.connect()
  let killed = 0
  let going = true
  let look = () => {}
  const running = (async () => {
    while (going) {
      killed += (await client.query(KILL)).rowCount ?? 0
      look()
      await pause(everyMs)
    }
    await client.end()
  })()
  const stop = () => {
    going = false
    return running
  }
  return {
    until: (count) =>
      new Promise((resolve) => {
        look = () => {
          if (killed >= count) resolve()
        }
        look()
      }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
