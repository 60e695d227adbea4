import type { IncomingMessage, ServerResponse } from 'node:http'
import { type BuiltFile, readBuilt } from './builtFiles.ts'
import type { ServePage } from './graphiql.ts'

const head = {
  // Its own files and questions to this server: nothing else runs, loads or frames it.
  'content-security-policy': [
    ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"],
    ...["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"],
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const UNBUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Parley</title>
<h1>The dashboard is not built</h1>
<p>Run <code>npm run build:dashboard</code> and start Parley again. <a href="/graphql">GraphiQL</a> is there without it.
`

/** Below it lie files whose names hold their content's hash: browsers keep them for good. */
const ASSETS = '/assets/'

/** The element for pages of others. Its address stays, so browsers ask each time whether it is another one by now. */
const EMBED = '/embed.js'

/**
 * Serves the dashboard from the folder into which it was built: its files, and its page at the address of each of its
 * views, which are its own to know: at every path without an extension that a browser opens as a page.
 * @param others paths of others, who answer browsers at them and below
 */
export function dashboardPage(folder: string, others: readonly string[]): ServePage {
  const files = readBuilt(folder)
  const page = files.get('index.html')

  return (request, response) => {
    const { method, url = '', headers } = request
    if (method !== 'GET' && method !== 'HEAD') return false
    const [path = ''] = url.split('?')
    const isView =
      path === '/' ||
      (headers.accept?.includes('text/html') === true &&
        !/\.\w+$/.test(path) &&
        !others.some((other) => path.startsWith(other)))
    if (path.startsWith(ASSETS) || path === EMBED) {
      const file = files.get(path.slice(1))
      if (file) send(file, path === EMBED ? 'no-cache' : 'public, max-age=31536000, immutable', request, response)
      else response.writeHead(404, head).end()
    } else if (!isView) return false
    else if (page) send(page, 'no-cache', request, response)
    else response.writeHead(503, { ...head, 'content-type': 'text/html; charset=utf-8' }).end(UNBUILT)
    return true
  }
}

function send(file: BuiltFile, caching: string, { method, headers }: IncomingMessage, response: ServerResponse): void {
  // Where pages of others may ask, the answer says which one may read it.
  const vary = [response.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', ')
  const kept = { ...head, 'cache-control': caching, etag: file.tag, vary }
  if (headers['if-none-match']?.includes(file.tag)) {
    response.writeHead(304, kept).end()
    return
  }
  const taken = String(headers['accept-encoding'])
  const encoding = file.br && /\bbr\b/.test(taken) ? 'br' : file.gzip && /\bgzip\b/.test(taken) ? 'gzip' : undefined
  const bytes = (encoding && file[encoding]) ?? file.plain
  response.writeHead(200, {
    ...kept,
    'content-type': file.type,
    'content-length': bytes.byteLength,
    ...(encoding && { 'content-encoding': encoding }),
  })
  response.end(method === 'GET' ? bytes : undefined)
}
