-- Filters read more of a revision than before: what they read joins the facets of every revision that is there, as the
-- pen writes it for a new one. Of places it is what the gazetteer says today: nobody can have changed it meanwhile.
-- The record is append-only for its users; this adds nothing that its rows do not say already.
alter table "Revision" disable trigger "only_superseded";

with recursive around as (
  select id as place, id, "withinId", country, array[id] as path from "Place"
  union all
  select a.place, p.id, p."withinId", p.country, a.path || p.id
  from around a join "Place" p on p.id = a."withinId" where p.id <> all (a.path)
), facts as (
  select a.place, jsonb_agg(a.id order by cardinality(a.path)) as places,
    (array_agg(a.country order by cardinality(a.path)) filter (where a.country is not null))[1] as country,
    p.latitude, p.longitude
  from around a join "Place" p on p.id = a.place group by a.place, p.id
)
update "Revision" u set facets = (r.facets - 'place') || jsonb_build_object(
  'development', r."developmentId", 'precision', coalesce(r."when" ->> 'precision', 'UNKNOWN'),
  'places', coalesce(f.places, '[]'), 'country', f.country, 'latitude', f.latitude, 'longitude', f.longitude,
  'knownAt', to_char(r."knownAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'reportCount', r."reportCount", 'independentSourceCount', r."independentSourceCount",
  'reports', (
    select coalesce(jsonb_agg(c."reportId" order by c.first), '[]')
    from (select "reportId", min(ordinal) as first from "Citation" where position = r.position group by "reportId") c),
  'disagreements', (
    select coalesce(jsonb_agg(jsonb_build_object('aspect', d.aspect, 'relation', d.relation) order by d.ordinal), '[]')
    from "Disagreement" d where d.position = r.position),
  'links', (
    select coalesce(jsonb_agg(jsonb_build_object('type', l.type, 'to', l."targetId") order by l.ordinal), '[]')
    from "Link" l where l.position = r.position),
  'invitations', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'invitee', i."inviteeId", 'respondedBy', i."respondedById", 'response', i.response) order by i.ordinal), '[]')
    from "Invitation" i where i.position = r.position),
  'codes', jsonb_strip_nulls(jsonb_build_object(
    'act', s.act, 'issue', s.issue, 'extent', t.extent, 'format', t.format, 'track', t.track, 'level', t.level,
    'form', e.form, 'strength', p.strength, 'stage', a.stage, 'type', n.type, 'standing', n.standing))
)
from "Revision" r
  left join facts f on f.place = r."placeId"
  left join "StatementDetail" s on s.position = r.position
  left join "TalkDetail" t on t.position = r.position
  left join "ExchangeDetail" e on e.position = r.position
  left join "PledgeDetail" p on p.position = r.position
  left join "AgreementDetail" a on a.position = r.position
  left join "IncidentDetail" n on n.position = r.position
where r.position = u.position and r.action not in ('RETRACTED', 'MERGED');

-- A tombstone holds no content; its facets are those of what it withholds.
update "Revision" u set facets = r.facets
from "Revision" r where r.position = u.replaces and u.action in ('RETRACTED', 'MERGED');

alter table "Revision" enable trigger "only_superseded";

-- The order of lists by date, for pages however deep; null is last, as in the lists.
create index "Revision_when_order" on "Revision" (coalesce("whenEarliest", "whenLatest", 'infinity'::timestamptz), position);
-- Dates as the spans that they are: windows that they meet or lie in.
create index "Revision_when_span" on "Revision" using gist (tstzrange("whenEarliest", "whenLatest", '[]'));
create index "Revision_coordinates" on "Revision"
  using gist (point((facets ->> 'longitude')::float8, (facets ->> 'latitude')::float8));
-- Few are withheld; every list leaves them out.
create index "Development_withheld" on "Development" (id) where withheld;

-- Lists are ordered by the index above now.
DROP INDEX "Revision_supersededBy_whenEarliest_position_idx";

-- CreateIndex
CREATE INDEX "Revision_knownAt_idx" ON "Revision"("knownAt");

-- CreateIndex
CREATE INDEX "Revision_reportCount_idx" ON "Revision"("reportCount");

-- CreateIndex
CREATE INDEX "Revision_independentSourceCount_idx" ON "Revision"("independentSourceCount");
