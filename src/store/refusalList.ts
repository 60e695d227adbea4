import type { Pool } from 'pg'
import { inProcess, isOrActsFor, type MediationQuestion, mediators } from './mediation.ts'
import { invites } from './offerList.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import type { Viewpoint } from './viewpoint.ts'
import { possiblyWithin } from './window.ts'

const { sql } = Prisma

/** A reason that a report gives for why a party declined a talk, or withdrew from it; the claim that gives it is named by its ordinal. */
export interface RefusalRow {
  readonly actor: string
  readonly position: number
  readonly ordinal: number
  readonly party: string
  /** What was refused is an offer of the mediator. */
  readonly refusesIt: boolean
  /** The reason names the mediator, or one for whom it was to mediate that talk. */
  readonly namesIt: boolean
}

/**
 * The reasons for refusing a talk that concern each of the mediators, oldest first: since what it offered is refused, or
 * since the reason names it. Names are those that the record has of it, as whole words, capitals as written ("US" is no "us").
 */
export function listRefusals(
  pool: Pool,
  viewpoint: Viewpoint,
  { actors, process, window }: MediationQuestion,
): Promise<RefusalRow[]> {
  return query<RefusalRow>(
    pool,
    sql`with reasons as (
          select r.position, c.ordinal, c.value->>'text' as text, i."inviteeId" as party, i."invitedById",
            coalesce(r."whenEarliest", r."whenLatest", 'infinity'::timestamptz) as sort
          from "Revision" r join "Claim" c on c.position = r.position and c.aspect = 'REASON'
          join "Invitation" i on i.position = r.position and i."inviteeId" = c.key and i.response in ('DECLINED', 'WITHDREW')
          where r.kind = 'TALK' and ${inProcess(viewpoint, process)} and ${possiblyWithin(window)}
            and not c.negated and c.rank <> 'DEPRECATED'
        ), named as materialized (
          select t.text, n."actorId" as actor from (select distinct text from reasons) t
          join "ActorName" n on strpos(t.text, n.name) > 0 and t.text ~ (
            '(^|[^[:alnum:]])' || regexp_replace(n.name, '([^[:alnum:][:space:]])', '\\\\\\1', 'g') || '($|[^[:alnum:]])')
        ), concerned as (
          select a.id as actor, i.position, i.ordinal, i.party, i.sort,
            coalesce(${invites} or (i."invitedById" is null and exists (
              select 1 from "Participation" p where p.position = i.position and p.role in ('MEDIATOR', 'PROPOSER') and ${isOrActsFor}
            )), false) as "refusesIt",
            exists (
              select 1 from named n where n.text = i.text and (n.actor = a.id or exists (
                select 1 from "Participation" p where p.position = i.position and p.role = 'MEDIATOR'
                  and p."actorId" = a.id and p."onBehalfOfId" = n.actor))
            ) as "namesIt"
          from reasons i cross join ${mediators(actors)}
        )
        select actor, position, ordinal, party, "refusesIt", "namesIt"
        from concerned where party <> actor and ("refusesIt" or "namesIt") order by sort, position, ordinal`,
  )
}
