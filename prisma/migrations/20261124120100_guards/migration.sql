-- What the schema file cannot say: history that stays, rows that agree with themselves, and no change without its event.

-- ── History stays ───────────────────────────────────────────────────────────────────────────────────────────────────────────

create function refuse_change_of_history() returns trigger language plpgsql as $$
begin
  raise exception 'The table % keeps history: its rows can be neither changed nor deleted, and it cannot be emptied. Record what happened as a new row.', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

create trigger event_stays before update or delete on event for each row execute function refuse_change_of_history();
create trigger event_not_emptied before truncate on event for each statement execute function refuse_change_of_history();
create trigger decision_stays before update or delete on decision for each row execute function refuse_change_of_history();
create trigger decision_not_emptied before truncate on decision for each statement execute function refuse_change_of_history();
create trigger decision_end_stays before update or delete on decision_end for each row execute function refuse_change_of_history();
create trigger decision_end_not_emptied before truncate on decision_end for each statement execute function refuse_change_of_history();
create trigger capture_stays before update or delete on capture for each row execute function refuse_change_of_history();
create trigger capture_not_emptied before truncate on capture for each statement execute function refuse_change_of_history();
create trigger event_body_not_deleted before delete on event_body for each row execute function refuse_change_of_history();
create trigger event_body_not_emptied before truncate on event_body for each statement execute function refuse_change_of_history();

-- The values of an event may only be emptied, once, and openly: that is redaction.
create function refuse_all_but_redaction() returns trigger language plpgsql as $$
begin
  if old.redacted_at is null and new.redacted_at is not null and new.event_id = old.event_id
    and new.before is null and new.after is null and new.reason is null and new.salt in (old.salt, '')
  then
    return new;
  end if;
  raise exception 'What event % says can only be redacted: all its values emptied, with the time of it. It cannot be rewritten.', old.event_id
    using errcode = 'restrict_violation';
end
$$;

create trigger event_body_only_redacted before update on event_body for each row execute function refuse_all_but_redaction();

-- Also where a session plays the part of a replica, in which ordinary triggers sleep.
alter table event enable always trigger event_stays;
alter table event enable always trigger event_not_emptied;
alter table decision enable always trigger decision_stays;
alter table decision enable always trigger decision_not_emptied;
alter table decision_end enable always trigger decision_end_stays;
alter table decision_end enable always trigger decision_end_not_emptied;
alter table capture enable always trigger capture_stays;
alter table capture enable always trigger capture_not_emptied;
alter table event_body enable always trigger event_body_not_deleted;
alter table event_body enable always trigger event_body_not_emptied;
alter table event_body enable always trigger event_body_only_redacted;

-- ── No change without its event ─────────────────────────────────────────────────────────────────────────────────────────────

-- Asked at commit, of the row as it then is: its revision and hash must be those of an event about it.
create function refuse_without_event() returns trigger language plpgsql as $$
declare
  now_revision int;
  now_hash text;
begin
  execute format('select revision, last_hash from %I.%I where id = $1', tg_table_schema, tg_table_name)
    into now_revision, now_hash using new.id;
  if now_revision is null then
    return null;
  end if;
  perform 1 from event
    where subject = tg_argv[0]::subject and subject_id = new.id and revision = now_revision and hash = now_hash;
  if not found then
    raise exception 'Row % of % is at revision %, and no event says how it got there. Every change is recorded in the same transaction.',
      new.id, tg_table_name, now_revision using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create constraint trigger claim_has_event after insert or update on claim
  deferrable initially deferred for each row execute function refuse_without_event('claim');
create constraint trigger source_has_event after insert or update on source
  deferrable initially deferred for each row execute function refuse_without_event('source');
create constraint trigger party_has_event after insert or update on party
  deferrable initially deferred for each row execute function refuse_without_event('party');
create constraint trigger story_has_event after insert on story
  deferrable initially deferred for each row execute function refuse_without_event('story');
-- Giving out a number changes nothing that is said about the story.
create constraint trigger story_change_has_event after update on story
  deferrable initially deferred for each row
  when ((old.code, old.title, old.summary, old.time_zone, old.revision, old.last_hash)
    is distinct from (new.code, new.title, new.summary, new.time_zone, new.revision, new.last_hash))
  execute function refuse_without_event('story');
create constraint trigger account_has_event after insert or update on account
  deferrable initially deferred for each row execute function refuse_without_event('account');
