import type { PoolClient } from 'pg'
import { independentSources, tellingReports } from '../domain/citation.ts'
import type { Content } from '../domain/content.ts'
import type { Facets } from '../domain/facets.ts'
import type { PlannedRevision } from '../domain/revise.ts'
import { revisionText } from './revisionText.ts'
import type { RowSet, Rows } from './rows.ts'

/** A planned revision with all that its row needs beyond its content. */
export interface NewRevision extends PlannedRevision {
  readonly position: number
  readonly tag: string
  readonly development: string
  readonly process: string
  readonly number: number
  readonly replaces: number | null
  readonly reason: string | null
  readonly recordedAt: Date
  readonly dispatch: string | null
  readonly deskAction: number | null
  readonly facets: Facets
}

/** A revision by its place and its cause alone. */
type Placed = Omit<NewRevision, 'content' | 'was' | 'changes' | 'knownAt' | 'knownUntil'>

/** Says of revisions which one took their place. */
export async function supersede(
  client: PoolClient,
  pairs: readonly { readonly position: number; readonly replaces: number }[],
): Promise<void> {
  if (pairs.length === 0) return
  await client.query(
    `update "Revision" r set "supersededBy" = n.position
     from jsonb_to_recordset($1::jsonb) as n (position int, replaces int) where r.position = n.replaces`,
    [JSON.stringify(pairs)],
  )
}

/** The row of a tombstone: it says that the content is withheld, or where it is now, and why, and holds none of it. */
export function tombstoneRow(revision: Placed): Rows['Revision'] {
  return {
    ...withoutContent(revision),
    knownAt: revision.recordedAt,
    knownUntil: null,
    headline: revision.action === 'MERGED' ? 'Merged' : 'Retracted',
    changes: json([]),
  }
}

/** The row of an interval in which nothing was known after all. */
function emptyRow(revision: NewRevision): Rows['Revision'] {
  const { knownAt, knownUntil, changes } = revision
  return {
    ...withoutContent(revision),
    ...{ knownAt, knownUntil, headline: 'Not known yet', changes: json(changes), empty: true },
  }
}

function withoutContent(revision: Placed) {
  const { facets } = revision
  return {
    ...identityColumns(revision),
    ...{ kind: facets.kind, facets: json(facets), reportCount: 0, independentSourceCount: 0 },
  }
}

function identityColumns(revision: Placed) {
  const { position, tag, number, action, reason, recordedAt, replaces } = revision
  return {
    ...{ position, tag, number, action, reason, recordedAt, replaces },
    developmentId: revision.development,
    processId: revision.process,
    supersededBy: action === 'BACKDATED' ? position : null,
    dispatchId: revision.dispatch,
    deskActionId: revision.deskAction,
    empty: false,
  }
}

