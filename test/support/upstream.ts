import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What stands behind a proxy in a server's place: ready, and otherwise as the test says. */
export interface Upstream extends AsyncDisposable {
  /** What it was asked for, in order, its readiness apart. */
  readonly requests: readonly IncomingMessage[]
}

export async function openUpstream(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Upstream> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    if (request.url === '/readyz') {
      response.end()
      return
    }
    requests.push(request)
    answer(request, response)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    requests,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
