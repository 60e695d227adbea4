import type { GraphQLResolveInfo } from 'graphql'
import { bucketAfter, bucketStart, type TimeBucket } from '../domain/bucket.ts'
import type { Filter } from '../domain/filter.ts'
import type { Kind } from '../domain/kind.ts'
import type { Status } from '../domain/status.ts'
import type { TallyDimension } from '../domain/tally.ts'
import { type TallyRow, tally } from '../store/tally.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import type { Context } from './context.ts'
import { KindRef } from './development.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { identityOf } from './identity.ts'
import { viewpointOf } from './locate.ts'
import { OutletRef } from './outlet.ts'
import { badInput } from './refused.ts'
import { StatusRef } from './status.ts'
import { type Counted, rangeOf, sum, timelineFields } from './timeline.ts'
import { viewpointArgs } from './viewpoint.ts'

const MOST_COUNTS = 50_000

const DimensionRef = codes<TallyDimension>('TallyDimension', 'By what developments are counted.', {
  KIND: 'Their kind: one each.',
  STATUS: 'Their status: one each; none for statements and incidents.',
  MEDIATOR: 'Who mediates, itself or through whoever acts for it: as many as there are, or none.',
  ACTOR: 'Who takes part in whichever role, itself or through whoever acts for it: as many as there are, or none.',
  OUTLET: 'The outlets whose reports tell it: as many as there are, or none that is known.',
})

const BucketRef = codes<TimeBucket>('TimeBucket', 'The spans of a timeline, in UTC.', {
  DAY: 'Days.',
  WEEK: 'Weeks of ISO 8601: from Monday to Sunday; the first one of a year holds its first Thursday.',
  MONTH: 'Months.',
  QUARTER: 'Quarters of the year: the first one is January to March.',
  YEAR: 'Years.',
})

interface Group extends Counted {
  readonly values: Readonly<Partial<Record<TallyDimension, string | null>>>
}

const groupNote = 'Null: it is not asked for, or they have none.'

const GroupRef = builder.objectRef<Group>('TallyGroup').implement({
  description: 'Developments that have the same value in each dimension that was asked for.',
  fields: (t) => ({
    kind: t.field({
      type: KindRef,
      nullable: true,
      description: 'Their kind. Null: it is not asked for.',
      resolve: ({ values }) => (values.KIND ?? null) as Kind | null,
    }),
    status: t.field({
      type: StatusRef,
      nullable: true,
      description: `Their status. ${groupNote}`,
      resolve: ({ values }) => (values.STATUS ?? null) as Status | null,
    }),
    mediator: t.field({
      type: ActorRef,
      nullable: true,
      description: `Who mediates them. ${groupNote}`,
      resolve: ({ values }, _args, context, info) => identityOf(context, info, 'Actor', values.MEDIATOR ?? null),
    }),
    actor: t.field({
      type: ActorRef,
      nullable: true,
      description: `Who takes part in them. ${groupNote}`,
      resolve: ({ values }, _args, context, info) => identityOf(context, info, 'Actor', values.ACTOR ?? null),
    }),
    outlet: t.field({
      type: OutletRef,
      nullable: true,
      description: `Who tells them. Null: it is not asked for, or no outlet of theirs is known.`,
      resolve: ({ values }, _args, context, info) => identityOf(context, info, 'Outlet', values.OUTLET ?? null),
    }),
    count: t.int({
      description: 'How many developments there are in the group: those of its buckets, the uncertain and the undated.',
      resolve: ({ rows }) => sum(rows),
    }),
    ...timelineFields(t),
  }),
})

const TallyRef = builder.objectRef<Counted & { groups: readonly Group[] }>('Tally').implement({
  description:
    'Counts of developments. Each counts once in the total, and once in each group to which it belongs: one with two mediators is in both of their groups, so groups may add up to more than the total.',
  fields: (t) => ({
    total: t.int({
      description: 'How many developments there are: those of the buckets, the uncertain and the undated.',
      resolve: ({ rows }) => sum(rows),
    }),
    groups: t.field({
      type: [GroupRef],
      description: 'One for each combination of values that occurs, the largest first. Empty without `by`.',
      resolve: ({ groups }) => groups,
    }),
    ...timelineFields(t),
  }),
})

