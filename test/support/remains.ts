import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Feed } from '../../src/feed/feed.ts'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** Frees what nobody holds any more. */
export async function collectGarbage(): Promise<void> {
  // What a job has looked at is held until it ends.
  for (let i = 0; i < 3; i++) {
    await turn()
    gc()
  }
}

/** What servers of this process have made for their clients, seen without holding it. */
export interface Remains extends Disposable {
  /** How many lines followers were put on, and how many sockets were taken. */
  made(): { lines: number; sockets: number }
  /** What of it is still held by anybody. */
  held(): { lines: number; sockets: number }
  /** How many listeners an HTTP server has. */
  listeners(): number
}

export function watchRemains(feed: Feed): Remains {
  const lines: WeakRef<object>[] = []
  const sockets: WeakRef<object>[] = []
  let server: EventEmitter | undefined
  const { follow } = feed
  feed.follow = (options) => {
    lines.push(new WeakRef(options.line))
    return follow(options)
  }
  const take = (message: unknown) => {
    const { socket } = message as { socket: Socket & { server: EventEmitter } }
    sockets.push(new WeakRef(socket))
    server = socket.server
  }
  subscribe('net.server.socket', take)
  const alive = (refs: readonly WeakRef<object>[]) => refs.filter((ref) => ref.deref() !== undefined).length
  return {
    made: () => ({ lines: lines.length, sockets: sockets.length }),
    held: () => ({ lines: alive(lines), sockets: alive(sockets) }),
    listeners: () => server?.eventNames().reduce((sum, name) => sum + (server?.listenerCount(name) ?? 0), 0) ?? 0,
    [Symbol.dispose]() {
      unsubscribe('net.server.socket', take)
    },
  }
}
