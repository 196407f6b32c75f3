-- Every source that a claim has ever had an attribution in. It outlives the attribution, so that what was taken from a private source stays withheld
-- once the attribution is removed: the words of the claim's figure are kept on the claim, and no longer say where they were printed.
create table claim_source (
  claim_id integer not null,
  source_id integer not null,
  not_for_attribution boolean not null default false,
  constraint claim_source_pkey primary key (claim_id, source_id),
  constraint claim_source_claim_id_fkey foreign key (claim_id) references claim (id) on delete restrict on update cascade,
  constraint claim_source_source_id_fkey foreign key (source_id) references source (id) on delete restrict on update cascade
);
create index claim_source_source_id_idx on claim_source (source_id, not_for_attribution);

-- Every party that has ever spoken on a claim on condition of not being named, whatever became of the attribution.
create table claim_unnamed (
  claim_id integer not null,
  party_id integer not null,
  not_for_attribution boolean not null default true,
  constraint claim_unnamed_pkey primary key (claim_id, party_id),
  constraint claim_unnamed_claim_id_fkey foreign key (claim_id) references claim (id) on delete restrict on update cascade,
  constraint claim_unnamed_party_id_fkey foreign key (party_id) references party (id) on delete restrict on update cascade
);
create index claim_unnamed_party_id_idx on claim_unnamed (party_id, not_for_attribution);

-- Terms that were changed, with the attribution standing, lift what they withheld; an attribution that is removed lifts nothing.
create function note_claim_source() returns trigger language plpgsql as $$
begin
  insert into claim_source (claim_id, source_id, not_for_attribution)
  values (new.claim_id, new.source_id, new.terms is not distinct from 'not_for_attribution')
  on conflict (claim_id, source_id) do update set not_for_attribution = true
    where excluded.not_for_attribution and not claim_source.not_for_attribution;
  if new.terms = 'not_for_attribution' and new.speaker_id is not null then
    insert into claim_unnamed (claim_id, party_id) values (new.claim_id, new.speaker_id)
    on conflict (claim_id, party_id) do update set not_for_attribution = true where not claim_unnamed.not_for_attribution;
  end if;
  if tg_op = 'UPDATE' and old.source_id = new.source_id and old.claim_id = new.claim_id
    and old.terms = 'not_for_attribution' and new.terms is distinct from 'not_for_attribution' then
    update claim_source set not_for_attribution = false
    where claim_id = new.claim_id and source_id = new.source_id and not exists (
      select from attribution
      where claim_id = new.claim_id and source_id = new.source_id and terms = 'not_for_attribution');
    update claim_unnamed set not_for_attribution = false
    where claim_id = new.claim_id and party_id in (old.speaker_id, new.speaker_id) and not exists (
      select from attribution
      where claim_id = new.claim_id and speaker_id = claim_unnamed.party_id and terms = 'not_for_attribution');
  end if;
  return null;
end $$;
create trigger attribution_notes_source after insert or update of claim_id, source_id, speaker_id, terms on attribution
  for each row execute function note_claim_source();
create trigger claim_source_not_deleted before delete on claim_source for each row execute function refuse_change_of_history();
create trigger claim_source_not_emptied before truncate on claim_source for each statement execute function refuse_change_of_history();
create trigger claim_unnamed_not_deleted before delete on claim_unnamed for each row execute function refuse_change_of_history();
create trigger claim_unnamed_not_emptied before truncate on claim_unnamed for each statement execute function refuse_change_of_history();
