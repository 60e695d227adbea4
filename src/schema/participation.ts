import type { Role } from '../domain/role.ts'
import type { ChildRows } from '../store/childRows.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { childrenOf } from './child.ts'
import { CitationRef, citationOf } from './citation.ts'
import type { Context } from './context.ts'
import { identityOf, presentIdentity } from './identity.ts'
import { onceRead } from './kept.ts'
import { RoleRef } from './role.ts'

type ParticipationRow = ChildRows['Participation']

/** Makes the resolver of a field that shows who takes part in a development in any of the roles. */
export function inRole(...roles: Role[]) {
  return ({ position }: { readonly position: number }, _args: object, context: Context) =>
    onceRead(childrenOf(context, 'Participation', position), (all) => all.filter(({ role }) => roles.includes(role)))
}

export const ParticipationRef = builder.objectRef<ParticipationRow>('Participation').implement({
  description: 'An actor in a role.',
  fields: (t) => ({
    actor: t.field({
      type: ActorRef,
      description: 'Who takes part.',
      resolve: ({ actorId }, _args, context, info) => presentIdentity(context, info, 'Actor', actorId),
    }),
    role: t.expose('role', { type: RoleRef, description: 'What it does.' }),
    onBehalfOf: t.field({
      type: ActorRef,
      nullable: true,
      description: 'For whom it acts: who acts for a state answers for the state.',
      resolve: ({ onBehalfOfId }, _args, context, info) => identityOf(context, info, 'Actor', onBehalfOfId),
    }),
    capacity: t.exposeString('capacity', {
      nullable: true,
      description: 'In which office: "Prime Minister of Armenia".',
    }),
    asReported: t.exposeString('asReported', { nullable: true, description: "The report's words for it." }),
    anonymous: t.exposeBoolean('anonymous', { description: 'An unnamed official of it.' }),
    citation: t.field({
      type: CitationRef,
      description: 'The passage that tells it.',
      resolve: (participation, _args, context) => citationOf(context, participation),
    }),
  }),
})
