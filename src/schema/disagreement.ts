import { queryFromInfo } from '@pothos/plugin-prisma'
import { sourceOf } from '../domain/citation.ts'
import { identity, type Value } from '../domain/claim.ts'
import { envelope, type Figure, overlap } from '../domain/figure.ts'
import { valueText } from '../domain/valueText.ts'
import { countDisagreements, listDisagreements } from '../store/disagreementList.ts'
import type { Prisma } from '../store/prisma/client.ts'
import { builder } from './builder.ts'
import { AspectRef, ClaimRef, RelationRef } from './claim.ts'
import { DevelopmentRef } from './development.ts'
import { FigureRangeRef } from './figure.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { loadDevelopment } from './loadDevelopment.ts'
import { viewpointOf } from './locate.ts'
import { pageFields, pageInfo, pageSize, readKey, writeKey } from './page.ts'
import { viewpointArgs } from './viewpoint.ts'

const claimSelection = {
  include: {
    actor: { select: { name: true } },
    place: { select: { name: true } },
    citation: { include: { report: { select: { outletId: true } } } },
  },
  orderBy: { ordinal: 'asc' as const },
} satisfies Prisma.RevisionSelect['claims']

const versionsSelection = {
  aspect: true,
  key: true,
  revision: { select: { claims: claimSelection } },
} satisfies Prisma.DisagreementSelect

type ClaimRow = Prisma.ClaimGetPayload<typeof claimSelection>

const VersionRef = builder.objectRef<{ claims: ClaimRow[] }>('Version').implement({
  description: 'One of the versions of an aspect, with those who tell it so.',
  fields: (t) => ({
    text: t.string({
      description: 'The version as a reader would write it; of a role, everyone whom a report names.',
      resolve: ({ claims }) => [...new Set(claims.map(textOf))].join(', '),
    }),
    standing: t.boolean({
      description: "The development's own fields hold this version.",
      resolve: ({ claims }) => claims.every((claim) => claim.standing),
    }),
    independentSourceCount: t.int({
      description: 'How many independent sources tell it so: passages that repeat one agency text count once.',
      resolve: ({ claims }) => new Set(claims.map(({ citation }) => sourceOf(sourceParts(citation)))).size,
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

const DisagreementRef = builder.prismaObject('Disagreement', {
  description: 'An aspect of a development that the reports tell differently.',
  fields: (t) => ({
    aspect: t.expose('aspect', { type: AspectRef, description: 'What is told differently.' }),
    key: t.exposeString('key', { description: 'Which one within the aspect.' }),
    relation: t.expose('relation', { type: RelationRef, description: 'Whether the versions exclude each other.' }),
    development: t.field({
      type: DevelopmentRef,
      description: 'The development.',
      nullable: true,
      select: { position: true },
      resolve: ({ position }, _args, context, info) => loadDevelopment(context, info, position),
    }),
    versions: t.field({
      type: [VersionRef],
      description: 'The versions side by side, in order of publication.',
      extensions: { assumedSize: 3 },
      select: versionsSelection,
      resolve: (disagreement) => versionsOf(claimsOf(disagreement)),
    }),
    range: t.field({
      type: FigureRangeRef,
      nullable: true,
      description: 'Of figures: from the least to the greatest number that any version allows. Null for other aspects.',
      select: versionsSelection,
      resolve: (disagreement) => ifAny(figuresOf(claimsOf(disagreement)), envelope),
    }),
    overlap: t.field({
      type: FigureRangeRef,
      nullable: true,
      description:
        'Of figures: the numbers that fit every version, so that all of them may be true. Null where none does, and for other aspects.',
      select: versionsSelection,
      resolve: (disagreement) => ifAny(figuresOf(claimsOf(disagreement)), overlap),
    }),
  }),
})

type Disagreeing = Prisma.DisagreementGetPayload<{ select: typeof versionsSelection }>

function claimsOf({ aspect, key, revision }: Disagreeing): ClaimRow[] {
  return revision.claims.filter((c) => c.aspect === aspect && c.key === key && c.rank !== 'DEPRECATED')
}

function figuresOf(claims: readonly ClaimRow[]): Figure[] {
  return claims.flatMap(({ value, negated }) => {
    const said = value as unknown as Value
    return !negated && 'figure' in said ? [said.figure] : []
  })
}

function ifAny<Found>(figures: readonly Figure[], found: (figures: readonly Figure[]) => Found): Found | undefined {
  return figures.length === 0 ? undefined : found(figures)
}

/** Groups claims by what they say; of a role, by whom each report names. */
function versionsOf(claims: readonly ClaimRow[]): { claims: ClaimRow[] }[] {
  const told = new Map<string, ClaimRow[]>()
  const put = (key: string, added: readonly ClaimRow[]) => told.set(key, [...(told.get(key) ?? []), ...added])
  if (claims[0]?.aspect === 'PARTICIPANT') {
    const byReport = new Map<string, ClaimRow[]>()
    for (const claim of claims) {
      const report = claim.citation.reportId
      byReport.set(report, [...(byReport.get(report) ?? []), claim])
    }
    for (const list of byReport.values()) put(list.map(said).sort().join('\n'), list)
  } else {
    for (const claim of claims) put(said(claim), [claim])
  }
  return [...told.values()].map((list) => ({ claims: list }))
}

function said({ value, negated }: ClaimRow): string {
  return `${negated} ${identity(value as unknown as Value)}`
}

function textOf({ value, negated, actor, place }: ClaimRow): string {
  const text = valueText(value as unknown as Value, (actor ?? place)?.name)
  return negated ? `not ${text}` : text
}

function sourceParts({ origin, reportId, report }: ClaimRow['citation']) {
  return { origin: origin ?? undefined, report: reportId, outlet: report.outletId }
}

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
        const { pool, prisma } = context.database
        const wanted = {
          filter: await readFilter(context, args.filter),
          aspects: args.aspect ?? undefined,
          relation: args.relation ?? undefined,
        }
        const { limit, backwards } = pageSize(args)
        const { keys, more } = await listDisagreements(pool, viewpoint, {
          ...{ ...wanted, limit, backwards },
          after: readKey('after', args.after),
          before: readKey('before', args.before),
        })
        const query = queryFromInfo({ context, info, paths: [['nodes'], ['edges', 'node']] })
        const rows =
          keys.length === 0
            ? []
            : await prisma.disagreement.findMany({
                ...query,
                where: { OR: keys.map(({ position, sort }) => ({ position, ordinal: Number(sort) })) },
                orderBy: [{ position: 'asc' }, { ordinal: 'asc' }],
              })
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
