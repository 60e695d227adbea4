import { identity } from '../domain/claim.ts'
import { envelope, type Figure, overlap } from '../domain/figure.ts'
import type { ChildRows } from '../store/childRows.ts'
import { countDisagreements, listDisagreements } from '../store/disagreementList.ts'
import { builder } from './builder.ts'
import { childrenOf } from './child.ts'
import { citationOf, sourceOfCitation } from './citation.ts'
import { AspectRef, ClaimRef, type ClaimRow, claimText, RelationRef } from './claim.ts'
import type { Context } from './context.ts'
import { DevelopmentRef } from './development.ts'
import { FigureRangeRef } from './figure.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { loadDevelopment } from './loadDevelopment.ts'
import { viewpointOf } from './locate.ts'
import { pageFields, pageInfo, pageSize, readKey, writeKey } from './page.ts'
import { viewpointArgs } from './viewpoint.ts'

type DisagreementRow = ChildRows['Disagreement']

const VersionRef = builder.objectRef<{ claims: ClaimRow[] }>('Version').implement({
  description: 'One of the versions of an aspect, with those who tell it so.',
  fields: (t) => ({
    text: t.string({
      description: 'The version as a reader would write it; of a role, everyone whom a report names.',
      resolve: async ({ claims }, _args, context) => {
        const texts = await Promise.all(claims.map((claim) => textOf(context, claim)))
        return [...new Set(texts)].join(', ')
      },
    }),
    standing: t.boolean({
      description: "The development's own fields hold this version.",
      resolve: ({ claims }) => claims.every((claim) => claim.standing),
    }),
    independentSourceCount: t.int({
      description: 'How many independent sources tell it so: passages that repeat one agency text count once.',
      resolve: async ({ claims }, _args, context) => {
        const citations = await Promise.all(claims.map((claim) => citationOf(context, claim)))
        return new Set(await Promise.all(citations.map((citation) => sourceOfCitation(context, citation)))).size
      },
    }),
    range: t.field({
      type: FigureRangeRef,
      nullable: true,
      description: 'Of a figure: the numbers that its wordings allow. Null for what is no figure, and for a denial.',
      resolve: ({ claims }) => ifAny(figuresOf(claims), envelope),
    }),
    claims: t.field({
      type: [ClaimRef],
      description: 'The claims that make it, in order of publication.',
      resolve: ({ claims }) => claims,
    }),
  }),
})

const DisagreementRef = builder.objectRef<DisagreementRow>('Disagreement').implement({
  description: 'An aspect of a development that the reports tell differently.',
  fields: (t) => ({
    aspect: t.expose('aspect', { type: AspectRef, description: 'What is told differently.' }),
    key: t.exposeString('key', { description: 'Which one within the aspect.' }),
    relation: t.expose('relation', { type: RelationRef, description: 'Whether the versions exclude each other.' }),
    development: t.field({
      type: DevelopmentRef,
      description: 'The development.',
      nullable: true,
      resolve: ({ position }, _args, context) => loadDevelopment(context, position),
    }),
    versions: t.field({
      type: [VersionRef],
      description: 'The versions side by side, in order of publication.',
      extensions: { assumedSize: 3 },
      resolve: async (disagreement, _args, context) => versionsOf(context, await claimsOf(context, disagreement)),
    }),
    range: t.field({
      type: FigureRangeRef,
      nullable: true,
      description: 'Of figures: from the least to the greatest number that any version allows. Null for other aspects.',
      resolve: async (disagreement, _args, context) =>
        ifAny(figuresOf(await claimsOf(context, disagreement)), envelope),
    }),
    overlap: t.field({
      type: FigureRangeRef,
      nullable: true,
      description:
        'Of figures: the numbers that fit every version, so that all of them may be true. Null where none does, and for other aspects.',
      resolve: async (disagreement, _args, context) => ifAny(figuresOf(await claimsOf(context, disagreement)), overlap),
    }),
  }),
})

