import type { GraphQLResolveInfo } from 'graphql'
import { changesBetween, type FieldChange } from '../domain/changes.ts'
import { type Finding, findingOf, netChanges } from '../domain/finding.ts'
import { fold, isTold, type Material } from '../domain/fold.ts'
import {
  type Between,
  countDifferences,
  type Difference,
  listDifferences,
  positionAt,
  revisionsBetween,
} from '../store/differenceList.ts'
import { loadGazetteer } from '../store/gazetteer.ts'
import { loadRecorded } from '../store/material.ts'
import type { RevisionRow } from '../store/revision.ts'
import type { Viewpoint } from '../store/viewpoint.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import type { Context } from './context.ts'
import { DevelopmentRef } from './development.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { loadDevelopment, loadDevelopments } from './loadDevelopment.ts'
import { loaders } from './loader.ts'
import { enterViewpoint, viewpointOf } from './locate.ts'
import { pageFields, pageInfo, pageSize, readKey, writeKey } from './page.ts'
import { badInput } from './refused.ts'
import { changesOf, FieldChangeRef, RevisionRef } from './revision.ts'

const TimeAxisRef = codes<Between['axis']>('TimeAxis', 'By which time two moments are told apart.', {
  KNOWN: 'When it was publicly known: what the reports of that span brought, whenever they arrived here.',
  RECORDED: 'When it was written here: also corrections of our own mistakes, withdrawals, and reports that came late.',
})

const FindingRef = codes<Finding>(
  'Finding',
  'What became of a development between two moments; the gravest, if several.',
  {
    LEARNT: 'Reports brought it, or added to it.',
    CORRECTED: 'The desk corrected it.',
    WITHDRAWN: 'The desk withdrew it, or found it to be the same event as another one.',
    GIVEN_BACK: 'The desk gave it back after a withdrawal.',
  },
)

interface Found extends Difference {
  readonly between: Between
  readonly revisions: readonly RevisionRow[]
}

const DifferenceRef = builder.objectRef<Found>('Difference').implement({
  description: 'A development that was learnt of, corrected or withdrawn between two moments.',
  fields: (t) => ({
    ref: t.exposeString('development', { description: 'The development, by ref.' }),
    finding: t.field({
      type: FindingRef,
      description: 'What became of it.',
      resolve: ({ revisions, withdrawn }) =>
        findingOf(
          revisions.map(({ action }) => action),
          withdrawn,
        ),
    }),
    before: t.field({
      type: DevelopmentRef,
      nullable: true,
      description: 'What was shown at the first moment; null: nothing.',
      resolve: ({ before, between }, _args, context, info) => show(before, between.from, context, info),
    }),
    after: t.field({
      type: DevelopmentRef,
      nullable: true,
      description: 'What was shown at the second moment; a Tombstone if it was withdrawn.',
      resolve: ({ after, between }, _args, context, info) => show(after, between.to, context, info),
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'What is different in all: what was changed and changed back is left out. Empty for what was withdrawn.',
      resolve: (found, _args, context) => netOf(found, context),
    }),
    revisions: t.field({
      type: [RevisionRef],
      description: 'The versions in between, in the order of the feed: who brought each, and why.',
      resolve: ({ revisions }) => revisions,
    }),
  }),
})

function show(position: number | null, viewpoint: Viewpoint, context: Context, info: GraphQLResolveInfo) {
  enterViewpoint(info, viewpoint)
  return loadDevelopment(context, position)
}

async function netOf({ between, development, revisions, withdrawn }: Found, context: Context): Promise<FieldChange[]> {
  if (withdrawn) return []
  if (between.axis === 'RECORDED') {
    const steps = revisions.filter(({ action }) => action !== 'BACKDATED')
    const changes = await Promise.all(steps.map(({ position }) => changesOf(context, position)))
    return netChanges(changes.map((step) => step ?? []))
  }
  const material = await materialOf(context, '', (ids) => loadMaterial(context, ids)).load(development)
  if (material === undefined) return []
  return changesBetween(knownAt(material, between.from.asOf), knownAt(material, between.to.asOf))
}

const materialOf = loaders<Material | undefined>()

async function loadMaterial(
  { database: { pool } }: Context,
  ids: readonly string[],
): Promise<(Material | undefined)[]> {
  const [recorded, { enclosing }] = await Promise.all([loadRecorded(pool, ids), loadGazetteer(pool)])
  return ids.map((id) => {
    const found = recorded.get(id)
    return found && { ...found, enclosing }
  })
}

function knownAt(material: Material, moment: Date | null) {
  // No ISO 8601 text comes after it.
  const at = moment?.toISOString() ?? '\uffff'
  return isTold(material.evidence, at) ? fold(material, at) : null
}

builder.queryField('changes', (t) =>
  t.connection(
    {
      type: DifferenceRef,
      description:
        'What was learnt, corrected or withdrawn between two moments, a development at a time, in the order of the feed. At most 100 a page.',
      args: {
        from: t.arg({
          type: 'DateTime',
          required: true,
          description: 'What was there at this moment is not told again.',
        }),
        to: t.arg({ type: 'DateTime', description: 'Inclusive; left out: until now.' }),
        by: t.arg({ type: TimeAxisRef, defaultValue: 'KNOWN', description: 'By which time.' }),
        filter: t.arg({
          type: DevelopmentFilter,
          description:
            'Only developments that pass it at the second moment, or at the first if nothing is there any more.',
        }),
      },
      resolve: async (_root, args, context, info) => {
        const now = viewpointOf(context, info)
        if (args.to != null && args.to <= args.from) throw badInput('to', 'must be later than `from`', args.to)
        const { limit, backwards } = pageSize(args)
        if (backwards || args.before != null) {
          throw badInput('last', 'must be left out: changes are read forwards', args.last ?? args.before)
        }
        const { pool } = context.database
        const axis = args.by ?? 'KNOWN'
        const between: Between = {
          ...{ axis, filter: await readFilter(context, args.filter) },
          ...(axis === 'KNOWN'
            ? { from: { ...now, asOf: args.from }, to: { ...now, asOf: args.to ?? null } }
            : {
                from: { ...(await positionAt(pool, args.from)), asOf: null },
                to: args.to == null ? now : { ...(await positionAt(pool, args.to)), asOf: null },
              }),
        }
        const after = readKey('after', args.after, 'nothing')?.position ?? 0
        const { differences, more } = await listDifferences(pool, between, { after, limit })
        const revisions = await revisionsBetween(
          pool,
          between,
          differences.map(({ development }) => development),
        )
        const edges = await Promise.all(
          differences.map(async (difference) => ({
            node: {
              ...{ ...difference, between },
              revisions: await loadDevelopments(context, revisions.get(difference.development) ?? []),
            },
            cursor: writeKey({ sort: '', position: difference.last }),
          })),
        )
        return {
          edges,
          pageInfo: pageInfo(edges, args, more),
          totalCount: () => countDifferences(pool, between),
          feedCursor: { position: now.position, tag: now.tag },
        }
      },
    },
    pageFields('Difference'),
    { name: 'DifferenceEdge', description: 'A difference and its place in the list.' },
  ),
)
