import { merge, mergeDevelopments, readMerge } from '../ingest/merge.ts'
import { builder } from './builder.ts'
import { contractInput, contractValue } from './contractInput.ts'
import { MendedRef, mend, mendingErrors, previewArg } from './mending.ts'

const MergeInput = contractInput(merge)

builder.mutationField('merge', (t) =>
  t.field({
    type: MendedRef,
    description:
      'Merges two developments that are one event. The one that stays holds the evidence of both, at every moment; ref, id and links of the other one lead to it, and so does what later reports tell under the old ref. `split` undoes it.',
    args: {
      input: t.arg({ type: MergeInput, required: true, description: 'Which is the same as which, and why.' }),
      ...previewArg,
    },
    authScopes: { edit: true },
    errors: mendingErrors('MergeResult', 'What became of a merge.'),
    resolve: (_root, { input, preview }, context) => {
      const sent = readMerge(contractValue(input))
      return mend(context, preview, (pen) => mergeDevelopments(pen, sent))
    },
  }),
)
