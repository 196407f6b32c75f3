-- CreateEnum
CREATE TYPE "redaction_ground" AS ENUM ('law', 'court_order', 'safety_of_source', 'personal_data', 'other');

-- CreateEnum
CREATE TYPE "redaction_outcome" AS ENUM ('seconded', 'declined', 'withdrawn');

-- CreateTable
CREATE TABLE "redaction_proposal" (
    "id" SERIAL NOT NULL,
    "event_id" INTEGER,
    "capture_id" INTEGER,
    "decision_id" INTEGER,
    "places" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "length" INTEGER,
    "everywhere" BOOLEAN NOT NULL DEFAULT false,
    "ground" "redaction_ground" NOT NULL,
    "ground_note" TEXT NOT NULL DEFAULT '',
    "proposed_by_id" INTEGER NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "redaction_outcome",
    "settled_by_id" INTEGER,
    "settled_at" TIMESTAMPTZ(3),
    "answer" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "redaction_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redaction" (
    "id" SERIAL NOT NULL,
    "subject" "subject" NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "event_id" INTEGER,
    "capture_id" INTEGER,
    "decision_id" INTEGER,
    "places" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "length" INTEGER,
    "ground" "redaction_ground" NOT NULL,
    "ground_note" TEXT NOT NULL DEFAULT '',
    "by_id" INTEGER NOT NULL,
    "seconded_by_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "transaction" xid8 NOT NULL DEFAULT pg_current_xact_id(),

    CONSTRAINT "redaction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "redaction_proposal_newest_idx" ON "redaction_proposal"("proposed_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "redaction_event_id_idx" ON "redaction"("event_id");

-- CreateIndex
CREATE INDEX "redaction_capture_id_idx" ON "redaction"("capture_id");

-- CreateIndex
CREATE INDEX "redaction_decision_id_idx" ON "redaction"("decision_id");

-- CreateIndex
CREATE INDEX "redaction_newest_idx" ON "redaction"("at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "redaction_proposal" ADD CONSTRAINT "redaction_proposal_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction_proposal" ADD CONSTRAINT "redaction_proposal_capture_id_fkey" FOREIGN KEY ("capture_id") REFERENCES "capture"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction_proposal" ADD CONSTRAINT "redaction_proposal_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction_proposal" ADD CONSTRAINT "redaction_proposal_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction_proposal" ADD CONSTRAINT "redaction_proposal_settled_by_id_fkey" FOREIGN KEY ("settled_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction" ADD CONSTRAINT "redaction_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction" ADD CONSTRAINT "redaction_capture_id_fkey" FOREIGN KEY ("capture_id") REFERENCES "capture"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction" ADD CONSTRAINT "redaction_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction" ADD CONSTRAINT "redaction_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction" ADD CONSTRAINT "redaction_seconded_by_id_fkey" FOREIGN KEY ("seconded_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- ── What a redaction says, and what it does ─────────────────────────────────────────────────────────────────────────────────

alter table redaction
  add constraint redaction_of_one_thing check (num_nonnulls(event_id, capture_id, decision_id) = 1),
  add constraint redaction_places check (
    places is not null and (length is null) = (cardinality(places) = 0) and (length is null or (length >= 1 and capture_id is not null and 0 <= all (places)))),
  add constraint redaction_second_is_another check (seconded_by_id <> by_id),
  add constraint redaction_other_ground_said check (ground <> 'other' or btrim(ground_note) <> ''),
  add constraint redaction_lengths check (length(ground_note) <= 2000);

alter table redaction_proposal
  add constraint redaction_proposal_of_one_thing check (num_nonnulls(event_id, capture_id, decision_id) = 1),
  add constraint redaction_proposal_places check (
    places is not null and (length is null) = (cardinality(places) = 0) and (length is null or (length >= 1 and capture_id is not null and 0 <= all (places)))),
  add constraint redaction_proposal_settled check (
    num_nulls(outcome, settled_by_id, settled_at) in (0, 3) and (outcome <> 'seconded' or settled_by_id <> proposed_by_id)),
  add constraint redaction_proposal_other_ground_said check (ground <> 'other' or btrim(ground_note) <> ''),
  add constraint redaction_proposal_lengths check (length(ground_note) <= 2000 and length(answer) <= 2000);

-- Words give way to as many ▮ as they had code points, so that every place in the text stays where it was.
create function redacted_text(held text, places int[], length int) returns text language plpgsql immutable as $$
declare
  place int;
begin
  if length is null then
    return '';
  end if;
  foreach place in array places loop
    if place + length > char_length(held) then
      raise exception 'The text has no % characters at %.', length, place using errcode = 'check_violation';
    end if;
    held := overlay(held placing repeat('▮', length) from place + 1 for length);
  end loop;
  return held;
end
$$;

-- Who may: an admin, seconded by another where there is another who can sign in. Product rule: guard 8.
create function check_redaction() returns trigger language plpgsql as $$
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
  perform 1 from account where id = new.by_id and role = 'admin' and disabled_at is null;
  if not found then
    raise exception 'Only an admin redacts.' using errcode = 'integrity_constraint_violation';
  end if;
  if new.seconded_by_id is null then
    perform 1 from account where id <> new.by_id and role = 'admin' and disabled_at is null and password_hash is not null;
    if found then
      raise exception 'Another admin has to second a redaction.' using errcode = 'integrity_constraint_violation';
    end if;
  else
    perform 1 from account where id = new.seconded_by_id and role = 'admin' and disabled_at is null;
    if not found then
      raise exception 'Only another admin seconds a redaction.' using errcode = 'integrity_constraint_violation';
    end if;
  end if;
  return new;
end
$$;

create trigger redaction_checked before insert on redaction for each row execute function check_redaction();

-- Runs with the owner's rights: the application's role may write down a redaction, and change nothing of history itself.
create function carry_out_redaction() returns trigger language plpgsql security definer as $$
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
  return null;
end
$$;

create trigger redaction_carried_out after insert on redaction for each row execute function carry_out_redaction();

-- Asked at commit: the history of whoever it is about tells of it.
create function refuse_silent_redaction() returns trigger language plpgsql as $$
begin
  perform 1 from event where subject = new.subject and subject_id = new.subject_id and action = 'redacted' and at = new.at
    and actor_id in (new.by_id, new.seconded_by_id);
  if not found then
    raise exception 'A redaction is told in the history of what it is about, in the same transaction.'
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create constraint trigger redaction_has_event after insert on redaction
  deferrable initially deferred for each row execute function refuse_silent_redaction();

create trigger redaction_stays before update or delete on redaction for each row execute function refuse_change_of_history();
create trigger redaction_not_emptied before truncate on redaction for each statement execute function refuse_change_of_history();

-- ── Nothing else alters what is kept ────────────────────────────────────────────────────────────────────────────────────────

create or replace function refuse_all_but_redaction() returns trigger language plpgsql as $$
declare
  is_redaction boolean;
begin
  if tg_table_name = 'event_body' then
    is_redaction := old.redacted_at is null and new.redacted_at is not null and new.event_id = old.event_id
      and new.before is null and new.after is null and new.reason is null and new.salt = ''
      and exists (select from redaction r where r.event_id = old.event_id and r.transaction = pg_current_xact_id() and r.at = new.redacted_at);
  elsif tg_table_name = 'capture' then
    is_redaction := to_jsonb(new) - array['text', 'sha256'] = to_jsonb(old) - array['text', 'sha256']
      and new.sha256 = encode(sha256(convert_to(new.text, 'UTF8')), 'hex')
      and exists (select from redaction r where r.capture_id = old.id and r.transaction = pg_current_xact_id()
        and new.text = redacted_text(old.text, r.places, r.length));
  else
    is_redaction := to_jsonb(new) - array['seal', 'rationale', 'override_reason', 'reply_sought', 'change_note']
        = to_jsonb(old) - array['seal', 'rationale', 'override_reason', 'reply_sought', 'change_note']
      and new.seal = '{}' and new.rationale = '[redacted]'
      and coalesce(new.override_reason, '[redacted]') = '[redacted]' and (new.override_reason is null) = (old.override_reason is null)
      and coalesce(new.reply_sought, '[redacted]') = '[redacted]' and (new.reply_sought is null) = (old.reply_sought is null)
      and coalesce(new.change_note, '[redacted]') = '[redacted]' and (new.change_note is null) = (old.change_note is null)
      and exists (select from redaction r where r.decision_id = old.id and r.transaction = pg_current_xact_id());
  end if;
  if is_redaction then
    return new;
  end if;
  raise exception 'The table % keeps history: what it holds can only be redacted, openly and with a record of it. It cannot be rewritten.', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

drop trigger capture_stays on capture;
create trigger capture_stays before delete on capture for each row execute function refuse_change_of_history();
create trigger capture_only_redacted before update on capture for each row execute function refuse_all_but_redaction();
drop trigger decision_stays on decision;
create trigger decision_stays before delete on decision for each row execute function refuse_change_of_history();
create trigger decision_only_redacted before update on decision for each row execute function refuse_all_but_redaction();

alter table capture enable always trigger capture_stays;
alter table capture enable always trigger capture_only_redacted;
alter table decision enable always trigger decision_stays;
alter table decision enable always trigger decision_only_redacted;
alter table redaction enable always trigger redaction_checked;
alter table redaction enable always trigger redaction_carried_out;
alter table redaction enable always trigger redaction_stays;
alter table redaction enable always trigger redaction_not_emptied;

-- Functions look in the schema of the record, and in a session's own temporary tables last.
do $$
declare
  guard text;
begin
  foreach guard in array array['redacted_text(text, int[], int)', 'check_redaction()', 'carry_out_redaction()', 'refuse_silent_redaction()',
    'refuse_all_but_redaction()']
  loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end
$$;
