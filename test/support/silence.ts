import type pg from 'pg'
import type { Database } from '../../src/store/database.ts'

/** A pool of which no commit notifies anybody. */
export function withoutNotices({ pool }: Pick<Database, 'pool'>): pg.Pool {
  const connect = async () => {
    const client = await pool.connect()
    const query = (text: string | pg.QueryConfig, values?: unknown[]) =>
      typeof text === 'string' && text.includes('pg_notify') ? { rows: [] } : client.query(text as string, values)
    return new Proxy(client, {
      get: (on, name) => {
        const value = name === 'query' ? query : Reflect.get(on, name)
        return typeof value === 'function' ? value.bind(on) : value
      },
    })
  }
  // By itself the pool connects for a query in another way.
  return Object.create(pool, { connect: { value: connect }, query: { value: pool.query.bind(pool) } }) as pg.Pool
}
