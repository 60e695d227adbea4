import { printParseErrorCode, visit } from 'jsonc-parser'

/** What keeps text from being JSON; line and column count from 1. */
export interface Malformation {
  readonly words: string
  readonly offset: number
  readonly line: number
  readonly column: number
}

/**
 * The first thing that keeps text from being JSON. JSON.parse decides whether it is; it does not always say where it
 * stumbled. Undefined where that cannot be told.
 */
export function malformation(text: string): Malformation | undefined {
  let first: Malformation | undefined
  const onError: NonNullable<Parameters<typeof visit>[1]['onError']> = (error, offset, _length, line, column) => {
    first ??= { words: wordsOf(printParseErrorCode(error)), offset, line: line + 1, column: column + 1 }
  }
  try {
    visit(text, { onError }, { disallowComments: true })
  } catch {
    // It recurses, and what nests deeper than the stack is told without a position.
  }
  return first
}

/** Whether text is only the beginning of JSON, so that more of it may follow. */
export function breaksOff(text: string): boolean {
  const fault = malformation(text)
  return fault !== undefined && fault.offset >= text.trimEnd().length
}

/** "CloseBraceExpected" as "close brace expected". */
function wordsOf(code: string): string {
  if (code === 'EndOfFileExpected') return 'end of the document expected'
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()
}
