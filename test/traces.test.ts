import { once } from 'node:events'
import { createServer } from 'node:http'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createDatabase } from './support/database.ts'
import { type Parley, startParley } from './support/parley.ts'
import { dispatchOf } from './support/sample.ts'
import { submit } from './support/submit.ts'

interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly attributes: readonly { readonly key: string; readonly value: object }[]
}

const spans: Span[] = []
const resources: string[] = []
// A collector, as OTLP over HTTP speaks to it (JSON).
const collector = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const { resourceSpans } = JSON.parse(body)
  for (const { resource, scopeSpans } of resourceSpans) {
    resources.push(JSON.stringify(resource))
    for (const scope of scopeSpans) spans.push(...scope.spans)
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
})

let parley: Parley
let drop: () => Promise<void>
beforeAll(async () => {
  collector.listen(0, '127.0.0.1')
  await once(collector, 'listening')
  const { port } = collector.address() as { port: number }
  const made = await createDatabase()
  drop = made.drop
  parley = await startParley({
    DATABASE_URL: made.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
  })
}, 120_000)
afterAll(async () => {
  parley?.command.child.kill('SIGKILL')
  collector.close()
  collector.closeAllConnections()
  await drop?.()
})

describe('traces', { timeout: 60_000 }, () => {
  it('link what is delivered to the transaction that wrote it, and that to its mutation', async () => {
    const url = parley.address.replace('http', 'ws')
    const client = createClient({ url, webSocketImpl: WebSocket })
    const items = client.iterate({
      query: 'subscription Watching { developments { position ... on DevelopmentChange { ref } } }',
    })
    await items.next()
    expect(await submit(parley.address, news)).toEqual({ how: 'accepted' })
    for (let ref: unknown; ref !== 'seen-in-a-trace'; ) ref = (await items.next()).value?.data?.developments?.ref
    await client.dispose()
    const named = (name: string) => spans.filter((span) => span.name === name)
    // What was loaded at the start is delivered to nobody: every delivery is of what was just sent.
    await expect.poll(() => named('deliver').length, { timeout: 20_000 }).toBe(1)
    await expect.poll(() => named('mutation').length, { timeout: 20_000 }).toBe(1)
    const [delivery] = named('deliver')
    const [mutation] = named('mutation')
    const write = named('write').find(({ parentSpanId }) => parentSpanId === mutation?.spanId)
    expect(write).toBeDefined()
    expect(write?.traceId).toBe(mutation?.traceId)
    expect(delivery?.links).toEqual([expect.objectContaining({ traceId: write?.traceId, spanId: write?.spanId })])
    expect(delivery?.traceId).not.toBe(write?.traceId)
    const [subscription] = named('subscription')
    expect(subscription?.attributes).toContainEqual({
      key: 'graphql.operation.name',
      value: { stringValue: 'Watching' },
    })
    expect(resources[0]).toMatch(/"parley".*"test"|"test".*"parley"/)
    expect(JSON.stringify(spans)).not.toContain('A statement that is traced')
  })

  it('are sent to the last one when the server stops', async () => {
    await parley.ask('query Last { feedHead { position } }')
    expect(await parley.stop()).toMatchObject({ code: 0, stderr: '' })
    await expect.poll(() => JSON.stringify(spans), { timeout: 5000 }).toContain('"Last"')
  })
})

const news = {
  ...dispatchOf(
    { id: 'trace-report', on: '2023-12-20' },
    {
      ref: 'seen-in-a-trace',
      kind: 'STATEMENT',
      headline: 'A statement that is traced',
      act: 'REMARK',
      issue: 'SINGLE',
      participants: [{ actor: 'armenia', role: 'SPEAKER' }],
      citations: [{ locator: 'lead' }],
    },
  ),
  process: 'armenia-azerbaijan',
}
