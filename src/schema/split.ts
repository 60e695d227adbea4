import { readSplit, split, splitDevelopment } from '../ingest/split.ts'
import { builder } from './builder.ts'
import { contractInput, contractValue } from './contractInput.ts'
import { MendedRef, mend, mendingErrors, previewArg } from './mending.ts'

const SplitInput = contractInput(split)

builder.mutationField('split', (t) =>
  t.field({
    type: MendedRef,
    description:
      'Splits a development that is two events, or undoes a merge. What is named, by report or by passage, goes to the other one, whenever it arrives; the dispatches stay as they came.',
    args: {
      input: t.arg({ type: SplitInput, required: true, description: 'What belongs to the other one, and why.' }),
      ...previewArg,
    },
    authScopes: { edit: true },
    errors: mendingErrors('SplitResult', 'What became of a split.'),
    resolve: (_root, { input, preview }, context) => {
      const sent = readSplit(contractValue(input))
      return mend(context, preview, (pen) => splitDevelopment(pen, sent))
    },
  }),
)
