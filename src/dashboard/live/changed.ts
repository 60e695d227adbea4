import { counted, inWords } from '../words.ts'
import type { RevisionFields } from './change.ts'

type Changes = RevisionFields['changes']

const nouns: Record<string, string> = {
  participants: 'participant',
  milestones: 'step',
  claims: 'claim',
  citations: 'citation',
  disagreements: 'disagreement',
  links: 'link',
  legs: 'leg',
  invitations: 'invitation',
}

/** What a revision changed, in short: how its fields read now, and how many members of its lists are new, other or gone. */
export function changedInWords(changes: Changes): string[] {
  const fields: string[] = []
  const lists = new Map<string, { added: number; changed: number; gone: number }>()
  for (const { path, before, after } of changes) {
    const [, list] = /^(\w+)\[/.exec(path) ?? []
    if (list === undefined) {
      fields.push(fieldInWords(path, before, after))
      continue
    }
    const of = lists.get(list) ?? { added: 0, changed: 0, gone: 0 }
    of[before === null ? 'added' : after === null ? 'gone' : 'changed']++
    lists.set(list, of)
  }
  const members = [...lists].flatMap(([list, { added, changed, gone }]) => {
    const noun = nouns[list] ?? inWords(list)
    return [
      added > 0 && `${counted(added, noun)} added`,
      changed > 0 && `${counted(changed, noun)} changed`,
      gone > 0 && `${counted(gone, noun)} gone`,
    ].filter((text) => text !== false)
  })
  return [...fields, ...members]
}

const isCode = (value: unknown): value is string => typeof value === 'string' && /^[A-Z][A-Z_]*$/.test(value)

function fieldInWords(path: string, before: unknown, after: unknown): string {
  const name = inWords(path.replaceAll(/([a-z])([A-Z])/g, '$1 $2'))
  if (isCode(after)) return `${name} ${isCode(before) ? `${inWords(before)} → ` : ''}${inWords(after)}`
  if (typeof after === 'number') return `${name} ${before == null ? '' : `${before} → `}${after}`
  return `${name} ${before == null ? 'told' : after == null ? 'gone' : 'changed'}`
}
