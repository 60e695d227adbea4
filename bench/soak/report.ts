import { percentile } from '../feed/figures.ts'
import { hardware } from '../feed/machine.ts'
import type { Remembered } from './memory.ts'
import type { Soaked } from './run.ts'
import { type Followed, findings } from './verdict.ts'

/** What a soak has come to, in Markdown. */
export function report(soaked: Soaked, { command, seed }: { command: string; seed: number }): string {
  const wrong = findings(soaked)
  return [
    `\`${command}\`, seed ${seed}, ${soaked.minutes.toFixed(1)} minutes${soaked.isEarly ? ', ended early' : ''}. ${machine(soaked.postgresql)}`,
    wrong.length === 0
      ? '**Nothing was lost, doubled or out of order, and every error is explained by a fault.**'
      : `**${wrong.length} ${wrong.length === 1 ? 'finding' : 'findings'}:**\n\n${listOf(wrong)}`,
    written(soaked),
    '## Who followed',
    followers(soaked.followed),
    '## Who asked',
    answers(soaked),
    '## Faults',
    faults(soaked),
    '## Memory',
    memory(soaked.memory),
    '## Errors by kind',
    errors(soaked),
  ].join('\n\n')
}

/** How many findings are shown: what is wrong at all is often wrong often. */
const SHOWN = 50

function listOf(wrong: readonly string[]): string {
  const shown = wrong.slice(0, SHOWN).map((finding) => `- ${finding}`)
  return [...shown, ...(wrong.length > SHOWN ? [`- and ${wrong.length - SHOWN} more`] : [])].join('\n')
}

function machine(postgresql: string): string {
  return `${hardware()}, Node ${process.versions.node}, PostgreSQL ${postgresql}.`
}

function written({ ledger, base, recorded }: Soaked): string {
  const { counts } = ledger
  const acts = counts.corrected + counts.retracted + counts.reinstated
  return [
    `The record holds ${count(ledger.written.length)} things that were sent: ${count(counts.accepted)} dispatches and ${count(acts)} acts of the desk`,
    `(${counts.corrected} corrections, ${counts.retracted} retractions, ${counts.reinstated} reinstatements). They wrote ${count(recorded.revisions)} revisions,`,
    `positions ${count(base + 1)} to ${count(recorded.head)}. ${count(counts.unchanged)} dispatches were sent again and left all as it was; ${count(counts.refused)} spoiled`,
    `ones were refused; ${count(counts['in doubt'])} answers were lost, and what they were to was sent again.`,
  ].join('\n')
}

function followers(followed: readonly Followed[]): string {
  const groups = new Map<string, Followed[]>()
  for (const one of followed) {
    const name = `${one.way} | ${one.isStanding ? 'stayed' : 'came and left'}`
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  const sum = (all: readonly Followed[], of: (one: Followed) => number) =>
    count(all.reduce((total, one) => total + of(one), 0))
  return table(
    ['by', '', 'followers', 'came back', 'changes', 'lost', 'twice', 'out of order', 'wrong', 'gaps'],
    [...groups]
      .sort()
      .map(([name, all]) => [
        ...[...name.split(' | '), count(all.length), sum(all, ({ returns }) => returns)],
        sum(all, ({ matches }) => matches),
        ...(['lost', 'doubled', 'disordered', 'foreign'] as const).map((kind) => sum(all, (one) => one[kind].length)),
        sum(all, ({ gaps }) => gaps),
      ]),
    2,
  )
}

function answers({ answers: { questions, exports } }: Soaked): string {
  const rows = Object.entries({ questions, exports }).map(([name, latencies]) => {
    const sorted = [...latencies].sort((a, b) => a - b)
    return [name, count(sorted.length), ...[0.5, 0.99, 1].map((share) => percentile(sorted, share).toFixed(0))]
  })
  return table(['', 'answers', 'p50 ms', 'p99 ms', 'longest ms'], rows, 1)
}

function faults({ happened }: Soaked): string {
  const names = [...new Set(happened.map(({ fault }) => fault))].sort()
  const rows = names.map((name) => {
    const seconds = happened.filter(({ fault }) => fault === name).map(({ ms }) => ms / 1000)
    return [name, count(seconds.length), Math.max(...seconds).toFixed(1)]
  })
  return table(['fault', 'times', 'longest until all were at the head again, s'], rows, 1)
}

/** A server that was there for less is not judged. */
const LEAST_MINUTES = 1

function memory(remembered: readonly Remembered[]): string {
  const longest = Math.max(...remembered.map(({ minutes }) => minutes))
  const shown = remembered.filter(({ minutes }) => minutes >= Math.min(LEAST_MINUTES, longest / 2))
  const figure = (value: number | undefined, digits = 0) =>
    value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits)
  const rows = shown.map(({ server, minutes, first, most, last, after, perMinute, perMinuteLate }) => [
    ...[server, figure(minutes, 1), figure(first), figure(most), figure(last), figure(after)],
    ...[figure(perMinute, 2), figure(perMinuteLate, 2)],
  ])
  const columns = ['process of', 'minutes', 'MB after warm-up', 'most', 'at the end', 'when all had left']
  return table([...columns, 'MB a minute', 'in the second half'], rows, 1)
}

function errors({ troubles }: Soaked): string {
  if (troubles.length === 0) return 'None.'
  const rows = troubles.map(({ who, what, times, unexplained }) => [
    ...[who, what.replaceAll('|', '\\|'), count(times), count(unexplained)],
  ])
  return table(['who', 'what', 'times', 'not explained by a fault'], rows, 2)
}

const count = (value: number) => value.toLocaleString('en')

/** @param texts how many columns at the left are text */
function table(columns: readonly string[], rows: readonly (readonly string[])[], texts: number): string {
  return [columns, columns.map((_, i) => (i < texts ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
