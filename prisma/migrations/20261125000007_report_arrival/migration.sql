-- A report is in the record from its first dispatch on: lists of reports are read from a viewpoint, like all others.
-- The record is append-only for its users; this adds what its rows say already.
alter table "Report" add column "listedFrom" integer;

alter table "Report" disable trigger user;
update "Report" p set "listedFrom" = coalesce((
  select min(coalesce(
    (select min(r.position) from "Revision" r where r."dispatchId" = d.id),
    (select min(e."arrivedAt") from "Evidence" e where e."dispatchId" = d.id)))
  from "Dispatch" d where d."reportId" = p.id), 0);
alter table "Report" enable trigger user;

alter table "Report" alter column "listedFrom" set not null;

-- CreateIndex
CREATE INDEX "Report_knownAt_id_idx" ON "Report"("knownAt", "id");

-- CreateIndex
CREATE INDEX "Revision_recordedAt_position_idx" ON "Revision"("recordedAt", "position");
