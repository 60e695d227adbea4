-- CreateEnum
CREATE TYPE "ProcessPart" AS ENUM ('PARTY', 'MEDIATOR');

-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('STATE', 'PERSON', 'ORGANISATION', 'BODY', 'ARMED_GROUP', 'POPULATION', 'COALITION');

-- CreateEnum
CREATE TYPE "NameKind" AS ENUM ('OFFICIAL', 'VARIANT', 'METONYM');

-- CreateEnum
CREATE TYPE "DeskActionKind" AS ENUM ('CORRECT', 'RETRACT', 'REINSTATE');

-- CreateEnum
CREATE TYPE "CorrectionBasis" AS ENUM ('OUR_MISTAKE', 'SOURCE_CHANGED');

-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('STATEMENT', 'TALK', 'EXCHANGE', 'PLEDGE', 'AGREEMENT', 'INCIDENT');

-- CreateEnum
CREATE TYPE "Action" AS ENUM ('CREATED', 'AMENDED', 'BACKDATED', 'CORRECTED', 'RETRACTED', 'REINSTATED', 'MERGED');

-- CreateEnum
CREATE TYPE "Status" AS ENUM ('PROPOSED', 'SCHEDULED', 'HELD', 'POSTPONED', 'CANCELLED', 'ONGOING', 'STALLED', 'CONCLUDED', 'AGREED', 'CARRIED_OUT', 'PARTLY_CARRIED_OUT', 'FAILED', 'MADE', 'FULFILLED', 'PARTLY_FULFILLED', 'LAPSED', 'BROKEN', 'WITHDRAWN', 'INITIALLED', 'SIGNED', 'IN_FORCE', 'EXPIRED', 'ENDED');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('PARTY', 'SPEAKER', 'ADDRESSEE', 'PROPOSER', 'MEDIATOR', 'HOST', 'FACILITATOR', 'DELEGATE', 'RELEASER', 'RECEIVER', 'PROMISOR', 'BENEFICIARY', 'SIGNATORY', 'INITIATOR', 'TARGET', 'SUBJECT', 'OBSERVER');

-- CreateEnum
CREATE TYPE "Aspect" AS ENUM ('FIGURE', 'WORDING', 'PARTICIPANT', 'RESPONSE', 'REASON', 'WHEN', 'DUE', 'PLACE', 'STATUS', 'CONTENT', 'OFFICE', 'HELD_SINCE');

-- CreateEnum
CREATE TYPE "Rank" AS ENUM ('PREFERRED', 'NORMAL', 'DEPRECATED');

-- CreateEnum
CREATE TYPE "Relation" AS ENUM ('CONTRADICTS', 'DIFFERS');

-- CreateEnum
CREATE TYPE "Part" AS ENUM ('BODY', 'CAPTION', 'HEADLINE');

-- CreateEnum
CREATE TYPE "Stance" AS ENUM ('ASSERTS', 'DENIES');

-- CreateEnum
CREATE TYPE "LinkType" AS ENUM ('ANNOUNCES', 'RESPONDS_TO', 'FOLLOWS', 'PART_OF', 'CONCERNS', 'CARRIES_OUT', 'CANCELS', 'VIOLATES');

-- CreateEnum
CREATE TYPE "SpeechAct" AS ENUM ('ANNOUNCE', 'SUPPORT', 'AGREE', 'OFFER', 'REQUEST', 'REJECT', 'ACCUSE', 'DENY', 'THREATEN', 'EXPECT', 'REMARK');

-- CreateEnum
CREATE TYPE "Issue" AS ENUM ('SINGLE', 'JOINT', 'COLLECTIVE');

-- CreateEnum
CREATE TYPE "TalkExtent" AS ENUM ('MEETING', 'ROUND', 'SERIES');

-- CreateEnum
CREATE TYPE "TalkTrack" AS ENUM ('ONE', 'ONE_AND_A_HALF', 'TWO');

-- CreateEnum
CREATE TYPE "TalkLevel" AS ENUM ('LEADERS', 'MINISTERS', 'OFFICIALS');

-- CreateEnum
CREATE TYPE "TalkFormat" AS ENUM ('DIRECT', 'MEDIATED', 'PROXIMITY');

-- CreateEnum
CREATE TYPE "Response" AS ENUM ('NO_ANSWER', 'ACCEPTED', 'CONDITIONAL', 'DECLINED', 'WITHDREW');

-- CreateEnum
CREATE TYPE "ExchangeForm" AS ENUM ('RECIPROCAL', 'ONE_SIDED');

-- CreateEnum
CREATE TYPE "Strength" AS ENUM ('COMMITMENT', 'READINESS', 'HOPE');

