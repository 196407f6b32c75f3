-- no-transaction
alter table attribution validate constraint attribution_former_found_by_id_fkey;
alter table attribution validate constraint attribution_former_finding_whole;

-- The original words that an altered statement was found to have belong to that finding; some thousands at a time, so that no lock is held for long.
do $$
declare
  given int;
begin
  loop
    update attribution set words_found = true where id in (
      select id from attribution where finding = 'altered' and original_words is not null and not words_found limit 10000);
    get diagnostics given = row_count;
    commit;
    exit when given = 0;
  end loop;
end
$$;
