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
export function exportedFigures({ legs, claims }: ExportedRow): ExportedFigure[] {
  const ofLegs = legs.flatMap(({ key, count }) => (count === null ? [] : [flat(`leg/${key}`, count)]))
  const known = new Set<string>()
  const others = claims.flatMap(({ key, value }) => {
    if (known.has(key) || key.startsWith('leg/')) return []
    known.add(key)
    return [flat(key, (value as { figure: unknown }).figure)]
  })
  return [...ofLegs, ...others]
}

function flat(key: string, figure: unknown): ExportedFigure {
  const { measure, low, best, high, qualifier, stage = null, unit = null } = figure as Figure
  return { key, measure, low, best, high, qualifier, stage, unit }
}
