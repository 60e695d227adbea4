import type { MaybePromise } from '@pothos/core'
import { type Part, type Stance, sourceOf } from '../domain/citation.ts'
import type { ChildRows } from '../store/childRows.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { childrenOf } from './child.ts'
import { codes } from './code.ts'
import type { Context } from './context.ts'
import { identityOf, identityRow, presentIdentity } from './identity.ts'
import { onceRead } from './kept.ts'
import { ReportRef } from './report.ts'

const PartRef = codes<Part>('CitationPart', 'Which part of a report a passage stands in.', {
  BODY: 'The text.',
  CAPTION: 'The caption of a picture.',
  HEADLINE: 'The headline.',
})

const StanceRef = codes<Stance>('Stance', 'Whether the passage says so or denies it.', {
  ASSERTS: 'It says so.',
  DENIES: 'It says that it is not so.',
})

type CitationRow = ChildRows['Citation']

export const CitationRef = builder.objectRef<CitationRow>('Citation').implement({
  description: 'A passage of a report that tells something.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The report’s id and the passage’s key.' }),
    report: t.field({
      type: ReportRef,
      description: 'The report.',
      resolve: ({ reportId }, _args, context, info) => presentIdentity(context, info, 'Report', reportId),
    }),
    part: t.expose('part', { type: PartRef, description: 'Which part of the report.' }),
    quotation: t.exposeString('quotation', {
      nullable: true,
      description: 'A short quotation of whoever is credited.',
    }),
    locator: t.exposeString('locator', { nullable: true, description: 'Where in the report: "paragraph 4".' }),
    stance: t.expose('stance', { type: StanceRef, description: 'Whether it says so or denies it.' }),
    attributedTo: t.field({
      type: ActorRef,
      nullable: true,
      description: 'Whom the report credits; null: itself.',
      resolve: ({ attributedToId }, _args, context, info) => identityOf(context, info, 'Actor', attributedToId),
    }),
    via: t.exposeString('via', { nullable: true, description: 'Id of an outlet through which the report has it.' }),
    origin: t.exposeString('origin', {
      nullable: true,
      description: 'Key of the agency text that it repeats: such passages are one source.',
    }),
    source: t.string({
      description: 'As what the passage counts when independent sources are counted.',
      resolve: (citation, _args, context) => sourceOfCitation(context, citation),
    }),
  }),
})

/** The passage that tells something of a revision. */
export function citationOf(
  context: Context,
  { position, citationNo }: { readonly position: number; readonly citationNo: number },
): MaybePromise<CitationRow> {
  return onceRead(childrenOf(context, 'Citation', position), (citations) => {
    const found = citations.find(({ ordinal }) => ordinal === citationNo)
    if (found === undefined) throw new Error(`Citation ${citationNo} of revision ${position} is missing`)
    return found
  })
}

/** As what a passage counts when independent sources are counted. */
export function sourceOfCitation(context: Context, { origin, reportId }: CitationRow): MaybePromise<string> {
  return onceRead(identityRow(context, 'Report', reportId), (report) =>
    sourceOf({ origin: origin ?? undefined, report: reportId, outlet: report?.outletId ?? null }),
  )
}
