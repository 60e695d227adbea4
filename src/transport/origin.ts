import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GraphQLError } from 'graphql'
import { refusal } from './refusal.ts'

/** What pages of listed origins may send and read beside what all may (https://fetch.spec.whatwg.org/#http-cors-protocol). */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST',
  'access-control-allow-headers': 'accept, authorization, content-type, if-none-match, last-event-id',
  'access-control-max-age': '7200',
}
const EXPOSED = 'content-disposition, etag, parley-cursor, retry-after, www-authenticate'

/** Tells which pages may ask. */
export interface Origins {
  /** Why a request is refused for where it comes from; undefined: it is not. */
  refused(request: IncomingMessage): GraphQLError | undefined
  /** Says in the answer's head that a listed page may read it. True: it was a browser's question whether it may ask at all, and is answered. */
  greet(request: IncomingMessage, response: ServerResponse): boolean
}

/**
 * Nobody's page but ours and those of listed origins may ask, since browsers ask for it in the name of who looks at it:
 * from this machine, from within a network, with what is remembered here. A credential goes in `authorization` only,
 * which no browser sends by itself; so nothing here allows "credentials".
 *
 * Where a browser says only that a request is another site's (a form, an image, a frame), it may be no more than a link
 * that somebody followed: a GET for a page of its own (https://w3c.github.io/webappsec-fetch-metadata/). It writes
 * nothing, and only who followed it sees what comes.
 */
export function openOrigins(listed: readonly string[]): Origins {
  const known = new Set(listed)

  return {
    refused({ method, headers }) {
      const { origin } = headers
      if (origin !== undefined) {
        if (known.has(origin) || isOwn(origin, headers.host)) return undefined
        return refusal(
          'ORIGIN_REFUSED',
          `Pages of ${JSON.stringify(origin.slice(0, 80))} may not ask here: whoever runs this server lists those that may in PARLEY_ORIGINS.`,
        )
      }
      const { 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers
      if (site === 'none' || site === 'same-origin') return undefined
      if ((method === 'GET' || method === 'HEAD') && mode === 'navigate' && destination === 'document') return undefined
      return refusal(
        'ORIGIN_REFUSED',
        'Another site’s page may not ask here without saying which it is: ask with `fetch`, from an origin that PARLEY_ORIGINS lists.',
      )
    },
    greet({ method, headers }, response) {
      if (known.size === 0) return false
      // What is kept for one page must not be given to another.
      response.setHeader('vary', 'origin')
      const { origin } = headers
      if (origin === undefined || !known.has(origin)) return false
      response.setHeader('access-control-allow-origin', origin)
      if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined) {
        response.writeHead(204, PREFLIGHT).end()
        return true
      }
      response.setHeader('access-control-expose-headers', EXPOSED)
      return false
    },
  }
}

/** Only the name and the port are compared: a proxy may have taken the encryption off. */
function isOwn(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host && origin !== 'null'
}
