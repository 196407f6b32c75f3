-- By what a source is known again, computed by the application: its address under the rules of a version, and the sentences of its texts.
CREATE TABLE "source_key" (
    "source_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "address" TEXT,
    "near" TEXT,
    "archived_copy" TEXT,

    CONSTRAINT "source_key_pkey" PRIMARY KEY ("source_id")
);
CREATE INDEX "source_key_address_idx" ON "source_key"("address");
CREATE INDEX "source_key_near_idx" ON "source_key"("near");
CREATE INDEX "source_key_archived_copy_idx" ON "source_key"("archived_copy");

CREATE TABLE "capture_sentence" (
    "hash" BIGINT NOT NULL,
    "capture_id" INTEGER NOT NULL,

    CONSTRAINT "capture_sentence_pkey" PRIMARY KEY ("hash","capture_id")
);
CREATE INDEX "capture_sentence_capture_id_idx" ON "capture_sentence"("capture_id");

CREATE TABLE "capture_key" (
    "capture_id" INTEGER NOT NULL,
    "source_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "sentences" INTEGER NOT NULL,
    "largest" BIGINT,

    CONSTRAINT "capture_key_pkey" PRIMARY KEY ("capture_id")
);

CREATE TYPE "likeness" AS ENUM ('address', 'text');

-- Two sources that are counted as one origin, the one added first first.
CREATE TABLE "source_likeness" (
    "first_id" INTEGER NOT NULL,
    "second_id" INTEGER NOT NULL,
    "by" "likeness" NOT NULL,
    "share" INTEGER NOT NULL,

    CONSTRAINT "source_likeness_pkey" PRIMARY KEY ("first_id","second_id"),
    CONSTRAINT "source_likeness_ordered" CHECK ("first_id" < "second_id")
);
CREATE INDEX "source_likeness_second_id_idx" ON "source_likeness"("second_id");

-- What an editor says otherwise, for a reason.
CREATE TABLE "source_apart" (
    "first_id" INTEGER NOT NULL,
    "second_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "said_by_id" INTEGER NOT NULL,
    "said_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_apart_pkey" PRIMARY KEY ("first_id","second_id"),
    CONSTRAINT "source_apart_ordered" CHECK ("first_id" < "second_id")
);
CREATE INDEX "source_apart_second_id_idx" ON "source_apart"("second_id");

ALTER TABLE "source_key" ADD CONSTRAINT "source_key_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "source_apart" ADD CONSTRAINT "source_apart_said_by_id_fkey" FOREIGN KEY ("said_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A redacted sentence could be guessed from its hash: a text whose words are emptied has no hashes any more.
create function forget_sentences() returns trigger language plpgsql security definer as $$
begin
  delete from capture_sentence where capture_id = new.id;
  return null;
end
$$;
do $$
begin
  execute format('alter function forget_sentences() set search_path = %I, pg_temp', current_schema());
end
$$;
create trigger capture_forgets_sentences after update of text on capture for each row
  when (old.text is distinct from new.text) execute function forget_sentences();
alter table capture enable always trigger capture_forgets_sentences;
