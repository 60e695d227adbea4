import { inWords } from '../words.ts'
import type { ClaimsFields } from './claimFields.ts'

type Claim = ClaimsFields['claims'][number]

/** One aspect of a development, with everything that is said of it. */
export interface AspectTold {
  readonly aspect: Claim['aspect']
  readonly key: string
  /** How the sides stand to each other; null: all agree. */
  readonly relation: ClaimsFields['told'][number]['relation'] | null
  readonly sides: readonly Side[]
}

/** One thing that is said of it, by everybody who says it. */
export interface Side {
  readonly text: string
  readonly isDenied: boolean
  /** The record's own fields hold it. */
  readonly isStanding: boolean
  readonly sourceCount: number
  /** Whose claim it is, and which outlet has it: "Baku, in AFP". */
  readonly tellers: readonly string[]
  /** An editor's word on it, with the reason; null: none. */
  readonly ranked: string | null
}

/** The aspects in the order in which they were first told, those that are told differently before the others. */
export function aspectsTold({ claims, told }: ClaimsFields): AspectTold[] {
  const groups = Map.groupBy(claims, ({ aspect, key }) => `${aspect} ${key}`)
  const aspects = [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { aspect, key } = first
    const relation = told.find((one) => one.aspect === aspect && one.key === key)?.relation ?? null
    const sides = [...Map.groupBy(group, ({ text, negated }) => `${negated} ${text}`).values()].map(sideOf)
    return [{ aspect, key, relation, sides }]
  })
  return [...aspects.filter(({ relation }) => relation), ...aspects.filter(({ relation }) => !relation)]
}

function sideOf(claims: readonly Claim[]): Side {
  const [first] = claims as [Claim]
  const ranked = claims.find(({ rank }) => rank !== 'NORMAL')
  return {
    text: first.text,
    isDenied: first.negated,
    isStanding: claims.some(({ standing }) => standing),
    sourceCount: first.independentSourceCount,
    tellers: [...new Set(claims.map(tellerOf))],
    ranked: ranked ? [inWords(ranked.rank), ranked.rankReason].filter(Boolean).join(': ') : null,
  }
}

function tellerOf({ claimant, citation: { attributedTo, report } }: Claim): string {
  const outlet = report.outlet?.name ?? report.ref
  const by = claimant ?? attributedTo
  return by ? `${by.name}, in ${outlet}` : outlet
}
