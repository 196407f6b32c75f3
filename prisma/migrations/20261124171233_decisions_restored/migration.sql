-- The decision whose seal an undone one had put aside, and that is in force again by this one.
alter table decision add column restores_id integer;

-- Not looked through at once, so that nobody waits while the table is read; the next migration looks.
alter table decision add constraint decision_restores_id_fkey foreign key (restores_id) references decision(id) on delete set null on update cascade not valid;
