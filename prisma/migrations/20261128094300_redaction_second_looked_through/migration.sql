-- no-transaction
-- What the migration before asks of redactions and proposals, asked of those that are there; by itself, so that nobody waits for it.
drop index concurrently if exists redaction_proposal_id_idx;
create index concurrently redaction_proposal_id_idx on redaction (proposal_id);
alter table redaction validate constraint redaction_proposal_id_fkey;
alter table redaction_proposal validate constraint redaction_proposal_settled;
alter table redaction_proposal validate constraint redaction_proposal_finished;
alter table redaction_proposal validate constraint redaction_proposal_ended;
