import type { Failure } from './kind.ts'
import type { Seen } from './run.ts'
import type { Target } from './target.ts'

const MEBIBYTE = 1024 * 1024
const MOST_LINES = 20

// A server has some 240 to 300 MiB when it is ready. What it keeps by its own limits is 194 MiB when all of that is full:
// answers (64), questions (16), rows (some 50), the ring (32) and what was made for followers (32); each connection to
// PostgreSQL keeps its prepared statements; and V8 gives back what it does not need only when it must. In 100,000 cases
// that takes three rounds of the ten to fill, and then it stays: the rest may add a quarter, so a leak of some 3 KB a case
// shows. In the 900 cases of `npm test` what it keeps stays small, and so does one of some 200 KB a case.

/** After how many rounds what the server keeps is full. */
const WARM_ROUNDS = 3
/** How much more memory than then the server may use at the end. */
const MOST_GROWTH = 1.25
/** What it may use in any case, in bytes. */
const MEMORY_OF_CACHES = 400 * MEBIBYTE

type Log = Pick<Target, 'logged'>

/** Every promise that was broken, in a text each. */
export function brokenOf({ failures, memory }: Seen, { logged }: Log): string[] {
  const broken = failures.map(failureText)
  const warm = memory[WARM_ROUNDS] ?? 0
  const end = memory.at(-1) ?? 0
  if (end > Math.max(warm * MOST_GROWTH, MEMORY_OF_CACHES))
    broken.push(`memory grew from ${mebibytes(warm)} after ${WARM_ROUNDS} rounds to ${mebibytes(end)}`)
  const lines = logged.join('').split('\n').filter(Boolean)
  if (lines.length > 0) {
    const some = lines.slice(0, MOST_LINES).map((line) => `\n  ${line.slice(0, 300)}`)
    broken.push(`the server logged ${lines.length} lines${some.join('')}`)
  }
  return broken
}

/** What a run has seen, to be read. */
export function reportOf(seen: Seen, log: Log, seconds: number): string {
  const { cases, outcomes, memory, heads } = seen
  const [before, after] = heads
  const rows = [...outcomes].map(([kind, counts]) => {
    const sorted = [...counts].sort(([, a], [, b]) => b - a)
    return `  ${kind} ×${cases.get(kind)}: ${sorted.map(([word, count]) => `${word} ×${count}`).join(', ')}`
  })
  const broken = brokenOf(seen, log)
  return [
    `Cases and answers, in ${seconds.toFixed(0)} s:`,
    ...rows,
    `Memory in MiB at the start, and after each round: ${memory.map((bytes) => Math.round(bytes / MEBIBYTE)).join(' ')}`,
    `The feed's end: ${before.position} → ${after.position}; changes of identities: ${before.identities} → ${after.identities}`,
    broken.length === 0 ? 'All promises were kept.' : broken.map((text) => `BROKEN: ${text}`).join('\n'),
  ].join('\n')
}

function failureText({ kind, seed, path, case: given, what }: Failure): string {
  return `${kind}: ${what.slice(0, 3000)}
  case: ${given.slice(0, 4000)}
  again: npm run fuzz -- --kind ${kind} --seed ${seed} --path ${path}`
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MEBIBYTE)} MiB`
}
