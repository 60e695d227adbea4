import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Filter } from '../../src/domain/filter.ts'
import type { Pool } from '../../src/store/database.ts'
import {
  countDevelopments,
  type DevelopmentOrder,
  developmentOrders,
  type Key,
  listDevelopments,
} from '../../src/store/developmentList.ts'
import { listDisagreements } from '../../src/store/disagreementList.ts'
import type { Viewpoint } from '../../src/store/viewpoint.ts'
import { publishMany, REVISIONS } from '../support/manyRevisions.ts'
import { openRecord, type Record } from '../support/record.ts'

let record: Record
beforeAll(async () => {
  record = await openRecord()
  await publishMany(record.database.pool)
}, 120_000)
afterAll(() => record[Symbol.asyncDispose]())

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly Node[]
}

/** A pool that runs what it is asked, and keeps how PostgreSQL went about it. */
function explaining(pool: Pool): { pool: Pool; nodes: Node[] } {
  const nodes: Node[] = []
  const add = (node: Node) => {
    nodes.push(node)
    for (const child of node.Plans ?? []) add(child)
  }
  const query = async (text: string, values: unknown[]) => {
    const { rows } = await pool.query(`explain (analyze, format json) ${text}`, values)
    add(rows[0]['QUERY PLAN'][0].Plan)
    return pool.query(text, values)
  }
  return { pool: { query } as unknown as Pool, nodes }
}

const ofRevisions = (nodes: readonly Node[]) => nodes.filter((node) => node['Relation Name'] === 'Revision')
/** How many revisions were looked at. */
const touched = (nodes: readonly Node[]) =>
  ofRevisions(nodes).reduce(
    (sum, node) =>
      sum +
      node['Actual Loops'] *
        (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)),
    0,
  )
const isSequential = (node: Node) => node['Node Type'] === 'Seq Scan'

const now: Viewpoint = { position: REVISIONS, tag: '', asOf: null }
const viewpoints: [string, Viewpoint][] = [
  ['now', now],
  ['at an earlier position', { ...now, position: REVISIONS - 3_000 }],
  ['as of a day', { ...now, asOf: new Date('2022-06-01T00:00:00Z') }],
]

const selective: [string, Filter][] = [
  ['developments', { developments: ['d40', 'd41', 'd45'] }],
  ['processes', { processes: ['rare'] }],
  ['kinds', { kinds: ['AGREEMENT'] }],
  ['statuses', { statuses: ['LAPSED'] }],
  ['an actor', { actors: [{ actor: 'actor-500' }] }],
  ['an actor in a role', { actors: [{ actor: 'actor-3', roles: ['OBSERVER'] }] }],
  ['outlets', { outlets: ['outlet-7', 'outlet-8'] }],
  ['reports', { reports: ['report-77'] }],
  ['a window, possibly', { from: '1980-01-01T00:00:00.000Z', to: '1980-01-31T23:59:59.999Z' }],
  [
    'a window, certainly',
    { from: '1980-01-01T00:00:00.000Z', to: '1980-03-31T23:59:59.999Z', match: 'CERTAINLY_WITHIN' },
  ],
  ['precisions', { precisions: ['DECADE'] }],
  ['places', { places: ['place-3'] }],
  [
    'countries, within a window',
    { countries: ['AM'], from: '1980-01-01T00:00:00.000Z', to: '1980-01-31T23:59:59.999Z' },
  ],
  ['a circle', { near: { latitude: 40, longitude: 45, kilometres: 400 } }],
  ['a box', { box: { south: 38, west: 44, north: 42, east: 47 } }],
  ['a box across the 180th meridian', { box: { south: -20, west: 178, north: -15, east: -178 } }],
  ['a window of knowledge', { knownFrom: '2021-01-01T00:00:00.000Z', knownTo: '2021-01-08T00:00:00.000Z' }],
  ['reports at least', { reportsAtLeast: 9 }],
  ['independent sources at least', { independentSourcesAtLeast: 8 }],
  ['a disagreement', { disagreement: {} }],
  ['a disagreement over an aspect', { disagreement: { aspects: ['FIGURE'], relations: ['CONTRADICTS'] } }],
  ['a link', { link: { types: ['RESPONDS_TO'], to: ['d40'] } }],
  ['codes of a kind', { codes: { act: ['THREATEN'] } }],
  ['an invitation', { invitation: { actors: ['north'], responses: ['DECLINED', 'WITHDREW'] } }],
  ['one or the other', { or: [{ places: ['place-3'] }, { and: [{ reports: ['report-77'] }, { kinds: ['TALK'] }] }] }],
  ['one and not the other', { places: ['place-3'], not: { statuses: ['HELD'] } }],
]

describe.each(viewpoints)('on a record of some size, %s,', (_, viewpoint) => {
  it.each(selective)('an index finds %s', async (_name, filter) => {
    const { pool, nodes } = explaining(record.database.pool)
    const page = { filter, order: 'WHEN_ASC', limit: 20, backwards: false } as const
    const { keys } = await listDevelopments(pool, viewpoint, page)
    expect(keys).not.toEqual([])
    const count = await countDevelopments(pool, viewpoint, filter)
    expect(count).toBeLessThan(REVISIONS / 50)
    expect(nodes.filter(isSequential)).toEqual([])
    // Nor does it walk an index from end to end, which is worse.
    expect(touched(nodes)).toBeLessThan(REVISIONS / 20)
  })
})

describe.each(developmentOrders)('a page in the order %s', (order: DevelopmentOrder) => {
  it.each(viewpoints)('is looked up however deep it lies, %s', async (_, viewpoint) => {
    const { pool, nodes } = explaining(record.database.pool)
    const page = { filter: {}, order, limit: 20 }
    const sort = order.startsWith('WHEN') ? '1990-01-01T00:00:00.000Z' : String(REVISIONS / 2)
    const deep: Key = { sort, position: REVISIONS / 2 }
    for (const [from, backwards] of [
      ['after', false],
      ['before', true],
    ] as const) {
      const { keys, more } = await listDevelopments(pool, viewpoint, { ...page, [from]: deep, backwards })
      expect([keys.length, more]).toEqual([20, true])
    }
    expect(nodes.filter(isSequential)).toEqual([])
    expect(touched(nodes)).toBeLessThan(400)
  })
})

describe('a page of disagreements', () => {
  it.each([0.02, 0.3, 0.95])('is looked up however deep it lies: after %s of the record', async (share) => {
    const { pool, nodes } = explaining(record.database.pool)
    const key: Key = { position: Math.round(REVISIONS * share), sort: '0' }
    for (const page of [
      { after: key, backwards: false },
      { before: key, backwards: true },
    ]) {
      const { keys } = await listDisagreements(pool, now, { filter: {}, limit: 20, ...page })
      expect(keys).toHaveLength(20)
    }
    expect(nodes.filter(isSequential)).toEqual([])
    // Where little is left all of it may be read.
    expect(touched(nodes)).toBeLessThan(REVISIONS / 15)
  })
})
