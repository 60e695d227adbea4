-- CreateEnum
CREATE TYPE "HeldStanding" AS ENUM ('HELD', 'REFUSED', 'RELEASED', 'DISCARDED');

-- AlterEnum
-- In one transaction from PostgreSQL 12 on, as long as that does not use them.
ALTER TYPE "AuditAct" ADD VALUE 'HOLD';
ALTER TYPE "AuditAct" ADD VALUE 'EDIT_HELD';
ALTER TYPE "AuditAct" ADD VALUE 'RELEASE';
ALTER TYPE "AuditAct" ADD VALUE 'DISCARD_HELD';

-- AlterTable
ALTER TABLE "Audit" ADD COLUMN     "body" JSONB;

-- CreateTable
CREATE TABLE "HeldDispatch" (
    "id" TEXT NOT NULL,
    "dispatchId" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "embargoUntil" TIMESTAMPTZ(3) NOT NULL,
    "standing" "HeldStanding" NOT NULL,
    "heldAt" TIMESTAMPTZ(3) NOT NULL,
    "heldBy" TEXT NOT NULL,
    "heldFrom" TEXT NOT NULL,
    "editedAt" TIMESTAMPTZ(3),
    "editedBy" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" TEXT,
    "reason" TEXT,
    "problems" JSONB,

    CONSTRAINT "HeldDispatch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "HeldDispatch_dispatchId_key" ON "HeldDispatch"("dispatchId");

-- CreateIndex
CREATE INDEX "HeldDispatch_standing_embargoUntil_idx" ON "HeldDispatch"("standing", "embargoUntil");

-- What was held is told for good, whatever became of it.
create trigger "no_delete" before delete on "HeldDispatch" for each row execute function parley_refuse();
create trigger "no_truncate" before truncate on "HeldDispatch" for each statement execute function parley_refuse();
