-- An event follows the one before it on its subject, and a decision is told in its claim's history: also for whoever writes by SQL.
set local lock_timeout = '5s';

create function refuse_gap_in_history() returns trigger language plpgsql as $$
begin
  perform 1 from event
    where subject = new.subject and subject_id = new.subject_id and revision = new.revision - 1 and hash = new.previous_hash;
  if not found then
    raise exception 'Event % of % % does not follow from the one before it. History has no gaps.', new.revision, new.subject, new.subject_id
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

-- Asked after the statement, so that several events of a subject may be written by one.
create trigger event_follows after insert on event for each row when (new.revision > 1) execute function refuse_gap_in_history();

-- Asked at commit: the claim's history has an event of the decision's revision and instant, made by one of the desk.
create function refuse_untold_decision() returns trigger language plpgsql as $$
begin
  perform 1 from event
    where subject = 'claim' and subject_id = new.claim_id and revision = new.revision and at = new.decided_at
      and actor_id is not null and (new.restores_id is not null or actor_id in (new.decided_by_id, new.seconded_by_id));
  if not found then
    raise exception 'No event of claim % tells of a decision on revision %. A decision is recorded in the same transaction as its event.',
      new.claim_id, new.revision using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create constraint trigger decision_has_event after insert on decision
  deferrable initially deferred for each row execute function refuse_untold_decision();

-- A decision is restored only to what it was.
create function refuse_altered_restoration() returns trigger language plpgsql as $$
begin
  perform 1 from decision d
    where d.id = new.restores_id
      and to_jsonb(d) - array['id', 'revision', 'decided_at', 'restores_id'] = to_jsonb(new) - array['id', 'revision', 'decided_at', 'restores_id'];
  if not found then
    raise exception 'A decision that is put in force again says what it said before.' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create trigger decision_restored_as_it_was after insert on decision for each row
  when (new.restores_id is not null) execute function refuse_altered_restoration();

-- Functions look in the schema of the record, and in a session's own temporary tables last.
do $$
declare
  guard text;
begin
  foreach guard in array array['refuse_gap_in_history()', 'refuse_untold_decision()', 'refuse_altered_restoration()']
  loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end
$$;
