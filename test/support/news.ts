import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import type { Pen } from '../../src/store/pen.ts'
import type { Record } from './record.ts'
import { day, dispatchOf, exchange } from './sample.ts'

let reports = 0

/** A report of its own, as a dispatch that tells of the developments. */
export function report(on: string, ...developments: object[]): object {
  reports++
  return dispatchOf({ id: `report-${reports}`, outlet: reports % 2 === 0 ? 'wire' : 'gazette', on }, ...developments)
}

/** A meeting as a report may tell it. */
export function talk(ref: string, on: string): object {
  return {
    ref,
    kind: 'TALK',
    extent: 'MEETING',
    headline: 'Ministers met',
    citations: [{ locator: 'lead' }],
    milestones: [{ status: 'HELD', when: day(on) }],
    participants: [
      { actor: 'north', role: 'PARTY' },
      { actor: 'envoy', role: 'MEDIATOR' },
    ],
  }
}

/** What happens in a record. Each of them is one revision, unless it says otherwise. */
export interface News {
  /** An exchange is agreed; for the first time: its development is created. */
  agreed(ref: string, on?: string): Promise<unknown>
  carriedOut(ref: string, on?: string): Promise<unknown>
  met(ref: string, on?: string): Promise<unknown>
  /** As many exchanges as `count`, in one transaction; their summaries have `size` letters each. */
  many(count: number, name: string, size?: number): Promise<unknown>
  retract(ref: string): Promise<unknown>
  reinstate(ref: string): Promise<unknown>
  /** The desk sets the number of those released right. */
  corrected(ref: string, to: number): Promise<unknown>
}

/** News that come in through `write`, the record's own or another one. */
export function newsOf(write: Record['write']): News {
  const withdrawal = (ref: string) => readWithdrawal({ ref, reason: 'The desk says so' })
  const ingest = (dispatch: object) => write((pen) => acceptDispatch(pen, readDispatch(dispatch)))
  const value = (best: number) => ({ figure: { measure: 'RELEASED', best } })
  return {
    agreed: (ref, on = '2023-12-07') => ingest(report(on, exchange({ ref, status: 'AGREED', on }))),
    carriedOut: (ref, on = '2023-12-13') => ingest(report(on, exchange({ ref, status: 'CARRIED_OUT', on }))),
    met: (ref, on = '2023-12-07') => ingest(report(on, talk(ref, on))),
    many: (count, name, size) => write((pen) => tellMany(pen, count, name, size)),
    retract: (ref) => write((pen) => retract(pen, withdrawal(ref))),
    reinstate: (ref) => write((pen) => reinstate(pen, withdrawal(ref))),
    corrected: (ref, to) =>
      write((pen) => {
        const by = { aspect: 'FIGURE', key: 'leg/from-north', value: value(32), by: value(to) }
        const sent = { ref, reason: 'The desk says so', basis: 'SOURCE_CHANGED', changes: [{ replace: by }] }
        return correct(pen, readCorrection(sent))
      }),
  }
}

async function tellMany(pen: Pen, count: number, name: string, size?: number): Promise<void> {
  const most = 100
  for (let from = 0; from < count; from += most) {
    const on = '2023-12-07'
    const some = Array.from({ length: Math.min(most, count - from) }, (_, i) =>
      exchange({
        ref: `${name}-${from + i + 1}`,
        status: 'AGREED',
        on,
        ...(size !== undefined && { summary: 'x'.repeat(size) }),
      }),
    )
    await acceptDispatch(pen, readDispatch(report(on, ...some)))
  }
}

/** Lets things happen, one after the other, until it is stopped or out of scope. */
export function keepHappening(
  happen: (round: number) => Promise<unknown>,
): { stop(): Promise<void> } & AsyncDisposable {
  let going = true
  const running = (async () => {
    for (let round = 0; going; round++) await happen(round)
  })()
  const stop = () => {
    going = false
    return running
  }
  return { stop, [Symbol.asyncDispose]: stop }
}
