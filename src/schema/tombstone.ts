import type { RevisionRow } from '../store/revision.ts'
import { builder } from './builder.ts'
import { DevelopmentRef } from './development.ts'

builder.objectRef<RevisionRow>('Tombstone').implement({
  description:
    'What is left of a development that the desk retracted, or merged into another one: that it was, and why it is gone. Its lists are empty.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    reason: t.string({
      description: 'Why it was withdrawn or merged.',
      resolve: ({ reason }) => reason ?? '',
    }),
    mergedInto: t.exposeString('mergedInto', {
      nullable: true,
      description: 'Ref of the development that holds what this one told; null: it was retracted.',
    }),
  }),
})
