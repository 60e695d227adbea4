import type { Claim } from '../domain/claim.ts'
import type { Content } from '../domain/content.ts'

/** What search reads of a revision beside headline and summary; names are looked up where it is written. */
export interface RevisionText {
  /** Ids of whom it names, in whatever way; likewise places and outlets. */
  readonly actors: readonly string[]
  readonly places: readonly string[]
  readonly outlets: readonly string[]
  readonly claims: readonly string[]
  readonly quotations: readonly string[]
}

// Codes of a kind's own fields, which no reader would call text.
const codes = new Set([
  ...['act', 'issue', 'extent', 'format', 'track', 'level', 'form', 'strength', 'stage', 'type', 'standing'],
])

/** The same as the migration of search takes from the tables for revisions that were there before it. */
export function revisionText(content: Content): RevisionText {
  // What an editor has set aside is not searched, nor what a retracted report tells.
  const claims = content.claims.filter(({ rank }) => rank !== 'DEPRECATED')
  const { participants, place } = content
  const citations = content.citations.filter(({ retracted }) => !retracted)
  return {
    actors: distinct([
      ...participants.flatMap(({ id, onBehalfOf }) => [id, onBehalfOf]),
      ...detailActors(content),
      ...claims.flatMap(({ value, claimant }) => ['actor' in value ? value.actor.id : undefined, claimant]),
      ...citations.map(({ attributedTo }) => attributedTo),
    ]),
    places: distinct([place, ...claims.map(({ value }) => ('place' in value ? value.place : undefined))]),
    outlets: distinct(citations.map(({ outlet }) => outlet)),
    claims: distinct(claims.flatMap(claimTexts)),
    quotations: distinct([
      ...citations.map(({ quotation }) => quotation),
      ...claims.map(({ aspect, value }) => (aspect === 'WORDING' && 'text' in value ? value.text : undefined)),
    ]),
  }
}

function detailActors({ detail }: Content): (string | null)[] {
  switch (detail.kind) {
    case 'TALK':
      return detail.invitations.flatMap(({ invitee, invitedBy, respondedBy }) => [invitee, invitedBy, respondedBy])
    case 'EXCHANGE':
      return detail.legs.flatMap(({ releasedBy, receivedBy }) => [releasedBy, receivedBy])
    default:
      return []
  }
}

function claimTexts({ aspect, key, value }: Claim): (string | undefined)[] {
  if ('figure' in value) return [value.figure.asReported]
  if ('when' in value) return [value.when.asReported]
  if ('actor' in value) return [value.actor.asReported, value.actor.capacity]
  if (!('text' in value) || aspect === 'WORDING' || (aspect === 'CONTENT' && codes.has(key))) return []
  return [value.text]
}

function distinct(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value != null))].sort()
}

/** Inserts the texts of revisions, of which the parameter is the JSON; tombstones have none. */
export function insertionOfTexts(parameter: string): string {
  return `insert into "RevisionText" (position, document)
    select position, parley_document(headline, summary, actors, places, outlets, claims, quotations)
    from json_to_recordset(${parameter}::json) as r (position int, headline text, summary text, text json),
      json_to_record(text) as t (actors text[], places text[], outlets text[], claims text[], quotations text[])
    where text is not null`
}
