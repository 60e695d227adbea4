-- What costs PostgreSQL time in every revision that it writes, and secures or serves nothing.

-- What cites belongs to the revision of its citation: (position, citationNo) names a citation, and that its revision.
-- DropForeignKey
ALTER TABLE "Claim" DROP CONSTRAINT "Claim_position_fkey";

-- DropForeignKey
ALTER TABLE "Invitation" DROP CONSTRAINT "Invitation_position_fkey";

-- DropForeignKey
ALTER TABLE "Leg" DROP CONSTRAINT "Leg_position_fkey";

-- DropForeignKey
ALTER TABLE "Milestone" DROP CONSTRAINT "Milestone_position_fkey";

-- DropForeignKey
ALTER TABLE "Participation" DROP CONSTRAINT "Participation_position_fkey";

-- No question asks for claims by whom they are about or whose they are: claims are read by the revision that has them.
-- DropIndex
DROP INDEX "Claim_actorId_idx";

-- DropIndex
DROP INDEX "Claim_claimantId_idx";

-- What is long and seldom read lies beside its row as it is: to compress it took longer than to write it, and with it
-- facets were compressed, which are read all the time.
alter table "Revision" alter column "changes" set storage external;
alter table "Dispatch" alter column "body" set storage external;

-- The same rule, without making both rows into JSON: byte for byte they must be one, but for the column that may be set.
create or replace function parley_only_superseded() returns trigger language plpgsql as $$
declare
  unset "Revision" := new;
begin
  unset."supersededBy" := null;
  if old."supersededBy" is null and new."supersededBy" is not null and unset *= old then
    return new;
  end if;
  raise exception 'The record is append-only: of a revision only "supersededBy" may be set, once. Publish a correction instead.'
    using errcode = 'restrict_violation';
end $$;

-- The same document as before, word for word. A function of SQL that has a FROM is started anew at each call, which took
-- longer than the reading of a short text; here everything is an expression.
create or replace function parley_document(
  headline text, summary text, actors text[], places text[], outlets text[], claims text[], quotations text[]
) returns tsvector language plpgsql stable as $$
declare
  names text;
  -- Ids are lower-case letters, digits and hyphens: they need no quoting of their own.
  involved tsvector := case when actors = '{}' then '' else '''actor:' || array_to_string(actors, ''':1B ''actor:') || ''':1B' end;
  head text := concat('the ', parley_fold(left(headline, 2000)));
  named text;
  said text := concat('the ', parley_fold(left(concat_ws(' the ', summary, array_to_string(claims, ' the ')), 40000)));
  quoted text := concat('the ', parley_fold(left(array_to_string(quotations, ' the '), 40000)));
begin
  select string_agg(n.name, ' the ' order by n.name collate "C") into names from (
    select a.name from "Actor" a where a.id = any(actors)
    union select p.name from "Place" p where p.id = any(places)
    union select o.name from "Outlet" o where o.id = any(outlets)
  ) n;
  named := concat('the ', parley_fold(left(coalesce(names, ''), 16000)));
  return setweight(to_tsvector('parley_words'::regconfig, head) || to_tsvector('parley_stems'::regconfig, head), 'A')
    || setweight(to_tsvector('parley_words'::regconfig, named) || to_tsvector('parley_stems'::regconfig, named), 'B')
    || involved
    || setweight(to_tsvector('parley_words'::regconfig, said) || to_tsvector('parley_stems'::regconfig, said), 'C')
    || setweight(to_tsvector('parley_words'::regconfig, quoted) || to_tsvector('parley_stems'::regconfig, quoted), 'D');
end $$;
