import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'

/** A stretch of a text; lines count from 1. */
export interface Place {
  readonly line: number
  readonly from: number
  readonly to: number
}

/** What keeps a text from being JSON, as far as it can be told. */
export interface Malformed {
  readonly words: string
  readonly offset: number
}

const strict = { disallowComments: true, allowTrailingComma: false }

/** Undefined: it is JSON. */
export function malformed(text: string): Malformed | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    const errors: ParseError[] = []
    parseTree(text, errors, strict)
    const [first] = errors
    if (first === undefined) return { words: 'must be JSON', offset: 0 }
    const words = printParseErrorCode(first.error).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    return { words: `must be JSON: ${words.toLowerCase()}`, offset: first.offset }
  }
}

/** Where an offset stands. */
export function placeAt(text: string, from: number, to = from): Place {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < from; at = text.indexOf('\n', at + 1)) line++
  return { line, from, to }
}

/**
 * Where a path such as `developments[2].legs[0].count.best` leads to in a JSON text. What is not there is found at the
 * last member on the way to it that is: that is where it is missing.
 */
export function placeOf(text: string, path: string): Place {
  let node = parseTree(text, [], strict)
  if (node === undefined) return placeAt(text, 0)
  for (const step of stepsOf(path)) {
    const next = member(node, step)
    if (next === undefined) break
    node = next
  }
  const whole = node.parent?.type === 'property' ? node.parent : node
  return placeAt(text, whole.offset, whole.offset + whole.length)
}

function member(node: Node, step: string | number): Node | undefined {
  if (typeof step === 'number') return node.type === 'array' ? node.children?.[step] : undefined
  return node.children?.find(({ type, children }) => type === 'property' && children?.[0]?.value === step)
    ?.children?.[1]
}

function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([\w$-]+)/g)].map(([, index, quoted, name]) => {
    if (index !== undefined) return Number(index)
    return quoted === undefined ? (name as string) : String(JSON.parse(quoted))
  })
}
