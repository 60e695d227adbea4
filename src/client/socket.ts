/** What the client needs of a WebSocket: browsers have it, Node has it from 22 on, and the package ws brings it. */
export interface Socket {
  close(code?: number, reason?: string): void
  /** Cuts it; only outside of browsers. */
  terminate?(): void
  addEventListener(
    type: 'message' | 'close' | 'error',
    listener: (event: { readonly code?: number; readonly reason?: string; readonly message?: string }) => void,
  ): void
}

/** A WebSocket's class. */
export type SocketImpl = new (url: string, protocol: string) => Socket

/** The given class, or the one that is there. Throws a TypeError when there is none. */
export function socketImpl(given: unknown): SocketImpl {
  const impl = given ?? (globalThis as { WebSocket?: unknown }).WebSocket
  if (typeof impl === 'function') return impl as SocketImpl
  throw new TypeError('There is no WebSocket here: give one as `webSocketImpl`, for example that of the package ws.')
}
