-- A document whose words come to more than a tsvector holds (1 MB) is cut to what fits, whoever writes it: its reference and statement stand first.
create function fit_document() returns trigger language plpgsql as $$
begin
  -- Letters, positions and the parts of joined words come to less than five times the text.
  while octet_length(new.text) > 200000 loop
    begin
      perform to_tsvector('simple', new.text);
      exit;
    exception when program_limit_exceeded then
      new.text := left(new.text, char_length(new.text) * 3 / 4);
    end;
  end loop;
  return new;
end
$$;
do $$
begin
  execute format('alter function fit_document() set search_path = %I, pg_temp', current_schema());
end
$$;
create trigger claim_document_fits before insert or update of text on claim_document for each row execute function fit_document();

-- A claim whose document cannot be written waits longer each time, and the others go on.
alter table claim_document_queue add column failures integer not null default 0, add column retry_at timestamptz(3);
