import type { IncomingMessage } from 'node:http'
import { GraphQLError } from 'graphql'
import type { ExportAsked } from '../schema/exportRequest.ts'

/** What an address and its headers ask for. */
export interface ExportParameters extends ExportAsked {
  /** The client takes it compressed. */
  readonly gzip: boolean
  /** CSV begins with a byte order mark: spreadsheets read UTF-8 by it, and data frames take it for part of a name. */
  readonly bom: boolean
}

type Format = ExportAsked['format']

const mediaTypes: Record<Format, readonly string[]> = {
  ndjson: ['application/x-ndjson', 'application/ndjson'],
  csv: ['text/csv'],
}
const formats = Object.keys(mediaTypes) as Format[]
const names = ['format', 'filter', 'asOf', 'at', 'after', 'bom'] as const

/** Reads an export's address and headers. Throws a GraphQLError for what is not known or not offered. */
export function exportParameters({ url = '', headers }: IncomingMessage): ExportParameters {
  const { searchParams } = new URL(url, 'http://localhost')
  for (const name of searchParams.keys()) {
    const isKnown = (names as readonly string[]).includes(name)
    if (!isKnown) throw wrong(name, `must be left out: an export takes ${names.join(', ')}`)
    if (searchParams.getAll(name).length > 1) throw wrong(name, 'must be given once')
  }
  const given = Object.fromEntries(searchParams) as { readonly [name in (typeof names)[number]]?: string }
  const { bom = 'no', filter, asOf, at, after } = given
  if (bom !== 'yes' && bom !== 'no') throw wrong('bom', 'must be yes or no', bom)
  return {
    format: formatOf(given.format, headers.accept),
    ...{ filter, asOf, at, after },
    gzip: prefers(headers['accept-encoding'] ?? '', ['gzip', 'x-gzip']) > 0,
    bom: bom === 'yes',
  }
}

function formatOf(asked: string | undefined, accept = '*/*'): Format {
  if (asked !== undefined) {
    const format = formats.find((known) => known === asked)
    if (format === undefined) throw wrong('format', `must be ${formats.join(' or ')}`, asked)
    return format
  }
  const weights = formats.map((format) => {
    const ranges = mediaTypes[format].flatMap((type) => [type, `${type.split('/')[0]}/*`, '*/*'])
    return { format, weight: prefers(accept, ranges) }
  })
  const [best] = weights.sort((a, b) => b.weight - a.weight)
  if (best !== undefined && best.weight > 0) return best.format
  const message = `accept: must take ${Object.values(mediaTypes).flat().join(', ')}, got ${JSON.stringify(accept).slice(0, 80)}; or say format=ndjson or format=csv`
  throw new GraphQLError(message, { extensions: { code: 'NOT_ACCEPTABLE', path: 'accept', http: { status: 406 } } })
}

/** The weight that a header gives to the first of the names that it has (RFC 9110, 12.4.2); 0: it has none. */
function prefers(header: string, wanted: readonly string[]): number {
  const weights = new Map(
    header.split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
      const q = parameters.find((text) => text.startsWith('q='))
      return [name, q === undefined ? 1 : Number(q.slice(2)) || 0]
    }),
  )
  const found = wanted.find((name) => weights.has(name))
  return found === undefined ? 0 : (weights.get(found) as number)
}

function wrong(path: string, rule: string, value?: string): GraphQLError {
  const got = value === undefined ? '' : `, got ${JSON.stringify(value).slice(0, 80)}`
  return new GraphQLError(`${path}: ${rule}${got}`, { extensions: { code: 'BAD_USER_INPUT', path } })
}