/** The rows of a revision and its children. JSON columns hold the domain's values as they are. */
export function revisionRows(revision: NewRevision): RowSet {
  const { position, content } = revision
  if (content === null) return { Revision: [emptyRow(revision)] }
  const citationNo = numbering(content)
  const row: Rows['Revision'] = {
    ...identityColumns(revision),
    kind: content.detail.kind,
    knownAt: revision.knownAt,
    knownUntil: revision.knownUntil,
    headline: content.headline,
    summary: content.summary,
    when: json(content.when),
    whenEarliest: content.when?.earliest ?? null,
    whenLatest: content.when?.latest ?? null,
    placeId: content.place,
    status: content.status,
    reportCount: tellingReports(content.citations),
    independentSourceCount: independentSources(content.citations),
    facets: json(revision.facets),
    changes: json(revision.changes),
    text: revisionText(content),
  }
  return {
    Revision: [row],
    Citation: content.citations.map((c, ordinal) => ({
      position,
      ordinal,
      key: c.key,
      reportId: c.report,
      part: c.part,
      quotation: c.quotation ?? null,
      locator: c.locator ?? null,
      stance: c.stance,
      attributedToId: c.attributedTo ?? null,
      via: c.via ?? null,
      origin: c.origin ?? null,
    })),
    Participation: content.participants.map((p, ordinal) => ({
      position,
      ordinal,
      actorId: p.id,
      role: p.role,
      onBehalfOfId: p.onBehalfOf ?? null,
      capacity: p.capacity ?? null,
      asReported: p.asReported ?? null,
      anonymous: p.anonymous ?? false,
      citationNo: citationNo(p.citation),
    })),
    Milestone: content.milestones.map((m, ordinal) => ({
      position,
      ordinal,
      status: m.status,
      when: json(m.when),
      citationNo: citationNo(m.citation),
    })),
    Claim: content.claims.map((claim, ordinal) => ({
      position,
      ordinal,
      aspect: claim.aspect,
      key: claim.key,
      value: json(claim.value),
      negated: claim.negated,
      rank: claim.rank,
      rankReason: claim.rankReason ?? null,
      standing: claim.standing,
      judgement: claim.judgement ?? null,
      claimantId: claim.claimant ?? null,
      actorId: 'actor' in claim.value ? claim.value.actor.id : null,
      placeId: 'place' in claim.value ? claim.value.place : null,
      citationNo: citationNo(claim.citation),
    })),
    Disagreement: content.disagreements.map((d, ordinal) => ({ position, ordinal, ...d })),
    Link: content.links.map(({ type, to }, ordinal) => ({ position, ordinal, type, targetId: to })),
    ...detailRows(position, content, citationNo),
  }
}

function detailRows(position: number, { detail }: Content, citationNo: (key: string) => number): RowSet {
  switch (detail.kind) {
    case 'STATEMENT': {
      const { act, issue, channel, gist } = detail
      return { StatementDetail: [{ position, act, issue, channel, gist }] }
    }
    case 'TALK': {
      const { extent, format, track, level, topic, outcome, invitations } = detail
      return {
        TalkDetail: [{ position, extent, format, track, level, topic, outcome }],
        Invitation: invitations.map((i, ordinal) => ({
          position,
          ordinal,
          inviteeId: i.invitee,
          invitedById: i.invitedBy,
          respondedById: i.respondedBy,
          response: i.response,
          reason: i.reason,
          when: json(i.when),
          citationNo: citationNo(i.citation),
        })),
      }
    }
    case 'EXCHANGE': {
      const groups = detail.legs.flatMap((leg, legOrdinal) => leg.groups.map((group) => ({ legOrdinal, ...group })))
      return {
        ExchangeDetail: [{ position, form: detail.form }],
        Leg: detail.legs.map((leg, ordinal) => ({
          position,
          ordinal,
          key: leg.key,
          releasedById: leg.releasedBy,
          receivedById: leg.receivedBy,
          count: json(leg.count),
          category: leg.category,
          heldSince: json(leg.heldSince),
          persons: [...leg.persons],
          citationNo: citationNo(leg.citation),
        })),
        LegGroup: groups.map(({ legOrdinal, key, count, category, heldSince }, ordinal) => ({
          position,
          ordinal,
          legOrdinal,
          key,
          count: json(count),
          category,
          heldSince: json(heldSince),
        })),
      }
    }
    case 'PLEDGE': {
      const { strength, terms, condition, due } = detail
      return {
        PledgeDetail: [{ position, strength, terms, condition, due: json(due), dueLatest: due?.latest ?? null }],
      }
    }
    case 'AGREEMENT': {
      const { stage, terms, effective, until } = detail
      return { AgreementDetail: [{ position, stage, terms, effective: json(effective), until: json(until) }] }
    }
    case 'INCIDENT': {
      const { type, standing } = detail
      return { IncidentDetail: [{ position, type, standing }] }
    }
    default:
      return detail satisfies never
  }
}

function numbering({ citations }: Content): (key: string) => number {
  const numbers = new Map(citations.map((c, ordinal) => [c.key, ordinal]))
  return (key) => numbers.get(key) as number
}

/** Prisma's JSON input type has no room for readonly values or SQL's null; the rows go through JSON text and need neither. */
// biome-ignore lint/suspicious/noExplicitAny: see above
function json(value: unknown): any {
  return value
}
