import type { DevelopmentFields } from './lineFields.ts'

/** Who tells it: each outlet once, with whom it credits. */
export interface Teller {
  readonly outlet: string
  readonly crediting: readonly string[]
  readonly url: string | null
}

export function tellersOf({ citations }: Pick<DevelopmentFields, 'citations'>): Teller[] {
  const tellers = new Map<string, { crediting: Set<string>; url: string | null }>()
  for (const { attributedTo, report } of citations) {
    const outlet = report.outlet?.name ?? 'an unnamed outlet'
    const teller = tellers.get(outlet) ?? { crediting: new Set(), url: null }
    if (attributedTo) teller.crediting.add(attributedTo.name)
    teller.url ??= report.url
    tellers.set(outlet, teller)
  }
  return [...tellers].map(([outlet, { crediting, url }]) => ({ outlet, crediting: [...crediting], url }))
}
