import { type Claim, identity } from './claim.ts'

/** Names of a claim and of all that say the same: the aspect, the key, the value and whether it is denied. */
export function sayingOf({ aspect, key, value, negated }: Pick<Claim, 'aspect' | 'key' | 'value' | 'negated'>): string {
  return `${aspect} ${key} ${negated} ${identity(value)}`
}

/**
 * How many independent sources support each thing that the claims of a development say, by `sayingOf`. Passages that
 * repeat one agency text are one source; what an editor set aside supports nothing.
 */
export function corroboration<C extends Pick<Claim, 'aspect' | 'key' | 'value' | 'negated' | 'rank'>>(
  claims: readonly C[],
  source: (claim: C) => string,
): ReadonlyMap<string, number> {
  const sources = new Map<string, Set<string>>()
  for (const claim of claims) {
    if (claim.rank === 'DEPRECATED') continue
    const saying = sayingOf(claim)
    const found = sources.get(saying) ?? new Set<string>()
    sources.set(saying, found.add(source(claim)))
  }
  return new Map([...sources].map(([saying, found]) => [saying, found.size]))
}
