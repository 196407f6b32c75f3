-- CreateEnum
CREATE TYPE "relation_type" AS ENUM ('contradicts', 'updates', 'narrows');

-- AlterEnum
ALTER TYPE "subject" ADD VALUE 'question' BEFORE 'account';

-- AlterTable
ALTER TABLE "claim" ADD COLUMN     "question_id" INTEGER;

-- CreateTable
CREATE TABLE "question" (
    "id" SERIAL NOT NULL,
    "story_id" INTEGER NOT NULL,
    "wording" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "population" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "is_cumulative" BOOLEAN NOT NULL,
    "added_by_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "last_hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relation" (
    "id" SERIAL NOT NULL,
    "from_id" INTEGER NOT NULL,
    "to_id" INTEGER NOT NULL,
    "type" "relation_type" NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "added_by_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "relation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "question_added_by_id_idx" ON "question"("added_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "question_story_id_wording_key" ON "question"("story_id", "wording");

-- CreateIndex
CREATE INDEX "relation_to_id_idx" ON "relation"("to_id");

-- CreateIndex
CREATE INDEX "relation_added_by_id_idx" ON "relation"("added_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "relation_from_id_to_id_type_key" ON "relation"("from_id", "to_id", "type");

-- AddForeignKey
ALTER TABLE "question" ADD CONSTRAINT "question_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question" ADD CONSTRAINT "question_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Looked through by the next step, so that no lock is held for long.
ALTER TABLE "claim" ADD CONSTRAINT "claim_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- ── What stands in them ─────────────────────────────────────────────────────────────────────────────────────────────────────

alter table question
  add constraint question_lengths check (length(wording) between 1 and 300 and length(measure) between 1 and 100
    and length(population) between 1 and 200 and length(place) between 1 and 200 and length(period) between 1 and 200
    and length(unit) between 1 and 40);
alter table relation
  add constraint relation_of_two check (from_id <> to_id),
  add constraint relation_note check (length(note) <= 2000);

-- What a relation says stays as it was said: it is taken back, and another is made.
create function refuse_change_of_relation() returns trigger language plpgsql as $$
begin
  raise exception 'A relation between claims is not changed. It is removed, and another is made.' using errcode = 'restrict_violation';
end
$$;

create trigger relation_stays before update on relation for each row execute function refuse_change_of_relation();

do $$
begin
  execute format('alter function refuse_change_of_relation() set search_path = %I, pg_temp', current_schema());
end
$$;

create constraint trigger question_has_event after insert or update on question
  deferrable initially deferred for each row execute function refuse_without_event('question');

create constraint trigger claim_change_of_question_has_revision after update of question_id on claim
  deferrable initially deferred for each row when (old.question_id is distinct from new.question_id)
  execute function refuse_without_new_revision();