async function claimsOf(context: Context, { position, aspect, key }: DisagreementRow): Promise<ClaimRow[]> {
  const claims = await childrenOf(context, 'Claim', position)
  return claims.filter((c) => c.aspect === aspect && c.key === key && c.rank !== 'DEPRECATED')
}

function figuresOf(claims: readonly ClaimRow[]): Figure[] {
  return claims.flatMap(({ value, negated }) => (!negated && 'figure' in value ? [value.figure] : []))
}

function ifAny<Found>(figures: readonly Figure[], found: (figures: readonly Figure[]) => Found): Found | undefined {
  return figures.length === 0 ? undefined : found(figures)
}

/** Groups claims by what they say; of a role, by whom each report names. */
async function versionsOf(context: Context, claims: readonly ClaimRow[]): Promise<{ claims: ClaimRow[] }[]> {
  const told = new Map<string, ClaimRow[]>()
  const put = (key: string, added: readonly ClaimRow[]) => told.set(key, [...(told.get(key) ?? []), ...added])
  if (claims[0]?.aspect === 'PARTICIPANT') {
    const byReport = new Map<string, ClaimRow[]>()
    for (const claim of claims) {
      const report = (await citationOf(context, claim)).reportId
      byReport.set(report, [...(byReport.get(report) ?? []), claim])
    }
    for (const list of byReport.values()) put(list.map(said).sort().join('\n'), list)
  } else {
    for (const claim of claims) put(said(claim), [claim])
  }
  return [...told.values()].map((list) => ({ claims: list }))
}

function said({ value, negated }: ClaimRow): string {
  return `${negated} ${identity(value)}`
}

async function textOf(context: Context, claim: ClaimRow): Promise<string> {
  const text = await claimText(context, claim)
  return claim.negated ? `not ${text}` : text
}

builder.interfaceField(DevelopmentRef, 'disagreements', (t) =>
  t.field({
    type: [DisagreementRef],
    description: 'The aspects that the reports tell differently.',
    resolve: ({ position }, _args, context) => childrenOf(context, 'Disagreement', position),
  }),
)

builder.queryField('disagreements', (t) =>
  t.connection(
    {
      type: DisagreementRef,
      description: 'Where the reports disagree, in the order of the feed. At most 100 a page.',
      args: {
        ...viewpointArgs,
        filter: t.arg({ type: DevelopmentFilter, description: 'In which developments; left out: all.' }),
        aspect: t.arg({ type: [AspectRef], description: 'Only disagreements over these aspects.' }),
        relation: t.arg({ type: RelationRef, description: 'Only those that contradict, or only those that differ.' }),
      },
      resolve: async (_root, args, context, info) => {
        const viewpoint = viewpointOf(context, info)
        const { pool } = context.database
        const wanted = {
          filter: await readFilter(context, args.filter),
          aspects: args.aspect ?? undefined,
          relation: args.relation ?? undefined,
        }
        const { limit, backwards } = pageSize(args)
        const { keys, more } = await listDisagreements(pool, viewpoint, {
          ...{ ...wanted, limit, backwards },
          after: readKey('after', args.after, 'number'),
          before: readKey('before', args.before, 'number'),
        })
        const rows = await Promise.all(
          keys.map(async ({ position, sort }) => {
            const all = await childrenOf(context, 'Disagreement', position)
            return all.find(({ ordinal }) => ordinal === Number(sort)) as DisagreementRow
          }),
        )
        const edges = rows.map((node) => ({
          node,
          cursor: writeKey({ position: node.position, sort: String(node.ordinal) }),
        }))
        return {
          edges,
          pageInfo: pageInfo(edges, args, more),
          totalCount: () => countDisagreements(pool, viewpoint, wanted),
          feedCursor: { position: viewpoint.position, tag: viewpoint.tag },
        }
      },
    },
    pageFields('Disagreement'),
    { name: 'DisagreementEdge', description: 'A disagreement and its place in the list.' },
  ),
)
