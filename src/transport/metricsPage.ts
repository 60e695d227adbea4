import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { permits } from '../feed/viewer.ts'
import type { Admit } from './admit.ts'
import type { Metrics } from './metrics.ts'

export const METRICS_PATH = '/metrics'

type Page = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Serves metrics to operators: they tell nothing of the record, but how a server stands is not for everybody. */
export function metricsPage(metrics: Metrics, admit: Admit, refused: (code: string) => void): Page {
  return async (request, response) => {
    const asker = await admit(request)
    if (asker !== null && permits(asker.scope, 'administer')) return send(metrics, response)
    const isKnown = asker !== null && request.headers.authorization !== undefined
    refused(isKnown ? 'FORBIDDEN' : 'UNAUTHENTICATED')
    response.writeHead(isKnown ? 403 : 401, {
      'content-type': 'text/plain; charset=utf-8',
      ...(!isKnown && { 'www-authenticate': 'Bearer' }),
    })
    response.end('Metrics are for the role ADMIN: send a key that has it as `authorization: Bearer …`.\n')
  }
}

export interface MetricsServerOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
}

/** Serves metrics, and nothing else, to whoever reaches a port of their own. Rejects when it cannot be had. */
export async function openMetricsServer(
  metrics: Metrics,
  { host, port }: MetricsServerOptions,
): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== METRICS_PATH) {
      response.writeHead(404).end()
      return
    }
    send(metrics, response).catch((error) => response.destroy(error))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function send(metrics: Metrics, response: ServerResponse): Promise<void> {
  const text = await metrics.text()
  response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text)
}
