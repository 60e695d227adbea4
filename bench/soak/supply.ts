import type { Dice } from '../query/dice.ts'
import { generate } from '../query/generate.ts'

/** A dispatch as it stands in a file. */
export interface Sent {
  readonly report: { readonly id: string }
  readonly developments: readonly ({ readonly ref: string; readonly kind: string } & object)[]
}

/** More than any soak can write. */
const DEVELOPMENTS = 10_000_000

/** Endless invented dispatches of one of several writers, who share no story: its first report comes before its second. */
export function* supply(seed: number, writer: number, of: number): Generator<Sent> {
  for (const document of generate(DEVELOPMENTS, seed)) {
    if ('developments' in document && storyOf(document as Sent) % of === writer) yield document as Sent
  }
}

const storyOf = ({ report }: Sent) => Number.parseInt(report.id.slice(1), 10)

/** Makes of a sound dispatch one that no record takes. */
export function spoiled({ report, developments, ...others }: Sent, dice: Dice): object {
  const as = { ...others, report: { ...report, id: `${report.id}-unfit` }, developments }
  const [first, ...rest] = developments
  return dice.pick([
    { ...as, process: 'nowhere' },
    { ...as, developments: [{ ...first, participants: [{ actor: 'nobody', role: 'PARTY' }] }, ...rest] },
    { ...as, developments: [{ ...first, place: 'nowhere' }, ...rest] },
    { ...as, developments: [first, ...rest, first] },
  ])
}
