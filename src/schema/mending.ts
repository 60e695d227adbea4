import { Refusal } from '../ingest/refusal.ts'
import { type Pen, preview, write } from '../store/pen.ts'
import { readWritten, type Written } from '../store/written.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { badInput } from './refused.ts'
import { ActionRef, FieldChangeRef } from './revision.ts'

/** What mending the record did, or would do. */
export interface Mended {
  readonly isPreview: boolean
  readonly written: readonly Written[]
}

const LARGEST = 1000

const MendedRevisionRef = builder.objectRef<Written>('MendedRevision').implement({
  description:
    'A revision that mending the record writes: what it does to one development, and what followers get of it.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: 'The development.' }),
    action: t.expose('action', {
      type: ActionRef,
      description: 'What it does; followers are told the same, if their filter passes it or makes it leave.',
    }),
    position: t.exposeInt('position', {
      description: 'Its place in the feed; of a preview, the place that it would have now.',
    }),
    headline: t.exposeString('headline', { description: 'What the development is called then.' }),
    knownAt: t.expose('knownAt', { type: 'DateTime', description: 'From when on this was publicly known.' }),
    knownUntil: t.expose('knownUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when it was all that was known; null: until further evidence.',
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description: 'Which fields change, against what the record holds for that time. Empty for a tombstone.',
      resolve: ({ changes }) => [...changes],
    }),
    mergedInto: t.exposeString('mergedInto', {
      nullable: true,
      description: 'Of a MERGED one, ref of the development that holds it.',
    }),
  }),
})

export const MendedRef = builder.objectRef<Mended>('Mended').implement({
  description: 'What mending the record did, or would do: all of it in one transaction, contiguous in the feed.',
  fields: (t) => ({
    isPreview: t.exposeBoolean('isPreview', { description: 'Nothing was written: this is what would be.' }),
    developments: t.stringList({
      description: 'Refs of the developments that are affected.',
      resolve: ({ written }) => [...new Set(written.map(({ ref }) => ref))],
    }),
    revisionCount: t.int({ description: 'How many revisions there are.', resolve: ({ written }) => written.length }),
    revisions: t.field({
      type: [MendedRevisionRef],
      description: 'The revisions, in the order of the feed: what those who follow without a filter get.',
      args: {
        first: t.arg.int({
          defaultValue: 100,
          description: `How many of them, at most ${LARGEST}; the feed has the rest.`,
        }),
      },
      resolve: ({ written }, { first }) => {
        const limit = first ?? 100
        if (limit < 0 || limit > LARGEST) throw badInput('first', `must be from 0 to ${LARGEST}`, limit)
        return written.slice(0, limit)
      },
    }),
  }),
})

export const previewArg = {
  preview: builder.args((t) => ({
    preview: t.boolean({
      defaultValue: false,
      description: 'Only tell what would be written: it is done, told, and taken back before anybody sees it.',
    }),
  })).preview,
}

/** Mends the record, or looks what that would do: the same work, taken back at the end. */
export async function mend(
  { database, now, author }: Context,
  isPreview: boolean | null | undefined,
  work: (pen: Pen) => Promise<void>,
): Promise<Mended> {
  const written = await (isPreview ? preview : write)(database.pool, { now: now(), author }, async (pen) => {
    const start = pen.position
    await work(pen)
    return await readWritten(pen, start)
  })
  return { isPreview: isPreview ?? false, written }
}

/** What came of a deed and, where it was only looked at, what it would have written. */
export type Looked<Result> = Result & { readonly preview?: Mended }

/** Does it, or looks what that would write: the same work, taken back at the end. */
export async function doOrLook<Result extends object>(
  { database, now, author }: Context,
  isPreview: boolean | null | undefined,
  work: (pen: Pen) => Promise<Result>,
): Promise<Looked<Result>> {
  const occasion = { now: now(), author }
  if (!isPreview) return { ...(await write(database.pool, occasion, work)) }
  return preview(database.pool, occasion, async (pen) => {
    const start = pen.position
    const result = await work(pen)
    return { ...result, preview: { isPreview: true, written: await readWritten(pen, start) } }
  })
}

/** The field of a result that says what a preview would have written. */
export const looked = {
  type: MendedRef,
  nullable: true as const,
  description: 'What would have been written. Null: it was, since no preview was asked for.',
  resolve: ({ preview }: Looked<object>) => preview ?? null,
}

/** The typed error that mending shares: input that is refused. */
export function mendingErrors(name: string, description: string) {
  return { types: [Refusal], union: { name, description } }
}