-- CreateEnum
CREATE TYPE "AgreementStage" AS ENUM ('PRE', 'CEA', 'SUB_PAR', 'SUB_COMP', 'IMP', 'REN');

-- CreateEnum
CREATE TYPE "IncidentType" AS ENUM ('ASSAULT', 'COERCE', 'MOBILIZE', 'PROTEST', 'SANCTION', 'AID', 'RETREAT', 'HOSTILITIES', 'SURRENDER', 'DISPLACEMENT', 'DETENTION', 'SECESSION', 'OTHER');

-- CreateEnum
CREATE TYPE "IncidentStanding" AS ENUM ('REPORTED', 'CLAIMED', 'DISPUTED');

-- CreateTable
CREATE TABLE "Process" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT NOT NULL,

    CONSTRAINT "Process_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProcessActor" (
    "processId" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "part" "ProcessPart" NOT NULL,

    CONSTRAINT "ProcessActor_pkey" PRIMARY KEY ("processId","actorId","part")
);

-- CreateTable
CREATE TABLE "Actor" (
    "id" TEXT NOT NULL,
    "kind" "ActorKind" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "country" TEXT,
    "wikidata" TEXT,
    "partOfId" TEXT,

    CONSTRAINT "Actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActorName" (
    "key" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "NameKind" NOT NULL,

    CONSTRAINT "ActorName_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Office" (
    "actorId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "organisationId" TEXT,
    "from" DATE,
    "to" DATE,

    CONSTRAINT "Office_pkey" PRIMARY KEY ("actorId","title")
);

-- CreateTable
CREATE TABLE "Place" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "precision" INTEGER,
    "wikidata" TEXT,
    "withinId" TEXT,

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outlet" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "wikidata" TEXT,

    CONSTRAINT "Outlet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Report" (
    "id" TEXT NOT NULL,
    "outletId" TEXT,
    "title" TEXT,
    "url" TEXT,
    "language" TEXT NOT NULL,
    "credits" TEXT[],
    "published" JSONB NOT NULL,
    "knownAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dispatch" (
    "id" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "Dispatch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Evidence" (
    "developmentId" TEXT NOT NULL,
    "dispatchId" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "arrivedAt" INTEGER NOT NULL,

    CONSTRAINT "Evidence_pkey" PRIMARY KEY ("developmentId","dispatchId")
);

-- CreateTable
CREATE TABLE "DeskAction" (
    "id" SERIAL NOT NULL,
    "developmentId" TEXT NOT NULL,
    "kind" "DeskActionKind" NOT NULL,
    "reason" TEXT NOT NULL,
    "basis" "CorrectionBasis",
    "knownAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "DeskAction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Head" (
    "id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "identities" INTEGER NOT NULL,
    "tag" TEXT NOT NULL,

    CONSTRAINT "Head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Development" (
    "id" TEXT NOT NULL,
    "kind" "Kind" NOT NULL,
    "processId" TEXT NOT NULL,
    "withheld" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Development_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Revision" (
    "position" INTEGER NOT NULL,
    "tag" TEXT NOT NULL,
    "developmentId" TEXT NOT NULL,
    "processId" TEXT NOT NULL,
    "kind" "Kind" NOT NULL,
    "number" INTEGER NOT NULL,
    "action" "Action" NOT NULL,
    "reason" TEXT,
    "knownAt" TIMESTAMPTZ(3) NOT NULL,
    "knownUntil" TIMESTAMPTZ(3),
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "supersededBy" INTEGER,
    "replaces" INTEGER,
    "dispatchId" TEXT,
    "deskActionId" INTEGER,
    "headline" TEXT NOT NULL,
    "summary" TEXT,
    "when" JSONB,
    "whenEarliest" TIMESTAMPTZ(3),
    "whenLatest" TIMESTAMPTZ(3),
    "placeId" TEXT,
    "status" "Status",
    "reportCount" INTEGER NOT NULL,
    "independentSourceCount" INTEGER NOT NULL,
    "facets" JSONB NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "Revision_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "Participation" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "actorId" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "onBehalfOfId" TEXT,
    "capacity" TEXT,
    "asReported" TEXT,
    "anonymous" BOOLEAN NOT NULL,
    "citationNo" INTEGER NOT NULL,

    CONSTRAINT "Participation_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "Milestone" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "status" "Status" NOT NULL,
    "when" JSONB,
    "citationNo" INTEGER NOT NULL,

    CONSTRAINT "Milestone_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "Claim" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "aspect" "Aspect" NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "negated" BOOLEAN NOT NULL,
    "rank" "Rank" NOT NULL,
    "rankReason" TEXT,
    "standing" BOOLEAN NOT NULL,
    "judgement" "Relation",
    "claimantId" TEXT,
    "actorId" TEXT,
    "placeId" TEXT,
    "citationNo" INTEGER NOT NULL,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "Citation" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "part" "Part" NOT NULL,
    "quotation" TEXT,
    "locator" TEXT,
    "stance" "Stance" NOT NULL,
    "attributedToId" TEXT,
    "via" TEXT,
    "origin" TEXT,

    CONSTRAINT "Citation_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "Disagreement" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "aspect" "Aspect" NOT NULL,
    "key" TEXT NOT NULL,
    "relation" "Relation" NOT NULL,

    CONSTRAINT "Disagreement_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "Link" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "type" "LinkType" NOT NULL,
    "targetId" TEXT NOT NULL,

    CONSTRAINT "Link_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "StatementDetail" (
    "position" INTEGER NOT NULL,
    "act" "SpeechAct" NOT NULL,
    "issue" "Issue" NOT NULL,
    "channel" TEXT,
    "gist" TEXT,

    CONSTRAINT "StatementDetail_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "TalkDetail" (
    "position" INTEGER NOT NULL,
    "extent" "TalkExtent" NOT NULL,
    "format" "TalkFormat",
    "track" "TalkTrack",
    "level" "TalkLevel",
    "topic" TEXT,
    "outcome" TEXT,

    CONSTRAINT "TalkDetail_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "inviteeId" TEXT NOT NULL,
    "invitedById" TEXT,
    "respondedById" TEXT,
    "response" "Response" NOT NULL,
    "reason" TEXT,
    "when" JSONB,
    "citationNo" INTEGER NOT NULL,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "ExchangeDetail" (
    "position" INTEGER NOT NULL,
    "form" "ExchangeForm" NOT NULL,

    CONSTRAINT "ExchangeDetail_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "Leg" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "releasedById" TEXT NOT NULL,
    "receivedById" TEXT NOT NULL,
    "count" JSONB,
    "category" TEXT,
    "heldSince" JSONB,
    "persons" TEXT[],
    "citationNo" INTEGER NOT NULL,

    CONSTRAINT "Leg_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "LegGroup" (
    "position" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "legOrdinal" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "count" JSONB,
    "category" TEXT,
    "heldSince" JSONB,

    CONSTRAINT "LegGroup_pkey" PRIMARY KEY ("position","ordinal")
);

-- CreateTable
CREATE TABLE "PledgeDetail" (
    "position" INTEGER NOT NULL,
    "strength" "Strength" NOT NULL,
    "terms" TEXT,
    "condition" TEXT,
    "due" JSONB,
    "dueLatest" TIMESTAMPTZ(3),

    CONSTRAINT "PledgeDetail_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "AgreementDetail" (
    "position" INTEGER NOT NULL,
    "stage" "AgreementStage",
    "terms" TEXT,
    "effective" JSONB,
    "until" JSONB,

    CONSTRAINT "AgreementDetail_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "IncidentDetail" (
    "position" INTEGER NOT NULL,
    "type" "IncidentType" NOT NULL,
    "standing" "IncidentStanding" NOT NULL,

    CONSTRAINT "IncidentDetail_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "ActorName_actorId_idx" ON "ActorName"("actorId");

-- CreateIndex
CREATE INDEX "Development_processId_kind_idx" ON "Development"("processId", "kind");

-- CreateIndex
CREATE INDEX "Revision_developmentId_position_idx" ON "Revision"("developmentId", "position");

-- CreateIndex
CREATE INDEX "Revision_processId_kind_supersededBy_idx" ON "Revision"("processId", "kind", "supersededBy");

-- CreateIndex
CREATE INDEX "Revision_supersededBy_whenEarliest_position_idx" ON "Revision"("supersededBy", "whenEarliest", "position");

-- CreateIndex
CREATE INDEX "Revision_kind_status_idx" ON "Revision"("kind", "status");

-- CreateIndex
CREATE INDEX "Revision_placeId_idx" ON "Revision"("placeId");

-- CreateIndex
CREATE INDEX "Revision_dispatchId_idx" ON "Revision"("dispatchId");

-- CreateIndex
CREATE INDEX "Revision_facets_idx" ON "Revision" USING GIN ("facets" jsonb_path_ops);

-- CreateIndex
CREATE UNIQUE INDEX "Revision_developmentId_number_key" ON "Revision"("developmentId", "number");

-- CreateIndex
CREATE INDEX "Participation_actorId_role_position_idx" ON "Participation"("actorId", "role", "position");

-- CreateIndex
CREATE INDEX "Participation_onBehalfOfId_role_position_idx" ON "Participation"("onBehalfOfId", "role", "position");

-- CreateIndex
CREATE INDEX "Claim_claimantId_idx" ON "Claim"("claimantId");

-- CreateIndex
CREATE INDEX "Claim_actorId_idx" ON "Claim"("actorId");

-- CreateIndex
CREATE INDEX "Citation_reportId_position_idx" ON "Citation"("reportId", "position");

-- CreateIndex
CREATE INDEX "Disagreement_aspect_position_idx" ON "Disagreement"("aspect", "position");

-- CreateIndex
CREATE INDEX "Link_targetId_idx" ON "Link"("targetId");

-- CreateIndex
CREATE INDEX "Invitation_inviteeId_response_position_idx" ON "Invitation"("inviteeId", "response", "position");

-- AddForeignKey
ALTER TABLE "ProcessActor" ADD CONSTRAINT "ProcessActor_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProcessActor" ADD CONSTRAINT "ProcessActor_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "Actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Actor" ADD CONSTRAINT "Actor_partOfId_fkey" FOREIGN KEY ("partOfId") REFERENCES "Actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActorName" ADD CONSTRAINT "ActorName_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "Actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Office" ADD CONSTRAINT "Office_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "Actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Office" ADD CONSTRAINT "Office_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Place" ADD CONSTRAINT "Place_withinId_fkey" FOREIGN KEY ("withinId") REFERENCES "Place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_outletId_fkey" FOREIGN KEY ("outletId") REFERENCES "Outlet"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dispatch" ADD CONSTRAINT "Dispatch_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "Report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_developmentId_fkey" FOREIGN KEY ("developmentId") REFERENCES "Development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_dispatchId_fkey" FOREIGN KEY ("dispatchId") REFERENCES "Dispatch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeskAction" ADD CONSTRAINT "DeskAction_developmentId_fkey" FOREIGN KEY ("developmentId") REFERENCES "Development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Development" ADD CONSTRAINT "Development_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_developmentId_fkey" FOREIGN KEY ("developmentId") REFERENCES "Development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_dispatchId_fkey" FOREIGN KEY ("dispatchId") REFERENCES "Dispatch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_deskActionId_fkey" FOREIGN KEY ("deskActionId") REFERENCES "DeskAction"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participation" ADD CONSTRAINT "Participation_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participation" ADD CONSTRAINT "Participation_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "Actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participation" ADD CONSTRAINT "Participation_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participation" ADD CONSTRAINT "Participation_position_citationNo_fkey" FOREIGN KEY ("position", "citationNo") REFERENCES "Citation"("position", "ordinal") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Milestone" ADD CONSTRAINT "Milestone_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Milestone" ADD CONSTRAINT "Milestone_position_citationNo_fkey" FOREIGN KEY ("position", "citationNo") REFERENCES "Citation"("position", "ordinal") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_claimantId_fkey" FOREIGN KEY ("claimantId") REFERENCES "Actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "Actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_position_citationNo_fkey" FOREIGN KEY ("position", "citationNo") REFERENCES "Citation"("position", "ordinal") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "Report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_attributedToId_fkey" FOREIGN KEY ("attributedToId") REFERENCES "Actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Disagreement" ADD CONSTRAINT "Disagreement_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Link" ADD CONSTRAINT "Link_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Link" ADD CONSTRAINT "Link_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Development"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementDetail" ADD CONSTRAINT "StatementDetail_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TalkDetail" ADD CONSTRAINT "TalkDetail_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_inviteeId_fkey" FOREIGN KEY ("inviteeId") REFERENCES "Actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "Actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_respondedById_fkey" FOREIGN KEY ("respondedById") REFERENCES "Actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_position_citationNo_fkey" FOREIGN KEY ("position", "citationNo") REFERENCES "Citation"("position", "ordinal") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExchangeDetail" ADD CONSTRAINT "ExchangeDetail_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leg" ADD CONSTRAINT "Leg_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leg" ADD CONSTRAINT "Leg_releasedById_fkey" FOREIGN KEY ("releasedById") REFERENCES "Actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leg" ADD CONSTRAINT "Leg_receivedById_fkey" FOREIGN KEY ("receivedById") REFERENCES "Actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leg" ADD CONSTRAINT "Leg_position_citationNo_fkey" FOREIGN KEY ("position", "citationNo") REFERENCES "Citation"("position", "ordinal") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LegGroup" ADD CONSTRAINT "LegGroup_position_legOrdinal_fkey" FOREIGN KEY ("position", "legOrdinal") REFERENCES "Leg"("position", "ordinal") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PledgeDetail" ADD CONSTRAINT "PledgeDetail_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgreementDetail" ADD CONSTRAINT "AgreementDetail_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentDetail" ADD CONSTRAINT "IncidentDetail_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;
