-- Words that are redacted wherever they stand are kept with the proposal until it is finished, and how far it is.
alter table redaction_proposal
  add column words text[] not null default '{}',
  add column inside_words boolean not null default false,
  add column progress jsonb;

alter table redaction_proposal add constraint redaction_proposal_forgets_words check (finished_at is null or words = '{}') not valid;

create or replace function check_redaction_proposal_words() returns trigger language plpgsql as $$
begin
  if new.inside_words is distinct from old.inside_words or (new.words is distinct from old.words and (new.words <> '{}' or new.finished_at is null)) then
    raise exception 'The words that are proposed to be redacted stay until it is finished, and are kept no longer.' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger redaction_proposal_keeps_words before update on redaction_proposal
  for each row execute function check_redaction_proposal_words();
alter table redaction_proposal enable always trigger redaction_proposal_keeps_words;

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
  -- Words of a text may stand in it in other lengths too: with a line end between them, or a ligature in them.
  if not proposed.everywhere
    and (new.event_id, new.capture_id, new.decision_id) is distinct from (proposed.event_id, proposed.capture_id, proposed.decision_id)
    and not exists (select from decision d where d.id = proposed.decision_id and new.subject = 'claim' and d.claim_id = new.subject_id)
    or (new.capture_id = proposed.capture_id and (new.length is null) <> (proposed.length is null))
  then
    raise exception 'A redaction empties what was proposed, and nothing else.' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

-- Words of a comment give way to as many ▮ while a redaction of words wherever they stand is carried out, and never else.
create or replace function refuse_change_of_comment() returns trigger language plpgsql as $$
begin
  if new.text <> old.text and char_length(new.text) = char_length(old.text) and position('▮' in new.text) > 0
    and to_jsonb(new) - 'text' = to_jsonb(old) - 'text'
    and exists (
      select from redaction_proposal
      where everywhere and outcome::text in ('seconded', 'alone') and finished_at is null)
  then
    return new;
  end if;
  if (new.id, new.claim_id, new.author_id, new.at) is distinct from (old.id, old.claim_id, old.author_id, old.at)
    or (old.withdrawn_at is not null and new.withdrawn_at is distinct from old.withdrawn_at)
    or (new.text <> old.text and new.withdrawn_at is null) then
    raise exception 'A comment is not edited. Its author may withdraw it, and write another.' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

do $$
declare
  guard text;
begin
  foreach guard in array array['check_redaction_proposal_words()', 'check_redaction()', 'refuse_change_of_comment()']
  loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end
$$;
