-- Four eyes, as src/decisions/eyes.ts has it: among those who rule is one who wrote none of the words, and writers are forgotten only once somebody
-- else has looked at what they wrote; for a verdict that affirms the claim, only once somebody else has verified it. Asked at commit, of a claim as
-- it was before it was decided.
create function refuse_own_words() returns trigger language plpgsql as $$
declare
  ruling record;
  writers int[];
  is_seen boolean;
begin
  select * into ruling from decision where claim_id = new.id and revision = new.revision and restores_id is null;
  if not found then
    return null;
  end if;
  writers := old.words_by || case when ruling.verdict in ('verified', 'partly_verified') then old.unverified_by else '{}' end;
  is_seen := ruling.decided_by_id <> all (writers) or coalesce(ruling.seconded_by_id <> all (writers), false);
  if ruling.reviewers > 0 and ruling.override_reason is null and not is_seen then
    raise exception 'Claim % was decided only by those who wrote its words. Somebody who wrote none of them has to second it.', new.ref
      using errcode = 'integrity_constraint_violation';
  end if;
  is_seen := is_seen and ruling.override_reason is null;
  if (not is_seen and not new.words_by @> old.words_by)
    or (not (is_seen and ruling.verdict = 'verified') and not (new.words_by || new.unverified_by) @> (old.words_by || old.unverified_by))
  then
    raise exception 'Claim % forgets who wrote its words, though nobody else has vouched for them.', new.ref
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create constraint trigger claim_decided_with_four_eyes after update on claim
  deferrable initially deferred for each row
  when (old.stage <> 'decided' and new.stage = 'decided')
  execute function refuse_own_words();

do $$
begin
  execute format('alter function refuse_own_words() set search_path = %I, pg_temp', current_schema());
end
$$;
