import type { Kind } from '../domain/kind.ts'
import { type Codable, ploverOf } from '../domain/plover.ts'
import { type Action, isTombstone } from '../domain/revise.ts'
import { type RevisionRow, readFurther } from '../store/revision.ts'
import { builder } from './builder.ts'
import { childrenOf } from './child.ts'
import { CitationRef } from './citation.ts'
import { AspectRef, ClaimRef } from './claim.ts'
import { codes } from './code.ts'
import { globalId } from './globalId.ts'
import { historyPage } from './history.ts'
import { identityOf } from './identity.ts'
import { positionLoader } from './loader.ts'
import { MilestoneRef } from './milestone.ts'
import { inRole, ParticipationRef } from './participation.ts'
import { PlaceRef } from './place.ts'
import { PloverCodeRef } from './plover.ts'
import { RevisionRef } from './revision.ts'
import { RoleRef } from './role.ts'
import { StatusRef } from './status.ts'
import { WhenRef } from './when.ts'

export const KindRef = codes<Kind>('Kind', 'What kind of development it is; this never changes.', {
  STATEMENT: 'Somebody said something.',
  TALK: 'Parties met, or were to meet.',
  EXCHANGE: 'Prisoners were, or are to be, released.',
  PLEDGE: 'Somebody bound itself to do something.',
  AGREEMENT: 'A ceasefire or treaty.',
  INCIDENT: 'Something that bears on the process: hostilities, displacement, detention …',
})

const facetsOf = positionLoader('facets', (pool, positions) => readFurther(pool, 'facets', positions))

/** Something that happened in a process. */
export const DevelopmentRef = builder.interfaceRef<RevisionRow>('Development').implement({
  description:
    'Something that happened in a process, as the record holds it from the viewpoint of the operation. Its type is its kind; a retracted one is a Tombstone.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: developmentType,
  fields: (t) => ({
    id: t.id({
      description: 'Global id, the same at every viewpoint.',
      resolve: ({ developmentId }) => globalId('Development', developmentId),
    }),
    ref: t.exposeString('developmentId', { description: 'Short name, unique in the record: "exchange-32-2".' }),
    kind: t.expose('kind', { type: KindRef, description: 'What kind of development it is.' }),
    headline: t.exposeString('headline', { description: 'What happened, in our own words.' }),
    summary: t.exposeString('summary', {
      nullable: true,
      description: 'What happened, in our own words, at more length.',
    }),
    when: t.expose('when', {
      type: WhenRef,
      nullable: true,
      description:
        'When it happened; of what has no date of its own, when its last known step was taken. Null: no report says.',
    }),
    place: t.field({
      type: PlaceRef,
      nullable: true,
      description: 'Where it happened.',
      resolve: ({ placeId }, _args, context, info) => identityOf(context, info, 'Place', placeId),
    }),
    status: t.expose('status', {
      type: StatusRef,
      nullable: true,
      description:
        'How far it has come. Null for statements and incidents, which have no lifecycle, and where no report says.',
    }),
    plover: t.field({
      type: PloverCodeRef,
      nullable: true,
      description:
        'Its event type and mode in PLOVER. Null for what PLOVER does not code: mere comment, hopes, what has no status yet, and what it has no type for.',
      resolve: async ({ position, action }, _args, context) => {
        // A tombstone's facets are those of what it withholds.
        const facets = isTombstone(action) ? undefined : await facetsOf(context, position)
        if (facets === undefined) return null
        const { codes, ...told } = facets
        return ploverOf({ ...told, ...codes } as Codable)
      },
    }),
    milestones: t.field({
      type: [MilestoneRef],
      description: 'The steps of its lifecycle that are known, in order.',
      resolve: ({ position }, _args, context) => childrenOf(context, 'Milestone', position),
    }),
    participants: t.field({
      type: [ParticipationRef],
      description: 'Who takes part, and in which role.',
      args: { role: t.arg({ type: [RoleRef], description: 'Only these roles.' }) },
      resolve: (development, { role }, context) =>
        role ? inRole(...role)(development, {}, context) : childrenOf(context, 'Participation', development.position),
    }),
    claims: t.field({
      type: [ClaimRef],
      description:
        'What each report claims, aspect by aspect, in order of publication. Nothing is overwritten: different values stand side by side.',
      extensions: { assumedSize: 10 },
      args: {
        aspect: t.arg({ type: [AspectRef], description: 'Only these aspects.' }),
        key: t.arg.string({ description: 'Only this key within the aspect: a role, "leg/KEY", "passage/KEY" …' }),
      },
      resolve: async ({ position }, { aspect, key }, context) => {
        const all = await childrenOf(context, 'Claim', position)
        if (aspect == null && key == null) return all
        return all.filter((c) => (aspect == null || aspect.includes(c.aspect)) && (key == null || key === c.key))
      },
    }),
    figures: t.field({
      type: [ClaimRef],
      description: 'The claims of figures that stand.',
      resolve: async ({ position }, _args, context) =>
        (await childrenOf(context, 'Claim', position)).filter((c) => c.aspect === 'FIGURE' && c.standing),
    }),
    citations: t.field({
      type: [CitationRef],
      description: 'The passages of reports that tell it, in order of publication.',
      resolve: ({ position }, _args, context) => childrenOf(context, 'Citation', position),
    }),
    reportCount: t.exposeInt('reportCount', { description: 'How many reports tell it.' }),
    independentSourceCount: t.exposeInt('independentSourceCount', {
      description: 'How many independent sources tell it: passages that repeat one agency text count once.',
    }),
    revision: t.field({
      type: RevisionRef,
      description: 'The version that this answer shows.',
      resolve: (row) => row,
    }),
    history: t.connection(
      {
        type: RevisionRef,
        description: 'All its versions up to the viewpoint, in the order of the feed.',
        resolve: ({ developmentId }, args, context, info) => historyPage(developmentId, args, context, info),
      },
      { name: 'RevisionConnection', description: 'One page of versions.' },
      { name: 'RevisionEdge', description: 'A version and its place in the list.' },
    ),
  }),
})

/** The type that a revision's content has. */
export function developmentType({ action, kind }: { action: Action; kind: Kind }): string {
  return isTombstone(action) ? 'Tombstone' : typeNames[kind]
}

const typeNames = {
  STATEMENT: 'Statement',
  TALK: 'Talk',
  EXCHANGE: 'Exchange',
  PLEDGE: 'Pledge',
  AGREEMENT: 'Agreement',
  INCIDENT: 'Incident',
} as const satisfies Record<Kind, string>