const tallyArgs = builder.args((t) => ({
  filter: t.field({ type: DevelopmentFilter, description: 'Which developments; left out: all.' }),
  by: t.field({
    type: [DimensionRef],
    description: 'By what they are grouped: one dimension, or several together, such as kind and status.',
  }),
  bucket: t.field({ type: BucketRef, description: 'The spans of the timeline; left out: none, counts only.' }),
  from: t.field({
    type: 'Date',
    description:
      'The timeline begins with the bucket that holds this day. What certainly happened before is left out. Needs `bucket`.',
  }),
  to: t.field({
    type: 'Date',
    description:
      'The timeline ends with the bucket that holds this day. What certainly happened after is left out. Needs `bucket`.',
  }),
}))

builder.queryField('tally', (t) =>
  t.field({
    type: TallyRef,
    description:
      'Counts of developments by kind, status, mediator, actor or outlet, along days, weeks, months, quarters or years. What does not fit into one bucket is reported as uncertain and counted in none.',
    args: { ...viewpointArgs, ...tallyArgs },
    resolve: async (_root, args, context, info) => tallied(context, info, args, await readFilter(context, args.filter)),
  }),
)

builder.prismaObjectField('Process', 'tally', (t) =>
  t.field({
    type: TallyRef,
    description: 'Counts of its developments, as by the root field of the same name.',
    args: tallyArgs,
    resolve: async ({ id }, args, context, info) =>
      tallied(context, info, args, { ...(await readFilter(context, args.filter)), processes: [id] }),
  }),
)

interface TallyArgs {
  readonly by?: readonly TallyDimension[] | null | undefined
  readonly bucket?: TimeBucket | null | undefined
  readonly from?: Date | null | undefined
  readonly to?: Date | null | undefined
}

async function tallied(
  context: Context,
  info: GraphQLResolveInfo,
  { by: asked, bucket, from, to }: TallyArgs,
  filter: Filter,
): Promise<Counted & { groups: readonly Group[] }> {
  const by = asked ?? []
  if (new Set(by).size < by.length) throw badInput('by', 'must name each dimension once', by)
  if (bucket == null && (from ?? to) != null) {
    const rule = 'must be given together with `bucket`; for counts without a timeline use `filter.when`'
    throw badInput(from == null ? 'to' : 'from', rule, dayOf(from ?? to))
  }
  if (from && to && to < from) throw badInput('to', 'must not lie before `from`', dayOf(to))
  // Bounds that make too long a timeline are refused before anything is counted.
  const bounded = bucket && from && to ? rangeOf(bucket, from, to, []) : null
  const rows = await tally(context.database.pool, viewpointOf(context, info), {
    ...{ filter, by, bucket: bucket ?? undefined, limit: MOST_COUNTS + 1 },
    from: bucket && from ? bucketStart(bucket, from) : undefined,
    until: bucket && to ? bucketAfter(bucket, bucketStart(bucket, to)) : undefined,
  })
  if (rows.length > MOST_COUNTS) throw tooMany(by, `more than ${MOST_COUNTS} counts`)
  const all = rows.filter(({ group }) => group === null)
  const range = bounded ?? (bucket ? rangeOf(bucket, from, to, all) : null)
  const grouped = new Map<string, TallyRow[]>()
  for (const row of rows) {
    if (row.group === null) continue
    const key = JSON.stringify(row.group)
    const list = grouped.get(key) ?? []
    list.push(row)
    grouped.set(key, list)
  }
  const length = range?.starts.length ?? 1
  if (grouped.size * length > MOST_COUNTS) throw tooMany(by, `${grouped.size} groups of ${length} buckets each`)
  const counted = { range, bucket: bucket ?? null }
  const groups = [...grouped.values()].map((list) => {
    const values = Object.fromEntries(by.map((dimension, i) => [dimension, list[0]?.group?.[i] ?? null]))
    return { ...counted, rows: list, values }
  })
  return { ...counted, rows: all, groups: groups.sort(byCount) }
}

function dayOf(date: Date | null | undefined): string | undefined {
  return date?.toISOString().slice(0, 10)
}

function tooMany(by: readonly TallyDimension[], what: string) {
  const rule = `makes ${what}, and may make at most ${MOST_COUNTS} counts: narrow \`filter\`, choose a coarser \`bucket\` or name fewer dimensions`
  return badInput('by', rule, by)
}

function byCount(a: Group, b: Group): number {
  const name = ({ values }: Group) => JSON.stringify(Object.values(values))
  return sum(b.rows) - sum(a.rows) || (name(a) < name(b) ? -1 : 1)
}
