import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { root } from './files.ts'

/** A site of somebody else, whose only page is the example of docs/embedding.md. */
export interface HostPage extends AsyncDisposable {
  readonly origin: string
  /** Names the Parley server that its page takes the element from. */
  embed(server: string): void
}

const [, example = ''] = /```html\n(.*?)```/s.exec(readFileSync(join(root, 'docs', 'embedding.md'), 'utf8')) ?? []
// A site's own policy: what docs/embedding.md says that it must let in, and nothing else.
const policy = (server: string) =>
  `default-src 'none'; script-src ${server}; connect-src ${server.replace('http', 'ws')}; base-uri 'none'`

export async function openHostPage(): Promise<HostPage> {
  let parley = ''
  const server = createServer((_request, response) => {
    const body = example.replaceAll('https://parley.example', parley)
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy(parley) })
    response.end(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>News</title><main><h1>News</h1>${body}</main></html>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    embed(address) {
      parley = address
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
