import { questionTabs } from '../../src/transport/questions.ts'
import { processAt } from '../query/cast.ts'
import type { Dice } from '../query/dice.ts'
import { think } from './patience.ts'
import { kindOf, post } from './post.ts'
import type { Troubles } from './trouble.ts'

/** What was asked, and how long answers took, in milliseconds. */
export interface Answers {
  readonly questions: number[]
  readonly exports: number[]
}

export interface AskerOptions {
  readonly ports: readonly number[]
  readonly dice: Dice
  readonly answers: Answers
  readonly troubles: Troubles
  readonly pace: number
  readonly signal: AbortSignal
}

const questions = questionTabs()
  .map(({ query }) => query)
  .filter((query) => !/^subscription\b/m.test(query))
/** A share of exports among the questions, percent: each reads a whole process. */
const EXPORTS = 6

/** Asks every question and for exports, over and over, until it is told to stop. */
export async function ask({ ports, dice, answers, troubles, pace, signal }: AskerOptions): Promise<void> {
  for (let turn = dice.roll(questions.length); !signal.aborted; turn++) {
    const began = performance.now()
    const isExport = dice.chance(EXPORTS)
    const port = dice.pick(ports)
    const trouble = isExport
      ? await exported(port, dice)
      : await asked(port, questions[turn % questions.length] as string)
    for (const kind of trouble) troubles.note(isExport ? 'export' : 'question', kind, began)
    if (trouble.length === 0) (isExport ? answers.exports : answers.questions).push(performance.now() - began)
    await think((400 + dice.roll(800)) * pace, signal)
  }
}

async function asked(port: number, query: string): Promise<readonly string[]> {
  const reply = await post(port, query)
  if (reply.how === 'answered') return []
  return reply.how === 'failed' ? reply.kinds : [reply.kind]
}

async function exported(port: number, dice: Dice): Promise<readonly string[]> {
  const address = new URL(`http://127.0.0.1:${port}/export`)
  address.searchParams.set('format', dice.pick(['ndjson', 'csv']))
  address.searchParams.set('filter', JSON.stringify({ process: [dice.pick(['armenia-azerbaijan', processAt(1).id])] }))
  let response: Response
  try {
    response = await fetch(address)
  } catch (error) {
    return [kindOf(error)]
  }
  try {
    const text = await response.text()
    if (response.status === 200) return text.endsWith('\n') ? [] : ['an export has no end']
    const { errors } = JSON.parse(text) as { errors: object[] }
    return errors.map(kindOf)
  } catch {
    return ['an export was cut']
  }
}
