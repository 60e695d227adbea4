import type { Role } from '../domain/role.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { identityOf, presentIdentity } from './identity.ts'
import { RoleRef } from './role.ts'

/** Every field that shows some of them reads them all: they are few, and fields that read differently are read apart. */
export const allParticipations = { orderBy: { ordinal: 'asc' } } as const

/** Those in any of the roles. */
export function inRole<P extends { readonly role: Role }>(all: readonly P[], roles: readonly Role[]): P[] {
  return all.filter(({ role }) => roles.includes(role))
}

export const ParticipationRef = builder.prismaObject('Participation', {
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
    citation: t.relation('citation', { description: 'The passage that tells it.' }),
  }),
})
