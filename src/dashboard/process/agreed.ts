import type { FigureFields } from '../development/lineFields.ts'

/** A number as changes hold it. */
type Counted = Pick<FigureFields, 'low' | 'best' | 'high' | 'qualifier'> & Partial<FigureFields>

interface Versions {
  readonly nodes: readonly {
    readonly number: number
    readonly knownAt: string
    readonly changes: readonly { readonly path: string; readonly after: unknown }[]
  }[]
}

/**
 * What was last agreed of each leg, by its key, as the exchange's history tells: a leg counts as promised until the
 * exchange is carried out, and then as what was done. Null: the agreement named no number.
 */
export function agreedCounts({ nodes }: Versions): ReadonlyMap<string, FigureFields | null> {
  const agreed = new Map<string, FigureFields | null>()
  // Late evidence comes later in the feed, and was known earlier.
  const inOrder = nodes.toSorted((one, other) => one.knownAt.localeCompare(other.knownAt) || one.number - other.number)
  for (const { changes } of inOrder)
    for (const { path, after } of changes) {
      const leg = /^legs\[/.test(path) ? (after as { key: string; count: Counted | null } | null) : null
      if (leg !== null && leg.count?.stage === 'PLEDGED') agreed.set(leg.key, figure(leg.count))
    }
  return agreed
}

function figure(count: Counted): FigureFields {
  const { measure = 'RELEASED', of = null, stage = null, unit = null, asReported = null, ...numbers } = count
  return { ...numbers, measure, of, stage, unit, asReported }
}
