import { dayInWords } from '../moment.ts'
import type { VersionFields } from './disagreementFields.ts'

type ClaimFields = VersionFields['claims'][number]

/** One report that tells a version, and whose word it gives for it. */
export interface Telling {
  /** Whom the report credits; null: it says so itself. */
  readonly by: string | null
  /** The report, by its outlet and its day; `null` of an address: it stands nowhere on the web. */
  readonly report: { readonly name: string; readonly title: string | null; readonly url: string | null }
  /** What exactly it says, where that is not the version's own text: of a role, each whom it names. */
  readonly says: readonly string[]
  readonly quotations: readonly string[]
  readonly isDenial: boolean
  /** An editor's word on it; null: there is none. */
  readonly ranked: string | null
}

/** Who tells a version: each report once for each whom it credits, in order of publication. */
export function tellingsOf({ text, claims }: Pick<VersionFields, 'text' | 'claims'>): Telling[] {
  const groups = new Map<string, ClaimFields[]>()
  for (const claim of claims) {
    const place = JSON.stringify([claim.citation.report.ref, creditedBy(claim), claim.negated])
    groups.set(place, [...(groups.get(place) ?? []), claim])
  }
  return [...groups.values()].map((group) => tellingOf(text, group as [ClaimFields, ...ClaimFields[]]))
}

function tellingOf(text: string, group: readonly [ClaimFields, ...ClaimFields[]]): Telling {
  const [first] = group
  const { report } = first.citation
  const ranked = group.find(({ rank }) => rank !== 'NORMAL')
  const said = [...new Set(group.map((claim) => claim.text))]
  const quotations = group.flatMap(({ citation: { quotation } }) => quotation ?? [])
  return {
    by: creditedBy(first),
    report: {
      name: `${report.outlet?.name ?? 'an unnamed outlet'}, ${dayInWords(report.knownAt)}`,
      title: report.title,
      url: report.url,
    },
    says: said.join(', ') === text ? [] : said,
    // What the version quotes already is not quoted again.
    quotations: [...new Set(quotations)].filter((quotation) => quotation !== text),
    isDenial: first.negated,
    ranked: ranked
      ? `${ranked.rank === 'PREFERRED' ? 'Preferred' : 'Set aside'} by an editor${ranked.rankReason ? `: ${ranked.rankReason}` : ''}`
      : null,
  }
}

function creditedBy({ claimant, citation }: ClaimFields): string | null {
  return claimant?.name ?? citation.attributedTo?.name ?? null
}
