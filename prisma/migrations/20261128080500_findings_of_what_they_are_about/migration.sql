-- AlterTable
ALTER TABLE "attribution" ADD COLUMN     "edited_by" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "finding_reset_at" TIMESTAMPTZ(3),
ADD COLUMN     "former_finding" "finding",
ADD COLUMN     "former_found_at" TIMESTAMPTZ(3),
ADD COLUMN     "former_found_by_id" INTEGER,
ADD COLUMN     "words_found" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "claim" ADD COLUMN     "unverified_by" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- AddForeignKey: looked through by the next step, so that no lock is held for long.
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_former_found_by_id_fkey" FOREIGN KEY ("former_found_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

alter table attribution add constraint attribution_former_finding_whole check (
  num_nulls(former_finding, finding_reset_at) in (0, 2) and (former_finding is null or finding = 'unchecked')) not valid;

-- ── A finding is about what stood there when it was given ───────────────────────────────────────────────────────────────────

-- Asked at commit, of the row as it then is: what was found of other words is found no longer, unless it was found anew since. Words that a
-- redaction empties are what they were.
create function refuse_finding_of_other_words() returns trigger language plpgsql as $$
begin
  perform 1 from attribution a
    where a.id = new.id and a.finding <> 'unchecked' and a.found_at < date_trunc('milliseconds', transaction_timestamp());
  if found then
    perform 1 from redaction where transaction = pg_current_xact_id();
    if not found then
      raise exception 'What attribution % says was changed, and its finding is about what it said before. The finding returns to unchecked, with its event.', new.id
        using errcode = 'integrity_constraint_violation';
    end if;
  end if;
  return null;
end
$$;

create constraint trigger attribution_finding_is_of_its_words after update on attribution
  deferrable initially deferred for each row
  when (
    (old.source_id, old.speaker_id, old.speaker_as_printed, old.naming, old.position, old.passage, old.quote)
    is distinct from
    (new.source_id, new.speaker_id, new.speaker_as_printed, new.naming, new.position, new.passage, new.quote))
  execute function refuse_finding_of_other_words();

do $$
begin
  execute format('alter function refuse_finding_of_other_words() set search_path = %I, pg_temp', current_schema());
end
$$;
