import pg from 'pg'
import { onTestFinished } from 'vitest'

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
