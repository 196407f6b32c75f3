-- Whatever history tells of changes only together with an event of the same transaction; and what a row was at its last event is kept as a digest.
set local lock_timeout = '5s';

-- ── Which event was written by which transaction ────────────────────────────────────────────────────────────────────────────

-- Null for events from before; a default that is set afterwards rewrites no rows.
ALTER TABLE "event" ADD COLUMN "transaction" xid8;
ALTER TABLE "event" ALTER COLUMN "transaction" SET DEFAULT pg_current_xact_id();

create function stamp_transaction() returns trigger language plpgsql as $$
begin
  new.transaction := pg_current_xact_id();
  return new;
end
$$;

create trigger event_stamped before insert on event for each row execute function stamp_transaction();

-- ── What is recorded ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Columns of recorded tables that are left out: wholly, or where they have the value they were added with.
CREATE TABLE "left_out_column" (
    "table_name" TEXT NOT NULL,
    "column_name" TEXT NOT NULL,
    "only_as" JSONB,
    "why" TEXT NOT NULL,

    CONSTRAINT "left_out_column_pkey" PRIMARY KEY ("table_name","column_name")
);

insert into left_out_column (table_name, column_name, why) values
  ('account', 'theme', 'personal: how pages look to one person'),
  ('account', 'density', 'personal: how tables look to one person'),
  ('account', 'shortcuts', 'personal: whether keys work for one person'),
  ('story', 'last_number', 'derived: the highest number of its claims'),
  ('party', 'folded', 'derived from the name'),
  ('party_alias', 'folded', 'derived from the alias'),
  ('source', 'canonical_url', 'derived from the address'),
  ('capture', 'text', 'held by its SHA-256, which is recorded'),
  ('claim', 'waits_since', 'derived by a trigger'),
  ('decision', 'seal', 'held by its SHA-256 in the event of the decision');

-- What each subject and its parts were at its last event; written by a trigger alone.
CREATE TABLE "recorded_state" (
    "subject" "subject" NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "recorded_state_pkey" PRIMARY KEY ("subject","subject_id")
);

-- A row without what is left out of its table and without what is null, so that a column added later changes no digest.
create function recorded_of(given jsonb, of_table text) returns jsonb language sql stable as $$
  select jsonb_strip_nulls(given - coalesce(array_agg(l.column_name), '{}'))
  from left_out_column l where l.table_name = of_table and (l.only_as is null or l.only_as = given -> l.column_name)
$$;

-- Hex SHA-256 of all that is recorded of a subject and its parts; null when it is not there.
create function state_digest(asked subject, asked_id int) returns text language plpgsql stable as $$
declare
  state jsonb;
