-- A redaction on a desk with one admin, whom nobody was there to second. By itself: a new word may not be used in the transaction that adds it.
alter type redaction_outcome add value if not exists 'alone' after 'withdrawn';
