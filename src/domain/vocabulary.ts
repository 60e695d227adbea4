import { agreementStages } from './agreement.ts'
import { type Aspect, type Value, valueMember } from './claim.ts'
import { exchangeForms } from './exchange.ts'
import { incidentStandings, incidentTypes } from './incident.ts'
import type { Kind } from './kind.ts'
import { strengths } from './pledge.ts'
import { issues, speechActs } from './statement.ts'
import { statusProblem } from './status.ts'
import { talkExtents, talkFormats, talkLevels, talkTracks } from './talk.ts'

/** The CONTENT keys of each kind whose text is one of a list of words. */
const vocabulary: Record<Kind, ReadonlyMap<string, readonly string[]>> = {
  STATEMENT: new Map<string, readonly string[]>([
    ['act', speechActs],
    ['issue', issues],
  ]),
  TALK: new Map<string, readonly string[]>([
    ['extent', talkExtents],
    ['format', talkFormats],
    ['track', talkTracks],
    ['level', talkLevels],
  ]),
  EXCHANGE: new Map([['form', exchangeForms]]),
  PLEDGE: new Map([['strength', strengths]]),
  AGREEMENT: new Map([['stage', agreementStages]]),
  INCIDENT: new Map<string, readonly string[]>([
    ['type', incidentTypes],
    ['standing', incidentStandings],
  ]),
}

/** Why a development of a kind cannot hold a value, in words that complete "must …"; undefined when it can. */
export function valueProblem(kind: Kind, aspect: Aspect, key: string, value: Value): string | undefined {
  const member = valueMember[aspect]
  if (!(member in value)) return `have the member ${member} for aspect ${aspect}`
  if ('status' in value) return statusProblem(kind, value.status)
  const words = aspect === 'CONTENT' ? vocabulary[kind].get(key) : undefined
  return words === undefined || !('text' in value) || words.includes(value.text)
    ? undefined
    : `have as text one of ${words.join(', ')}`
}
