import type { Figure } from '../domain/figure.ts'
import type { ExportedRow } from '../store/exportRows.ts'

/** A standing figure as the flat form has it. */
export interface ExportedFigure {
  readonly key: string
  readonly measure: Figure['measure']
  readonly low: number | null
  readonly best: number | null
  readonly high: number | null
  readonly qualifier: Figure['qualifier']
  readonly stage: Figure['stage'] | null
  readonly unit: string | null
}

/**
 * The figures that stand, each key once. What an exchange releases is told by its legs, which know how far the number
 * has come, since a promised one is not a freed one; their groups are left out, whom the legs count already.
 */
export function exportedFigures({ legs, figures }: ExportedRow): ExportedFigure[] {
  const ofLegs = legs.flatMap(({ key, count }) => (count === null ? [] : [flat(`leg/${key}`, count)]))
  const known = new Set<string>()
  const others = figures.flatMap(({ key, figure }) => {
    if (known.has(key) || key.startsWith('leg/')) return []
    known.add(key)
    return [flat(key, figure)]
  })
  return [...ofLegs, ...others]
}

function flat(key: string, figure: Figure): ExportedFigure {
  const { measure, low, best, high, qualifier, stage = null, unit = null } = figure
  return { key, measure, low, best, high, qualifier, stage, unit }
}