create constraint trigger setting_has_event after insert or update on setting
  deferrable initially deferred for each row execute function refuse_without_event('setting');

-- A claim's words, stage and verdict change only with a new revision.
create function refuse_without_new_revision() returns trigger language plpgsql as $$
declare
  now_revision int;
begin
  select revision into now_revision from claim where id = new.id;
  if now_revision <= old.revision then
    raise exception 'Claim % was changed without a new revision. Stage, verdict and words change only together with their event.', new.ref
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create constraint trigger claim_change_has_revision after update on claim
  deferrable initially deferred for each row
  when (
    (old.stage, old.closed_because, old.verdict, old.former_verdict, old.superseded_by_id, old.duplicate_of_id, old.proposal,
      old.statement, old.language, old.occurred_on, old.place,
      old.figure_comparator, old.figure_low, old.figure_high, old.figure_wording, old.figure_as_of)
    is distinct from
    (new.stage, new.closed_because, new.verdict, new.former_verdict, new.superseded_by_id, new.duplicate_of_id, new.proposal,
      new.statement, new.language, new.occurred_on, new.place,
      new.figure_comparator, new.figure_low, new.figure_high, new.figure_wording, new.figure_as_of))
  execute function refuse_without_new_revision();

create function refuse_change_of_reference() returns trigger language plpgsql as $$
begin
  raise exception 'The reference % is for ever: a claim changes neither its story nor its number.', old.ref
    using errcode = 'restrict_violation';
end
$$;

create trigger claim_keeps_reference before update of story_id, number, ref on claim for each row
  when ((old.story_id, old.number, old.ref) is distinct from (new.story_id, new.number, new.ref))
  execute function refuse_change_of_reference();

-- ── No verdict without its decision ─────────────────────────────────────────────────────────────────────────────────────────

-- Asked at commit: a decided claim has exactly one decision in force, and it says the same; any other claim has none.
create function refuse_without_decision() returns trigger language plpgsql as $$
declare
  asked int;
  it record;
  in_force verdict[];
begin
  if tg_table_name = 'claim' then
    asked := new.id;
  elsif tg_table_name = 'decision' then
    asked := new.claim_id;
  else
    select claim_id into asked from decision where id = new.decision_id;
  end if;
  select ref, stage, verdict, superseded_by_id into it from claim where id = asked;
  if not found then
    return null;
  end if;
  select coalesce(array_agg(d.verdict), '{}') into in_force
    from decision d where d.claim_id = asked and not exists (select from decision_end e where e.decision_id = d.id);
  if it.stage = 'decided' and it.superseded_by_id is null then
    if in_force <> array[it.verdict] then
      raise exception 'Claim % is marked % without a decision in force that says so.', it.ref, it.verdict
        using errcode = 'integrity_constraint_violation';
    end if;
  elsif cardinality(in_force) > 0 then
    raise exception 'Claim % is not decided, yet a decision of it is still in force.', it.ref
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create constraint trigger claim_created_has_decision after insert on claim
  deferrable initially deferred for each row when (new.stage = 'decided') execute function refuse_without_decision();
create constraint trigger claim_has_decision after update on claim
  deferrable initially deferred for each row
  when ((old.stage, old.verdict, old.superseded_by_id) is distinct from (new.stage, new.verdict, new.superseded_by_id))
  execute function refuse_without_decision();
create constraint trigger decision_fits_claim after insert on decision
  deferrable initially deferred for each row execute function refuse_without_decision();
create constraint trigger decision_end_fits_claim after insert on decision_end
  deferrable initially deferred for each row execute function refuse_without_decision();

-- ── Rows that agree with themselves ─────────────────────────────────────────────────────────────────────────────────────────

create function is_printed_date(text) returns boolean language sql immutable as $$
  select $1 ~ '^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d)?)?)?$'
$$;

alter table account
  add constraint account_revision check (revision >= 1),
  add constraint account_lengths check (length(email) between 3 and 320 and length(name) between 1 and 1000);

alter table setting add constraint setting_revision check (revision >= 1);

alter table story
  add constraint story_revision check (revision >= 1),
  add constraint story_code_shape check (code ~ '^[A-Z][A-Z0-9]{0,11}$'),
  add constraint story_number check (last_number >= 0),
  add constraint story_lengths check (length(title) between 1 and 1000 and length(summary) <= 20000);

