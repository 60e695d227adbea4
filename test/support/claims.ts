import type { Aspect, Claim, Value } from '../../src/domain/claim.ts'
import type { Comparison } from '../../src/domain/compare.ts'
import type { Figure } from '../../src/domain/figure.ts'
import type { Provenance } from '../../src/domain/standing.ts'
import type { Precision } from '../../src/domain/when.ts'

// Values and claims in few words, for tables of cases.

export function figure(best: number, fields: Partial<Figure> = {}): Value {
  return { figure: { measure: 'HELD', low: null, best, high: null, qualifier: 'EXACT', ...fields } }
}

export function days(from: string | null, to: string | null = from, precision: Precision = 'RANGE'): Value {
  const [earliest, latest] = [from && `2023-${from}T00:00:00.000Z`, to && `2023-${to}T23:59:59.999Z`]
  return { when: { earliest, latest, precision, basis: 'STATED' } }
}

export const text = (words: string): Value => ({ text: words })
export const place = (id: string): Value => ({ place: id })
export const actor = (id: string, fields: { onBehalfOf?: string; anonymous?: boolean } = {}): Value => ({
  actor: { id, ...fields },
})

/** A claim as reported by the passage "report#origin": passages of one origin are one source. */
export function claim(aspect: Aspect, value: Value, citation: string, fields: Partial<Claim> = {}): Claim {
  return { aspect, key: '', value, negated: false, rank: 'NORMAL', citation, ...fields }
}

export const provenance: Provenance = {
  source: (citation) => citation.split('#')[1] ?? citation,
  report: (citation) => citation.split('#')[0] as string,
}

const within: { [place: string]: readonly string[] } = { gate: ['bridge', 'border'], bridge: ['border'] }

export const comparison: Comparison = { kind: 'EXCHANGE', enclosing: (id) => within[id] ?? [] }
