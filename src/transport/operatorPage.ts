import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The page that shows which followers lag. It holds nothing by itself: what it shows it asks for with an operator's key. */
export const OPERATOR_PATH = '/operator'

const html = readFileSync(new URL('operator.html', import.meta.url))
const hashOf = (element: string) => {
  const [, content = ''] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(html.toString()) ?? []
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
}

const head = {
  'content-type': 'text/html; charset=utf-8',
  'content-length': html.byteLength,
  'cache-control': 'no-cache',
  // Its own script and style, to the letter, and questions to this server: nothing else runs, loads or frames it.
  'content-security-policy': [
    ...["default-src 'none'", `script-src ${hashOf('script')}`, `style-src ${hashOf('style')}`, "connect-src 'self'"],
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

export async function operatorPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  response.writeHead(200, head).end(request.method === 'GET' ? html : undefined)
}
