import { readFileSync } from 'node:fs'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createWsClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { ViewerRole } from '../../src/feed/viewer.ts'
import type { Identify } from '../../src/transport/identify.ts'
import { openEvents } from './eventSource.ts'
import type { Walked } from './schemaWalk.ts'

/** Whoever says a role has it. */
export const byRole: Identify = (authorization) => ({ scope: authorization as ViewerRole, name: `a ${authorization}` })

/** What a server tells one role, to the byte: by what was asked. */
export type Answers = ReadonlyMap<string, string>

// What `GET /feed` asks of an item, asked at every door.
const subscription = readFileSync(new URL('../../src/transport/feed.graphql', import.meta.url), 'utf8')

/** Asks a server all of some queries by HTTP: status, entity tag and text of every answer. */
export async function answersOf(
  url: string,
  role: ViewerRole,
  walked: readonly Walked[],
): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  const headers = { authorization: role, accept: 'application/json', 'content-type': 'application/json' }
  for (const { query } of walked) {
    answers.set(query, await told(await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })))
  }
  return answers
}

/** What a server gives out beside answers, as text: the feed from its first position by every transport, and exports. */
export async function streamsOf(url: string, role: ViewerRole, exported: readonly string[] = ['']): Promise<Answers> {
  const headers = { authorization: role }
  const get = (path: string) => fetch(url.replace('/graphql', path), { headers }).then(told)
  const head = await get('/graphql?query={feedHead{cursor,origin,position}}')
  const after = JSON.parse(head.slice(head.indexOf('{'))).data.feedHead.origin
  const request = { query: subscription, variables: { after } }
  const socket = createWsClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: role },
  })
  const stream = createSseClient({ url, headers })
  const events = await openEvents(`${url.replace('/graphql', '/feed')}?after=${after}`, headers)
  const answers = new Map([
    ['feedHead', head],
    ['WebSocket', await upToHead(socket.iterate(request))],
    ['SSE', await upToHead(stream.iterate(request))],
    ['/feed', JSON.stringify(await events.until(({ data }) => data.state === 'CAUGHT_UP'))],
  ])
  events.stop()
  for (const format of ['ndjson', 'csv']) {
    for (const asked of exported)
      answers.set(`/export ${format} ${asked}`, await get(`/export?format=${format}${asked}`))
  }
  return answers
}

async function told(response: Response): Promise<string> {
  return `${response.status} ${response.headers.get('etag')} ${await response.text()}`
}

/** Reads items up to where it has caught up. */
async function upToHead(items: AsyncIterable<unknown>): Promise<string> {
  const seen: unknown[] = []
  for await (const result of items) {
    seen.push(result)
    const { data } = result as { data: { developments: { state?: string } } }
    if (data.developments.state === 'CAUGHT_UP') break
  }
  return JSON.stringify(seen)
}

/** What was asked and is told otherwise than before. */
export function differing(one: Answers, other: Answers): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((asked) => one.get(asked) !== other.get(asked))
}

/** What was asked and is answered with these words. */
export function saying(answers: Answers, words: RegExp): string[] {
  return [...answers].filter(([, text]) => words.test(text)).map(([asked]) => asked)
}
