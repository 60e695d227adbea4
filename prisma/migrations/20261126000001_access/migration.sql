-- CreateEnum
CREATE TYPE "ViewerRole" AS ENUM ('READER', 'INGEST', 'DESK', 'ADMIN');

-- CreateEnum
CREATE TYPE "AuditAct" AS ENUM ('OPEN_PROCESS', 'INGEST', 'CORRECT', 'RETRACT', 'REINSTATE', 'MERGE', 'SPLIT', 'RETRACT_REPORT', 'MAKE_KEY', 'REVOKE_KEY');

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "role" "ViewerRole" NOT NULL,
    "hash" BYTEA NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "act" "AuditAct" NOT NULL,
    "subject" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "fromAddress" TEXT NOT NULL,
    "dispatchId" TEXT,
    "deskActionId" INTEGER,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "Audit" ADD CONSTRAINT "Audit_dispatchId_fkey" FOREIGN KEY ("dispatchId") REFERENCES "Dispatch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Audit" ADD CONSTRAINT "Audit_deskActionId_fkey" FOREIGN KEY ("deskActionId") REFERENCES "DeskAction"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What was written is told for good, whoever would like it otherwise.
create trigger "no_change" before update or delete on "Audit" for each row execute function parley_refuse();
create trigger "no_truncate" before truncate on "Audit" for each statement execute function parley_refuse();

-- A key is never given out twice, nor comes back once it is revoked; what may change is when it was used.
create function parley_key_stays() returns trigger language plpgsql as $$
begin
  if (new.id, new.label, new.role, new.hash, new."madeAt", new."expiresAt") is distinct from
     (old.id, old.label, old.role, old.hash, old."madeAt", old."expiresAt")
     or (old."revokedAt" is not null and new."revokedAt" is distinct from old."revokedAt") then
    raise exception 'An API key stays as it was made: revoke it and make another';
  end if;
  return new;
end $$;

create trigger "stays" before update on "ApiKey" for each row execute function parley_key_stays();
create trigger "no_delete" before delete on "ApiKey" for each row execute function parley_refuse();
create trigger "no_truncate" before truncate on "ApiKey" for each statement execute function parley_refuse();
