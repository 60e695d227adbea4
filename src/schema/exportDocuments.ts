import { isEmpty } from '../domain/filter.ts'
import { encodeCursor } from '../feed/cursor.ts'
import type { Database } from '../store/database.ts'
import { type ExportedAct, readActs, readRetractions } from '../store/exportDesk.ts'
import { type Arrival, type Bounds, firstArrival, readDispatches } from '../store/exportDispatches.ts'
import type { IdentityKey } from '../store/exportIdentities.ts'
import { dispatchDocuments } from './exportDispatch.ts'
import { type IdentityList, identityLists } from './exportIdentity.ts'
import type { Export } from './exportRequest.ts'
import { encodeToken, numberIn } from './exportToken.ts'
import { badInput } from './refused.ts'

/** How much is read at once: what is held in memory of an export, however large it is. */
export interface ExportBounds extends Bounds {
  /** Documents of one kind, and rows. */
  readonly page: number
}

export const exportBounds: ExportBounds = { page: 200, scan: 100, bytes: 128 * 1024 }

/** A part of an export that is read page by page. */
interface Stage {
  readonly name: string
  /** The documents after a place, and the next place; null: that is all of this stage. */
  read(after: string | undefined): Promise<{ documents: object[]; next: string | null }>
}

/**
 * An export as documents of the ingest contract, one a line, a page a time: what it was read at; identities; tombstones;
 * dispatches in the order of their arrival; what the desk did, in its order; that it is complete. Between pages stands where to go on. Where
 * a page ends depends only on where it began, so what is resumed is what would have come.
 */
export async function* exportDocuments(
  { pool }: Database,
  asked: Export,
  bounds: ExportBounds,
): AsyncGenerator<string> {
  const { viewpoint, sent } = asked
  const cursor = encodeCursor(viewpoint)
  const stages = stagesOf(pool, asked, bounds)
  const place = asked.after === undefined ? undefined : placeIn(stages, asked.after)
  if (place === undefined) yield lines([{ export: { cursor, asOf: viewpoint.asOf ?? undefined, filter: sent } }])
  for (const stage of stages.slice(place?.stage ?? 0)) {
    let after: string | null | undefined = stage.name === place?.name ? place.after : undefined
    do {
      const { documents, next } = await stage.read(after)
      const token = { ...viewpoint, of: asked.of, place: `${stage.name}:${next}` }
      // A page of which nothing passed is no place to rest.
      const mark = next === null || documents.length === 0 ? [] : [{ export: { cursor, after: encodeToken(token) } }]
      if (documents.length > 0) yield lines([...documents, ...mark])
      after = next
    } while (after !== null)
  }
  yield lines([{ export: { cursor, complete: true } }])
}

function lines(documents: readonly object[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join('')
}

function placeIn(stages: readonly Stage[], text: string): { stage: number; name: string; after: string } {
  const [, name, after] = /^([a-z]+):(.+)$/.exec(text) ?? []
  const stage = stages.findIndex((known) => known.name === name)
  if (stage < 0 || name === undefined || after === undefined) {
    return wrong(text)
  }
  return { stage, name, after }
}

function stagesOf(pool: Database['pool'], asked: Export, bounds: ExportBounds): Stage[] {
  // What is left of a retracted development tells nothing that a filter could read, nor since when it was known.
  const whole = isEmpty(asked.filter) && asked.viewpoint.asOf === null
  const retractions: Stage = {
    name: 'retraction',
    async read(after = '0') {
      const found = await readRetractions(pool, asked, idIn(after), bounds.page)
      const documents = found.map(({ position: _, ...retract }) => ({ retract }))
      return { documents, next: nextOf(found, bounds.page, ({ position }) => `${position}`) }
    },
  }
  const dispatches: Stage = {
    name: 'dispatch',
    async read(after) {
      const { dispatches: found, next } = await readDispatches(pool, asked, arrivalOf(after), bounds)
      const documents = await dispatchDocuments(pool, asked, found, whole)
      return { documents, next: next === null ? null : `${next.arrivedAt}-${next.id}` }
    },
  }
  const acts: Stage = {
    name: 'desk',
    async read(after = '0') {
      const found = await readActs(pool, asked, idIn(after), bounds.page)
      return { documents: found.map(actDocument), next: nextOf(found, bounds.page, ({ id }) => `${id}`) }
    },
  }
  const identities = identityLists(pool).map((list) => identityStage(list, bounds.page))
  return [...identities, ...(whole ? [retractions] : []), dispatches, acts]
}

function actDocument(act: ExportedAct): object {
  const { kind, ref, other, report, development, reason, basis, knownAt, doneAt, body } = act
  switch (kind) {
    case 'CORRECT':
      return { correct: { ref, reason, basis, knownAt, ...body } }
    case 'MERGE':
      return { merge: { ref, into: other, ...development, reason, doneAt } }
    case 'SPLIT': {
      const { headline, summary, selection } = body
      return { split: { from: ref, ref: other, ...development, headline, summary, selection, reason, doneAt } }
    }
    case 'RETRACT_REPORT':
      return { retractReport: { report, reason, doneAt } }
    default:
      return kind satisfies never
  }
}

function identityStage({ name, read, documents }: IdentityList, page: number): Stage {
  return {
    name,
    async read(after) {
      const found = await read(after === undefined ? undefined : identityIn(after), page)
      return { documents: await documents(found), next: nextOf(found, page, (row) => `${row.depth}-${row.id}`) }
    },
  }
}

function nextOf<T>(found: readonly T[], page: number, place: (row: T) => string): string | null {
  const last = found.at(-1)
  return last === undefined || found.length < page ? null : place(last)
}

function idIn(place: string): number {
  return numberIn(place) ?? wrong(place)
}

function identityIn(place: string): IdentityKey {
  const [, depth, id] = /^(\d{1,2})-([a-z0-9-]+)$/.exec(place) ?? []
  return depth === undefined || id === undefined ? wrong(place) : { depth: Number(depth), id }
}

function arrivalOf(place: string | undefined): Arrival {
  if (place === undefined) return firstArrival
  const [, arrivedAt = '', id] = /^(\d+)-([0-9a-f]{64})$/.exec(place) ?? []
  return id === undefined ? wrong(place) : { arrivedAt: idIn(arrivedAt), id }
}

function wrong(place: string): never {
  throw badInput('after', 'must be a token that an export of this format gave out, as it stands', place)
}