begin
  execute format('select recorded_of(to_jsonb(t), %L) from %I t where t.id = $1', asked, asked) into state using asked_id;
  if state is null then
    return null;
  end if;
  if asked = 'claim' then
    state := jsonb_build_object(
      'claim', state,
      'attribution', (select jsonb_agg(recorded_of(to_jsonb(a), 'attribution') order by a.id) from attribution a where a.claim_id = asked_id),
      'relay', (select jsonb_agg(recorded_of(to_jsonb(r), 'relay') order by r.id)
        from relay r join attribution a on a.id = r.attribution_id where a.claim_id = asked_id),
      'evidence', (select jsonb_agg(recorded_of(to_jsonb(e), 'evidence') order by e.id) from evidence e where e.claim_id = asked_id),
      'relation', (select jsonb_agg(recorded_of(to_jsonb(r), 'relation') order by r.id)
        from (select * from relation where from_id = asked_id union select * from relation where to_id = asked_id) r),
      'claim_source', (select jsonb_agg(recorded_of(to_jsonb(s), 'claim_source') order by s.source_id) from claim_source s where s.claim_id = asked_id),
      'claim_unnamed', (select jsonb_agg(recorded_of(to_jsonb(u), 'claim_unnamed') order by u.party_id) from claim_unnamed u where u.claim_id = asked_id),
      'claim_tag', (select jsonb_agg(recorded_of(to_jsonb(t), 'claim_tag') order by t.tag_id) from claim_tag t where t.claim_id = asked_id),
      'decision', (select jsonb_agg(recorded_of(to_jsonb(d) - 'seal', 'decision') order by d.id) from decision d where d.claim_id = asked_id),
      'decision_end', (select jsonb_agg(recorded_of(to_jsonb(e), 'decision_end') order by e.decision_id)
        from decision_end e join decision d on d.id = e.decision_id where d.claim_id = asked_id));
  elsif asked = 'party' then
    state := jsonb_build_object(
      'party', state,
      'party_alias', (select jsonb_agg(recorded_of(to_jsonb(a), 'party_alias') order by a.id) from party_alias a where a.party_id = asked_id),
      'party_role', (select jsonb_agg(recorded_of(to_jsonb(r), 'party_role') order by r.id) from party_role r where r.party_id = asked_id));
  elsif asked = 'source' then
    -- Texts are long, and their digests stand for them.
    state := jsonb_build_object(
      'source', state,
      'capture', (select jsonb_agg(recorded_of(to_jsonb(c), 'capture') order by c.id)
        from (select id, source_id, taken_at, sha256, how, http_status, taken_by_id from capture where source_id = asked_id) c));
  end if;
  return encode(sha256(convert_to(jsonb_strip_nulls(state)::text, 'UTF8')), 'hex');
end
$$;

-- Asked at commit, when all is as it stays. Runs with the owner's rights: the application's role cannot write here itself.
create function keep_state() returns trigger language plpgsql security definer as $$
declare
  is_last boolean;
begin
  execute format('select revision = $2 and last_hash = $3 from %I where id = $1', new.subject)
    into is_last using new.subject_id, new.revision, new.hash;
  if is_last then
    insert into recorded_state (subject, subject_id, revision, digest)
      values (new.subject, new.subject_id, new.revision, state_digest(new.subject, new.subject_id))
      on conflict (subject, subject_id) do update set revision = excluded.revision, digest = excluded.digest;
  end if;
  return null;
end
$$;

create constraint trigger event_keeps_state after insert on event
  deferrable initially deferred for each row execute function keep_state();

-- ── No change without an event of the same transaction ──────────────────────────────────────────────────────────────────────

-- The arguments are the subject that tells of the row, the row's column that leads there, and the table in between, where there is one.
create function refuse_untold_change() returns trigger language plpgsql as $$
declare
  ids int[] := '{}';
  led int;
  asked_id int;
  now_revision int;
  now_hash text;
  written xid8;
begin
  if tg_op = 'UPDATE' then
    if recorded_of(to_jsonb(old), tg_table_name) = recorded_of(to_jsonb(new), tg_table_name) then
      return null;
    end if;
  end if;
  if tg_op <> 'INSERT' then
    execute format('select ($1).%I', tg_argv[1]) into led using old;
    ids := ids || led;
  end if;
  if tg_op <> 'DELETE' then
    execute format('select ($1).%I', tg_argv[1]) into led using new;
    if led <> all (ids) then
      ids := ids || led;
    end if;
  end if;
  foreach led in array ids loop
    asked_id := led;
    if tg_nargs > 2 then
      execute format('select %I from %I where id = $1', tg_argv[0] || '_id', tg_argv[2]) into asked_id using led;
      -- Gone with what it belonged to, whose own trigger asks the same.
      continue when asked_id is null;
    end if;
    execute format('select revision, last_hash from %I where id = $1', tg_argv[0]) into now_revision, now_hash using asked_id;
    if now_revision is null then
      continue when tg_argv[1] <> 'id';
      if tg_op = 'INSERT' then
        continue;
      end if;
      raise exception 'Row % of % was deleted. What history tells of stays.', asked_id, tg_table_name
        using errcode = 'integrity_constraint_violation';
    end if;
    select transaction into written from event
      where subject = tg_argv[0]::subject and subject_id = asked_id and revision = now_revision and hash = now_hash;
    if not found then
      raise exception 'Row % of % is at revision %, and no event says how it got there. Every change is recorded in the same transaction.',
        asked_id, tg_argv[0], now_revision using errcode = 'integrity_constraint_violation';
    end if;
    if written is distinct from pg_current_xact_id() then
      raise exception 'A row of % was changed without a new revision of % %. What is recorded changes only together with its event.',
        tg_table_name, tg_argv[0], asked_id using errcode = 'integrity_constraint_violation';
    end if;
  end loop;
  return null;
