import type { Pool } from 'pg'
import type { Status } from '../domain/status.ts'
import { inProcess, isOrActsFor, type MediationQuestion, mediators } from './mediation.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import type { Viewpoint } from './viewpoint.ts'
import { possiblyWithin } from './window.ts'

const { sql } = Prisma

/** A party to a talk that a mediator mediates, or was to mediate. */
export interface PartyRow {
  readonly actor: string
  readonly party: string
  readonly position: number
  readonly status: Status | null
  /** It was invited and did not come. */
  readonly declined: boolean
}

/**
 * Whom each of the mediators had, or was to have, in its talks, oldest first: the parties, each as the one for whom it
 * acts, and whoever was invited.
 */
export function listParties(
  pool: Pool,
  viewpoint: Viewpoint,
  { actors, process, window }: MediationQuestion,
): Promise<PartyRow[]> {
  return query<PartyRow>(
    pool,
    sql`with talks as (
          select distinct a.id as actor, r.position, r.status,
            coalesce(r."whenEarliest", r."whenLatest", 'infinity'::timestamptz) as sort
          from ${mediators(actors)} join "Participation" p on p.role = 'MEDIATOR' and ${isOrActsFor}
          join "Revision" r on r.position = p.position
          where r.kind = 'TALK' and ${inProcess(viewpoint, process)} and ${possiblyWithin(window)}
        ), parties as (
          select t.*, coalesce(p."onBehalfOfId", p."actorId") as party
          from talks t join "Participation" p on p.position = t.position and p.role = 'PARTY'
          union
          select t.*, i."inviteeId" from talks t join "Invitation" i on i.position = t.position
        )
        select actor, party, position, status, exists (
            select 1 from "Invitation" i where i.position = parties.position and i."inviteeId" = parties.party
              and i.response in ('DECLINED', 'WITHDREW')) as declined
        from parties where party <> actor order by party, sort, position`,
  )
}
