import type { FieldChange } from '../domain/changes.ts'
import type { Action } from '../domain/revise.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import { globalId } from './globalId.ts'
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

/** One immutable version of a development. Old content is read with `at`. */
export const RevisionRef = builder.prismaObject('Revision', {
  variant: 'Revision',
  description:
    'One immutable version of a development: why it was made and what it changed. Its content is read with `at`.',
  interfaces: [builder.nodeInterfaceRef()],
  select: { position: true },
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ position }) => globalId('Revision', position) }),
    position: t.exposeInt('position', { description: 'Its place in the feed: 1, 2, 3 …, without holes.' }),
    cursor: t.field({
      type: 'FeedCursor',
      description: 'Its place in the feed, to follow from or to read `at`.',
      select: { position: true, tag: true },
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
      select: (_args, _ctx, nested) => ({ dispatch: { select: { report: nested() } } }),
      resolve: ({ dispatch }) => dispatch?.report ?? null,
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description: 'What it changed against the version before it. Empty while the development is withheld.',
      extensions: { assumedSize: 10 },
      select: { changes: true, development: { select: { withheld: true } } },
      resolve: ({ changes, development }) => (development.withheld ? [] : (changes as unknown as FieldChange[])),
    }),
  }),
})
