import type { FieldChange } from '../domain/changes.ts'
import type { Action } from '../domain/revise.ts'
import { type RevisionRow, readFurther } from '../store/revision.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import { globalId } from './globalId.ts'
import { identityOf } from './identity.ts'
import { positionLoader } from './loader.ts'
import { ReportRef } from './report.ts'

export const ActionRef = codes<Action>('Action', 'What a revision did. A correction is not an update.', {
  CREATED: 'The development entered the record.',
  AMENDED: 'New evidence was added.',
  BACKDATED: 'Evidence published earlier arrived late: this is what was known in between.',
  CORRECTED: 'The desk corrected the record.',
  RETRACTED: 'The desk withdrew the development; its content is withheld, the reason stays.',
  REINSTATED: 'It is back: the desk took its retraction or merge back, or a report tells it that was not retracted.',
  MERGED: 'It is the same event as another development, which now holds it.',
})

export const FieldChangeRef = builder.objectRef<FieldChange>('FieldChange').implement({
  description: 'One difference between two versions.',
  fields: (t) => ({
    path: t.exposeString('path', {
      description: 'Which field: `status`, `claims[FIGURE leg/x …]`, `participants[MEDIATOR eu]`.',
    }),
    before: t.expose('before', { type: 'JSON', nullable: true, description: 'What stood there; null: nothing.' }),
    after: t.expose('after', { type: 'JSON', nullable: true, description: 'What stands there; null: nothing.' }),
  }),
})

const reportOf = positionLoader('report', (pool, positions) => readFurther(pool, 'report', positions))
/** What the revision at a position changed. */
export const changesOf = positionLoader('changes', (pool, positions) => readFurther(pool, 'changes', positions))

/** One immutable version of a development. Old content is read with `at`. */
export const RevisionRef = builder.objectRef<RevisionRow>('Revision').implement({
  description:
    'One immutable version of a development: why it was made and what it changed. Its content is read with `at`.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ position }) => globalId('Revision', position) }),
    position: t.exposeInt('position', { description: 'Its place in the feed: 1, 2, 3 …, without holes.' }),
    cursor: t.field({
      type: 'FeedCursor',
      description: 'Its place in the feed, to follow from or to read `at`.',
      resolve: ({ position, tag }) => ({ position, tag }),
    }),
    number: t.exposeInt('number', { description: '1, 2, 3 … within the development.' }),
    action: t.expose('action', { type: ActionRef, description: 'What it did.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why the desk did it; null for what a report brought.',
    }),
    knownAt: t.expose('knownAt', { type: 'DateTime', description: 'From when on this was publicly known.' }),
    knownUntil: t.expose('knownUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when it was all that was known; null: until further evidence.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was written here.' }),
    report: t.field({
      type: ReportRef,
      nullable: true,
      description: 'The report that brought it; null for what the desk did.',
      resolve: async ({ position, dispatchId }, _args, context, info) =>
        dispatchId === null ? null : identityOf(context, info, 'Report', (await reportOf(context, position)) ?? null),
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description: 'What it changed against the version before it. Empty while the development is withheld.',
      extensions: { assumedSize: 10 },
      resolve: async ({ position, withheld }, _args, context) =>
        withheld ? [] : ((await changesOf(context, position)) ?? []),
    }),
  }),
})
