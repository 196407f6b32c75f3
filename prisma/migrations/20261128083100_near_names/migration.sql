-- no-transaction
-- Two other names of one party may come to be folded alike; the form refuses it with a sentence, the index would stop folding anew.
drop index concurrently if exists party_alias_party_id_alias_key;
create unique index concurrently party_alias_party_id_alias_key on party_alias (party_id, alias);
drop index concurrently if exists party_alias_party_id_folded_key;

-- The nearest names first, however many there are. Longer signatures than by default tell names of the same few words apart.
drop index concurrently if exists party_folded_near_idx;
create index concurrently party_folded_near_idx on party using gist (folded gist_trgm_ops (siglen = 64));
drop index concurrently if exists party_alias_folded_near_idx;
create index concurrently party_alias_folded_near_idx on party_alias using gist (folded gist_trgm_ops (siglen = 64));
