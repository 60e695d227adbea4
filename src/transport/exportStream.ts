import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Services } from '../schema/context.ts'
import { type Exporting, exportError, openExport } from '../schema/export.ts'
import { unauthenticated } from './admit.ts'
import { masked, type Told } from './answer.ts'
import { type ExportParameters, exportParameters } from './exportParameters.ts'
import type { GraphQLOptions } from './graphql.ts'
import { requestIdOf } from './requestId.ts'

/** The path of exports. */
export const EXPORT_PATH = '/export'

const MARK_OF_UTF8 = '\uFEFF'

/**
 * Serves exports: GET streams what a filter selects as NDJSON or CSV, HEAD says of which state. The next page is read when
 * the socket has taken the one before, so that a reader costs a page of memory and, while it takes nothing, no
 * connection of the database. Resolves when the response has ended, or its client is gone.
 */
export function exportStream(
  services: Services,
  { admit, ...told }: Pick<GraphQLOptions, 'admit' | keyof Told>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const failed = (response: ServerResponse, error: unknown) => refuse(response, exportError(error), told)
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const error = refused(405, 'METHOD_NOT_ALLOWED', 'Ask with GET, or with HEAD for the state that it would be of.')
      return failed(response, error)
    }
    if ((await admit(request)) === null) return failed(response, unauthenticated())
    let pages: AsyncGenerator<string> | undefined
    try {
      const given = exportParameters(request)
      const exporting = await openExport(services, given)
      const headers = headersOf(given, exporting)
      if (isKnown(request.headers['if-none-match'], headers.etag)) return end(response.writeHead(304, headers))
      if (request.method === 'HEAD') return end(response.writeHead(200, headers))
      pages = exporting.pages()
      // What is wrong can be told only before the head is written.
      const first = await pages.next()
      response.writeHead(200, headers)
      await send(response, rest(given, first, pages), given)
    } catch (error) {
      await pages?.return(undefined)
      failed(response, error)
    }
  }

  async function send(
    response: ServerResponse,
    text: AsyncGenerator<string>,
    { gzip }: ExportParameters,
  ): Promise<void> {
    // A page at a time: what is read ahead would be memory for whoever reads slowly.
    const source = Readable.from(text, { highWaterMark: 1 })
    try {
      await (gzip ? pipeline(source, createGzip(), response) : pipeline(source, response))
    } catch (error) {
      // The client is gone, or was sent away because the server stops: nobody is left to be told.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE')
        told.log(error, requestIdOf(response.req))
    }
  }
}

async function* rest(
  { format, bom, after }: ExportParameters,
  first: IteratorResult<string>,
  pages: AsyncGenerator<string>,
): AsyncGenerator<string> {
  if (first.done) return
  yield format === 'csv' && bom && after === undefined ? `${MARK_OF_UTF8}${first.value}` : first.value
  yield* pages
}

function headersOf({ format, gzip }: ExportParameters, { cursor, position, version }: Exporting) {
  return {
    'content-type':
      format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8',
    'content-disposition': `attachment; filename="parley-${position}.${format}"`,
    'parley-cursor': cursor,
    // Weak: the bytes differ by encoding.
    etag: `W/"${version.slice(0, 32)}"`,
    'cache-control': 'private, no-cache',
    vary: 'accept, accept-encoding, authorization, origin',
    ...(gzip && { 'content-encoding': 'gzip' }),
  }
}

function isKnown(sent: string | undefined, etag: string): boolean {
  return sent?.split(',').some((known) => known.trim() === etag) ?? false
}

function end(response: ServerResponse): void {
  response.end()
}

function refused(status: number, code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } })
}

function refuse(response: ServerResponse, error: GraphQLError, told: Told): void {
  const { status = error.originalError ? 500 : 400, headers = {} } = (error.extensions.http ?? {}) as Http
  const { errors } = masked({ errors: [error] } satisfies ExecutionResult, told, response.req)
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
    ...(status === 405 && { allow: 'GET, HEAD' }),
  })
  response.end(JSON.stringify({ errors }))
}

interface Http {
  readonly status?: number
  readonly headers?: Record<string, string>
}
