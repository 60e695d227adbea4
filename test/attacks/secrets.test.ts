import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymous } from '../../src/feed/viewer.ts'
import { type LogOptions, openLog } from '../../src/log/log.ts'
import type { Identify } from '../../src/transport/identify.ts'
import { attacks, type Cell, everywhere, type Sent, send, transports } from '../support/attack.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

/** Like a key of ours, like a token, and like nothing: what stands where a secret stands is one. */
const secrets = [
  `parley_0f3c5a7b9d1e_${'s'.repeat(43)}`,
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl',
  'hunter2',
]
const hidden = [/s{9}/, /c2lnbmF0dXJl/, /hunter2/]

function opened(form: LogOptions['form']) {
  let text = ''
  const stream = { write: (more: string) => (text += more) }
  return { log: openLog({ form, level: 'debug', stdout: stream, stderr: stream }), said: () => text }
}
const logs = [opened('json'), opened('readable')]
const settings = { logs: logs.map(({ log }) => log), metrics: { host: '127.0.0.1', port: 0 } }

/** Expects that neither what comes back nor the logs nor the metrics tell any of the secrets. */
async function expectHidden(server: TestServer, answer: unknown): Promise<void> {
  const metrics = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()
  for (const text of [JSON.stringify(answer), metrics, ...logs.map(({ said }) => said())])
    for (const secret of hidden) expect(text).not.toMatch(secret)
}

const identify: Identify = (authorization) =>
  authorization === undefined || authorization.includes('bystander') ? anonymous : null

/** Sends each secret, and waits for the lines that tell of it. */
function kept(sent: (secret: string) => Sent): Exclude<Cell, string> {
  return async ({ server }, transport) => {
    for (const secret of secrets) {
      const before = logs.map(({ said }) => said().length)
      const answer = await send(server, transport, sent(secret))
      // A WebSocket is no request that is told.
      if (transport !== 'WebSocket') {
        const path = transport.startsWith('/') ? transport : '/graphql'
        for (const [i, { said }] of logs.entries()) await expect.poll(() => said().slice(before[i])).toContain(path)
      }
      await expectHidden(server, answer)
    }
  }
}

attacks('Secrets that were sent', { ...settings, identify }, (row) => {
  // On a WebSocket it is in connectionParams, too.
  row(
    'in the head',
    everywhere(
      kept((secret) => ({
        headers: { authorization: `Bearer ${secret}`, cookie: `session=${secret}`, 'x-api-key': secret },
      })),
    ),
  )
  const given = (secret: string) => ({ key: secret, access_token: secret, authorization: `Bearer ${secret}` })
  row(
    'in the address, or beside the question',
    everywhere(kept((secret) => ({ more: given(secret), parameters: given(secret) }))),
  )
})

describe('What fails within because of a secret', () => {
  let record: Record
  let server: TestServer
  beforeAll(async () => {
    record = await openRecord()
    server = await openServer(record, {
      ...settings,
      identify(authorization) {
        throw new Error(`Nobody knows ${authorization}, nor password=${secrets[2]}`)
      },
    })
  })
  afterAll(async () => {
    await server.close()
    await record[Symbol.asyncDispose]()
  })

  it.each(transports)('is logged without it, and told to nobody: %s', async (transport) => {
    for (const secret of secrets) {
      const before = logs.map(({ said }) => said().length)
      const answer = await send(server, transport, { headers: { authorization: `Bearer ${secret}` } }).catch(String)
      for (const [i, { said }] of logs.entries())
        await expect.poll(() => said().slice(before[i])).toContain('Nobody knows Bearer ***')
      await expectHidden(server, answer)
    }
  })
})
