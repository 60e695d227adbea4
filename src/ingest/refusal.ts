import type { z } from 'zod'

/** One reason why input is refused: where, which rule, and what stood there. */
export interface Problem {
  /** `developments[2].legs[0].count.best`; empty: the input as a whole. */
  readonly path: string
  /** Completes the sentence that begins with the path: "must be a number of at least 0". */
  readonly rule: string
  /** What stood there, as short JSON; absent where nothing did. */
  readonly value?: string | undefined
}

/** Input that is refused whole, with everything that is wrong with it. Nothing of it is in the record. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(sentence).join('\n'))
    this.problems = problems
  }
}

/** `developments[2].legs[0].count.best: must be a number of at least 0, got -3` */
export function sentence({ path, rule, value }: Problem): string {
  const subject = path === '' ? 'the dispatch' : path
  return `${subject}: ${rule}${value === undefined ? '' : `, got ${value}`}`
}

export type Path = readonly PropertyKey[]

export function problem(path: Path, rule: string, value?: unknown): Problem {
  return { path: pathText(path), rule, value: value === undefined ? undefined : short(value) }
}

/** Reads unknown input by a contract. Throws a Refusal that lists everything that is wrong with its form. */
export function readBy<Contract extends z.ZodType>(contract: Contract, input: unknown): z.output<Contract> {
  const result = contract.safeParse(input)
  if (!result.success) throw new Refusal(problemsOf(result.error, input))
  return result.data
}

/** What zod found, in sentences of one form. */
function problemsOf(error: z.ZodError, input: unknown): Problem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => problem([...issue.path, key], 'must be left out: there is no such field here'))
    }
    return [problem(issue.path, ruleOf(issue), at(input, issue.path))]
  })
}

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must ')) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be one of ${issue.options.join(', ')}`
        : 'must have one of the forms that its description lists'
    case 'too_big':
      return `must be at most ${issue.maximum}`
    case 'too_small':
      return `must be at least ${issue.minimum}`
    default:
      return `must be valid (${issue.message})`
  }
}

function at(input: unknown, path: Path): unknown {
  let node = input
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined
    node = (node as Record<PropertyKey, unknown>)[key]
  }
  return node
}

function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    const name = String(key)
    if (!/^[\w$-]{1,80}$/.test(name)) return `${text}[${short(name)}]`
    return text === '' ? name : `${text}.${name}`
  }, '')
}

/** At most 80 characters: enough to recognise a value, never a way to fill a log. */
function short(value: unknown): string {
  const text = json(value)
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}

function json(value: unknown): string {
  if (typeof value === 'number') return String(value)
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    // Nested deeper than the stack.
    return Array.isArray(value) ? '[…]' : '{…}'
  }
}
