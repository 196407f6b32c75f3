-- no-transaction
-- Requests are removed thirty days after they were made, the oldest first.
drop index concurrently if exists request_created_at_idx;
create index concurrently request_created_at_idx on request (created_at);
