-- CreateTable
CREATE TABLE "comment" (
    "id" SERIAL NOT NULL,
    "claim_id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" INTEGER,
    "reopened_at" TIMESTAMPTZ(3),
    "reopened_by_id" INTEGER,

    CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment_mention" (
    "comment_id" INTEGER NOT NULL,
    "account_id" INTEGER NOT NULL,
    "is_open" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "comment_mention_pkey" PRIMARY KEY ("comment_id","account_id")
);

-- CreateTable
CREATE TABLE "tag" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_tag" (
    "claim_id" INTEGER NOT NULL,
    "tag_id" INTEGER NOT NULL,

    CONSTRAINT "claim_tag_pkey" PRIMARY KEY ("claim_id","tag_id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" SERIAL NOT NULL,
    "owner_id" INTEGER NOT NULL,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "comment_claim_id_idx" ON "comment"("claim_id", "id");

-- CreateIndex
CREATE INDEX "comment_author_id_idx" ON "comment"("author_id");

-- CreateIndex
CREATE INDEX "comment_resolved_by_id_idx" ON "comment"("resolved_by_id");

-- CreateIndex
CREATE INDEX "comment_reopened_by_id_idx" ON "comment"("reopened_by_id");

-- CreateIndex
CREATE INDEX "comment_mention_open_idx" ON "comment_mention"("account_id", "is_open", "comment_id");

-- CreateIndex
CREATE UNIQUE INDEX "tag_name_key" ON "tag"("name");

-- CreateIndex
CREATE INDEX "claim_tag_tag_id_idx" ON "claim_tag"("tag_id", "claim_id");

-- CreateIndex
CREATE INDEX "saved_view_shared_idx" ON "saved_view"("list", "is_shared", "name");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_owner_id_list_name_key" ON "saved_view"("owner_id", "list", "name");

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_resolved_by_id_fkey" FOREIGN KEY ("resolved_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_reopened_by_id_fkey" FOREIGN KEY ("reopened_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_mention" ADD CONSTRAINT "comment_mention_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_mention" ADD CONSTRAINT "comment_mention_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_tag" ADD CONSTRAINT "claim_tag_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_tag" ADD CONSTRAINT "claim_tag_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tag"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── What stands in them ─────────────────────────────────────────────────────────────────────────────────────────────────────

alter table comment
  add constraint comment_text check (length(text) <= 4000 and (btrim(text) = '') = (withdrawn_at is not null)),
  add constraint comment_resolved check ((resolved_at is null) = (resolved_by_id is null)),
  add constraint comment_reopened check ((reopened_at is null) = (reopened_by_id is null));
alter table tag add constraint tag_name check (name = lower(btrim(name)) and length(name) between 1 and 40);
alter table saved_view
  add constraint saved_view_list check (list in ('claims', 'queue')),
  add constraint saved_view_lengths check (length(name) between 1 and 80 and length(query) <= 1500);

-- A comment's words stay as they were written until their author takes them back, and its place stays after that.
create function refuse_change_of_comment() returns trigger language plpgsql as $$
begin
  if (new.id, new.claim_id, new.author_id, new.at) is distinct from (old.id, old.claim_id, old.author_id, old.at)
    or (old.withdrawn_at is not null and new.withdrawn_at is distinct from old.withdrawn_at)
    or (new.text <> old.text and new.withdrawn_at is null) then
    raise exception 'A comment is not edited. Its author may withdraw it, and write another.' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger comment_stays before update on comment for each row execute function refuse_change_of_comment();
create trigger comment_not_deleted before delete on comment for each row execute function refuse_change_of_history();

do $$
begin
  execute format('alter function refuse_change_of_comment() set search_path = %I, pg_temp', current_schema());
end
$$;
