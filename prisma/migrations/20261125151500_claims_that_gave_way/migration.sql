-- no-transaction
-- What a claim's page asks: which claims it supersedes, and which repeat it.
drop index concurrently if exists claim_superseded_by_idx;
create index concurrently claim_superseded_by_idx on claim (superseded_by_id) where superseded_by_id is not null;
drop index concurrently if exists claim_duplicate_of_idx;
create index concurrently claim_duplicate_of_idx on claim (duplicate_of_id) where duplicate_of_id is not null;
