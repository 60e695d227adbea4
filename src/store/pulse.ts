import type { Pool } from 'pg'
import { openPledge } from '../domain/pledge.ts'
import { pendingExchange } from '../domain/pulse.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import { type Viewpoint, visibleFrom } from './viewpoint.ts'

const { sql } = Prisma

/** LAST: may have been the last talk held; HELD: a talk held on a day that no report gives; DECLINED: since the last talk. */
export type Beat = 'LAST' | 'HELD' | 'DECLINED' | 'OPEN' | 'OVERDUE' | 'PENDING'

export interface PulseRow {
  readonly process: string
  readonly beat: Beat
  readonly position: number
  /** Of LAST: the earliest and the latest moment at which the last talk can have been held; of OVERDUE: when it was due. */
  readonly earliest: Date | null
  readonly latest: Date | null
  /** Of DECLINED: that it was after the last talk; null otherwise. */
  readonly certain: boolean | null
  /** Of DECLINED: the actors that were invited and did not come. */
  readonly actors: readonly string[] | null
  /** How many there are of this beat, and of how many it is certain, listed or not. */
  readonly count: number
  readonly certainCount: number
}

/**
 * What a process waits for on a day (its beginning, UTC), for each of the processes: of every beat the first
 * developments, at most `limit`, oldest first, and how many there are. One statement.
 */
export function readPulse(
  pool: Pool,
  viewpoint: Viewpoint,
  { processes, day, limit }: { readonly processes: readonly string[]; readonly day: Date; readonly limit: number },
): Promise<PulseRow[]> {
  const today = sql`${day}::timestamptz`
  // What was held was held by the end of the day from which one looks back.
  const end = sql`${today} + interval '1 day' - interval '1 millisecond'`
  return query<PulseRow>(
    pool,
    sql`with seen as materialized (
          select r."processId" as process, r.position, r.kind, r.status, r."whenEarliest" as earliest, r."whenLatest" as latest
          from "Revision" r where r."processId" = any(${[...processes]}) and ${visibleFrom(viewpoint)} and (
            r.kind = 'TALK' or (r.kind = 'PLEDGE' and r.status = any(${[...openPledge]}::"Status"[]))
            or (r.kind = 'EXCHANGE' and r.status = any(${[...pendingExchange]}::"Status"[])))
        ), held as (
          select process, position, earliest, least(coalesce(latest, ${end}), ${end}) as latest
          from seen where kind = 'TALK' and status = 'HELD' and (earliest is not null or latest is not null)
        ), last as (
          select process, max(earliest) as earliest, max(latest) as latest from held group by process
        ), answers as (
          select s.process, s.position, i."inviteeId" as actor,
            case when i."when" is null then s.earliest else (i."when"->>'earliest')::timestamptz end as earliest,
            case when i."when" is null then s.latest else (i."when"->>'latest')::timestamptz end as latest
          from seen s join "Invitation" i on i.position = s.position where i.response in ('DECLINED', 'WITHDREW')
        ), declined as (
          select a.process, a.position, min(a.earliest) as earliest, max(a.latest) as latest,
            bool_or(l.process is null or coalesce(a.earliest > l.latest, false)) as certain,
            array_agg(distinct a.actor order by a.actor) as actors
          from answers a left join last l on l.process = a.process
          where l.process is null or l.earliest is null or a.latest is null or a.latest >= l.earliest
          group by a.process, a.position
        ), beats as (
          select 'LAST' as beat, h.process, h.position, l.earliest, l.latest, null::boolean as certain, null::text[] as actors,
            coalesce(h.earliest, h.latest) as sort
          from held h join last l on l.process = h.process where l.earliest is null or h.latest >= l.earliest
          union all
          select 'HELD', process, position, null, null, null, null, null
          from seen where kind = 'TALK' and status = 'HELD' and earliest is null and latest is null
          union all
          select 'DECLINED', process, position, null, null, certain, actors, coalesce(earliest, latest) from declined
          union all
          select 'OPEN', process, position, null, null, null, null, coalesce(earliest, latest) from seen where kind = 'PLEDGE'
          union all
          select 'OVERDUE', s.process, s.position, null, p."dueLatest", null, null, p."dueLatest"
          from seen s join "PledgeDetail" p on p.position = s.position where p."dueLatest" < ${today}
          union all
          select 'PENDING', process, position, null, null, null, null, coalesce(earliest, latest) from seen where kind = 'EXCHANGE'
        ), ranked as (
          select *, row_number() over (partition by process, beat order by sort nulls last, position) as rank,
            (count(*) over (partition by process, beat))::int as count,
            (count(*) filter (where certain) over (partition by process, beat))::int as "certainCount"
          from beats
        )
        select process, beat, position, earliest, latest, certain, actors, count, "certainCount"
        from ranked where rank <= ${limit} order by process, beat, rank`,
  )
}
