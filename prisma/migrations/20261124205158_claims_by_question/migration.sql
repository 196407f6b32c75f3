-- no-transaction
alter table claim validate constraint claim_question_id_fkey;

drop index concurrently if exists claim_question_id_idx;
create index concurrently claim_question_id_idx on claim (question_id);
