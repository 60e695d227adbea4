import { loadRecorded } from '../store/material.ts'
import { existing } from '../store/names.ts'
import type { Pen } from '../store/pen.ts'
import { insertMissing } from '../store/rows.ts'
import type { Mention } from './contractCopy.ts'
import { type Path, problem, Refusal } from './refusal.ts'

/**
 * Notes developments by name, so that links to them can be kept before, or without, a dispatch that tells of them: a
 * part of a record links to what was left out, too. Nothing of them shows until then. Throws a Refusal for one that the
 * record knows as another kind, or of another process.
 */
export async function mention(pen: Pen, mentions: readonly Mention[], pathOf: (i: number) => Path): Promise<void> {
  if (mentions.length === 0) return
  const { client } = pen
  const processes = await existing(
    client,
    'Process',
    mentions.map(({ process }) => process),
  )
  const recorded = await loadRecorded(
    client,
    mentions.map(({ ref }) => ref),
  )
  const problems = mentions.flatMap(({ ref, kind, process }, i) => {
    const path = pathOf(i)
    if (!processes.has(process))
      return [problem([...path, 'process'], 'must be a process that the record knows', process)]
    const known = recorded.get(ref)
    if (known === undefined || (known.kind === kind && known.process === process)) return []
    return [
      problem(path, `must be of the kind ${known.kind} and the process ${known.process}, as the record has ${ref}`, {
        kind,
        process,
      }),
    ]
  })
  if (problems.length > 0) throw new Refusal(problems)
  await insertMissing(
    client,
    'Development',
    mentions.map(({ ref, kind, process }) => ({ id: ref, kind, processId: process, withheld: false })),
  )
}
