-- The list by the date a claim is about: claims without one come last, and dates sort as text whatever the server's language.
create index claim_about_idx on claim ((coalesce(occurred_on, '') collate "C") desc, id desc);

-- Claims that carry a figure.
create index claim_figure_newest_idx on claim (updated_at desc, id desc) where figure_comparator is not null;

-- "The desk's private sources", asked by every export.
create index source_private_idx on source (id) where is_private;
