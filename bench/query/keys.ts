import type pg from 'pg'

/** How many entries a page has. */
export const PAGE = 50

/** The place of an entry in a list: what its order compares, then its position. */
export interface Key {
  readonly sort: string
  readonly position: number
}

/** How many keys there are at the most: no answer is asked for twice while they last. */
const MOST = 3000
/** Of how many successive entries keys are taken at the most: as many pages. */
export const SPAN = MOST * PAGE

/** The keys in such an order that successive pages share no entry, as long as there are such pages. */
export function pagesApart(keys: readonly Key[]): Key[] {
  return Array.from({ length: PAGE }, (_, offset) => keys.filter((_key, i) => i % PAGE === offset))
    .flat()
    .slice(0, MOST)
}

/** The keys of successive entries of the list of developments, by when they happened; the unknown ones stand last. */
export async function developmentKeys(client: pg.Client, skip: number, span: number): Promise<Key[]> {
  const { rows } = await client.query<{ sort: Date; position: number }>(
    `select "whenEarliest" as sort, position from "Revision" where "supersededBy" is null and "whenEarliest" is not null
     order by "supersededBy", "whenEarliest", position offset $1 limit $2`,
    [skip, span],
  )
  return rows.map(({ sort, position }) => ({ sort: sort.toISOString(), position }))
}

/** The keys of successive disagreements, in the order of the feed. */
export async function disagreementKeys(client: pg.Client, span: number): Promise<Key[]> {
  const { rows } = await client.query<{ ordinal: number; position: number }>(
    `select d.ordinal, d.position from "Disagreement" d join "Revision" r on r.position = d.position
     where r."supersededBy" is null order by d.position, d.ordinal limit $1`,
    [span],
  )
  return rows.map(({ ordinal, position }) => ({ sort: String(ordinal), position }))
}

/**
 * A key as a cursor of PostGraphile: a digest of the order, which a sample has, then what the order compares. It writes
 * moments to the microsecond.
 */
export function peerCursor(sample: string, { sort, position }: Key): string {
  const [digest] = JSON.parse(Buffer.from(sample, 'base64').toString()) as [string]
  const values = /^\d+$/.test(sort) ? [position, Number(sort)] : [sort.replace('Z', '000+00:00'), position]
  return Buffer.from(JSON.stringify([digest, ...values])).toString('base64')
}
