-- A finding is about who spoke and where: asked at commit, of a party that is called otherwise or of another kind, and of a source that is another
-- document, as src/parties/party-change.store.ts and src/sources/source-change.store.ts have it.
create function refuse_finding_of_another_speaker() returns trigger language plpgsql as $$
declare
  found_on int;
begin
  select id into found_on from attribution
    where speaker_id = new.id and finding <> 'unchecked' and found_at < date_trunc('milliseconds', transaction_timestamp()) limit 1;
  if found_on is not null then
    raise exception 'Party % was changed, and the finding on attribution % is about what it was before. The finding returns to unchecked, with its event.',
      new.id, found_on using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create constraint trigger party_findings_are_of_it after update on party
  deferrable initially deferred for each row
  when ((old.name, old.kind) is distinct from (new.name, new.kind))
  execute function refuse_finding_of_another_speaker();

create function refuse_finding_of_another_source() returns trigger language plpgsql as $$
declare
  found_on int;
begin
  select id into found_on from attribution
    where source_id = new.id and finding <> 'unchecked' and found_at < date_trunc('milliseconds', transaction_timestamp()) limit 1;
  if found_on is not null then
    raise exception 'Source % was changed, and the finding on attribution % is about what it was before. The finding returns to unchecked, with its event.',
      new.id, found_on using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create constraint trigger source_findings_are_of_it after update on source
  deferrable initially deferred for each row
  when ((old.kind, old.url, old.title, old.publisher_id, old.published_on) is distinct from (new.kind, new.url, new.title, new.publisher_id, new.published_on))
  execute function refuse_finding_of_another_source();

do $$
declare
  guard text;
begin
  foreach guard in array array['refuse_finding_of_another_speaker()', 'refuse_finding_of_another_source()']
  loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end
$$;
