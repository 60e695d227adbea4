import { Agent, request } from 'node:http'
import { within } from './promises.ts'

/** A request as an HTTP client makes it. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

export interface Reply {
  /** 0: the connection was closed without an answer. */
  readonly status: number
  readonly contentType: string
  readonly body: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

/** Asks, and reads the answer; of a stream that does not end, what comes up to its first event. */
export function exchange(port: number, asked: Asked): Promise<Reply> {
  return within(`${asked.method} ${asked.path.slice(0, 100)}`, exchangeOnce(port, asked))
}

async function exchangeOnce(port: number, asked: Asked): Promise<Reply> {
  const { method, path, headers = {}, body } = asked
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } })
    sent.on('error', (error) => {
      // A connection kept for the next request may have been closed meanwhile.
      if (sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET') resolve(exchangeOnce(port, asked))
      else resolve({ status: 0, contentType: '', body: '' })
    })
    sent.on('response', (response) => {
      const contentType = response.headers['content-type'] ?? ''
      let text = ''
      const done = () => resolve({ status: response.statusCode ?? 0, contentType, body: text })
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (!contentType.startsWith('text/event-stream') || !/^data: .*\n\n/m.test(text)) return
        done()
        response.destroy()
      })
      response.on('error', done)
      response.on('end', done)
    })
    sent.end(body)
  })
}
