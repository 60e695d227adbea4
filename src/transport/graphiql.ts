import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { questionTabs } from './questions.ts'

/** Answers a browser that asks for the endpoint as a page; returns false where something else is asked. */
export type ServePage = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * GraphiQL, whole in one page, so that it works without internet. That makes nine megabytes: it is packed once, at the
 * first request, and a browser that has it already is told so.
 */
export function graphiqlPage(endpoint: string): ServePage {
  let made: ReturnType<typeof makePage> | undefined
  return (request, response) => {
    const { method, url = '', headers } = request
    if (method !== 'GET' || !headers.accept?.includes('text/html') || url.split('?')[0] !== endpoint) return false
    made ??= makePage(endpoint)
    made.then(
      (page) => send(page, request, response),
      (error) => response.destroy(error),
    )
    return true
  }
}

interface Page {
  readonly tag: string
  readonly plain: string
  readonly packed: Buffer
}

// Beside `query`, which it reads by itself, an address may say the question's variables: so a view's question opens whole.
const VARIABLES = 'variables of the address'
const READ_VARIABLES = "new URL(location.href).searchParams.get('variables') ?? undefined"

// GraphiQL moves its tabs into place with an animation whose beginning comes back when a tab is pressed: the tab jumps
// away from under the pointer, and the first click on each is lost.
const STEADY_TABS = '<style>.graphiql-tab { transform: none !important }</style>'

async function makePage(endpoint: string): Promise<Page> {
  // Loaded for the first browser, so that no start waits for it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const rendered = renderGraphiQL({
    title: 'Parley',
    endpoint,
    defaultTabs: questionTabs(),
    subscriptionsProtocol: 'WS',
    schemaDescription: true,
    shouldPersistHeaders: false,
    // Its own option, which the types do not tell of.
    ...{ variables: VARIABLES },
  })
  const plain = rendered
    .replace('</head>', () => `${STEADY_TABS}</head>`)
    .replace(JSON.stringify(VARIABLES), () => READ_VARIABLES)
  const tag = `"${createHash('sha256').update(plain).digest('base64url')}"`
  return { tag, plain, packed: await promisify(gzip)(plain) }
}

function send({ tag, plain, packed }: Page, { headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('cache-control', 'no-cache').setHeader('etag', tag).setHeader('vary', 'accept, accept-encoding')
  if (headers['if-none-match']?.includes(tag)) {
    response.writeHead(304).end()
    return
  }
  response.setHeader('content-type', 'text/html; charset=utf-8')
  // In another site's frame, clicks that are meant for that site would ask questions here.
  response.setHeader('content-security-policy', "frame-ancestors 'none'")
  if (/\bgzip\b/.test(String(headers['accept-encoding']))) response.setHeader('content-encoding', 'gzip').end(packed)
  else response.end(plain)
}
