import type { IncomingMessage } from 'node:http'
import type { GraphQLError } from 'graphql'
import { permits, type ViewerRole } from '../feed/viewer.ts'
import { refusal } from './refusal.ts'

/** What a client sends of an operation. */
export interface SentDocument {
  readonly query?: string | null | undefined
  readonly documentId?: unknown
  readonly extensions?: { readonly [name: string]: unknown } | null | undefined
}

/**
 * Finds the document that a client means. Throws a GraphQLError where it is not one of those that are trusted; whoever
 * administers may ask anything, since GraphiQL could not work otherwise.
 */
export type FindDocument = (sent: SentDocument, scope: ViewerRole) => string

/**
 * Where documents are listed, only they are executed, by every transport: by their id, sent as `documentId` or as
 * `extensions.persistedQuery.sha256Hash`, or sent to the letter.
 *
 * @param trusted documents by their ids
 */
export function trustedDocuments(trusted: ReadonlyMap<string, string>): FindDocument {
  const texts = new Set(trusted.values())
  return (sent, scope) => {
    const { query } = sent
    const id = idOf(sent)
    const found = id === undefined ? undefined : trusted.get(id)
    if (found !== undefined) return found
    if (query && id === undefined && (texts.has(query) || permits(scope, 'administer'))) return query
    throw notTrusted(id === undefined ? 'without the id of one' : 'with an id that is not among them')
  }
}

/** The id in an address, where it is not in a body. */
export function documentIdIn({ url = '' }: Pick<IncomingMessage, 'url'>): string | undefined {
  return new URL(url, 'http://localhost').searchParams.get('documentId') ?? undefined
}

function idOf({ documentId, extensions }: SentDocument): string | undefined {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } | null }
  const id = documentId ?? persistedQuery?.sha256Hash
  return typeof id === 'string' ? id : undefined
}

function notTrusted(how: string): GraphQLError {
  return refusal(
    'DOCUMENT_NOT_TRUSTED',
    `This server answers listed documents only, and this came ${how}: send \`documentId\`, or have whoever runs it list the document in PARLEY_DOCUMENTS.`,
  )
}
