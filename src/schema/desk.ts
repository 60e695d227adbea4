import type { CorrectionBasis } from '../domain/correction.ts'
import {
  correct,
  correction,
  type DeskResult,
  readCorrection,
  readWithdrawal,
  reinstate,
  retract,
  withdrawal,
} from '../ingest/desk.ts'
import { Refusal } from '../ingest/refusal.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import { contractInput, contractValue } from './contractInput.ts'
import { doOrLook, type Looked, looked, previewArg } from './mending.ts'

codes<CorrectionBasis>('CorrectionBasis', 'Since when a correction holds.', {
  OUR_MISTAKE: "We read the source wrongly: it holds from the evidence's own time.",
  SOURCE_CHANGED: 'The source changed its mind: it holds from now.',
})

const DeskResultRef = builder.objectRef<Looked<DeskResult>>('DeskResult').implement({
  description: 'What the desk did to one development.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: 'The development.' }),
    revisions: t.exposeInt('revisions', { description: 'How many revisions were written, or would be.' }),
    preview: t.field(looked),
  }),
})

const CorrectionInput = contractInput(correction)
const WithdrawalInput = contractInput(withdrawal)

builder.mutationField('correct', (t) =>
  t.field({
    type: DeskResultRef,
    description:
      'Corrects a development: replaces, deprecates or prefers claims by their key, or rewords it. What was deprecated does not come back with the next copy of the same evidence.',
    args: {
      input: t.arg({ type: CorrectionInput, required: true, description: 'What changes, and why.' }),
      ...previewArg,
    },
    authScopes: { edit: true },
    errors: { types: [Refusal], union: { name: 'CorrectResult', description: 'What became of a correction.' } },
    resolve: (_root, { input, preview }, context) => {
      const sent = readCorrection(contractValue(input))
      return doOrLook(context, preview, (pen) => correct(pen, sent))
    },
  }),
)

builder.mutationField('retract', (t) =>
  t.field({
    type: DeskResultRef,
    description:
      'Withdraws a development: its content is withheld at every viewpoint, a tombstone with the reason stays.',
    args: {
      input: t.arg({ type: WithdrawalInput, required: true, description: 'Which development, and why.' }),
      ...previewArg,
    },
    authScopes: { edit: true },
    errors: { types: [Refusal], union: { name: 'RetractResult', description: 'What became of a retraction.' } },
    resolve: (_root, { input, preview }, context) => {
      const sent = readWithdrawal(contractValue(input))
      return doOrLook(context, preview, (pen) => retract(pen, sent))
    },
  }),
)

builder.mutationField('reinstate', (t) =>
  t.field({
    type: DeskResultRef,
    description: 'Gives a retracted development back, with the evidence that came in meanwhile.',
    args: {
      input: t.arg({ type: WithdrawalInput, required: true, description: 'Which development, and why.' }),
      ...previewArg,
    },
    authScopes: { edit: true },
    errors: { types: [Refusal], union: { name: 'ReinstateResult', description: 'What became of a reinstatement.' } },
    resolve: (_root, { input, preview }, context) => {
      const sent = readWithdrawal(contractValue(input))
      return doOrLook(context, preview, (pen) => reinstate(pen, sent))
    },
  }),
)
