import { setTimeout as pause } from 'node:timers/promises'
import type { Feed } from '../../src/feed/feed.ts'
import type { Item } from '../../src/feed/item.ts'

/** What a server's followers have asked the feed for, in the order in which they came. */
export interface Watch {
  readonly followers: readonly { readonly pulls: number; readonly waiting: boolean; readonly pulledAt: number }[]
  /** Given to a server's settings. */
  wrap(feed: Feed): Feed
}

/**
 * Watches how followers pull, beneath the transports.
 * @param options.takesMs how long their sockets take for an item, in milliseconds
 */
export function watchFeed({ takesMs = 0 } = {}): Watch {
  const followers: { pulls: number; waiting: boolean; pulledAt: number }[] = []
  return {
    followers,
    wrap(feed) {
      const follow: Feed['follow'] = (options) => {
        const seen = { pulls: 0, waiting: false, pulledAt: performance.now() }
        followers.push(seen)
        const items = feed.follow(options)
        const iterator: AsyncIterableIterator<Item> = {
          ...items,
          [Symbol.asyncIterator]: () => iterator,
          async next() {
            Object.assign(seen, { pulls: seen.pulls + 1, waiting: true, pulledAt: performance.now() })
            try {
              const item = await items.next()
              if (takesMs > 0) await pause(takesMs)
              return item
            } finally {
              seen.waiting = false
            }
          },
        }
        return iterator
      }
      return Object.create(feed, { follow: { value: follow } }) as Feed
    },
  }
}
