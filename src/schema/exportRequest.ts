import { createHash } from 'node:crypto'
import { coerceInputValue, GraphQLError, type GraphQLInputType, isInputType } from 'graphql'
import { canonical } from '../domain/canonical.ts'
import type { Cursor } from '../feed/cursor.ts'
import type { Selection } from '../store/exportFamily.ts'
import { type Head, readHead } from '../store/log.ts'
import type { Services } from './context.ts'
import { decodeToken, type ExportToken } from './exportToken.ts'
import { type DevelopmentFilter, readFilter } from './filter.ts'
import { badInput } from './refused.ts'
import { schema } from './schema.ts'
import { settleViewpoint } from './viewpoint.ts'

export const exportFormats = ['ndjson', 'csv'] as const
/** NDJSON: documents that can be ingested elsewhere. CSV: a row a development. */
export type ExportFormat = (typeof exportFormats)[number]

/** An export as it is asked for, each parameter as it stands in the address. */
export interface ExportAsked {
  readonly format: ExportFormat
  readonly filter?: string | undefined
  readonly asOf?: string | undefined
  readonly at?: string | undefined
  readonly after?: string | undefined
}

/** An export that is allowed: what it selects, from where, and after what it goes on. */
export interface Export extends Selection {
  readonly format: ExportFormat
  /** The filter as it was sent. */
  readonly sent: unknown
  /** Undefined: from the beginning. */
  readonly after: string | undefined
  /** As a token's. */
  readonly of: string
  /** Two of one version give the same bytes: it counts what the record has withheld and learnt of identities since. */
  readonly version: string
  /** Where the record stands: further on than from where it is read, if that is in the past. */
  readonly head: Head
}

const MOST_LETTERS = 8000

/**
 * Reads what is asked for. The filter is the schema's own input, so it means what it means in lists. Throws a GraphQLError
 * for what is wrong, with `extensions.http.status` where that is not 400.
 */
export async function readExport(services: Services, asked: ExportAsked): Promise<Export> {
  const { format } = asked
  const sent = parsed(asked.filter)
  const filter = await readFilter(
    services,
    typed<typeof DevelopmentFilter.$inferInput>('filter', 'DevelopmentFilter', sent, services),
  )
  const asOf = typed<Date>('asOf', 'DateTime', asked.asOf, services) ?? undefined
  const at = typed<Cursor>('at', 'FeedCursor', asked.at, services) ?? undefined
  const of = hash([format, filter]).slice(0, 8)
  const token = asked.after === undefined ? undefined : resumed(asked.after, { format, of, asOf, at })
  const viewpoint = await settleViewpoint(
    services,
    token === undefined ? { asOf, at } : { asOf: token.asOf ?? undefined, at: token },
  )
  const head = await readHead(services.database.pool)
  const version = hash([of, viewpoint, token?.place, head.position, head.identities, head.history])
  return { format, sent, filter, viewpoint, after: token?.place, of, version, head }
}

function parsed(filter: string | undefined): unknown {
  if (filter === undefined) return undefined
  if (filter.length > MOST_LETTERS) {
    const message = `filter: must be at most ${MOST_LETTERS} letters long, got ${filter.length}: ask in several exports`
    throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', path: 'filter', http: { status: 413 } } })
  }
  try {
    return JSON.parse(filter)
  } catch {
    throw badInput('filter', 'must be a DevelopmentFilter as JSON, like {"kind":["TALK"]}', filter)
  }
}

/** The value as the schema's type takes it. */
function typed<T>(parameter: string, name: string, given: unknown, { hidesSchema }: Services): T | null | undefined {
  if (given === undefined || given === null) return undefined
  const type = schema.getType(name)
  if (!isInputType(type)) throw new Error(`The schema has no input of the type ${name}`)
  const refuse: Parameters<typeof coerceInputValue>[2] = (path, _value, error) => {
    const where = [parameter, ...path].reduce((text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}.${key}`,
    )
    const { code = 'BAD_USER_INPUT' } = error.extensions
    throw new GraphQLError(`${where}: ${error.message}`, { extensions: { ...error.extensions, code, path: where } })
  }
  return coerceInputValue(given, type as GraphQLInputType, refuse, hidesSchema) as T
}

function resumed(
  text: string,
  { format, of, asOf, at }: { format: ExportFormat; of: string; asOf: Date | undefined; at: Cursor | undefined },
): ExportToken {
  const token = decodeToken(text)
  if (token === undefined) {
    const given =
      format === 'csv' ? 'the column `resume` of the last whole row' : '`after` of the last line that has it'
    throw badInput('after', `must be a token that an export gave out: ${given}`, text)
  }
  if (token.of !== of) throw badInput('after', 'must be of an export of the same format and filter: repeat both', text)
  if (asOf !== undefined && asOf.getTime() !== token.asOf?.getTime()) {
    throw badInput('asOf', 'must be as in the export that is resumed; left out, it is', asOf)
  }
  if (at !== undefined && (at.position !== token.position || at.tag !== token.tag)) {
    throw badInput('at', 'must be as in the export that is resumed; left out, it is', at.position)
  }
  return token
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(canonical(JSON.parse(JSON.stringify(value))))
    .digest('hex')
}
