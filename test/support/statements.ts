import pg from 'pg'
import { onTestFinished } from 'vitest'
import type { Api } from './api.ts'

/** Counts the statements that reach PostgreSQL from here to the end of the test, whoever sends them. */
export function countStatements(): () => number {
  const { query } = pg.Client.prototype
  let count = 0
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    count++
    return Reflect.apply(query, this, args)
  } as typeof query
  onTestFinished(() => {
    pg.Client.prototype.query = query
  })
  return () => count
}

/** Waits until the feed has read what was ingested: from here on only questions are counted. */
export async function caughtUp({ feed, record }: Api): Promise<void> {
  const head = await record.head()
  while (feed.head().position < head) await new Promise(setImmediate)
}
