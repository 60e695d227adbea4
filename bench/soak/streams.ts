import { WebSocket } from 'ws'
import { follow } from '../../src/client/follow.ts'
import { openEvents } from '../../test/support/eventSource.ts'
import { bySse, byWebSocket, type Ending, type Follow, LIGHT } from '../../test/support/follower.ts'
import type { Item } from './journal.ts'
import { kindOf } from './post.ts'

/** One way to follow, until it ends. */
export interface Stream {
  /** The next item; undefined: it has ended. */
  next(): Promise<Item | undefined>
  /** Why it has ended. */
  why(): Promise<string>
  stop(): Promise<void>
}

export interface Asked {
  readonly port: number
  readonly after: string | undefined
  readonly filter: object | undefined
  /** What is met on the way and does not end it. */
  readonly onTrouble: (what: string) => void
}

type Open = (asked: Asked) => Promise<Stream>

/** The ways to follow: the client of this project, stock clients, and the event stream of whoever reads lines. */
export const ways = {
  'parley/client': byClient,
  WebSocket: stock(byWebSocket),
  SSE: stock(bySse),
  '/feed': byEvents,
} as const satisfies Record<string, Open>

export type Way = keyof typeof ways

/** The client comes back by itself: it ends only when it is refused. */
async function byClient({ port, after, filter, onTrouble }: Asked): Promise<Stream> {
  let refusal = 'completed'
  let place: Item | undefined
  let isOpened = false
  let wake = () => {}
  const feed = follow<{ action: string; ref: string }>({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket as never,
    selection: 'action ref',
    ...(filter && { filter: filter as Record<string, unknown> }),
    ...(after !== undefined && { after }),
    retry: { firstMs: 100, mostMs: 1000 },
    onCursor(cursor) {
      const { from, upTo } = feed.contiguity
      const position = isOpened ? upTo : from
      isOpened = true
      if (position !== null) place = { cursor, position, previousPosition: 0 }
      wake()
    },
    onState({ is, error }) {
      if (is === 'offline' && error !== null) onTrouble(kindOf(error))
    },
  })
  // Nothing is asked ahead: what was given was dealt with when the next one is asked for.
  let asking: Promise<IteratorResult<Item>> | undefined
  let gaps = 0
  return {
    async next() {
      asking ??= feed.next()
      for (;;) {
        const moved = new Promise<undefined>((resolve) => {
          wake = () => resolve(undefined)
        })
        if (place !== undefined) {
          const found = place
          place = undefined
          return found
        }
        const result = await Promise.race([asking.catch((error: Error) => error), moved])
        if (feed.contiguity.gaps > gaps) onTrouble(`${feed.contiguity.gaps - gaps} gaps noticed`)
        gaps = feed.contiguity.gaps
        if (result === undefined) continue
        asking = undefined
        if (result instanceof Error) refusal = kindOf(result)
        if (result instanceof Error || result.done) return undefined
        return result.value
      }
    },
    why: async () => refusal,
    stop: () => feed.close(),
  }
}

function stock(follow: Follow): Open {
  return async ({ port, after, filter, onTrouble }) => {
    const follower = follow(port, { after, query: LIGHT, ...(filter && { filter }) })
    let errors = 0
    return {
      async next() {
        const item = await follower.next().catch(() => undefined)
        if (item !== undefined) for (const error of follower.errors.slice(errors)) onTrouble(kindOf(error))
        errors = follower.errors.length
        return item
      },
      why: async () => reasonOf(await follower.ended),
      stop: async () => follower.stop(),
    }
  }
}

function reasonOf({ how, code, reason, errors }: Ending): string {
  if (how === 'completed') return 'completed, which a feed never is'
  if (how === 'refused') return kindOf(errors?.[0])
  return code === undefined ? kindOf(new Error(reason)) : `close ${code}`
}

async function byEvents({ port, after, filter, onTrouble }: Asked): Promise<Stream> {
  const address = new URL(`http://127.0.0.1:${port}/feed`)
  if (filter) address.searchParams.set('filter', JSON.stringify(filter))
  const events = await openEvents(address.href, after === undefined ? {} : { 'last-event-id': after })
  const { status } = events.response
  if (status !== 200) onTrouble(`HTTP ${status}`)
  return {
    async next() {
      const event = status === 200 ? await events.next() : undefined
      for (const error of event?.data.errors ?? []) onTrouble(kindOf(error))
      return event?.data
    },
    why: async () => 'the stream ended',
    stop: async () => events.stop(),
  }
}
