import type { Group } from '../../src/feed/group.ts'
import type { Message } from '../../src/feed/message.ts'
import { openShared } from '../../src/feed/shared.ts'
import type { Source } from '../../src/feed/source.ts'
import type { Entry } from '../../src/store/log.ts'
import { cursorAt } from './entries.ts'

/** A log in memory, in the place of the feed. */
export interface FakeSource extends Source {
  /** The groups that are told of moves. */
  readonly groups: Set<Group>
  /** More is written. */
  write(...entries: Entry[]): void
  /** It is closing from now on. */
  close(): void
  /** What was said to be delivered. */
  readonly deliveries: [string, number][]
  /** After which positions pages were read. */
  readonly pages: number[]
  /** What the next pages fail with, or wait for, first. */
  readonly hindrances: (Error | Promise<void>)[]
  /** From which position on memory holds the log; 0: all of it. */
  memoryFrom: number
  heartbeatMs: number
  stallMs: number
}

/** Unless told, nothing happens by the clock. */
export function fakeSource(...log: Entry[]): FakeSource {
  let closing = false
  const source: FakeSource = {
    ...{
      groups: new Set(),
      pages: [],
      deliveries: [],
      hindrances: [],
      memoryFrom: 0,
      heartbeatMs: 60_000,
      stallMs: 60_000,
    },
    messages: openShared({ most: 1_000_000, sizeOf: ({ bytes }: Message) => bytes.byteLength }),
    head: () => cursorAt(log.at(-1)?.position ?? 0),
    ring(after, limit) {
      if (after < source.memoryFrom) return undefined
      return log.filter((e) => e.position > after).slice(0, limit)
    },
    async page(after, limit) {
      source.pages.push(after)
      const hindrance = source.hindrances.shift()
      if (hindrance instanceof Error) throw hindrance
      await hindrance
      return log.filter((e) => e.position > after).slice(0, limit)
    },
    closing: () => closing,
    delivered: (transport, revisions) => source.deliveries.push([transport, revisions]),
    write(...entries) {
      log.push(...entries)
      for (const group of source.groups) group.move()
    },
    close() {
      closing = true
      for (const group of source.groups) group.move()
    },
  }
  return source
}
