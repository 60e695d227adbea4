import { agreementStages } from './agreement.ts'
import { type Aspect, type Value, valueMember } from './claim.ts'
import type { Detail } from './content.ts'
import { exchangeForms } from './exchange.ts'
import { incidentStandings, incidentTypes } from './incident.ts'
import type { Kind } from './kind.ts'
import { strengths } from './pledge.ts'
import { issues, speechActs } from './statement.ts'
import { statusProblem } from './status.ts'
import { talkExtents, talkFormats, talkLevels, talkTracks } from './talk.ts'

/** The fields of the kinds whose values are codes; no two kinds share one. */
export type CodeName =
  | 'act'
  | 'issue'
  | 'extent'
  | 'format'
  | 'track'
  | 'level'
  | 'form'
  | 'strength'
  | 'stage'
  | 'type'
  | 'standing'
type Vocabulary = Record<Kind, ReadonlyMap<CodeName, readonly string[]>>

/** The CONTENT keys of each kind whose text is one of a list of words. */
const vocabulary: Vocabulary = {
  STATEMENT: new Map<CodeName, readonly string[]>([
    ['act', speechActs],
    ['issue', issues],
  ]),
  TALK: new Map<CodeName, readonly string[]>([
    ['extent', talkExtents],
    ['format', talkFormats],
    ['track', talkTracks],
    ['level', talkLevels],
  ]),
  EXCHANGE: new Map([['form', exchangeForms]]),
  PLEDGE: new Map([['strength', strengths]]),
  AGREEMENT: new Map([['stage', agreementStages]]),
  INCIDENT: new Map<CodeName, readonly string[]>([
    ['type', incidentTypes],
    ['standing', incidentStandings],
  ]),
}

/** Why a development of a kind cannot hold a value, in words that complete "must …"; undefined when it can. */
export function valueProblem(kind: Kind, aspect: Aspect, key: string, value: Value): string | undefined {
  const member = valueMember[aspect]
  if (!(member in value)) return `have the member ${member} for aspect ${aspect}`
  if ('status' in value) return statusProblem(kind, value.status)
  const words = aspect === 'CONTENT' ? vocabulary[kind].get(key as CodeName) : undefined
  return words === undefined || !('text' in value) || words.includes(value.text)
    ? undefined
    : `have as text one of ${words.join(', ')}`
}

/** The codes that a development of its kind has; what no report tells is left out. */
export function codesOf(detail: Detail): { [name in CodeName]?: string } {
  const values: { readonly [name in CodeName]?: string | null } = detail
  return Object.fromEntries(
    [...vocabulary[detail.kind].keys()].flatMap((name) => {
      const code = values[name]
      return code == null ? [] : [[name, code]]
    }),
  )
}
