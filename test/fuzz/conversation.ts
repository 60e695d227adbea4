import { connect } from 'node:net'
import { within } from './promises.ts'

/** After how long without a word it is taken that the server waits for more, in milliseconds. */
const QUIET_MS = 40

/** What came over a connection until its end. */
export interface Heard {
  readonly bytes: Buffer
  /** The server ended it, and was not told before that nothing more would come. */
  readonly byServer: boolean
}

/** What is sent on a connection, and after which words of the server what comes next. */
export interface Part {
  readonly bytes: Buffer
  readonly until?: string
}

/**
 * Sends bytes on a connection of its own and listens until it is closed. When the words after the last part were heard,
 * or the server waits for more, it is told that nothing more comes: then it has to close.
 */
export function converse(port: number, parts: readonly Part[]): Promise<Heard> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const talk = new Promise<Heard>((resolve) => {
    let heard = Buffer.alloc(0)
    let hasEnded = false
    let at = 0
    const send = () => socket.write(parts[at]?.bytes ?? '')
    const end = () => {
      hasEnded = true
      socket.end()
    }
    const timer = setTimeout(end, QUIET_MS)
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk])
      if (hasEnded) return
      timer.refresh()
      const { until } = parts[at] ?? {}
      if (until === undefined || !heard.includes(until)) return
      if (++at < parts.length) send()
      else end()
    })
    // A reset is an end, too: what matters is that there is one.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ bytes: heard, byServer: !hasEnded })
    })
    send()
  })
  return within('a connection', talk).finally(() => socket.destroy())
}
