import { builder } from './builder.ts'
import { DevelopmentRef } from './development.ts'

builder.prismaObject('Revision', {
  variant: 'Tombstone',
  description:
    'What is left of a development that the desk retracted, or merged into another one: that it was, and why it is gone. Its lists are empty.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    reason: t.string({
      description: 'Why it was withdrawn or merged.',
      select: { reason: true },
      resolve: ({ reason }) => reason ?? '',
    }),
    mergedInto: t.string({
      nullable: true,
      description: 'Ref of the development that holds what this one told; null: it was retracted.',
      select: { action: true, deskAction: { select: { otherId: true } } },
      resolve: ({ action, deskAction }) => (action === 'MERGED' ? deskAction?.otherId : null),
    }),
  }),
})
