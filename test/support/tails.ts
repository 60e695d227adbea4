import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** The connections on which servers listen to a database, being killed. */
export interface KilledTails extends AsyncDisposable {
  /** Resolves when as many have been killed. Rejects when servers do not come back to be killed. */
  until(count: number): Promise<void>
  stop(): Promise<void>
}

const PATIENCE_MS = 40_000
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
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`Only ${killed} were there to be killed`)), PATIENCE_MS)
        look = () => {
          if (killed < count) return
          clearTimeout(late)
          resolve()
        }
        look()
      }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
