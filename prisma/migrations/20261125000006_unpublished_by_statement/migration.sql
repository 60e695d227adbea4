-- Rows that come by the thousand are checked against the head once a statement: looking at the head for each row cost a
-- quarter of what PostgreSQL takes to write a revision. What is refused stays the same, and so do the words.

create function parley_only_unpublished_rows() returns trigger language plpgsql as $$
declare
  published int := (
    select min(position) from added where position <= (select h.position from "Head" h where h.id = 1)
  );
begin
  if published is not null then
    raise exception 'The record is append-only: position % is published, "%" takes no more rows for it.', published, tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return null;
end $$;

do $$
declare
  child text;
begin
  foreach child in array array[
    'Participation', 'Milestone', 'Claim', 'Citation', 'Disagreement', 'Link', 'Invitation', 'Leg', 'LegGroup'
  ] loop
    execute format('drop trigger "only_unpublished" on %I', child);
    execute format('create trigger "only_unpublished" after insert on %I referencing new table as added
      for each statement execute function parley_only_unpublished_rows()', child);
  end loop;
end $$;
