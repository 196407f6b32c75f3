-- no-transaction
-- Whose words a last decision looked at without verifying them, or verified by an override: some thousands at a time, so that no lock is held for long.
do $$
declare
  after_id int := 0;
  last_id int;
begin
  loop
    select max(id) into last_id from (select id from claim where id > after_id order by id limit 10000) batch;
    exit when last_id is null;
    update claim c set unverified_by = array(
        select c.author_id union select a.added_by_id from attribution a where a.claim_id = c.id)
      where c.id > after_id and c.id <= last_id and c.unverified_by = '{}' and exists (
        select from (
          select d.verdict, d.override_reason from decision d
          where d.claim_id = c.id
            and not exists (select from decision_end e where e.decision_id = d.id and e.cause = 'undone')
          order by d.revision desc limit 1) last
        where last.verdict <> 'verified' or last.override_reason is not null);
    commit;
    after_id := last_id;
  end loop;
end
$$;
