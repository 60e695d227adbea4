import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { ask } from './ask.ts'
import { newsOf } from './news.ts'
import { type Record as OpenRecord, openRecord } from './record.ts'
import { openServer, type ServerSettings, type TestServer } from './server.ts'

/** The ways in. */
export const transports = ['POST', 'GET', 'SSE', 'WebSocket', '/feed', '/export'] as const
export type Transport = (typeof transports)[number]

/** What is under attack. */
export interface Target {
  readonly server: TestServer
  readonly record: OpenRecord
}

/** An attack by one transport, or why it has no meaning there. */
export type Cell = ((target: Target, transport: Transport) => Promise<void>) | string

/** What is sent: each transport takes of it what it has a place for. */
export interface Sent {
  readonly query?: string
  readonly variables?: unknown
  /** Query and variables as JSON, in their place: as it could not be written from values. */
  readonly json?: string
  /** Beside query and variables, in the body or the payload. */
  readonly more?: object
  readonly headers?: { readonly [name: string]: string }
  /** Of /feed and /export. */
  readonly parameters?: { readonly [name: string]: string }
}

export interface Answer {
  /** Of the answer, or of the handshake that was refused; 101: it was not. */
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** All of it, or of a stream its first piece. */
  readonly text: string
  /** The codes of its errors. */
  readonly codes: readonly string[]
}

let bystanders = 0

export const FOLLOW = 'subscription { developments { position } }'

/** Sends something by a transport, and gives what comes first. */
export function send(server: Pick<TestServer, 'port'>, transport: Transport, sent: Sent): Promise<Answer> {
  const { query = transport === 'SSE' ? FOLLOW : '{ __typename }', variables, more, headers, parameters = {} } = sent
  const body = sent.json ?? JSON.stringify({ query, ...(variables !== undefined && { variables }), ...more })
  const json = { 'content-type': 'application/json', ...headers }
  const inAddress = new URLSearchParams({
    ...(sent.query !== '' && { query }),
    ...(variables !== undefined && { variables: JSON.stringify(variables) }),
    ...Object.fromEntries(Object.entries(more ?? {}).map(([name, value]) => [name, text(value)])),
  })
  const plain = { accept: 'application/graphql-response+json, application/json', ...headers }
  const path = `${transport}?${new URLSearchParams(parameters)}`
  switch (transport) {
    case 'POST':
      return exchange(server, { method: 'POST', path: '/graphql', headers: { ...plain, ...json }, body })
    case 'SSE':
      return exchange(server, {
        ...{ method: 'POST', path: '/graphql', body },
        headers: { accept: 'text/event-stream', ...json },
      })
    case 'GET':
      return exchange(server, { method: 'GET', path: `/graphql?${inAddress}`, headers: plain })
    case '/feed':
    case '/export':
      return exchange(server, { method: 'GET', path, headers: headers ?? {} })
    case 'WebSocket':
      return overWebSocket(server, body, headers)
  }
}

export interface Exchange {
  readonly method: string
  readonly path: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: string | Buffer
}

/** A request on a connection of its own. */
export async function exchange({ port }: Pick<TestServer, 'port'>, { body, ...options }: Exchange): Promise<Answer> {
  const asking = request({ host: '127.0.0.1', port, agent: false, ...options }).end(body)
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  const isStream = response.statusCode === 200 && response.headers['content-type']?.startsWith('text/event-stream')
  let text = ''
  for await (const chunk of response) {
    text += chunk
    if (isStream) break
  }
  asking.destroy()
  return { status: response.statusCode as number, headers: response.headers, text, codes: codesIn(text) }
}

