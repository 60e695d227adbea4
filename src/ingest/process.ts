import { audit } from '../store/audit.ts'
import { findActors } from '../store/names.ts'
import type { Pen } from '../store/pen.ts'
import { insertMissing } from '../store/rows.ts'
import { type ProcessDocument, processDocument } from './contractIdentity.ts'
import { introduce, unknownActor } from './identities.ts'
import { type Problem, problem, Refusal, readBy } from './refusal.ts'

/** Reads unknown input as a process document. Throws a Refusal that lists everything that is wrong with its form. */
export function readProcess(input: unknown): ProcessDocument {
  return readBy(processDocument, input)
}

/** Opens a process, or adds to a known one what the document has beyond it. Returns whether anything was new. */
export async function acceptProcess(pen: Pen, document: ProcessDocument): Promise<boolean> {
  const { id, name, summary, parties, mediators } = document.process
  const introduced = await introduce(pen, document)
  const actors = await findActors(pen.client, [...parties, ...mediators])
  const problems: Problem[] = []
  const members = (list: readonly string[], member: 'parties' | 'mediators', part: 'PARTY' | 'MEDIATOR') =>
    list.flatMap((text, i) => {
      const actorId = actors.get(text)
      if (actorId === undefined) problems.push(problem(['process', member, i], unknownActor, text))
      return actorId === undefined ? [] : [{ processId: id, actorId, part }]
    })
  const rows = [...members(parties, 'parties', 'PARTY'), ...members(mediators, 'mediators', 'MEDIATOR')]
  if (problems.length > 0) throw new Refusal(problems)
  const opened = await insertMissing(pen.client, 'Process', [{ id, name, summary }])
  const added = await insertMissing(pen.client, 'ProcessActor', rows)
  if (opened + added > 0) pen.identityChanged()
  const isNew = introduced || opened + added > 0
  if (isNew) await audit(pen, [{ act: 'OPEN_PROCESS', subject: id }])
  return isNew
}
