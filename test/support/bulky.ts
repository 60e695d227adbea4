import { randomBytes } from 'node:crypto'
import type { Record } from './record.ts'
import { dispatchOf, exchange } from './sample.ts'

/** Fills a record with so many dispatches of about 50 kilobytes that no compression makes smaller. */
export async function fillBulky(record: Record, count: number): Promise<void> {
  for (let i = 1; i <= count; i++) {
    const citations = Array.from({ length: 100 }, () => ({ quotation: randomBytes(220).toString('hex') }))
    const told = exchange({ ref: `bulky-${i}`, status: 'AGREED', on: '2023-12-07', citations })
    await record.ingest(dispatchOf({ id: `bulky-${i}`, outlet: 'wire', on: '2023-12-07' }, told))
  }
}