async function overWebSocket({ port }: Pick<TestServer, 'port'>, payload: string, headers: Sent['headers']) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { headers: { ...headers } })
  try {
    const refused = await handshake(socket)
    if (refused !== undefined) return refused
    const connectionParams = headers?.authorization ? { authorization: headers.authorization } : undefined
    socket.send(JSON.stringify({ type: 'connection_init', payload: connectionParams }))
    const ended = once(socket, 'close').then(([code, reason]) => `"code":"${code} ${reason}"`)
    const message = () => Promise.race([once(socket, 'message').then(([data]) => String(data)), ended])
    const first = await message()
    if (!first.includes('connection_ack')) return { status: 101, headers: {}, text: first, codes: codesIn(first) }
    socket.send(`{"id":"1","type":"subscribe","payload":${payload}}`)
    const text = await message()
    return { status: 101, headers: {}, text, codes: codesIn(text) }
  } finally {
    socket.terminate()
  }
}

/** Undefined: the socket is open. */
async function handshake(socket: WebSocket): Promise<Answer | undefined> {
  // Given up, it says so.
  socket.on('error', () => {})
  const answer = await Promise.race([once(socket, 'open'), once(socket, 'unexpected-response')])
  const response = answer[1] as IncomingMessage | undefined
  if (response === undefined) return undefined
  let body = ''
  for await (const chunk of response) body += chunk
  return { status: response.statusCode as number, headers: response.headers, text: body, codes: codesIn(body) }
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/"code":"([^"]+)"/g)].map(([, code]) => code as string)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Expects an operation to be refused: by its answer, which in a stream comes with the status of the stream. */
export function expectAnswered(answer: Answer, transport: Transport, code: string, status = 400): void {
  expectRefused(answer, transport, transport === 'SSE' && answer.status === 200 ? 200 : status, code)
}

/** Expects a refusal: by HTTP with its status, on a WebSocket as an answer to the operation, the socket being open. */
export function expectRefused(answer: Answer, transport: Transport, status: number, code: string): void {
  expect(answer.codes.length > 0 ? new Set(answer.codes) : answer.text).toEqual(new Set([code]))
  expect(answer.status).toBe(transport === 'WebSocket' ? 101 : status)
}

/** The same attack wherever it has a meaning. */
export function everywhere(cell: Exclude<Cell, string>, except: Partial<Record<Transport, Cell>> = {}) {
  return { ...(Object.fromEntries(transports.map((one) => [one, cell])) as Record<Transport, Cell>), ...except }
}

/** A row of the table: an attack on every transport. */
export type Row = (what: string, cells: Readonly<Record<Transport, Cell>>) => void

/**
 * Attacks against one server. After each it answers a plain question, the feed ends where it ended, and nothing was
 * logged.
 */
export function attacks(on: string, settings: ServerSettings, rows: (row: Row) => void): void {
  describe(on, () => {
    let target: Target
    beforeAll(async () => {
      const record = await openRecord()
      await newsOf(record.write).agreed('swap')
      target = { record, server: await openServer(record, settings) }
    })
    afterEach(async () => {
      await expectUnharmed(target)
    })
    afterAll(async () => {
      await target.server.close()
      await target.record[Symbol.asyncDispose]()
    })
    rows((what, cells) => {
      for (const transport of transports) {
        const cell = cells[transport]
        if (typeof cell !== 'string') it(`${what}: ${transport}`, { timeout: 60_000 }, () => cell(target, transport))
      }
    })
  })
}

/** It answers, as one who is not counted asks it; nothing was written, and nothing went wrong within. */
export async function expectUnharmed({ server, record }: Target): Promise<void> {
  const bystander = {
    authorization: `Bearer bystander-${bystanders++}`,
    // Where proxies are believed, it is somewhere else.
    'x-forwarded-for': `2001:db8:0:${bystanders.toString(16)}::1`,
  }
  const question = '{ process(ref: "north-south") { ref } }'
  const { data } = await ask<{ process: { ref: string } }>(server.url, question, {}, bystander)
  expect(data).toEqual({ process: { ref: 'north-south' } })
  expect(await record.head()).toBe(1)
  expect(server.errors.map((error) => (error as Error).stack)).toEqual([])
}
