-- Two developments that are one event, one that is two, and reports that are taken back.
-- AlterEnum
ALTER TYPE "DeskActionKind" ADD VALUE 'MERGE';
ALTER TYPE "DeskActionKind" ADD VALUE 'SPLIT';
ALTER TYPE "DeskActionKind" ADD VALUE 'RETRACT_REPORT';

-- DropForeignKey
ALTER TABLE "DeskAction" DROP CONSTRAINT "DeskAction_developmentId_fkey";

-- AlterTable
ALTER TABLE "DeskAction" ADD COLUMN     "otherId" TEXT,
ADD COLUMN     "reportId" TEXT,
ALTER COLUMN "developmentId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Development" ADD COLUMN     "mergedIntoId" TEXT;

-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "empty" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "DeskAction_developmentId_idx" ON "DeskAction"("developmentId");

-- CreateIndex
CREATE INDEX "Dispatch_reportId_idx" ON "Dispatch"("reportId");

-- CreateIndex
CREATE INDEX "Development_mergedIntoId_idx" ON "Development"("mergedIntoId");

-- AddForeignKey
ALTER TABLE "DeskAction" ADD CONSTRAINT "DeskAction_developmentId_fkey" FOREIGN KEY ("developmentId") REFERENCES "Development"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeskAction" ADD CONSTRAINT "DeskAction_otherId_fkey" FOREIGN KEY ("otherId") REFERENCES "Development"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeskAction" ADD CONSTRAINT "DeskAction_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "Report"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Development" ADD CONSTRAINT "Development_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Development"("id") ON DELETE SET NULL ON UPDATE CASCADE;

alter table "DeskAction"
  add constraint "about_one" check (num_nonnulls("developmentId", "reportId") = 1),
  add constraint "other_than_itself" check ("otherId" <> "developmentId");

-- How the evidence of a few developments was moved; most records have no such row.
create index "moved_from" on "DeskAction" ("developmentId") where "otherId" is not null;
create index "moved_to" on "DeskAction" ("otherId") where "otherId" is not null;
-- A report is retracted once.
create unique index "one_retraction" on "DeskAction" ("reportId") where "reportId" is not null;
create index "merged_away" on "Revision" ("developmentId") where action = 'MERGED';

alter table "Revision" add constraint "empty_is_past" check (not empty or "supersededBy" = position);

create or replace function parley_development_stays() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - array['withheld', 'mergedIntoId']) = (to_jsonb(old) - array['withheld', 'mergedIntoId']) then
    return new;
  end if;
  raise exception 'A development''s id, kind and process never change.' using errcode = 'restrict_violation';
end $$;
