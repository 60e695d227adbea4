import type { Server } from 'node:http'

/**
 * Tells whoever expects it that a request's body may come (RFC 9110, 10.1.1), when it is that request's turn. Node writes
 * it at once: of a request that was sent behind another one it would stand between the head and the body of the answer.
 */
export function continueInTurn(server: Server): void {
  server.on('checkContinue', (request, response) => {
    const proceed = () => response.headersSent || response.writeContinue()
    if (response.socket) proceed()
    else response.once('socket', proceed)
    server.emit('request', request, response)
  })
}
