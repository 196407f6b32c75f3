-- Trusted extension: the database's owner may create it.
create extension if not exists pg_trgm;

-- CreateEnum
CREATE TYPE "role" AS ENUM ('reader', 'reporter', 'editor', 'admin');

-- CreateEnum
CREATE TYPE "party_kind" AS ENUM ('person', 'organisation', 'group');

-- CreateEnum
CREATE TYPE "source_kind" AS ENUM ('article', 'agency_report', 'press_release', 'official_document', 'interview', 'broadcast', 'video', 'image', 'social_post', 'dataset', 'other');

-- CreateEnum
CREATE TYPE "capture_how" AS ENUM ('pasted', 'fetched', 'uploaded');

-- CreateEnum
CREATE TYPE "stage" AS ENUM ('draft', 'submitted', 'in_review', 'needs_info', 'awaiting_second', 'decided', 'closed');

-- CreateEnum
CREATE TYPE "closed_because" AS ENUM ('duplicate', 'out_of_scope', 'dropped');

-- CreateEnum
CREATE TYPE "verdict" AS ENUM ('verified', 'partly_verified', 'disputed', 'misleading', 'false', 'unproven', 'not_checkable');

-- CreateEnum
CREATE TYPE "came_in" AS ENUM ('nothing', 'addition', 'contradiction');

-- CreateEnum
CREATE TYPE "naming" AS ENUM ('named', 'described', 'collective', 'unstated', 'own_voice', 'unclear');

-- CreateEnum
CREATE TYPE "position" AS ENUM ('asserts', 'denies', 'withdraws');

-- CreateEnum
CREATE TYPE "speech" AS ENUM ('direct', 'partial', 'paraphrase');

-- CreateEnum
CREATE TYPE "terms" AS ENUM ('on_record', 'not_for_attribution', 'unknown');

-- CreateEnum
CREATE TYPE "finding" AS ENUM ('unchecked', 'confirmed_primary', 'confirmed_relayed', 'altered', 'misattributed', 'not_found');

-- CreateEnum
CREATE TYPE "stance" AS ENUM ('supports', 'contradicts', 'context');

-- CreateEnum
CREATE TYPE "basis" AS ENUM ('witnessed', 'document', 'told_by', 'unknown');

-- CreateEnum
CREATE TYPE "comparator" AS ENUM ('stated', 'at_least', 'more_than', 'at_most', 'less_than', 'about', 'nearly', 'between');

-- CreateEnum
CREATE TYPE "change" AS ENUM ('correction', 'update', 'clarification');

-- CreateEnum
CREATE TYPE "end_cause" AS ENUM ('edited', 'reopened', 'superseded', 'undone', 'closed');

-- CreateEnum
CREATE TYPE "subject" AS ENUM ('claim', 'source', 'party', 'story', 'account', 'setting');