alter table party
  add constraint party_revision check (revision >= 1),
  add constraint party_lengths check (length(name) between 1 and 1000 and length(note) <= 20000);

alter table party_role
  add constraint party_role_dates check (is_printed_date(from_date) and is_printed_date(to_date));

alter table source
  add constraint source_revision check (revision >= 1),
  add constraint source_published_on check (is_printed_date(published_on)),
  add constraint source_lengths check (length(title) <= 4000 and length(url) <= 8000 and length(notes) <= 50000);

alter table capture
  add constraint capture_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
  add constraint capture_lengths check (length(text) <= 20000000);

alter table claim
  add constraint claim_revision check (revision >= 1 and moved_at_revision between 1 and revision),
  add constraint claim_ref_shape check (number >= 1 and ref ~ '^[A-Z][A-Z0-9]{0,11}-[1-9][0-9]*$' and split_part(ref, '-', 2) = number::text),
  add constraint claim_verdict_when_decided check ((stage = 'decided') = (verdict is not null)),
  add constraint claim_former_until_decided check (stage <> 'decided' or former_verdict is null),
  add constraint claim_reason_when_closed check ((stage = 'closed') = (closed_because is not null)),
  add constraint claim_duplicate_named check ((closed_because is not distinct from 'duplicate') = (duplicate_of_id is not null)),
  add constraint claim_not_its_own_duplicate check (duplicate_of_id <> id),
  add constraint claim_superseded_when_decided check (superseded_by_id is null or stage = 'decided'),
  add constraint claim_not_its_own_successor check (superseded_by_id <> id),
  add constraint claim_proposal_when_awaiting check ((stage = 'awaiting_second') = (proposal is not null)),
  add constraint claim_figure_order check (figure_low <= figure_high),
  add constraint claim_figure_finite check (
    figure_low > '-Infinity' and figure_low < 'Infinity' and figure_high > '-Infinity' and figure_high < 'Infinity'),
  add constraint claim_dates check (is_printed_date(occurred_on) and is_printed_date(figure_as_of) and is_printed_date(recheck_on)),
  add constraint claim_lengths check (length(statement) between 1 and 5000);

alter table attribution
  add constraint attribution_speaker_of_naming check (naming not in ('unstated', 'own_voice') or speaker_id is null),
  add constraint attribution_anchor check (
    (start is null) = ("end" is null)
    and (start is null or (start >= 0 and start < "end" and passage is not null and capture_id is not null))),
  add constraint attribution_finding_signed check (finding = 'unchecked' or (found_by_id is not null and found_at is not null)),
  add constraint attribution_said_on check (is_printed_date(said_on)),
  add constraint attribution_lengths check (length(passage) <= 50000 and length(quote) <= 50000);

alter table relay add constraint relay_ordinal check (ordinal >= 1);

alter table evidence
  add constraint evidence_rests_on_one check (num_nonnulls(rests_on_party_id, rests_on_source_id) <= 1),
  add constraint evidence_act_is_document check (not is_the_act or basis = 'document'),
  add constraint evidence_anchor check (
    (start is null) = ("end" is null)
    and (start is null or (start >= 0 and start < "end" and passage is not null and capture_id is not null))),
  add constraint evidence_lengths check (length(passage) <= 50000 and length(note) <= 20000);

alter table decision
  add constraint decision_revision check (revision >= 1 and seal_version >= 1),
  add constraint decision_reviewers check (reviewers between 0 and 2),
  add constraint decision_second_is_another check (seconded_by_id <> decided_by_id),
  add constraint decision_has_its_second check (reviewers < 2 or seconded_by_id is not null or override_reason is not null),
  add constraint decision_reasons check (
    length(btrim(rationale)) >= 1 and length(rationale) <= 20000 and btrim(override_reason) <> '' and btrim(reply_sought) <> ''),
  add constraint decision_reply_sought check (verdict not in ('false', 'misleading') or reply_sought is not null),
  add constraint decision_change_noted check ((change is null) = (change_note is null) and btrim(change_note) <> '');

alter table event
  add constraint event_revision check (revision >= 1),
  add constraint event_hashes check (
    body_digest ~ '^[0-9a-f]{64}$' and hash ~ '^[0-9a-f]{64}$' and previous_hash ~ '^([0-9a-f]{64})?$'
    and (revision = 1) = (previous_hash = '')),
  add constraint event_action check (length(action) between 1 and 200);
