import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeFor } from '../../src/feed/change.ts'
import { collect } from '../../src/feed/collect.ts'
import { anyFilter, anyLog, cursorAt } from '../support/entries.ts'
import { fakeSource } from '../support/fakeSource.ts'

describe('a page of the feed', () => {
  it('F7 page by page gives what the subscription gives, and says truly whether another one follows', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, anyFilter, fc.integer({ min: 1, max: 7 }), async (log, filter, limit) => {
        const { page } = fakeSource(...log)
        const matches = log.filter((e) => changeFor(filter, e) !== null).map((e) => e.position)
        const found: number[] = []
        let after = cursorAt(0)
        for (;;) {
          const { changes, more } = await collect(page, { after, head: log.length, filter, limit })
          expect(changes.map((c) => c.previousPosition)).toEqual(
            [after, ...changes].slice(0, changes.length).map((c) => c.position),
          )
          found.push(...changes.map((c) => c.position))
          expect(more).toBe(found.length < matches.length)
          if (!more) break
          after = changes.at(-1) ?? after
        }
        expect(found).toEqual(matches)
      }),
    )
  })

  it('F10 ends at the head that was read with it, whatever is written meanwhile', async () => {
    const { page } = fakeSource(
      ...fc
        .sample(
          anyLog.filter((log) => log.length > 5),
          1,
        )
        .flat(),
    )
    const { changes, more } = await collect(page, { after: cursorAt(1), head: 3, filter: {}, limit: 100 })
    expect(changes.map(({ position }) => position)).toEqual([2, 3])
    expect(more).toBe(false)
  })

  it('F10 a page of nothing asks whether there is something', async () => {
    const { page } = fakeSource(
      ...fc
        .sample(
          anyLog.filter((log) => log.length > 5),
          1,
        )
        .flat(),
    )
    expect(await collect(page, { after: cursorAt(0), head: 3, filter: {}, limit: 0 })).toEqual({
      changes: [],
      more: true,
    })
  })
})
