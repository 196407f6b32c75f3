-- A session may make a temporary table called "event", and temporary tables are looked through first: the guards would then ask a forged one.
-- So they look in the schema of the record, and in the temporary one last.
do $$
declare
  guard text;
begin
  foreach guard in array array['refuse_change_of_history()', 'refuse_all_but_redaction()', 'refuse_without_event()',
    'refuse_without_new_revision()', 'refuse_change_of_reference()', 'refuse_without_decision()']
  loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end
$$;
