import { openRawSocket, type RawSocket } from '../support/rawSocket.ts'
import { exchange } from './exchange.ts'
import type { Outcome } from './kind.ts'
import { Broken, expectAnswer, expectClose, expectNothingInternal, within } from './promises.ts'
import type { Target } from './target.ts'

export const ways = ['POST', 'GET', 'SSE', 'WebSocket'] as const

/** A GraphQL request; the variables are JSON, or what should be. */
export interface Question {
  readonly way: (typeof ways)[number]
  readonly query: string
  readonly variables?: string
}

export type Ask = (target: Target, question: Question) => Promise<Outcome>

interface Result {
  readonly data?: Record<string, { readonly __typename?: string } | null> | null
}

/**
 * Asks over each transport, and expects an answer that tells nothing internal; if the feed's end or its identities have
 * moved, one that says that something was written. Its WebSocket is kept for the next question while the server keeps it.
 */
export function openAsking(): Ask {
  let socket: RawSocket | undefined
  let count = 0

  async function byWebSocket({ port }: Target, payload: string): Promise<{ outcome: string; text: string }> {
    if (socket === undefined || !socket.isOpen) {
      socket = await openRawSocket(port)
      socket.send({ type: 'connection_init' })
      await socket.next()
    }
    const id = `${++count}`
    socket.send(`{"id":"${id}","type":"subscribe","payload":${payload}}`)
    try {
      for (;;) {
        const message = await socket.next()
        if (message.type === 'ping') socket.send({ type: 'pong' })
        if (message.id !== id) continue
        if (message.type === 'next') socket.send({ id, type: 'complete' })
        const result = message.type === 'error' ? { errors: message.payload } : message.payload
        return { outcome: message.type, text: JSON.stringify(result) }
      }
    } catch {
      const { code, reason } = await socket.closed
      expectClose(code, reason)
      // Nobody was cut off without a word.
      if (code === 1006) throw new Broken('the WebSocket was cut')
      return { outcome: `close ${code}`, text: '{}' }
    }
  }

  async function byHttp({ port }: Target, way: Question['way'], payload: string, question: Question) {
    const reply = await exchange(port, {
      ...(way === 'GET'
        ? { method: 'GET', path: `/graphql?${searchOf(question)}` }
        : { method: 'POST', path: '/graphql', body: payload }),
      headers: {
        'content-type': 'application/json',
        accept: way === 'SSE' ? 'text/event-stream' : 'application/graphql-response+json, application/json;q=0.9',
      },
    })
    expectAnswer(reply.status, reply.contentType, reply.body)
    const isEvents = reply.contentType.startsWith('text/event-stream')
    const data = isEvents ? /^data: (.+)$/m.exec(reply.body)?.[1] : reply.body
    return { outcome: `HTTP ${reply.status}`, text: data || '{}' }
  }

  async function ask(target: Target, question: Question): Promise<Outcome> {
    const { way, query, variables } = question
    const payload = `{"query":${JSON.stringify(query)}${variables === undefined ? '' : `,"variables":${variables}`}}`
    const before = mayWrite(question) ? await target.head() : undefined
    const { outcome, text } =
      way === 'WebSocket'
        ? await within('a WebSocket', byWebSocket(target, payload))
        : await byHttp(target, way, payload, question)
    expectNothingInternal(text)
    if (before !== undefined) {
      const after = await target.head()
      const hasMoved = after.position !== before.position || after.identities !== before.identities
      if (hasMoved && !saysWritten(text))
        throw new Broken(`the head has moved, and the answer is ${text.slice(0, 500)}`)
    }
    return [outcome]
  }

  return (target, question) => (mayWrite(question) ? target.alone(() => ask(target, question)) : ask(target, question))
}

function mayWrite({ query }: Question): boolean {
  return query.includes('mutation')
}

/** Whether the answer to a mutation says of anything that it was more than refused. */
function saysWritten(text: string): boolean {
  const roots = Object.values((JSON.parse(text) as Result).data ?? {})
  return roots.some((root) => root !== null && root.__typename !== 'Refusal')
}

function searchOf({ query, variables }: Question): string {
  // An address is UTF-8, where half a surrogate pair has no bytes.
  const fields = { query, ...(variables !== undefined && { variables }) }
  return new URLSearchParams(
    Object.entries(fields).map(([name, value]) => [name, value.toWellFormed()] as [string, string]),
  ).toString()
}
