import type { Pool } from 'pg'
import type { Answer } from '../domain/offer.ts'
import { inProcess, isOrActsFor, type MediationQuestion, mediators } from './mediation.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import type { Viewpoint } from './viewpoint.ts'
import { possiblyWithin } from './window.ts'

const { sql } = Prisma

/** An offer of a mediator with one answer to it, or none. */
export type OfferRow = { readonly actor: string; readonly position: number } & (
  | Answer
  | { readonly [member in keyof Answer]: null }
)

/**
 * What each of the mediators offered, oldest first, an answer a row. An offer is
 * a talk that it proposed, to which it invited or, where an invitation has no inviter, that it mediates or was to
 * mediate; and a statement of the act OFFER. An answer is the response to such an invitation, and a statement that agrees or refuses
 * and is linked to the offer by RESPONDS_TO.
 */
export function listOffers(
  pool: Pool,
  viewpoint: Viewpoint,
  { actors, process, window }: MediationQuestion,
): Promise<OfferRow[]> {
  const visible = inProcess(viewpoint, process)
  return query<OfferRow>(
    pool,
    sql`with offers as (
          select distinct a.id as actor, r.position, r."developmentId" as development,
            coalesce(r."whenEarliest", r."whenLatest", 'infinity'::timestamptz) as sort
          from ${mediators(actors)} join "Participation" p on p.role in ('PROPOSER', 'MEDIATOR', 'SPEAKER') and ${isOrActsFor}
          join "Revision" r on r.position = p.position
          where ${visible} and ${possiblyWithin(window)} and (
            (r.kind = 'TALK' and p.role = 'PROPOSER')
            or (r.kind = 'TALK' and p.role = 'MEDIATOR' and exists (
              select 1 from "Invitation" i where i.position = r.position and i."invitedById" is null))
            or (r.kind = 'STATEMENT' and p.role = 'SPEAKER' and exists (
              select 1 from "StatementDetail" s where s.position = r.position and s.act = 'OFFER')))
          union
          select a.id, r.position, r."developmentId", coalesce(r."whenEarliest", r."whenLatest", 'infinity'::timestamptz)
          from ${mediators(actors)} join "Invitation" i on ${invites}
          join "Revision" r on r.position = i.position
          where ${visible} and ${possiblyWithin(window)}
        ), told as (
          select o.actor, o.position, o.sort, i."inviteeId" as party, i.response, i.reason,
            null::int as statement, null::text as act, null::timestamptz as said
          from offers o cross join lateral (select o.actor as id) a
          join "Invitation" i on i.position = o.position and (${invites} or i."invitedById" is null)
          where i."inviteeId" <> o.actor
          union all
          select o.actor, o.position, o.sort, coalesce(p."onBehalfOfId", p."actorId"), null, null,
            r.position, s.act::text, coalesce(r."whenEarliest", r."whenLatest", 'infinity'::timestamptz)
          from offers o join "Link" k on k."targetId" = o.development and k.type = 'RESPONDS_TO'
          join "Revision" r on r.position = k.position
          join "StatementDetail" s on s.position = r.position and s.act in ('AGREE', 'REJECT')
          join "Participation" p on p.position = r.position and p.role = 'SPEAKER'
          where ${visible} and coalesce(p."onBehalfOfId", p."actorId") <> o.actor
        )
        select o.actor, o.position, t.party, t.response, t.reason, t.statement, t.act
        from offers o left join told t on t.actor = o.actor and t.position = o.position
        order by o.sort, o.position, t.said nulls first, t.statement, t.party`,
  )
}

/** Whether invitation `i` is mediator `a`'s, or of one who acts for it in that talk. */
export const invites = sql`(i."invitedById" = a.id or exists (
  select 1 from "Participation" b where b.position = i.position and b."actorId" = i."invitedById" and b."onBehalfOfId" = a.id))`
