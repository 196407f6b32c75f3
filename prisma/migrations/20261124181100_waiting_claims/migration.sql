-- no-transaction
-- Claims that wait already, some thousands at a time, so that no lock is held for long.
do $$
declare
  given int;
begin
  loop
    update claim set waits_since = updated_at where id in (
      select id from claim where waits_since is null
        and (stage in ('submitted', 'in_review', 'awaiting_second')
          or (stage = 'decided' and came_in = 'contradiction' and superseded_by_id is null))
      limit 10000);
    get diagnostics given = row_count;
    commit;
    exit when given = 0;
  end loop;
end
$$;

drop index concurrently if exists claim_waiting_idx;
create index concurrently claim_waiting_idx on claim (waits_since, id) where waits_since is not null;
drop index concurrently if exists claim_waiting_story_idx;
create index concurrently claim_waiting_story_idx on claim (story_id, waits_since, id) where waits_since is not null;
drop index concurrently if exists claim_waiting_stage_idx;
create index concurrently claim_waiting_stage_idx on claim (stage, waits_since, id) where waits_since is not null;
drop index concurrently if exists claim_waiting_assignee_idx;
create index concurrently claim_waiting_assignee_idx on claim (assignee_id, waits_since, id) where waits_since is not null;
