import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

/** Where a request comes from. */
export interface Caller {
  /** The address of whoever asks: behind proxies that are trusted, what the first of them was reached from. */
  readonly address: string
  /** It comes from this machine, straight, by a name of this machine: no proxy handed it on, and no page that took a name of its own for our address. */
  readonly isLocal: boolean
}

/** Tells where requests come from. */
export type CallerOf = (request: IncomingMessage) => Caller

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const
const HERE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** Whether an address is that of a proxy that is believed. Throws as `callerOf` does. */
export function proxies(trusted: readonly string[]): (address: string) => boolean {
  const trust = proxyAddr.compile([...trusted])
  return (address) => trust(address, 0)
}

/**
 * @param trusted addresses, networks (10.0.0.0/8) or names (loopback, linklocal, uniquelocal) of proxies whose
 *   X-Forwarded-For is believed. Throws a TypeError for what is none of these.
 */
export function callerOf(trusted: readonly string[]): CallerOf {
  const trust = proxyAddr.compile([...trusted])
  const loopback = proxyAddr.compile('loopback')
  return (request) => {
    const { headers, socket } = request
    const isDirect = FORWARDED.every((name) => headers[name] === undefined)
    return {
      address: (isDirect ? socket.remoteAddress : proxyAddr(request, trust)) ?? '',
      isLocal: isDirect && loopback(socket.remoteAddress ?? '', 0) && HERE.test(headers.host ?? ''),
    }
  }
}
