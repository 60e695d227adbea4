import type { ActorKind, NameKind } from '../domain/actor.ts'
import { findActors } from '../store/names.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import { globalId } from './globalId.ts'
import { countedPage } from './page.ts'

export const ActorKindRef = codes<ActorKind>('ActorKind', 'What kind of actor it is.', {
  STATE: 'A state.',
  PERSON: 'A person.',
  ORGANISATION: 'An international or other organisation.',
  BODY: 'An office, ministry or commission of a state or organisation.',
  ARMED_GROUP: 'An armed group.',
  POPULATION: 'People seen as a group.',
  COALITION: 'Several actors acting as one.',
})

const NameKindRef = codes<NameKind>('NameKind', 'What kind of name it is.', {
  OFFICIAL: 'Its own name for itself.',
  VARIANT: 'Another form or spelling.',
  METONYM: 'A place that stands for it: "Baku" for Azerbaijan.',
})

builder.prismaObject('ActorName', {
  description: 'A name under which an actor is known. Filters and dispatches may use any of them.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name.' }),
    kind: t.expose('kind', { type: NameKindRef, description: 'What kind of name it is.' }),
  }),
})

builder.prismaObject('Office', {
  description: 'An office that a person holds or held.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'Its title.' }),
    organisation: t.relation('organisation', { nullable: true, description: 'Of whom.' }),
    from: t.expose('from', { type: 'Date', nullable: true, description: 'Since when; null: unknown.' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'Until when; null: unknown, or still.' }),
  }),
})

export const ActorRef = builder.prismaObject('Actor', {
  description: 'A state, person, organisation, body, armed group, population or coalition.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('Actor', id) }),
    ref: t.exposeString('id', { description: 'Short name, unique in the record: "azerbaijan".' }),
    kind: t.expose('kind', { type: ActorKindRef, description: 'What kind of actor it is.' }),
    name: t.exposeString('name', { description: 'The name by which we call it.' }),
    description: t.exposeString('description', { nullable: true, description: 'Who it is, in our own words.' }),
    names: t.relation('names', { description: 'All its names.', query: { orderBy: { key: 'asc' } } }),
    partOf: t.relation('partOf', { nullable: true, description: 'The actor that it is a part of.' }),
    offices: t.relation('offices', {
      description: 'The offices of a person.',
      query: { orderBy: [{ from: 'asc' }, { title: 'asc' }] },
    }),
    country: t.exposeString('country', {
      nullable: true,
      description: 'ISO 3166-1 alpha-2 code of the state that it is or belongs to.',
    }),
    wikidata: t.exposeString('wikidata', { nullable: true, description: 'Wikidata item, "Q227".' }),
  }),
})

builder.queryField('actor', (t) =>
  t.prismaField({
    type: 'Actor',
    nullable: true,
    description: 'One actor; null: there is none of that name.',
    args: { name: t.arg.string({ required: true, description: 'Its ref or any of its names: "baku", "Azerbaijan".' }) },
    resolve: async (query, _root, { name }, { database }) => {
      const id = (await findActors(database.pool, [name])).get(name)
      return id === undefined ? null : database.prisma.actor.findUnique({ ...query, where: { id } })
    },
  }),
)

builder.queryField('actors', (t) =>
  t.prismaConnection(
    {
      type: 'Actor',
      cursor: 'id',
      maxSize: 100,
      description: 'The actors that the record knows, by ref.',
      args: { kind: t.arg({ type: [ActorKindRef], description: 'Only these kinds.' }) },
      totalCount: (_root, { kind }, { database }) => database.prisma.actor.count({ where: kindIs(kind) }),
      resolve: (query, _root, { kind }, { database }) =>
        database.prisma.actor.findMany({ ...query, where: kindIs(kind), orderBy: { id: 'asc' } }),
    },
    countedPage('Actor'),
    { name: 'ActorEdge', description: 'An actor and its place in the list.' },
  ),
)

function kindIs(kind: ActorKind[] | null | undefined) {
  return kind ? { kind: { in: kind } } : {}
}
