import { builder } from './builder.ts'
import { DevelopmentRef } from './development.ts'

builder.prismaObject('Revision', {
  variant: 'Tombstone',
  description:
    'What is left of a development that the desk retracted: that it was, and why it is gone. Its lists are empty.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    reason: t.string({
      description: 'Why it was withdrawn.',
      select: { reason: true },
      resolve: ({ reason }) => reason ?? '',
    }),
  }),
})
