export const parts = ['BODY', 'CAPTION', 'HEADLINE'] as const
export type Part = (typeof parts)[number]

export const stances = ['ASSERTS', 'DENIES'] as const
export type Stance = (typeof stances)[number]

/** Ties a revision to a passage of a report. */
export interface Citation {
  /** Unique within the development: the report's id and the passage's key. */
  readonly key: string
  readonly report: string
  readonly outlet: string | null
  readonly part: Part
  readonly quotation?: string | undefined
  readonly locator?: string | undefined
  readonly stance: Stance
  /** Actor whom the report credits with what the passage says. */
  readonly attributedTo?: string | undefined
  /** Another outlet through which the passage came. */
  readonly via?: string | undefined
  /** Key of the agency text that the passage repeats. */
  readonly origin?: string | undefined
  /** Its report was retracted: it is shown, and counts for nothing. */
  readonly retracted?: true | undefined
}

/**
 * What the passage counts as when sources are counted: the agency text that it repeats, else the outlet's own reporting,
 * else, where the outlet is unknown, the report itself.
 */
export function sourceOf(citation: Pick<Citation, 'origin' | 'outlet' | 'report'>): string {
  if (citation.origin !== undefined) return `origin:${citation.origin}`
  return citation.outlet === null ? `report:${citation.report}` : `outlet:${citation.outlet}`
}

export function independentSources(citations: Iterable<Citation>): number {
  const sources = new Set<string>()
  for (const citation of citations) if (!citation.retracted) sources.add(sourceOf(citation))
  return sources.size
}

/** How many reports tell it that were not retracted. */
export function tellingReports(citations: readonly Citation[]): number {
  return new Set(citations.filter((c) => !c.retracted).map((c) => c.report)).size
}
