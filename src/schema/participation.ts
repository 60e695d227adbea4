import { builder } from './builder.ts'
import { RoleRef } from './role.ts'

builder.prismaObject('Participation', {
  description: 'An actor in a role.',
  fields: (t) => ({
    actor: t.relation('actor', { description: 'Who takes part.' }),
    role: t.expose('role', { type: RoleRef, description: 'What it does.' }),
    onBehalfOf: t.relation('onBehalfOf', {
      nullable: true,
      description: 'For whom it acts: who acts for a state answers for the state.',
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
