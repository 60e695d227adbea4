import type { VariablesOf } from '../graphql.ts'
import type { Ingest } from './ingest.ts'
import { malformed } from './jsonPlace.ts'
import type { Trouble } from './trouble.ts'

export type DispatchInput = VariablesOf<typeof Ingest>['dispatch']

const kinds = ['STATEMENT', 'TALK', 'EXCHANGE', 'PLEDGE', 'AGREEMENT', 'INCIDENT']

/**
 * Reads the text of a dispatch, as it stands in a file, into what the schema takes: a development's kind becomes the
 * name around it. Whatever else may be wrong with it is for the server to say.
 */
export function readDispatch(text: string): { readonly dispatch: DispatchInput } | { readonly troubles: Trouble[] } {
  const wrong = malformed(text)
  if (wrong !== undefined) return { troubles: [{ path: '', message: wrong.words, offset: wrong.offset }] }
  const sent: unknown = JSON.parse(text)
  if (!isObject(sent)) return { troubles: [{ path: '', message: 'the dispatch: must be an object', offset: 0 }] }
  const { $schema: _, developments, ...rest } = sent
  const troubles: Trouble[] = []
  const told = !Array.isArray(developments)
    ? developments
    : developments.map((development: unknown, i) => {
        const { kind, ...account } = isObject(development) ? development : {}
        if (typeof kind === 'string' && kinds.includes(kind)) return { [kind.toLowerCase()]: account }
        const path = `developments[${i}].kind`
        troubles.push({ path, message: `${path}: must be one of ${kinds.join(', ')}` })
        return null
      })
  if (troubles.length > 0) return { troubles }
  return { dispatch: { ...rest, ...(told !== undefined && { developments: told }) } as never }
}

/** Writes a dispatch as `readDispatch` takes it, in the order in which one reads it: the database keeps none. */
export function writeDispatch(dispatch: object): string {
  const { process, report, developments, ...named } = dispatch as Record<string, unknown>
  return JSON.stringify({ process, report, ...named, developments }, null, 2)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
