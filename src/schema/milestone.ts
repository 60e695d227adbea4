import type { When } from '../domain/when.ts'
import { builder } from './builder.ts'
import { StatusRef } from './status.ts'
import { WhenRef } from './when.ts'

builder.prismaObject('Milestone', {
  description: 'A step in the life of a development, and when it was taken.',
  fields: (t) => ({
    status: t.expose('status', { type: StatusRef, description: 'Which step.' }),
    when: t.field({
      type: WhenRef,
      nullable: true,
      description: 'When it was taken; null: no report says.',
      resolve: ({ when }) => when as When | null,
    }),
    citation: t.relation('citation', { description: 'The passage that tells it.' }),
  }),
})
