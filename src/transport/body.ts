import type { IncomingMessage } from 'node:http'
import type { GraphQLError } from 'graphql'
import { refusal } from './refusal.ts'

/** The largest body, and the largest message of a WebSocket, in bytes. A dispatch of more goes through `npm run ingest`. */
export const LARGEST_BODY = 1024 * 1024

const JSON_TYPE = /^application\/(graphql\+)?json\s*(;|$)/i

/**
 * Why the body of a question is not read; undefined: it is. What any page can send without asking first (a form, plain
 * text) is none; and nothing is unpacked, since a thousand bytes can unpack to a million.
 */
export function refusedBody({ headers }: IncomingMessage): GraphQLError | undefined {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity', 'content-length': length } = headers
  if (!JSON_TYPE.test(type)) {
    return refusal('UNSUPPORTED_MEDIA_TYPE', 'Send the question as JSON: with `content-type: application/json`.')
  }
  if (encoding !== 'identity') {
    return refusal('UNSUPPORTED_MEDIA_TYPE', 'Send the question as it is: leave `content-encoding` out.')
  }
  return Number(length) > LARGEST_BODY ? tooLarge() : undefined
}

/**
 * Reads a body, no further than it may be large. Of a request that is given up before its end nothing is heard.
 *
 * @param refuse called once instead of `done` when it is too large
 */
export function readBody(
  request: IncomingMessage,
  done: (body: Buffer) => void,
  refuse: (error: GraphQLError) => void,
): void {
  const chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    length += chunk.byteLength
    if (length <= LARGEST_BODY) chunks.push(chunk)
    else if (chunks.length > 0) {
      chunks.length = 0
      request.pause()
      refuse(tooLarge())
    }
  })
  request.on('end', () => {
    if (length <= LARGEST_BODY) done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))
  })
}

function tooLarge(): GraphQLError {
  return refusal(
    'BODY_TOO_LARGE',
    `A question may have ${LARGEST_BODY} bytes at the most: send less at once, or dispatches with \`npm run ingest\`.`,
  )
}
