import type { AskError } from '../server.ts'

/** Something that is wrong with what was written. */
export interface Trouble {
  /** Where, as the schema names it: `developments[0].ref`; empty: all of it. */
  readonly path: string
  readonly message: string
  /** Where in the text, if it is no JSON, in which a path leads nowhere. */
  readonly offset?: number
}

const AT = /^Variable "\$dispatch" got invalid value .* at "dispatch\.?([^"]*)"; (.*)$/s
const WHOLE = /^Variable "\$dispatch" got invalid value .*; ((?:Field|Expected|Exactly).*)$/s

/**
 * What GraphQL says of input that has not the form of the schema, at the places that a dispatch has in a file: there a
 * development's kind is a member of it, here it is the name around it. Null: it says something else.
 */
export function troublesIn(error: AskError): Trouble[] | null {
  const troubles = error.messages.map(troubleIn)
  return troubles.every((trouble) => trouble !== null) ? troubles : null
}

function troubleIn(message: string): Trouble | null {
  const [, at = '', words] = AT.exec(message) ?? [undefined, '', WHOLE.exec(message)?.[1]]
  if (words === undefined) return null
  const path = at.replace(/^(developments\[\d+\])\.[a-z]+/, '$1')
  const [, field, isMissing] = /^Field "(\w+)" (of required type "[^"]*" was not provided)?/.exec(words) ?? []
  if (field === undefined) return { path, message: `${path || 'the dispatch'}: ${words}` }
  const full = path === '' ? field : `${path}.${field}`
  return {
    path: full,
    message: `${full}: ${isMissing ? 'must be given' : 'must be left out: there is no such field here'}`,
  }
}
