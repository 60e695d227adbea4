import type { Socket } from 'node:net'

const waiting = new WeakMap<Socket, Set<() => void>>()

/** Whether a socket takes more now. Full, it says `drain` when all that it holds is written. */
export function isFree(socket: Socket): boolean {
  return !socket.writableNeedDrain || socket.writableLength === 0
}

/** Calls back once when the socket has drained; however many wait, the socket has one listener. */
export function whenFree(socket: Socket, listener: () => void): void {
  const known = waiting.get(socket)
  if (known !== undefined) {
    known.add(listener)
    return
  }
  waiting.set(socket, new Set([listener]))
  socket.once('drain', () => {
    const listeners = waiting.get(socket) ?? []
    waiting.delete(socket)
    for (const one of listeners) one()
  })
}

/** Calls back no more: whoever waited has gone, and the socket may stay full for long. */
export function forget(socket: Socket, listener: () => void): void {
  waiting.get(socket)?.delete(listener)
}

/** How many bytes the socket has got rid of so far. */
export function drained(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength
}
