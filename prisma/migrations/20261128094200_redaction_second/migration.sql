-- Who may second a redaction, and who may do without. Every redaction carries out a proposal, which says so.

alter table redaction_proposal add column finished_at timestamptz(3);
alter table redaction add column proposal_id integer;
alter table redaction add constraint redaction_proposal_id_fkey foreign key (proposal_id) references redaction_proposal (id)
  on delete restrict on update cascade not valid;

-- Those that were answered before are finished; so few that one statement does them.
update redaction_proposal set finished_at = settled_at where outcome is not null;

alter table redaction_proposal drop constraint redaction_proposal_settled;
alter table redaction_proposal
  add constraint redaction_proposal_settled check (
    num_nulls(outcome, settled_by_id, settled_at) in (0, 3)
    and (outcome <> 'seconded' or settled_by_id <> proposed_by_id) and (outcome <> 'alone' or settled_by_id = proposed_by_id)) not valid,
  add constraint redaction_proposal_finished check (
    finished_at is null or outcome is not null) not valid,
  add constraint redaction_proposal_ended check (
    outcome is null or outcome not in ('declined', 'withdrawn') or finished_at is not null) not valid;

-- ── Since when somebody acts for themselves alone ───────────────────────────────────────────────────────────────────────────

-- The last time that another gave somebody the role, let them in, or made or had them use a link by which one signs in as them. By what was
-- done, not by its values: these can be redacted.
create function admin_since(asked int) returns timestamptz language sql stable as $$
  select coalesce(max(at), 'infinity') from (
    select at from event where subject = 'account' and subject_id = asked
      and (action in ('created', 'role changed', 'enabled', 'accepted') or (action = 'invited' and actor_id is distinct from asked))
    union all
    select used_at from invitation where account_id = asked and invited_by_id is distinct from asked and used_at is not null) happened
$$;

-- When the role of an admin was last taken away, or one was disabled; by this person, or with null by anybody.
create function admin_lost_at(by_whom int) returns timestamptz language sql stable as $$
  select coalesce(max(e.at), '-infinity') from event e join event_body b on b.event_id = e.id
  where e.subject = 'account' and (by_whom is null or e.actor_id = by_whom)
    and ((e.action = 'role changed' and coalesce(b.before->>'role', 'admin') = 'admin')
      or (e.action = 'disabled' and (
        exists (select from account a where a.id = e.subject_id and a.role = 'admin')
        or exists (
          select from event later join event_body l on l.event_id = later.id
          where later.subject = 'account' and later.subject_id = e.subject_id and later.revision > e.revision
            and later.action = 'role changed' and coalesce(l.before->>'role', 'admin') = 'admin'))))
$$;

-- From when on somebody may second what another proposed: a day after both act for themselves and neither took an admin away. Null when they
-- may not, because they became an admin, or got a link, only after it was proposed.
create function second_from(proposer int, proposed timestamptz, asked int) returns timestamptz language sql stable as $$
  select case when admin_since(asked) <= proposed
    then greatest(admin_since(asked), admin_since(proposer), admin_lost_at(asked), admin_lost_at(proposer)) + interval '1 day' end
$$;

-- From when on the only admin may redact alone: a day after the desk last had another.
create function alone_from() returns timestamptz language sql stable as $$
  select admin_lost_at(null) + interval '1 day'
$$;

-- ── What a proposal may become ──────────────────────────────────────────────────────────────────────────────────────────────

create function check_redaction_proposal() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'What was proposed to be redacted stays on record.' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'INSERT' then
    new.proposed_at := clock_timestamp();
    if new.outcome is not null then
      raise exception 'A redaction is proposed before it is answered.' using errcode = 'integrity_constraint_violation';
    end if;
    perform 1 from account where id = new.proposed_by_id and role = 'admin' and disabled_at is null;
    if not found then
      raise exception 'Only an admin redacts.' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end if;
  if (new.id, new.event_id, new.capture_id, new.decision_id, new.places, new.length, new.everywhere, new.ground, new.ground_note,
      new.proposed_by_id, new.proposed_at)
    is distinct from (old.id, old.event_id, old.capture_id, old.decision_id, old.places, old.length, old.everywhere, old.ground,
      old.ground_note, old.proposed_by_id, old.proposed_at)
    or (old.outcome is not null and (new.outcome, new.settled_by_id, new.settled_at, new.answer)
      is distinct from (old.outcome, old.settled_by_id, old.settled_at, old.answer))
    or (old.finished_at is not null and new is distinct from old)
  then
    raise exception 'What was proposed to be redacted, and how it was answered, stays as it is.' using errcode = 'restrict_violation';
  end if;
  if old.outcome is not null or new.outcome is null then
    return new;
  end if;
  new.settled_at := clock_timestamp();
  if new.outcome in ('seconded', 'alone') then
    perform 1 from account where id = new.proposed_by_id and role = 'admin' and disabled_at is null;
    if not found then
      raise exception 'Only an admin redacts.' using errcode = 'integrity_constraint_violation';
    end if;
  end if;
  if new.outcome = 'alone' then
    perform 1 from account where id <> new.proposed_by_id and role = 'admin' and disabled_at is null and password_hash is not null;
    if found then
      raise exception 'Another admin has to second a redaction.' using errcode = 'integrity_constraint_violation';
    end if;
    if alone_from() > new.settled_at then
      raise exception 'The desk had another admin within the last day.' using errcode = 'integrity_constraint_violation';
    end if;
  elsif new.outcome = 'seconded' then
    perform 1 from account where id = new.settled_by_id and role = 'admin' and disabled_at is null;
    if not found then
      raise exception 'Only another admin seconds a redaction.' using errcode = 'integrity_constraint_violation';
    end if;
    if coalesce(second_from(new.proposed_by_id, new.proposed_at, new.settled_by_id), 'infinity') > new.settled_at then
      raise exception 'Who seconds a redaction was an admin before it was proposed, and for a day, without a link from another; and neither of the two took an admin away within the last day.'
        using errcode = 'integrity_constraint_violation';
    end if;
  end if;
  return new;
