import type { ChildRows } from '../store/childRows.ts'
import { builder } from './builder.ts'
import { CitationRef, citationOf } from './citation.ts'
import { StatusRef } from './status.ts'
import { WhenRef } from './when.ts'

export const MilestoneRef = builder.objectRef<ChildRows['Milestone']>('Milestone').implement({
  description: 'A step in the life of a development, and when it was taken.',
  fields: (t) => ({
    status: t.expose('status', { type: StatusRef, description: 'Which step.' }),
    when: t.expose('when', {
      type: WhenRef,
      nullable: true,
      description: 'When it was taken; null: no report says.',
    }),
    citation: t.field({
      type: CitationRef,
      description: 'The passage that tells it.',
      resolve: (milestone, _args, context) => citationOf(context, milestone),
    }),
  }),
})
