-- Full-text search. What a revision says is kept as one tsvector: every word twice, as it is written (parley_words) and
-- by its English stem (parley_stems). Texts are English with names of many languages: stems let "negotiations" find
-- "negotiating"; unstemmed words serve prefixes ("negotia*" is longer than the stem "negoti") and names that English
-- takes for stop words (WHO, Will). Both without accents.

do $$
declare
  home text;
begin
  begin
    create extension if not exists unaccent;
  exception when feature_not_supported or undefined_file or insufficient_privilege then
    raise exception 'search needs PostgreSQL''s own extension "unaccent", and %: install PostgreSQL''s contrib package on the server, or have its administrator run "create extension unaccent" in this database', sqlerrm;
  end;
  -- Somebody may have put it into another schema before us.
  select quote_ident(n.nspname) into home
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'unaccent';
  create text search configuration parley_words (copy = simple);
  create text search configuration parley_stems (copy = english);
  execute format('alter text search configuration parley_words alter mapping for word, hword, hword_part with %s.unaccent, simple', home);
  execute format('alter text search configuration parley_stems alter mapping for word, hword, hword_part with %s.unaccent, english_stem', home);
end $$;

-- Text as the two configurations take it. Punctuation becomes blanks, one for one, so that a place in the result is the
-- same place in the text: PostgreSQL would take "and/or" for a file, "2020-2023" for a negative number, and, where the
-- locale is C, every “ and – for a letter. The dot stays: it holds U.S. together. Schwa has no decomposition.
create function parley_fold(given text) returns text language sql immutable parallel safe as $$
  select case when octet_length(given) = length(given) then regexp_replace(given, '[\x01-\x1f!-\-/:-@\[-`{-\x7f]', ' ', 'g')
    else replace(replace(regexp_replace(normalize(given),
      '[\x01-\x1f!-\-/:-@\[-`{-\u00bf\u00d7\u00f7\u055a-\u055f\u0589\u060c\u061b\u061f\u2000-\u206f\u3000-\u303f\ue000-\uf8ff]', ' ', 'g'),
      'ə', 'a'), 'Ə', 'A') end
$$;

-- A text as both read it. It begins with a stop word, which leaves a gap: no phrase begins in one text, or in one way of
-- reading it, and ends in the next.
create function parley_vector(given text) returns tsvector language sql immutable parallel safe as $$
  select to_tsvector('parley_words'::regconfig, folded) || to_tsvector('parley_stems'::regconfig, folded)
  from concat('the ', parley_fold(given)) folded
$$;

-- An actor is found by any of its names, as they are when somebody asks: "turkey" is equal to it, whole and in order.
create index "ActorName_words" on "ActorName" (to_tsvector('parley_words'::regconfig, parley_fold(name)));

-- Whom a revision names.
create view "InvolvedActor" (position, "actorId") as
  select position, "actorId" from "Participation"
  union select position, "onBehalfOfId" from "Participation" where "onBehalfOfId" is not null
  union select position, "inviteeId" from "Invitation"
  union select position, "invitedById" from "Invitation" where "invitedById" is not null
  union select position, "respondedById" from "Invitation" where "respondedById" is not null
  union select position, "releasedById" from "Leg"
  union select position, "receivedById" from "Leg"
  union select position, "actorId" from "Claim" where "actorId" is not null and rank <> 'DEPRECATED'
  union select position, "claimantId" from "Claim" where "claimantId" is not null and rank <> 'DEPRECATED'
  union select position, "attributedToId" from "Citation" where "attributedToId" is not null;

