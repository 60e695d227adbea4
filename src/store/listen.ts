import pg from 'pg'
import { channel } from './channel.ts'

/** A connection that is told of every commit by a `notification`, and on which the log can be read. */
export type Listener = pg.Client

/**
 * Opens a connection that listens for commits.
 * @param url database address: the primary, not through a transaction pooler
 */
export async function listen(url: string): Promise<Listener> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'parley tail',
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    keepAlive: true,
  })
  // Until the reader takes over, a failure shows as the rejection of connect or of the query.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
