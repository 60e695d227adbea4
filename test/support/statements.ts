import pg from 'pg'
import { onTestFinished } from 'vitest'
import type { Api } from './api.ts'

/** The statements that reach PostgreSQL from now on, whoever of this process sends them; not the tail's looks. */
export function recordStatements(): string[] {
  const { query } = pg.Client.prototype
  const seen: string[] = []
  pg.Client.prototype.query = function recorded(this: pg.Client, ...args: unknown[]) {
    const [given] = args as [string | pg.QueryConfig]
    const { name, text } = typeof given === 'string' ? { name: undefined, text: given } : given
    if (name !== 'read news') seen.push(text)
    return Reflect.apply(query, this, args)
  } as typeof query
  onTestFinished(() => {
    pg.Client.prototype.query = query
  })
  return seen
}

/** Waits until the feed has read what was ingested: from here on only questions are counted. */
export async function caughtUp({ feed, record }: Api): Promise<void> {
  const head = await record.head()
  while (feed.head().position < head) await new Promise(setImmediate)
}

/**
 * The statements without those that read actors, places, outlets, reports and processes by id: how many these are hangs
 * on which other statement is answered first, not on how long lists are.
 */
export function besidesIdentities(statements: readonly string[]): string[] {
  return statements.filter(
    (text) => !/^select "id", .* from "(Actor|Place|Outlet|Report|Process)" where id = any/.test(text),
  )
}
