import pg from 'pg'
import { onTestFinished } from 'vitest'

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
