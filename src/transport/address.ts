import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Refuses a request of whose host and target no address can be made (RFC 9112, 3.2), and says whether it did. What
 * serves GraphQL would answer it with a stack.
 */
export function refuseAddress({ url = '', headers }: IncomingMessage, response: ServerResponse): boolean {
  if (url.startsWith('/') && URL.canParse(`http://${headers.host || 'localhost'}${url}`)) return false
  const message = 'host: must be a host name, with or without a port, and the target a path that begins with /'
  response.writeHead(400, { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST', path: 'host' } }] }))
  return true
}
