import { type Permission, permits, type ViewerRole } from '../feed/viewer.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import type { Context } from './context.ts'

export const ViewerRoleRef = codes<ViewerRole>('ViewerRole', 'What whoever asks may do.', {
  READER: 'Reads the record and follows the feed.',
  INGEST: 'Also brings dispatches in: machines.',
  DESK: 'Also corrects, retracts, mends and holds dispatches back: editors.',
  ADMIN: 'Also reads the audit trail and how the servers stand: operators.',
})

const may = (permission: Permission, description: string) => ({
  description,
  resolve: ({ scope }: Context) => permits(scope, permission),
})

const ViewerRef = builder.objectRef<Context>('Viewer').implement({
  description: 'Whoever asks, as this server knows it: by a key, by a token, or not at all.',
  fields: (t) => ({
    name: t.string({
      description: 'What the audit trail calls it: "key 0f3c… (desk)", "token of …", "anonymous".',
      resolve: ({ author }) => author.name,
    }),
    role: t.field({
      type: ViewerRoleRef,
      description: 'What it may do.',
      // Whoever has none is not let in.
      resolve: ({ scope }) => scope as ViewerRole,
    }),
    mayIngest: t.boolean(may('ingest', 'It may use `ingest`.')),
    mayEdit: t.boolean(may('edit', 'It may correct, retract, reinstate, merge, split, and hold dispatches back.')),
    mayAdminister: t.boolean(may('administer', 'It may read `auditTrail`.')),
  }),
})

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    description: 'Who you are, as this server knows you, and what you may do.',
    // Of one scope there are many, each with a name of its own.
    extensions: { isKept: false },
    resolve: (_root, _args, context) => context,
  }),
)
