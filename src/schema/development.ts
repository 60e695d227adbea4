import type { Facets } from '../domain/facets.ts'
import type { Kind } from '../domain/kind.ts'
import { type Codable, ploverOf } from '../domain/plover.ts'
import type { Action } from '../domain/revise.ts'
import type { When } from '../domain/when.ts'
import { builder } from './builder.ts'
import { AspectRef } from './claim.ts'
import { codes } from './code.ts'
import { globalId } from './globalId.ts'
import { historyPage } from './history.ts'
import { allParticipations, inRole, ParticipationRef } from './participation.ts'
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

/** Something that happened in a process. */
export const DevelopmentRef = builder.prismaInterface('Revision', {
  variant: 'Development',
  description:
    'Something that happened in a process, as the record holds it from the viewpoint of the operation. Its type is its kind; a retracted one is a Tombstone.',
  interfaces: [builder.nodeInterfaceRef()],
  select: { position: true, kind: true, action: true, developmentId: true },
  resolveType: developmentType,
  fields: (t) => ({
    id: t.id({
      description: 'Global id, the same at every viewpoint.',
      resolve: ({ developmentId }) => globalId('Development', developmentId),
    }),
    ref: t.exposeString('developmentId', { description: 'Short name, unique in the record: "exchange-32-2".' }),
    kind: t.expose('kind', { type: KindRef, description: 'What kind of development it is.' }),
    process: t.relation('process', { description: 'The peace process that it belongs to.' }),
    headline: t.exposeString('headline', { description: 'What happened, in our own words.' }),
    summary: t.exposeString('summary', {
      nullable: true,
      description: 'What happened, in our own words, at more length.',
    }),
    when: t.field({
      type: WhenRef,
      nullable: true,
      description:
        'When it happened; of what has no date of its own, when its last known step was taken. Null: no report says.',
      select: { when: true },
      resolve: ({ when }) => when as When | null,
    }),
    place: t.relation('place', { nullable: true, description: 'Where it happened.' }),
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
      select: { action: true, facets: true },
      resolve: ({ action, facets }) => {
        const { codes, ...told } = facets as unknown as Facets
        // A tombstone's facets are those of what it withholds.
        return action === 'RETRACTED' || action === 'MERGED' ? null : ploverOf({ ...told, ...codes } as Codable)
      },
    }),
    milestones: t.relation('milestones', {
      description: 'The steps of its lifecycle that are known, in order.',
      query: { orderBy: { ordinal: 'asc' } },
    }),
    participants: t.field({
      type: [ParticipationRef],
      description: 'Who takes part, and in which role.',
      args: { role: t.arg({ type: [RoleRef], description: 'Only these roles.' }) },
      select: (_args, _ctx, nested) => ({ participations: nested(allParticipations) }),
      resolve: ({ participations }, { role }) => (role ? inRole(participations, role) : participations),
    }),
    claims: t.relation('claims', {
      description:
        'What each report claims, aspect by aspect, in order of publication. Nothing is overwritten: different values stand side by side.',
      extensions: { assumedSize: 10 },
      args: {
        aspect: t.arg({ type: [AspectRef], description: 'Only these aspects.' }),
        key: t.arg.string({ description: 'Only this key within the aspect: a role, "leg/KEY", "passage/KEY" …' }),
      },
      query: ({ aspect, key }) => ({
        ...((aspect || key != null) && {
          where: { ...(aspect && { aspect: { in: aspect } }), ...(key != null && { key }) },
        }),
        orderBy: { ordinal: 'asc' },
      }),
    }),
    figures: t.relation('claims', {
      description: 'The claims of figures that stand.',
      query: { where: { aspect: 'FIGURE', standing: true }, orderBy: { ordinal: 'asc' } },
    }),
    disagreements: t.relation('disagreements', {
      description: 'The aspects that the reports tell differently.',
      query: { orderBy: { ordinal: 'asc' } },
    }),
    citations: t.relation('citations', {
      description: 'The passages of reports that tell it, in order of publication.',
      query: { orderBy: { ordinal: 'asc' } },
    }),
    reportCount: t.exposeInt('reportCount', { description: 'How many reports tell it.' }),
    independentSourceCount: t.exposeInt('independentSourceCount', {
      description: 'How many independent sources tell it: passages that repeat one agency text count once.',
    }),
    links: t.relation('links', {
      description: 'Other developments that it bears on.',
      query: { orderBy: { ordinal: 'asc' } },
    }),
    revision: t.variant(RevisionRef, { description: 'The version that this answer shows.' }),
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
  return action === 'RETRACTED' || action === 'MERGED' ? 'Tombstone' : typeNames[kind]
}

const typeNames = {
  STATEMENT: 'Statement',
  TALK: 'Talk',
  EXCHANGE: 'Exchange',
  PLEDGE: 'Pledge',
  AGREEMENT: 'Agreement',
  INCIDENT: 'Incident',
} as const satisfies Record<Kind, string>
