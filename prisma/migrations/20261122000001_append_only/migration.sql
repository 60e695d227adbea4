-- What is published never changes, whoever is connected. The head row says what is published: the pen moves it last,
-- so rows of positions above it belong to the transaction that is writing them.

insert into "Head" (id, position, identities, tag) values (1, 0, 0, replace(gen_random_uuid()::text, '-', ''));

alter table "Head" add constraint "one_head" check (id = 1);
alter table "Revision"
  add constraint "positive_position" check (position > 0),
  add constraint "superseded_later" check ("supersededBy" is null or "supersededBy" >= position),
  add constraint "interval_forward" check ("knownUntil" is null or "knownUntil" > "knownAt");

-- One current revision a development; "the record as it stands" is read by this index.
create unique index "one_current_revision" on "Revision" ("developmentId") where "supersededBy" is null;

create function parley_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'The record is append-only: % on "%" is refused. Publish a correction instead.', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create function parley_only_superseded() returns trigger language plpgsql as $$
begin
  if old."supersededBy" is null and new."supersededBy" is not null
     and (to_jsonb(new) - 'supersededBy') = (to_jsonb(old) - 'supersededBy') then
    return new;
  end if;
  raise exception 'The record is append-only: of a revision only "supersededBy" may be set, once. Publish a correction instead.'
    using errcode = 'restrict_violation';
end $$;

create function parley_only_unpublished() returns trigger language plpgsql as $$
begin
  if new.position <= (select position from "Head" where id = 1) then
    raise exception 'The record is append-only: position % is published, "%" takes no more rows for it.', new.position, tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function parley_head_moves_forward() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.tag <> old.tag or new.position < old.position or new.identities < old.identities then
    raise exception 'The feed''s head only moves forward.' using errcode = 'restrict_violation';
  end if;
  if (select count(*) from "Revision" where position > old.position and position <= new.position) <> new.position - old.position then
    raise exception 'Positions are contiguous: the head cannot move from % to % over a hole.', old.position, new.position
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function parley_development_stays() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'withheld') = (to_jsonb(old) - 'withheld') then
    return new;
  end if;
  raise exception 'A development''s id, kind and process never change.' using errcode = 'restrict_violation';
end $$;

create trigger "only_superseded" before update on "Revision" for each row execute function parley_only_superseded();
create trigger "no_delete" before delete on "Revision" for each row execute function parley_refuse();
create trigger "no_truncate" before truncate on "Revision" for each statement execute function parley_refuse();
create trigger "only_unpublished" before insert on "Revision" for each row execute function parley_only_unpublished();

create trigger "moves_forward" before update on "Head" for each row execute function parley_head_moves_forward();
create trigger "no_delete" before delete on "Head" for each row execute function parley_refuse();
create trigger "no_truncate" before truncate on "Head" for each statement execute function parley_refuse();

create trigger "stays" before update on "Development" for each row execute function parley_development_stays();
create trigger "no_delete" before delete on "Development" for each row execute function parley_refuse();
create trigger "no_truncate" before truncate on "Development" for each statement execute function parley_refuse();

do $$
declare
  child text;
begin
  foreach child in array array[
    'Participation', 'Milestone', 'Claim', 'Citation', 'Disagreement', 'Link', 'StatementDetail', 'TalkDetail',
    'Invitation', 'ExchangeDetail', 'Leg', 'LegGroup', 'PledgeDetail', 'AgreementDetail', 'IncidentDetail'
  ] loop
    execute format('create trigger "only_unpublished" before insert on %I for each row execute function parley_only_unpublished()', child);
    execute format('create trigger "no_change" before update or delete on %I for each row execute function parley_refuse()', child);
    execute format('create trigger "no_truncate" before truncate on %I for each statement execute function parley_refuse()', child);
  end loop;
  foreach child in array array['Report', 'Dispatch', 'Evidence', 'DeskAction'] loop
    execute format('create trigger "no_change" before update or delete on %I for each row execute function parley_refuse()', child);
    execute format('create trigger "no_truncate" before truncate on %I for each statement execute function parley_refuse()', child);
  end loop;
end $$;
