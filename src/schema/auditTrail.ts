import { type AuditAct, type AuditRow, listAudit } from '../store/audit.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import { pageSize } from './page.ts'
import { badInput } from './refused.ts'

const AuditActRef = codes<AuditAct>('AuditAct', 'What was done.', {
  OPEN_PROCESS: 'A process was opened, or its parties and mediators were added to.',
  INGEST: 'A dispatch was taken into the record.',
  CORRECT: 'A development was corrected.',
  RETRACT: 'A development was withdrawn.',
  REINSTATE: 'A development was given back.',
  MERGE: 'Two developments were made one.',
  SPLIT: 'A development was split in two.',
  RETRACT_REPORT: 'A report was taken back.',
  MAKE_KEY: 'An API key was made.',
  REVOKE_KEY: 'An API key was revoked.',
  HOLD: 'A dispatch was held under an embargo, or its sender gave it another moment.',
  EDIT_HELD: 'The desk edited or postponed a dispatch that was held.',
  RELEASE: 'A dispatch was taken in before its embargo was over. That it came in is told as INGEST.',
  DISCARD_HELD: 'A dispatch that was held was discarded.',
})

const AuditEntryRef = builder.objectRef<AuditRow>('AuditEntry').implement({
  description:
    'One thing that was written: who, when, what, from where. Entries are only added, in the very transaction.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    act: t.expose('act', { type: AuditActRef, description: 'What.' }),
    subject: t.exposeString('subject', {
      description: 'To what: a report, a development, a process or a key, by its id.',
    }),
    who: t.exposeString('who', {
      description: 'Who: a key with its label, the subject of a token, or the command and who ran it.',
    }),
    fromAddress: t.exposeString('fromAddress', {
      description: 'The address that it came from, or the machine of a command.',
    }),
    dispatch: t.exposeString('dispatchId', {
      nullable: true,
      description: 'sha256 of the dispatch; null: it was something else.',
    }),
    body: t.expose('body', {
      type: 'JSON',
      nullable: true,
      description:
        'What was sent: the dispatch as it was accepted or held, the correction, the reason. Null: there is no more to it.',
    }),
  }),
})

const writePlace = (id: number) => Buffer.from(`audit ${id}`).toString('base64url')

function readPlace(text: string): number {
  const [, id] = /^audit (\d{1,9})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (id === undefined) throw badInput('after', 'must be a cursor that this list gave out', text)
  return Number(id)
}

builder.queryField('auditTrail', (t) =>
  t.connection(
    {
      type: AuditEntryRef,
      description: 'Everything that was ever written, newest first. Takes the role ADMIN.',
      authScopes: { administer: true },
      // It grows without the feed: by keys.
      extensions: { isKept: false },
      args: {
        act: t.arg({ type: AuditActRef, description: 'Only this.' }),
        who: t.arg.string({ description: 'Only of this one, by its whole name.' }),
      },
      resolve: async (_root, args, { database }) => {
        const { limit, backwards } = pageSize(args)
        if (backwards || args.before != null)
          throw badInput('last', 'must be left out: the trail is read from the newest on', args.last ?? args.before)
        const before = args.after == null ? null : readPlace(args.after)
        const asked = { before, act: args.act ?? null, who: args.who ?? null, limit: limit + 1 }
        const rows = await listAudit(database.pool, asked)
        const edges = rows.slice(0, limit).map((node) => ({ node, cursor: writePlace(node.id) }))
        return {
          edges,
          pageInfo: {
            hasNextPage: rows.length > limit,
            hasPreviousPage: before !== null,
            startCursor: edges[0]?.cursor ?? null,
            endCursor: edges.at(-1)?.cursor ?? null,
          },
        }
      },
    },
    { name: 'AuditConnection', description: 'One page of the audit trail.' },
    { name: 'AuditEdge', description: 'An entry of the audit trail, and its place in it.' },
  ),
)