end
$$;

drop trigger claim_has_event on claim;
drop trigger source_has_event on source;
drop trigger party_has_event on party;
drop trigger story_has_event on story;
drop trigger story_change_has_event on story;
drop trigger account_has_event on account;
drop trigger setting_has_event on setting;
drop trigger question_has_event on question;
drop trigger claim_change_has_revision on claim;
drop trigger claim_change_of_question_has_revision on claim;
drop function refuse_without_event();
drop function refuse_without_new_revision();

create constraint trigger account_is_told after insert or update or delete on account
  deferrable initially deferred for each row execute function refuse_untold_change('account', 'id');
create constraint trigger setting_is_told after insert or update or delete on setting
  deferrable initially deferred for each row execute function refuse_untold_change('setting', 'id');
create constraint trigger story_is_told after insert or update or delete on story
  deferrable initially deferred for each row execute function refuse_untold_change('story', 'id');
create constraint trigger question_is_told after insert or update or delete on question
  deferrable initially deferred for each row execute function refuse_untold_change('question', 'id');
create constraint trigger party_is_told after insert or update or delete on party
  deferrable initially deferred for each row execute function refuse_untold_change('party', 'id');
create constraint trigger party_alias_is_told after insert or update or delete on party_alias
  deferrable initially deferred for each row execute function refuse_untold_change('party', 'party_id');
create constraint trigger party_role_is_told after insert or update or delete on party_role
  deferrable initially deferred for each row execute function refuse_untold_change('party', 'party_id');
create constraint trigger source_is_told after insert or update or delete on source
  deferrable initially deferred for each row execute function refuse_untold_change('source', 'id');
create constraint trigger capture_is_told after insert on capture
  deferrable initially deferred for each row execute function refuse_untold_change('source', 'source_id');
create constraint trigger claim_is_told after insert or update or delete on claim
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'id');
create constraint trigger attribution_is_told after insert or update or delete on attribution
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'claim_id');
create constraint trigger relay_is_told after insert or update or delete on relay
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'attribution_id', 'attribution');
create constraint trigger evidence_is_told after insert or update or delete on evidence
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'claim_id');
create constraint trigger relation_is_told_from after insert or update or delete on relation
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'from_id');
create constraint trigger relation_is_told_to after insert or update or delete on relation
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'to_id');
create constraint trigger claim_tag_is_told after insert or update or delete on claim_tag
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'claim_id');
create constraint trigger claim_source_is_told after insert or update or delete on claim_source
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'claim_id');
create constraint trigger claim_unnamed_is_told after insert or update or delete on claim_unnamed
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'claim_id');
create constraint trigger decision_is_told after insert on decision
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'claim_id');
create constraint trigger decision_end_is_told after insert on decision_end
  deferrable initially deferred for each row execute function refuse_untold_change('claim', 'decision_id', 'decision');

-- Functions look in the schema of the record, and in a session's own temporary tables last. An instant is one text in every session.
do $$
declare
  guard text;
begin
  foreach guard in array array['stamp_transaction()', 'recorded_of(jsonb, text)', 'state_digest(subject, int)', 'keep_state()',
    'refuse_untold_change()']
  loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
    execute format('alter function %s set timezone = %L', guard, 'UTC');
  end loop;
end
$$;