-- The texts of a revision, each once, and what each is. Of claims, what an editor has set aside is not searched, nor are
-- the codes of a kind's own fields, nor values that are no text. Tombstones say nothing.
create view "SearchableText" (position, field, text) as
  select position, 'HEADLINE', headline from "Revision" where action not in ('RETRACTED', 'MERGED')
  union select position, 'SUMMARY', summary from "Revision" where summary is not null
  union select i.position, 'NAME', a.name from "InvolvedActor" i join "Actor" a on a.id = i."actorId"
  union select r.position, 'NAME', p.name from "Revision" r join "Place" p on p.id = r."placeId"
  union select c.position, 'NAME', p.name from "Claim" c join "Place" p on p.id = c."placeId" where c.rank <> 'DEPRECATED'
  union select c.position, 'NAME', o.name from "Citation" c join "Report" s on s.id = c."reportId" join "Outlet" o on o.id = s."outletId"
  union select position, 'QUOTATION', quotation from "Citation" where quotation is not null
  union select position, 'QUOTATION', value->>'text' from "Claim" where aspect = 'WORDING' and rank <> 'DEPRECATED'
  union select position, 'CLAIM', said
    from "Claim" cross join lateral (values
      (case when aspect not in ('WORDING', 'CONTENT')
          or aspect = 'CONTENT' and key not in ('act', 'issue', 'extent', 'format', 'track', 'level', 'form', 'strength', 'stage', 'type', 'standing')
        then value->>'text' end),
      (value->'figure'->>'asReported'), (value->'when'->>'asReported'), (value->'actor'->>'asReported'), (value->'actor'->>'capacity')
    ) as v (said)
    where rank <> 'DEPRECATED' and said is not null;

-- What search reads of a revision: the headline weighs most (A), then names (B), summary and claims (C), quotations (D).
-- Whom it names also stands in it by id, so that names that an actor is given later find it, too. A tsvector holds less
-- than 1 MB: far more text than people write is cut. A function of PL/pgSQL keeps its plans; one of SQL would make them
-- anew for each dispatch.
create function parley_document(
  headline text, summary text, actors text[], places text[], outlets text[], claims text[], quotations text[]
) returns tsvector language plpgsql stable as $$
declare
  names text;
  -- Ids are lower-case letters, digits and hyphens: they need no quoting of their own.
  involved tsvector := case when actors = '{}' then '' else '''actor:' || array_to_string(actors, ''':1B ''actor:') || ''':1B' end;
begin
  select string_agg(n.name, ' the ' order by n.name collate "C") into names from (
    select a.name from "Actor" a where a.id = any(actors)
    union select p.name from "Place" p where p.id = any(places)
    union select o.name from "Outlet" o where o.id = any(outlets)
  ) n;
  return setweight(parley_vector(left(headline, 2000)), 'A')
    || setweight(parley_vector(left(coalesce(names, ''), 16000)), 'B')
    || involved
    || setweight(parley_vector(left(concat_ws(' the ', summary, array_to_string(claims, ' the ')), 40000)), 'C')
    || setweight(parley_vector(left(array_to_string(quotations, ' the '), 40000)), 'D');
end $$;

-- CreateTable
CREATE TABLE "RevisionText" (
    "position" INTEGER NOT NULL,
    "document" tsvector NOT NULL,

    CONSTRAINT "RevisionText_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "RevisionText_document_idx" ON "RevisionText" USING GIN ("document");

-- AddForeignKey
ALTER TABLE "RevisionText" ADD CONSTRAINT "RevisionText_position_fkey" FOREIGN KEY ("position") REFERENCES "Revision"("position") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Of what was published before there was search. Whatever is published from now on is indexed as it is written.
insert into "RevisionText" (position, document)
  select r.position, parley_document(
    r.headline,
    r.summary,
    array(select i."actorId" from "InvolvedActor" i where i.position = r.position order by i."actorId" collate "C"),
    array(select r."placeId" where r."placeId" is not null
      union select c."placeId" from "Claim" c where c.position = r.position and c."placeId" is not null and c.rank <> 'DEPRECATED'),
    array(select distinct s."outletId" from "Citation" c join "Report" s on s.id = c."reportId"
      where c.position = r.position and s."outletId" is not null),
    array(select t.text from "SearchableText" t where t.position = r.position and t.field = 'CLAIM' order by t.text collate "C"),
    array(select t.text from "SearchableText" t where t.position = r.position and t.field = 'QUOTATION' order by t.text collate "C")
  )
  from "Revision" r where r.action not in ('RETRACTED', 'MERGED') order by r.position;

create trigger "only_unpublished" before insert on "RevisionText" for each row execute function parley_only_unpublished();
create trigger "no_change" before update or delete on "RevisionText" for each row execute function parley_refuse();
create trigger "no_truncate" before truncate on "RevisionText" for each statement execute function parley_refuse();
