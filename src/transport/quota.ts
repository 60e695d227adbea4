import { isIPv6 } from 'node:net'
import type { LimitsConfig } from '../config.ts'
import { anonymous, type Viewer } from '../feed/viewer.ts'
import type { Caller } from './caller.ts'
import { Places } from './places.ts'
import { type Deed, RateCounter } from './rates.ts'
import { refusal } from './refusal.ts'

/** By which name one is counted: that of a key or a token, else the address; null: it is not. */
export type Who = string | null

/** Holds everybody to the limits. Counts are this process's own. */
export interface Quota extends Pick<LimitsConfig, 'maxConnections'> {
  /** By which name whoever asks from there is counted, as long as nobody knows who it is. */
  ofAddress(caller: Caller): Who
  ofViewer(viewer: Viewer, address: Who): Who
  /** Counts it. Throws a GraphQLError that says when to come back. */
  count(deed: Deed, who: Who): void
  /** Throws as `count` does, and counts nothing. */
  look(deed: Deed, who: Who): void
  /** As `Places.take`. */
  connect(who: Who): (() => void) | undefined
  /** Counts it and takes a place, and gives how to leave that. Throws a GraphQLError where it may not be. */
  subscribe(who: Who): () => void
}

const what: Readonly<Record<Deed, string>> = {
  reads: 'questions',
  writes: 'changes',
  subscribes: 'subscriptions',
}

/** @param isFree whoever calls from there is not counted */
export function openQuota(options: LimitsConfig, isFree: (caller: Caller) => boolean): Quota {
  const rates = new RateCounter(options.rates)
  const connections = new Places(options.maxConnectionsEach)
  const subscriptions = new Places(options.maxSubscriptions)

  function count(deed: Deed, who: Who, isOnlyAsked = false): void {
    const wait = who === null ? 0 : rates.wait(deed, who, isOnlyAsked)
    if (wait === 0) return
    const seconds = Math.ceil(wait / 1000)
    const message = `Too many ${what[deed]}: ${options.rates[deed]} a minute are answered. Try again in ${seconds} s, and then more slowly.`
    throw refusal('RATE_LIMITED', message, seconds)
  }

  return {
    maxConnections: options.maxConnections,
    ofAddress: (caller) => (isFree(caller) ? null : networkOf(caller.address)),
    ofViewer: ({ name }, address) => (address === null || name === anonymous.name ? address : name),
    count: (deed, who) => count(deed, who),
    look: (deed, who) => count(deed, who, true),
    connect: (who) => connections.take(who),
    subscribe(who) {
      count('subscribes', who)
      const leave = subscriptions.take(who)
      if (leave !== undefined) return leave
      const message = `You have ${options.maxSubscriptions} subscriptions open, and may have no more: end some.`
      throw refusal('TOO_MANY_SUBSCRIPTIONS', message, 60)
    },
  }
}

/** Whoever has one address of IPv6 has 2^64 of them: they count as one (RFC 6177). */
export function networkOf(address: string): string {
  const [, v4] = /^::ffff:([\d.]+)$/i.exec(address) ?? []
  if (v4 !== undefined) return v4
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] as string).split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const filled =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after]
  return `${filled
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`
}
