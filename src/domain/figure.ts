export const measures = [
  'RELEASED',
  'HELD',
  'KILLED',
  'WOUNDED',
  'DISPLACED',
  'MISSING',
  'POPULATION',
  'DURATION',
  'OTHER',
] as const
export type Measure = (typeof measures)[number]

export const qualifiers = ['EXACT', 'AT_LEAST', 'MORE_THAN', 'ABOUT', 'ALMOST', 'UP_TO', 'MOST_OF', 'ALL'] as const
export type Qualifier = (typeof qualifiers)[number]

/** How far the number has come: promised, announced by who did it, done, or seen by a third party. */
export const stages = ['PLEDGED', 'ANNOUNCED', 'DELIVERED', 'OBSERVED'] as const
export type Stage = (typeof stages)[number]

/** A number as it was said (UCDP's low, best and high estimates). Counts of people unless `unit` says otherwise. */
export interface Figure {
  readonly measure: Measure
  readonly low: number | null
  readonly best: number | null
  readonly high: number | null
  readonly qualifier: Qualifier
  /** The base that MOST_OF and ALL refer to. */
  readonly of?: number | undefined
  /** What the number is made of: 55 = 41 + 6 + 8. */
  readonly parts?: readonly { readonly label: string; readonly count: number }[] | undefined
  readonly unit?: string | undefined
  /** The day for which the number was given, ISO 8601. */
  readonly asOf?: string | undefined
  readonly stage?: Stage | undefined
  readonly asReported?: string | undefined
}

/** Why low, best and high do not fit, in words that complete "must …"; undefined when they do. */
export function figureProblem(
  figure: Pick<Figure, 'low' | 'best' | 'high'> & { parts?: Figure['parts'] },
): string | undefined {
  const known = [figure.low, figure.best, figure.high].filter((n) => n !== null)
  if (known.length === 0) return 'give at least one of low, best and high'
  if (known.some((n, i) => i > 0 && n < (known[i - 1] as number))) return 'have low ≤ best ≤ high'
  const sum = figure.parts?.reduce((total, part) => total + part.count, 0)
  if (sum !== undefined && figure.best !== null && sum !== figure.best)
    return `have parts that add up to best (${figure.best}, not ${sum})`
  return undefined
}

/**
 * The numbers that the wording allows, both ends inclusive.
 * ABOUT allows a tenth either way, ALMOST the last fifth below, MOST_OF more than half of its base.
 */
export function range(figure: Figure): readonly [low: number, high: number] {
  const named = figure.best ?? figure.low ?? figure.high ?? 0
  const low = figure.low ?? undefined
  const high = figure.high ?? undefined
  switch (figure.qualifier) {
    case 'EXACT':
    case 'ALL':
      return [low ?? named, high ?? named]
    case 'AT_LEAST':
      return [low ?? named, high ?? Number.POSITIVE_INFINITY]
    case 'MORE_THAN':
      return [(low ?? named) + 1, high ?? Number.POSITIVE_INFINITY]
    case 'ABOUT':
      return [low ?? named * 0.9, high ?? named * 1.1]
    case 'ALMOST':
      return [low ?? named * 0.8, high ?? named]
    case 'UP_TO':
      return [low ?? 0, high ?? named]
    case 'MOST_OF':
      return [low ?? (figure.of ?? named) / 2, high ?? figure.of ?? named]
  }
}

/** From the least to the greatest number that any of the wordings allows. */
export function envelope(figures: readonly Figure[]): readonly [low: number, high: number] {
  const ranges = figures.map(range)
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))]
}

/** The numbers that every one of the wordings allows; undefined: there are none. */
export function overlap(figures: readonly Figure[]): readonly [low: number, high: number] | undefined {
  const ranges = figures.map(range)
  const [low, high] = [Math.max(...ranges.map(([from]) => from)), Math.min(...ranges.map(([, to]) => to))]
  return low <= high ? [low, high] : undefined
}