end
$$;

create trigger redaction_proposal_checked before insert or update or delete on redaction_proposal
  for each row execute function check_redaction_proposal();
create trigger redaction_proposal_not_emptied before truncate on redaction_proposal for each statement execute function refuse_change_of_history();
alter table redaction_proposal enable always trigger redaction_proposal_checked;
alter table redaction_proposal enable always trigger redaction_proposal_not_emptied;

-- ── A redaction carries out a proposal ──────────────────────────────────────────────────────────────────────────────────────

create or replace function check_redaction() returns trigger language plpgsql as $$
declare
  proposed redaction_proposal;
begin
  new.transaction := pg_current_xact_id();
  if new.event_id is not null then
    perform 1 from event where id = new.event_id and subject = new.subject and subject_id = new.subject_id;
  elsif new.capture_id is not null then
    perform 1 from capture where id = new.capture_id and new.subject = 'source' and source_id = new.subject_id;
  else
    perform 1 from decision where id = new.decision_id and new.subject = 'claim' and claim_id = new.subject_id;
  end if;
  if not found then
    raise exception 'A redaction names what it empties, and whose that is.' using errcode = 'integrity_constraint_violation';
  end if;
  select * into proposed from redaction_proposal where id = new.proposal_id;
  if not found or proposed.outcome is null or proposed.outcome not in ('seconded', 'alone') or proposed.finished_at is not null
    or new.by_id <> proposed.proposed_by_id
    or new.seconded_by_id is distinct from (case proposed.outcome when 'seconded' then proposed.settled_by_id end)
  then
    raise exception 'A redaction carries out a proposal that was seconded, or that nobody was there to second.'
      using errcode = 'integrity_constraint_violation';
  end if;
  if not proposed.everywhere
    and (new.event_id, new.capture_id, new.decision_id, new.places, new.length)
      is distinct from (proposed.event_id, proposed.capture_id, proposed.decision_id, proposed.places, proposed.length)
    and not exists (select from decision d where d.id = proposed.decision_id and new.subject = 'claim' and d.claim_id = new.subject_id)
  then
    raise exception 'A redaction empties what was proposed, and nothing else.' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

-- What is kept of a form that made what is emptied says the same: its digest, by which a few words could be guessed, and its outcome.
create or replace function carry_out_redaction() returns trigger language plpgsql security definer as $$
begin
  if new.event_id is not null then
    update event_body set before = null, after = null, reason = null, salt = '', redacted_at = new.at
      where event_id = new.event_id and redacted_at is null;
  elsif new.capture_id is not null then
    update capture set text = redacted_text(text, new.places, new.length),
        sha256 = encode(sha256(convert_to(redacted_text(text, new.places, new.length), 'UTF8')), 'hex')
      where id = new.capture_id and text <> redacted_text(text, new.places, new.length);
  else
    update decision set seal = '{}', rationale = '[redacted]', override_reason = left(override_reason, 0) || '[redacted]',
        reply_sought = left(reply_sought, 0) || '[redacted]', change_note = left(change_note, 0) || '[redacted]'
      where id = new.decision_id and seal <> '{}';
  end if;
  if not found then
    raise exception 'This is redacted already.' using errcode = 'restrict_violation';
  end if;
  update request r set digest = '', outcome = null
    from event e
    where r.actor_id = e.actor_id and r.id = e.request_id and r.digest <> ''
      and ((new.event_id is not null and e.id = new.event_id)
        or (new.capture_id is not null and e.subject = new.subject and e.subject_id = new.subject_id)
        or (new.decision_id is not null and e.subject = new.subject and e.subject_id = new.subject_id));
  return null;
end
$$;

do $$
declare
  guard text;
begin
  foreach guard in array array['admin_since(int)', 'admin_lost_at(int)', 'second_from(int, timestamptz, int)', 'alone_from()',
    'check_redaction_proposal()', 'check_redaction()', 'carry_out_redaction()']
  loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end
$$;
