import type { Aspect, VersionFields } from '../disagreements/disagreementFields.ts'
import type { ClaimsFields } from './claimFields.ts'

/** One aspect of a development that nobody tells differently, with what is said of it. */
export interface ToldAlike {
  readonly aspect: Aspect
  readonly key: string
  /** Several where they fit each other, such as a denial beside a claim that an editor has set aside. */
  readonly versions: readonly VersionFields[]
}

/** What is claimed of a development and told alike, in the order in which it was first told. */
export function toldAlike({ claims, told }: ClaimsFields): ToldAlike[] {
  const isTold = (aspect: Aspect, key: string) => told.some((one) => one.aspect === aspect && one.key === key)
  const groups = Map.groupBy(
    claims.filter(({ aspect, key }) => !isTold(aspect, key)),
    ({ aspect, key }) => JSON.stringify([aspect, key]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const versions = [...Map.groupBy(group, ({ text, negated }) => JSON.stringify([text, negated])).values()]
    return [{ aspect: first.aspect, key: first.key, versions: versions.map(versionOf) }]
  })
}

function versionOf(claims: ClaimsFields['claims']): VersionFields {
  const [first] = claims
  return {
    text: first?.text ?? '',
    standing: claims.some(({ standing }) => standing),
    independentSourceCount: first?.independentSourceCount ?? 0,
    range: null,
    claims,
  }
}
