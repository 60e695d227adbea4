import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../src/domain/canonical.ts'
import { type Change, correctionBases, type Target } from '../../src/domain/correction.ts'
import type { Evidence } from '../../src/domain/evidence.ts'
import { history, type Interval, isTold, type Material } from '../../src/domain/fold.ts'
import { type PlannedRevision, revise } from '../../src/domain/revise.ts'
import { readDispatch } from '../../src/ingest/dispatch.ts'
import { arrivals, type Generated } from '../support/generated.ts'

const enclosing = (place: string) => (place === 'bridge' ? ['border'] : [])

/** What each dispatch says of a development. */
function evidenceOf(ref: string, dispatches: readonly Generated[]): Evidence[] {
  return dispatches.flatMap((sent) => {
    const { report, developments } = readDispatch(sent)
    const account = developments.find((d) => d.ref === ref)
    if (account === undefined) return []
    return {
      dispatch: canonical(sent),
      report: report.id,
      outlet: report.outlet ?? null,
      knownAt: report.published.latest as string,
      publishedFrom: report.published.earliest,
      account: account as Evidence['account'],
    }
  })
}

function materialOf(evidence: readonly Evidence[]): Material | undefined {
  const kind = evidence[0]?.account.kind
  return kind === undefined ? undefined : { kind, evidence, corrections: [], enclosing }
}

/** The revisions that evidence makes when it arrives piece by piece; after each piece the desk may correct something. */
function arrive(all: Material): PlannedRevision[] {
  let known: Material = { ...all, evidence: [], corrections: [] }
  return all.evidence.flatMap((piece, i) => {
    const told = { ...known, evidence: [...known.evidence, piece] }
    const corrected = { ...told, corrections: all.corrections.slice(0, i + 1) }
    const made = [...revise(known, told, i === 0 ? 'CREATED' : 'AMENDED'), ...revise(told, corrected, 'CORRECTED')]
    known = corrected
    return made
  })
}

const figure = (best: number) => ({
  figure: { measure: 'RELEASED', low: null, best, high: null, qualifier: 'EXACT' } as const,
})
const target = fc.constantFrom<Target>(
  { aspect: 'FIGURE', key: 'leg/there', value: figure(31) },
  { aspect: 'PLACE', key: '' },
  { aspect: 'STATUS', key: '', value: { status: 'SCHEDULED' } },
  { aspect: 'CONTENT', key: 'type', report: 'r0' },
)
const corrections = fc.array(
  fc.record({
    basis: fc.constantFrom(...correctionBases),
    knownAt: fc.constantFrom('2023-12-05T12:00:00.000Z', '2023-12-06T12:00:00.000Z', '2023-12-09T12:00:00.000Z'),
    reason: fc.constant('The desk says so'),
    headline: fc.constantFrom('The headline of the desk', undefined),
    changes: fc.array(
      target.chain((t) =>
        fc.constantFrom<Change>({ deprecate: t }, { prefer: t }, { replace: { ...t, by: figure(34) } }),
      ),
      { maxLength: 1 },
    ),
  }),
  { maxLength: 3 },
)

/** The rule by which readers find what was known at a moment. */
function asOf<T extends Omit<Interval, 'content'>>(revisions: readonly T[], moment: string): T | undefined {
  return revisions.findLast((r) => r.knownAt <= moment && (r.knownUntil === null || moment < r.knownUntil))
}

function befall(evidence: Evidence, fate: string): Evidence[] {
  if (fate === 'gone') return []
  return [fate === 'retracted' ? { ...evidence, retracted: 'Invented' } : evidence]
}

const refs = ['swap', 'meeting', 'clash']
const moments = ['2023-12-01', '2023-12-04', '2023-12-05', '2023-12-06', '2023-12-07', '2023-12-10'].flatMap((d) => [
  `${d}T13:00:00.000Z`,
  `${d}T23:59:59.999Z`,
])

describe('the content of a development', () => {
  it('at every moment does not depend on the order in which the reports arrived', () => {
    fc.assert(
      fc.property(arrivals, fc.constantFrom(...refs), ({ one, other }, ref) => {
        const [left, right] = [materialOf(evidenceOf(ref, one)), materialOf(evidenceOf(ref, other))]
        fc.pre(left !== undefined && right !== undefined)
        expect(history(left as Material)).toEqual(history(right as Material))
      }),
      { numRuns: 300 },
    )
  })

  it('is found by the highest position whose interval holds the moment, whatever arrived when', () => {
    fc.assert(
      fc.property(arrivals, corrections, fc.constantFrom(...refs), ({ other }, desk, ref) => {
        const evidence = evidenceOf(ref, other)
        fc.pre(evidence.length > 0)
        const all = { ...(materialOf(evidence) as Material), corrections: desk.slice(0, evidence.length) }
        const revisions = arrive(all)
        const known = history(all)
        for (const moment of moments) {
          expect(asOf(revisions, moment)?.content).toEqual(asOf(known, moment)?.content)
        }
        expect(revisions.findLast((r) => r.action !== 'BACKDATED')?.content).toEqual(known.at(-1)?.content)
      }),
      { numRuns: 300 },
    )
  })

  it('is found so, too, when evidence went away, came back or was retracted: then it was not known before what is left', () => {
    const fate = fc.constantFrom('kept', 'gone', 'retracted')
    fc.assert(
      fc.property(
        arrivals,
        fc.constantFrom(...refs),
        fc.array(fc.array(fate, { size: 'max', minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
        ({ one }, ref, rounds) => {
          const evidence = evidenceOf(ref, one)
          const all = materialOf(evidence)
          fc.pre(all !== undefined)
          let held = all as Material
          const revisions = arrive(held)
          for (const fates of rounds) {
            const after = { ...held, evidence: evidence.flatMap((e, i) => befall(e, fates[i] as string)) }
            if (!isTold(after.evidence)) continue
            revisions.push(...revise(held, after, 'CORRECTED'))
            held = after
          }
          const known = history(held)
          for (const moment of moments) {
            expect(asOf(revisions, moment)?.content ?? null).toEqual(asOf(known, moment)?.content ?? null)
          }
          expect(revisions.findLast((r) => r.action !== 'BACKDATED')?.content).toEqual(known.at(-1)?.content)
        },
      ),
      { numRuns: 100 },
    )
  }, 60_000)

  it('is the same when the same evidence comes again', () => {
    fc.assert(
      fc.property(arrivals, fc.constantFrom(...refs), ({ one }, ref) => {
        const material = materialOf(evidenceOf(ref, one))
        fc.pre(material !== undefined)
        const { evidence } = material as Material
        const copies = evidence.map((e) => ({ ...e, dispatch: `${e.dispatch} again` }))
        const again = { ...(material as Material), evidence: [...evidence, ...copies] }
        expect(revise(material as Material, again, 'AMENDED').map((r) => r.changes)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
