import { inWords } from '../words.ts'
import type { FigureFields } from './lineFields.ts'

const number = new Intl.NumberFormat('en-GB')

const UNTOLD = 'an untold number'

/** A number with how exactly it is meant: "at least 30", "10–20", "most of 90". Null: nobody tells it. */
export function figureInWords(figure: Omit<FigureFields, 'stage'> | null): string {
  if (figure === null) return UNTOLD
  const { low, best, high, of, qualifier, asReported } = figure
  if (qualifier === 'ALL' || qualifier === 'MOST_OF')
    return of === null ? inWords(qualifier) : `${qualifier === 'ALL' ? 'all' : 'most of'} ${number.format(of)}`
  if (best !== null) return qualifier === 'EXACT' ? number.format(best) : `${inWords(qualifier)} ${number.format(best)}`
  if (low !== null && high !== null) return `${number.format(low)}–${number.format(high)}`
  if (low !== null) return `at least ${number.format(low)}`
  if (high !== null) return `up to ${number.format(high)}`
  return asReported ?? UNTOLD
}

const stages: Record<string, string> = {
  PLEDGED: 'promised, not done',
  ANNOUNCED: 'said to be done',
  DELIVERED: 'done',
  OBSERVED: 'seen by a third party',
}

/** How far what is counted has come: a promised number must never pass for one that was kept. */
export function stageInWords(stage: string | null): string {
  return stage === null ? '' : (stages[stage] ?? inWords(stage))
}
