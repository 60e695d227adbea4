import { connect, type Socket } from 'node:net'
import { clock } from '../feed/clock.ts'
import { percentile } from '../feed/figures.ts'
import { answer } from '../feed/helper.ts'
import { readResponses } from './response.ts'

/** What one run of requests came to. */
export interface Loaded {
  readonly requests: number
  /** How many were turned away with 503; they are in no other figure. */
  readonly refused: number
  /** Seconds from the first request to the last answer. */
  readonly span: number
  /** Milliseconds from sending a request to the end of its answer. */
  readonly p50: number
  readonly p99: number
  /** Mean length of an answer, with its head. */
  readonly bytes: number
  /** CPU seconds of the generator. */
  readonly cpu: number
}

/** What the generator's process does for the benchmark. */
export interface Load {
  /** Keeps so many connections busy for so many milliseconds, with requests by turns, from the `from`th on. */
  run(asked: {
    port: number
    requests: string[]
    from: number
    connections: number
    milliseconds: number
  }): Promise<Loaded>
}

answer<Load>({
  async run({ port, requests, from, connections, milliseconds }) {
    const texts = requests.map((request) => Buffer.from(request))
    const latencies: number[] = []
    let bytes = 0
    let refused = 0
    let turn = from
    const cpu = process.cpuUsage()
    const began = clock()
    const deadline = began + milliseconds
    const busy = (socket: Socket) =>
      new Promise<void>((resolve, reject) => {
        const responses = readResponses()
        let sent = 0
        const send = () => {
          sent = clock()
          socket.write(texts[turn++ % texts.length] as Buffer)
        }
        socket.on('error', reject)
        socket.on('close', () => reject(new Error('The server closed a connection')))
        socket.on('data', (data: Buffer) => {
          bytes += data.length
          const before = responses.refused
          try {
            if (responses.feed(data) === 0) return
          } catch (error) {
            return reject(error)
          }
          const now = clock()
          if (responses.refused > before) refused++
          else latencies.push(now - sent)
          if (now < deadline) send()
          else resolve()
        })
        socket.setNoDelay(true)
        send()
      })
    const sockets = Array.from({ length: connections }, () => connect(port, '127.0.0.1'))
    try {
      await Promise.all(sockets.map(busy))
    } finally {
      for (const socket of sockets) socket.removeAllListeners('close').destroy()
    }
    const { user, system } = process.cpuUsage(cpu)
    const sorted = latencies.sort((a, b) => a - b)
    return {
      ...{ requests: sorted.length, refused, span: (clock() - began) / 1000 },
      bytes: bytes / Math.max(1, sorted.length),
      ...{ p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), cpu: (user + system) / 1e6 },
    }
  },
})