-- CreateTable
CREATE TABLE "account" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "password_hash" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "theme" TEXT NOT NULL DEFAULT 'system',
    "density" TEXT NOT NULL DEFAULT 'comfortable',
    "shortcuts" BOOLEAN NOT NULL DEFAULT true,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "last_hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" SERIAL NOT NULL,
    "token_hash" TEXT NOT NULL,
    "account_id" INTEGER NOT NULL,
    "invited_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" SERIAL NOT NULL,
    "token_hash" TEXT NOT NULL,
    "account_id" INTEGER NOT NULL,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "setting" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "last_hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "setting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "story" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "last_number" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "last_hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "story_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party" (
    "id" SERIAL NOT NULL,
    "kind" "party_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "wikidata_id" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "last_hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party_alias" (
    "id" SERIAL NOT NULL,
    "party_id" INTEGER NOT NULL,
    "alias" TEXT NOT NULL,
    "folded" TEXT NOT NULL,

    CONSTRAINT "party_alias_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party_role" (
    "id" SERIAL NOT NULL,
    "party_id" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "from_date" TEXT,
    "to_date" TEXT,

    CONSTRAINT "party_role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" SERIAL NOT NULL,
    "kind" "source_kind" NOT NULL,
    "url" TEXT,
    "canonical_url" TEXT,
    "archive_url" TEXT,
    "title" TEXT,
    "title_inferred" BOOLEAN NOT NULL DEFAULT false,
    "publisher_id" INTEGER,
    "publisher_inferred" BOOLEAN NOT NULL DEFAULT false,
    "byline" TEXT,
    "published_on" TEXT,
    "published_on_inferred" BOOLEAN NOT NULL DEFAULT false,
    "language" TEXT,
    "is_private" BOOLEAN NOT NULL DEFAULT false,
    "notes" TEXT NOT NULL DEFAULT '',
    "added_by_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "last_hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "capture" (
    "id" SERIAL NOT NULL,
    "source_id" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "how" "capture_how" NOT NULL,
    "http_status" INTEGER,
    "taken_by_id" INTEGER NOT NULL,

    CONSTRAINT "capture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim" (
    "id" SERIAL NOT NULL,
    "story_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "ref" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "occurred_on" TEXT,
    "place" TEXT,
    "stage" "stage" NOT NULL DEFAULT 'draft',
    "closed_because" "closed_because",
    "duplicate_of_id" INTEGER,
    "verdict" "verdict",
    "former_verdict" "verdict",
    "superseded_by_id" INTEGER,
    "proposal" JSONB,
    "came_in" "came_in" NOT NULL DEFAULT 'nothing',
    "figure_comparator" "comparator",
    "figure_low" DECIMAL,
    "figure_high" DECIMAL,
    "figure_wording" TEXT,
    "figure_as_of" TEXT,
    "author_id" INTEGER NOT NULL,
    "assignee_id" INTEGER,
    "recheck_on" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "moved_at_revision" INTEGER NOT NULL DEFAULT 1,
    "words_by" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "last_hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_document" (
    "claim_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "tsv" tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, text)) STORED,

    CONSTRAINT "claim_document_pkey" PRIMARY KEY ("claim_id")
);

-- CreateTable
CREATE TABLE "claim_document_queue" (
    "claim_id" INTEGER NOT NULL,

    CONSTRAINT "claim_document_queue_pkey" PRIMARY KEY ("claim_id")
);

-- CreateTable
CREATE TABLE "attribution" (
    "id" SERIAL NOT NULL,
    "claim_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "source_id" INTEGER NOT NULL,
    "capture_id" INTEGER,
    "speaker_id" INTEGER,
    "speaker_as_printed" TEXT,
    "naming" "naming" NOT NULL,
    "position" "position" NOT NULL DEFAULT 'asserts',
    "cue" TEXT,
    "hedges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "occasion" TEXT,
    "speech" "speech",
    "passage" TEXT,
    "prefix" TEXT,
    "suffix" TEXT,
    "start" INTEGER,
    "end" INTEGER,
    "quote" TEXT,
    "original_words" TEXT,
    "original_language" TEXT,
    "said_on" TEXT,
    "terms" "terms",
    "finding" "finding" NOT NULL DEFAULT 'unchecked',
    "finding_note" TEXT,
    "finding_url" TEXT,
    "found_by_id" INTEGER,
    "found_at" TIMESTAMPTZ(3),
    "added_by_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attribution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relay" (
    "id" SERIAL NOT NULL,
    "attribution_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "party_id" INTEGER NOT NULL,
    "printed" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "relay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" SERIAL NOT NULL,
    "claim_id" INTEGER NOT NULL,
    "source_id" INTEGER NOT NULL,
    "capture_id" INTEGER,
    "stance" "stance" NOT NULL,
    "basis" "basis" NOT NULL,
    "rests_on_party_id" INTEGER,
    "rests_on_source_id" INTEGER,
    "is_the_act" BOOLEAN NOT NULL DEFAULT false,
    "passage" TEXT,
    "prefix" TEXT,
    "suffix" TEXT,
    "start" INTEGER,
    "end" INTEGER,
    "note" TEXT NOT NULL DEFAULT '',
    "added_by_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" SERIAL NOT NULL,
    "claim_id" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "verdict" "verdict" NOT NULL,
    "findings" JSONB NOT NULL,
    "rationale" TEXT NOT NULL,
    "decided_by_id" INTEGER NOT NULL,
    "seconded_by_id" INTEGER,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewers" INTEGER NOT NULL,
    "override_reason" TEXT,
    "reply_sought" TEXT,
    "change" "change",
    "change_note" TEXT,
    "seal" JSONB NOT NULL,
    "seal_version" INTEGER NOT NULL,
    "source_ids" INTEGER[],

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision_end" (
    "decision_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cause" "end_cause" NOT NULL,

    CONSTRAINT "decision_end_pkey" PRIMARY KEY ("decision_id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" SERIAL NOT NULL,
    "subject" "subject" NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "actor_id" INTEGER,
    "action" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT,
    "body_digest" TEXT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_body" (
    "event_id" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "before" JSON,
    "after" JSON,
    "reason" TEXT,
    "redacted_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_body_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "request" (
    "actor_id" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "outcome" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_pkey" PRIMARY KEY ("actor_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_account_id_idx" ON "invitation"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");

-- CreateIndex
CREATE UNIQUE INDEX "setting_key_key" ON "setting"("key");

-- CreateIndex
CREATE UNIQUE INDEX "story_code_key" ON "story"("code");

-- CreateIndex
CREATE INDEX "party_folded_trgm_idx" ON "party" USING GIN ("folded" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "party_folded_idx" ON "party"("folded");

-- CreateIndex
CREATE INDEX "party_alias_folded_trgm_idx" ON "party_alias" USING GIN ("folded" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "party_alias_folded_idx" ON "party_alias"("folded");

-- CreateIndex
CREATE UNIQUE INDEX "party_alias_party_id_folded_key" ON "party_alias"("party_id", "folded");

-- CreateIndex
CREATE INDEX "party_role_party_id_idx" ON "party_role"("party_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_canonical_url_key" ON "source"("canonical_url");

-- CreateIndex
CREATE INDEX "source_publisher_id_idx" ON "source"("publisher_id");

-- CreateIndex
CREATE INDEX "source_newest_idx" ON "source"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "capture_source_id_idx" ON "capture"("source_id", "id" DESC);

-- CreateIndex
CREATE INDEX "capture_sha256_idx" ON "capture"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "claim_ref_key" ON "claim"("ref");

-- CreateIndex
CREATE INDEX "claim_newest_idx" ON "claim"("updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_created_idx" ON "claim"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_story_newest_idx" ON "claim"("story_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_stage_newest_idx" ON "claim"("stage", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_verdict_newest_idx" ON "claim"("verdict", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_occurred_idx" ON "claim"("occurred_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_assignee_newest_idx" ON "claim"("assignee_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_author_newest_idx" ON "claim"("author_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "claim_story_id_number_key" ON "claim"("story_id", "number");

-- CreateIndex
CREATE INDEX "claim_document_tsv_idx" ON "claim_document" USING GIN ("tsv");

-- CreateIndex
CREATE INDEX "claim_document_text_trgm_idx" ON "claim_document" USING GIN ("text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "attribution_speaker_id_idx" ON "attribution"("speaker_id", "claim_id");

-- CreateIndex
CREATE INDEX "attribution_source_id_idx" ON "attribution"("source_id", "claim_id");

-- CreateIndex
CREATE UNIQUE INDEX "attribution_claim_id_ordinal_key" ON "attribution"("claim_id", "ordinal");

-- CreateIndex
CREATE INDEX "relay_party_id_idx" ON "relay"("party_id");

-- CreateIndex
CREATE UNIQUE INDEX "relay_attribution_id_ordinal_key" ON "relay"("attribution_id", "ordinal");

-- CreateIndex
CREATE INDEX "evidence_claim_id_idx" ON "evidence"("claim_id", "id");

-- CreateIndex
CREATE INDEX "evidence_source_id_idx" ON "evidence"("source_id", "claim_id");

-- CreateIndex
CREATE INDEX "evidence_rests_on_party_id_idx" ON "evidence"("rests_on_party_id");

-- CreateIndex
CREATE INDEX "evidence_rests_on_source_id_idx" ON "evidence"("rests_on_source_id");

-- CreateIndex
CREATE INDEX "decision_decided_at_idx" ON "decision"("decided_at");

-- CreateIndex
CREATE INDEX "decision_verdict_decided_at_idx" ON "decision"("verdict", "decided_at");

-- CreateIndex
CREATE UNIQUE INDEX "decision_claim_id_revision_key" ON "decision"("claim_id", "revision");

-- CreateIndex
CREATE INDEX "event_newest_idx" ON "event"("at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "event_actor_id_idx" ON "event"("actor_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "event_subject_revision_key" ON "event"("subject", "subject_id", "revision");

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "party_alias" ADD CONSTRAINT "party_alias_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "party_role" ADD CONSTRAINT "party_role_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_publisher_id_fkey" FOREIGN KEY ("publisher_id") REFERENCES "party"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capture" ADD CONSTRAINT "capture_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capture" ADD CONSTRAINT "capture_taken_by_id_fkey" FOREIGN KEY ("taken_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_duplicate_of_id_fkey" FOREIGN KEY ("duplicate_of_id") REFERENCES "claim"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_superseded_by_id_fkey" FOREIGN KEY ("superseded_by_id") REFERENCES "claim"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_document" ADD CONSTRAINT "claim_document_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_capture_id_fkey" FOREIGN KEY ("capture_id") REFERENCES "capture"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_speaker_id_fkey" FOREIGN KEY ("speaker_id") REFERENCES "party"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_found_by_id_fkey" FOREIGN KEY ("found_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relay" ADD CONSTRAINT "relay_attribution_id_fkey" FOREIGN KEY ("attribution_id") REFERENCES "attribution"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relay" ADD CONSTRAINT "relay_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_capture_id_fkey" FOREIGN KEY ("capture_id") REFERENCES "capture"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_rests_on_party_id_fkey" FOREIGN KEY ("rests_on_party_id") REFERENCES "party"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_rests_on_source_id_fkey" FOREIGN KEY ("rests_on_source_id") REFERENCES "source"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_seconded_by_id_fkey" FOREIGN KEY ("seconded_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_end" ADD CONSTRAINT "decision_end_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_body" ADD CONSTRAINT "event_body_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
