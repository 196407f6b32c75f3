-- Which claims' figures are in conflict with another on their question, as it was last found. Without foreign keys: their checks would wait for
-- whoever edits the claim, and neither claims nor questions are ever removed.
create table figure_conflict (
  question_id integer not null,
  claim_id integer not null,
  constraint figure_conflict_pkey primary key (question_id, claim_id)
);

-- Questions whose figures changed since, once for each transaction that changed them, so that no writer waits for another.
create table question_change (
  question_id integer not null,
  changed_in bigint not null,
  constraint question_change_pkey primary key (question_id, changed_in)
);

-- Notes that what is in conflict on questions is to be found anew.
create function note_question_change(questions integer[]) returns void language sql as $$
  insert into question_change (question_id, changed_in)
  select distinct id, pg_current_xact_id()::text::bigint from unnest(questions) id where id is not null
  on conflict do nothing
$$;

create function note_claim_figure() returns trigger language plpgsql as $$
begin
  perform note_question_change(case tg_op
    when 'INSERT' then array[new.question_id]
    when 'DELETE' then array[old.question_id]
    else array[old.question_id, new.question_id] end);
  return null;
end $$;
create trigger claim_notes_new_figure after insert on claim
  for each row when (new.question_id is not null) execute function note_claim_figure();
create trigger claim_notes_figure
  after update of question_id, stage, superseded_by_id, figure_comparator, figure_low, figure_high, figure_as_of on claim
  for each row when (
    (old.question_id, old.stage, old.superseded_by_id, old.figure_comparator, old.figure_low, old.figure_high, old.figure_as_of)
    is distinct from
    (new.question_id, new.stage, new.superseded_by_id, new.figure_comparator, new.figure_low, new.figure_high, new.figure_as_of))
  execute function note_claim_figure();
create trigger claim_notes_removed_figure after delete on claim
  for each row when (old.question_id is not null) execute function note_claim_figure();

create function note_saying() returns trigger language plpgsql as $$
begin
  perform note_question_change(array(
    select c.question_id from claim c
    where c.id in (
      case when tg_op <> 'INSERT' then old.claim_id end,
      case when tg_op <> 'DELETE' then new.claim_id end) and c.question_id is not null));
  return null;
end $$;
create trigger attribution_notes_new_saying after insert or delete on attribution for each row execute function note_saying();
create trigger attribution_notes_saying after update of claim_id, source_id, speaker_id, position on attribution
  for each row when (
    (old.claim_id, old.source_id, old.speaker_id, old.position) is distinct from (new.claim_id, new.source_id, new.speaker_id, new.position))
  execute function note_saying();

create function note_relay() returns trigger language plpgsql as $$
begin
  perform note_question_change(array(
    select c.question_id from attribution a join claim c on c.id = a.claim_id
    where a.id in (
      case when tg_op <> 'INSERT' then old.attribution_id end,
      case when tg_op <> 'DELETE' then new.attribution_id end) and c.question_id is not null));
  return null;
end $$;
create trigger relay_notes_saying after insert or delete or update of attribution_id, party_id on relay
  for each row execute function note_relay();

create function note_publisher() returns trigger language plpgsql as $$
begin
  perform note_question_change(array(
    select distinct c.question_id from attribution a join claim c on c.id = a.claim_id
    where a.source_id = new.id and c.question_id is not null));
  return null;
end $$;
create trigger source_notes_publisher after update of publisher_id on source
  for each row when (old.publisher_id is distinct from new.publisher_id) execute function note_publisher();

create function note_counting() returns trigger language plpgsql as $$
begin
  perform note_question_change(array[new.id]);
  return null;
end $$;
create trigger question_notes_counting after update of is_cumulative on question
  for each row when (old.is_cumulative is distinct from new.is_cumulative) execute function note_counting();

-- What is in conflict so far is found as it is first asked for.
insert into question_change (question_id, changed_in) select id, 0 from question;
