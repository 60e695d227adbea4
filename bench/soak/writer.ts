import { inputOf } from '../../test/support/submit.ts'
import type { Dice } from '../query/dice.ts'
import { type Act, openEditor } from './desk.ts'
import type { Ledger } from './ledger.ts'
import { think } from './patience.ts'
import { post } from './post.ts'
import { type Sent, spoiled } from './supply.ts'
import type { Troubles } from './trouble.ts'

export interface WriterOptions {
  /** No other writer's. */
  readonly name: string
  /** The port of a server. */
  readonly port: number
  readonly supply: Generator<Sent>
  readonly dice: Dice
  readonly ledger: Ledger
  readonly troubles: Troubles
  /** How long it pauses, 1 being as people do. */
  readonly pace: number
  readonly signal: AbortSignal
  /** Nobody is left to answer: what is not sure by then stays so. */
  readonly abandoned: AbortSignal
}

const INGEST = `mutation ($dispatch: DispatchInput!) { ingest(dispatch: $dispatch) {
  ... on Accepted { dispatch unchanged created revisions } ... on Refusal { message }
} }`
const DESK = {
  correct:
    'mutation ($input: CorrectionInput!) { done: correct(input: $input) { ... on DeskResult { revisions } ... on Refusal { message } } }',
  retract:
    'mutation ($input: WithdrawalInput!) { done: retract(input: $input) { ... on DeskResult { revisions } ... on Refusal { message } } }',
  reinstate:
    'mutation ($input: WithdrawalInput!) { done: reinstate(input: $input) { ... on DeskResult { revisions } ... on Refusal { message } } }',
} as const
const DONE = { correct: 'corrected', retract: 'retracted', reinstate: 'reinstated' } as const

interface Answer {
  readonly dispatch?: string
  readonly unchanged?: boolean
  readonly created?: readonly string[]
  readonly revisions?: number
  readonly message?: string
}

/** How long a dispatch may go unanswered, in milliseconds: no fault takes so long. */
const PATIENCE_MS = 300_000
const AGAIN_MS = 250
/** How many dispatches are kept to be sent again. */
const KEPT = 50

/** Writes through a server until it is told to stop, and is sure then what became of everything that it has sent. */
export async function write(options: WriterOptions): Promise<void> {
  const { name, port, supply, dice, ledger, troubles, pace, signal, abandoned } = options
  const editor = openEditor(name, dice)
  const taken: Sent[] = []

  /** Sends it until it is answered; `isAgain`: an answer was lost before. Undefined: it never was. */
  async function send(query: string, variables: object): Promise<{ answer: Answer; isAgain: boolean } | undefined> {
    let isAgain = false
    for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS && !abandoned.aborted; ) {
      const since = performance.now()
      const reply = await post(port, query, variables)
      if (reply.how === 'answered') return { answer: Object.values(reply.data)[0] as Answer, isAgain }
      for (const kind of reply.how === 'failed' ? reply.kinds : [reply.kind]) troubles.note('writer', kind, since)
      if (!isAgain) ledger.count('in doubt')
      isAgain = true
      await think(AGAIN_MS, AbortSignal.timeout(AGAIN_MS))
    }
    return undefined
  }

  async function tell(sent: Sent): Promise<void> {
    const heard = await send(INGEST, { dispatch: inputOf(sent) })
    const { answer, isAgain } = heard ?? {}
    if (answer?.dispatch === undefined || (answer.unchanged && !isAgain)) {
      ledger.accuse(`The dispatch of ${sent.report.id} is sound, and was ${answer?.message ?? 'not taken'}.`)
      return
    }
    ledger.count('accepted')
    const { dispatch: id, unchanged, created = [], revisions = 0 } = answer
    ledger.write({ id, by: 'dispatch', revisions: unchanged ? null : revisions, created })
    taken.push(sent)
    taken.splice(0, taken.length - KEPT)
    editor.learn(created)
  }

  async function repeat(sent: Sent): Promise<void> {
    const heard = await send(INGEST, { dispatch: inputOf(sent) })
    ledger.count('unchanged')
    if (heard?.answer.unchanged !== true)
      ledger.accuse(`The dispatch of ${sent.report.id}, sent again, was not unchanged.`)
  }

  async function spoil(sent: Sent): Promise<void> {
    const heard = await send(INGEST, { dispatch: inputOf(spoiled(sent, dice)) })
    ledger.count('refused')
    if (heard?.answer.message === undefined) ledger.accuse(`A spoiled dispatch of ${sent.report.id} was not refused.`)
  }

  async function edit({ kind, input }: Act): Promise<void> {
    const heard = await send(DESK[kind], { input })
    const { answer, isAgain } = heard ?? {}
    // What was done already is refused when it is asked for again.
    const isDone = answer !== undefined && (answer.message === undefined || isAgain)
    if (!isDone) return ledger.accuse(`To ${kind} ${input.ref} was refused: ${answer?.message ?? 'never answered'}.`)
    ledger.count(DONE[kind])
    ledger.write({ id: input.reason, by: 'desk', revisions: answer.revisions ?? null, created: [] })
  }

  while (!signal.aborted) {
    const act = dice.weigh([
      ['tell', 70],
      ['repeat', 8],
      ['spoil', 8],
      ['edit', 14],
    ] as const)
    const action = act === 'edit' ? editor.next() : undefined
    if (action !== undefined) await edit(action)
    else if (act === 'repeat' && taken.length > 0) await repeat(dice.pick(taken))
    else {
      const sent = supply.next().value as Sent
      // What was refused comes again in its sound form.
      if (act === 'spoil') await spoil(sent)
      await tell(sent)
    }
    await think((500 + dice.roll(1000)) * pace, signal)
  }
}
