import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

const LONG = 15_000
let record: Record
let server: TestServer
beforeEach(async () => {
  record = await openRecord()
  server = await openServer(record, { drainMs: LONG })
})
afterEach(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

/** Asks over a connection that is kept alive; also gives what the answer says of that. */
async function ask(agent: Agent, query: string): Promise<{ answer: string; connection: string }> {
  const headers = { 'content-type': 'application/json' }
  const asking = request(server.url, { agent, method: 'POST', headers }).end(JSON.stringify({ query }))
  const [response] = await once(asking, 'response')
  let answer = ''
  for await (const chunk of response) answer += chunk
  return { answer, connection: response.headers.connection }
}

describe('the server, when it closes', () => {
  it('waits for no connection that carries no request: never used, or kept alive', async () => {
    const unused = connect(server.port, '127.0.0.1')
    await once(unused, 'connect')
    const agent = new Agent({ keepAlive: true })
    expect((await ask(agent, '{ __typename }')).connection).toBe('keep-alive')
    const ended = once(unused, 'end')
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(1000)
    await ended
    agent.destroy()
  })

  it('gives the answers that it is working on, says with them that nothing more is taken, and then closes their connections too', async () => {
    const agent = new Agent({ keepAlive: true })
    const client = await record.database.pool.connect()
    await client.query('begin')
    await client.query('lock table "Head" in access exclusive mode')
    const asked = ask(agent, '{ feedHead { position } }')
    // Of the request itself, since the feed's tail looks at that table, too; and asked from outside the transaction,
    // within which PostgreSQL keeps showing the activity that it saw first.
    const waiting = `select count(*)::int from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database() and query like 'select h.position%'`
    const { pool } = record.database
    await expect.poll(async () => (await pool.query(waiting)).rows[0].count).toBe(1)
    const started = performance.now()
    const closing = server.close()
    await client.query('rollback')
    client.release()
    const { answer, connection } = await asked
    expect(JSON.parse(answer)).toMatchObject({ data: { feedHead: { position: 0 } } })
    expect(connection).toBe('close')
    await closing
    expect(performance.now() - started).toBeLessThan(1000)
    agent.destroy()
  })
})
