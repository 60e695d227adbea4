import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import type { Pen } from '../../src/store/pen.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { openRecord, type Record } from '../support/record.ts'
import { seedDocuments } from '../support/seed.ts'

/** Thrown to give a transaction back: what it wrote was only to be looked at. */
class Rollback extends Error {}

let record: Record
let dispatches: ReturnType<typeof readDispatch>[]
let moments: string[]

beforeAll(async () => {
  const [process, ...rest] = await seedDocuments()
  record = await openRecord(process)
  dispatches = rest.map(readDispatch)
  const ends = dispatches.map(({ report }) => report.published.latest as string)
  // Before everything, at each moment of becoming known, and the 10th of December between two reports.
  moments = ['2023-12-01T00:00:00.000Z', ...new Set(ends), '2023-12-10T23:59:59.999Z']
})
afterAll(() => record[Symbol.asyncDispose]())

async function toldAfter(order: readonly ReturnType<typeof readDispatch>[]): Promise<object> {
  let told: object | undefined
  const work = async (pen: Pen) => {
    for (const dispatch of order) await acceptDispatch(pen, dispatch)
    told = await fingerprint(pen.client, moments)
    throw new Rollback()
  }
  await record.write(work).catch((error) => {
    if (!(error instanceof Rollback)) throw error
  })
  return told as object
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

describe('the five reports', () => {
  it('make the same record, and the same record at every moment, in every third of the 120 orders of arrival', async () => {
    const orders = permutations(dispatches)
    expect(orders).toHaveLength(120)
    // Each report comes first in eight of these.
    const inOrder = await toldAfter(dispatches)
    for (const order of orders.filter((_, i) => i % 3 === 0)) {
      const names = order.map(({ report }) => report.id).join(', ')
      expect(await toldAfter(order), names).toEqual(inOrder)
    }
  }, 300_000)

  it('are told differently when one of them is missing', async () => {
    expect(await toldAfter(dispatches.slice(1))).not.toEqual(await toldAfter(dispatches))
  })
})
