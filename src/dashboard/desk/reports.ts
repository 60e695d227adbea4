import { type Answer, createAnswer } from '../answer.ts'
import type { ResultOf } from '../graphql.ts'
import { Reporting } from './severalFields.ts'

/** A development's kind, and the reports that tell of it and have not been taken back. */
export interface Reports {
  readonly kind: NonNullable<ResultOf<typeof Reporting>['development']>['kind']
  /** By its id and, for who reads, its title or outlet. */
  readonly reports: readonly { readonly ref: string; readonly name: string }[]
}

/** Asks for the reports of a development. Null: they have not come yet. */
export function createReports(development: () => string): {
  readonly answer: Answer<ResultOf<typeof Reporting>>
  readonly reports: () => Reports | null
} {
  const answer = createAnswer(Reporting, () => ({ ref: development() }))
  return {
    answer,
    reports: () => {
      const found = answer.data()?.development
      if (!found) return null
      const standing = found.citations.flatMap(({ report }) => (report.retraction === null ? [report] : []))
      const names = new Map(
        standing.map(({ ref, title, outlet }) => [ref, [outlet?.name, title ?? ref].filter(Boolean).join(': ')]),
      )
      return { kind: found.kind, reports: [...names].map(([ref, name]) => ({ ref, name })) }
    },
  }
}
