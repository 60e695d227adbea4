import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ExecutionResult, GraphQLError, parse } from 'graphql'
import { encodeCursor } from '../feed/cursor.ts'
import type { Item } from '../feed/item.ts'
import type { Message } from '../feed/message.ts'
import type { Subscription } from '../feed/subscription.ts'
import type { Services } from '../schema/context.ts'
import { follow } from '../schema/operate.ts'
import { schema } from '../schema/schema.ts'
import { unauthenticated } from './admit.ts'
import { isOurs, masked } from './answer.ts'
import { followAsEvents } from './eventStream.ts'
import type { GraphQLOptions } from './graphql.ts'
import { watched } from './watched.ts'

/** The path of the feed as a plain event stream, for `EventSource` and whatever reads lines. */
export const FEED_PATH = '/feed'
/** How long an EventSource waits before it comes back, in milliseconds. */
const RETRY_MS = 1000

const document = parse(readFileSync(new URL('feed.graphql', import.meta.url), 'utf8'))
const head = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
// What is encoded is an event already.
const asItIs = ({ bytes }: Message): Buffer => bytes

/**
 * Serves the feed as an event stream (WHATWG HTML, 9.2): an event an item, its cursor as `id`, so that whoever comes
 * back with it as `Last-Event-ID` resumes there. Takes `after`, `last` and, as JSON, `filter`. What an EventSource must
 * not ask again the same way is refused with its status; while the database is away it is told to come back.
 */
export function feedStream(
  services: Services,
  { drainMs, admit, quota, ...told }: GraphQLOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    if (request.method !== 'GET') return refuse(response, 405, [new GraphQLError('Ask with GET.')])
    const asker = await admit(request)
    if (asker === null) {
      told.refused('UNAUTHENTICATED')
      return refuse(response, 401, [unauthenticated()])
    }
    const { viewer, scope, author, who } = asker
    const leave = quota.subscribe(who)
    if (response.destroyed) leave()
    else response.once('close', leave)
    const contextValue = { ...services, scope, author }
    const variableValues = variablesOf(request)
    if (variableValues instanceof GraphQLError) {
      told.refused('BAD_USER_INPUT')
      return refuse(response, 400, [variableValues])
    }
    const operation = { schema, document, variableValues, contextValue }
    const following = await watched(operation, told, () => follow(operation), refusalOf)
    if (!('key' in following)) return turnAway(response, masked(following, told, request))
    const { key, after, filter, answer } = following
    const encode: Subscription['encode'] = async (item, scope) => eventOf(item, masked(await answer(item, scope), told))
    const subscription = { key: `${FEED_PATH} ${key}`, filter, encode }
    response.writeHead(200, head)
    const peer = { transport: 'FEED', address: author.address } as const
    followAsEvents(services.feed, response, { subscription, viewer, after, peer, toEvent: asItIs, graceMs: drainMs })
  }
}

const refusalOf = (following: Awaited<ReturnType<typeof follow>>) => ('key' in following ? undefined : following)

function variablesOf({ url = '', headers }: IncomingMessage): Record<string, unknown> | GraphQLError {
  const given = new URL(url, 'http://localhost').searchParams
  // What an EventSource has heard last is later than what its address says.
  const resumed = headers['last-event-id']
  const after = resumed ?? given.get('after')
  const last = resumed === undefined ? given.get('last') : null
  const filter = given.get('filter')
  try {
    return {
      ...(after !== null && { after }),
      ...(last !== null && { last: /^\d{1,9}$/.test(last) ? Number(last) : last }),
      ...(filter !== null && { filter: JSON.parse(filter) }),
    }
  } catch {
    return new GraphQLError('filter: must be a DevelopmentFilter as JSON', {
      extensions: { code: 'BAD_USER_INPUT', path: 'filter' },
    })
  }
}

function eventOf(item: Item, { data, errors }: ExecutionResult): Buffer {
  const event = item.type === 'change' ? '' : 'event: status\n'
  const retry = item.type === 'status' && item.state === 'OPENED' ? `retry: ${RETRY_MS}\n` : ''
  const shown = { ...(data?.developments as object | undefined), ...(errors && { errors }) }
  return Buffer.from(`id: ${encodeCursor(item)}\n${event}${retry}data: ${JSON.stringify(shown)}\n\n`)
}

function turnAway(response: ServerResponse, answer: ExecutionResult): void {
  // A status would end an EventSource for good; a stream that ends it opens anew.
  if (isOurs(answer)) response.writeHead(200, head).end(`retry: ${RETRY_MS}\n\n`)
  else refuse(response, 400, answer.errors ?? [])
}

function refuse(response: ServerResponse, status: number, errors: readonly GraphQLError[]): void {
  response.writeHead(status, { 'content-type': 'application/json', ...(status === 405 && { allow: 'GET' }) })
  response.end(JSON.stringify({ errors }))
}
