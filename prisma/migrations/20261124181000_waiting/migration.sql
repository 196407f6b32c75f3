-- Since when a claim waits for review; null while it does not. Kept by the database, whoever moves the claim.
alter table claim add column waits_since timestamptz(3);

create function keep_waiting() returns trigger language plpgsql as $$
declare
  waits boolean := new.stage in ('submitted', 'in_review', 'awaiting_second')
    or (new.stage = 'decided' and new.came_in = 'contradiction' and new.superseded_by_id is null);
begin
  new.waits_since := case when waits then coalesce(new.waits_since, new.updated_at) end;
  return new;
end
$$;

create trigger claim_waits before insert or update of stage, came_in, superseded_by_id on claim
  for each row execute function keep_waiting();

do $$
begin
  execute format('alter function keep_waiting() set search_path = %I, pg_temp', current_schema());
end
$$;
