import { once } from 'node:events'
import { connect } from 'node:net'

/** A connection to a server, and nothing that knows what to say on it. */
export interface Wire {
  /** All that has come. */
  readonly heard: string
  send(text: string): void
  /** Reads on until some words have come. Rejects when the connection ends before them. */
  until(words: string): Promise<void>
  /** Reads nothing from now on. */
  pause(): void
  /** Says that nothing more will be sent, and still listens. */
  end(): void
  /** Is gone. */
  cut(): void
}

export async function openWire(port: number): Promise<Wire> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let text = ''
  let look = () => {}
  socket.on('data', (chunk) => {
    text += chunk
    look()
  })
  socket.on('close', () => look())
  // What matters is the close that follows.
  socket.on('error', () => {})
  return {
    get heard() {
      return text
    },
    send: (words) => socket.write(words),
    until: (words) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (text.includes(words)) resolve()
          else if (socket.destroyed) reject(new Error(`It ended without "${words}": ${text.slice(0, 500)}`))
        }
        look()
      }),
    pause: () => socket.pause(),
    end: () => socket.end(),
    cut: () => socket.destroy(),
  }
}
