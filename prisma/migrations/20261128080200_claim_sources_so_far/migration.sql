-- no-transaction
-- What claims rest on now, then what their histories say they rested on. Attributions made meanwhile are noted by the trigger.
insert into claim_source (claim_id, source_id, not_for_attribution)
select claim_id, source_id, bool_or(terms is not distinct from 'not_for_attribution') from attribution group by claim_id, source_id
on conflict (claim_id, source_id) do nothing;

insert into claim_unnamed (claim_id, party_id)
select distinct claim_id, speaker_id from attribution where terms = 'not_for_attribution' and speaker_id is not null
on conflict (claim_id, party_id) do nothing;

insert into claim_source (claim_id, source_id, not_for_attribution)
select past.claim_id, past.source_id, bool_or(past.terms is not distinct from 'not_for_attribution')
from (
  select e.subject_id as claim_id, (part.value ->> 'sourceId')::int as source_id, part.value ->> 'terms' as terms
  from event e
  join event_body b on b.event_id = e.id
  cross join lateral (values (b.before), (b.after)) as side(fields)
  cross join lateral (
    select value from json_array_elements(
      case when json_typeof(side.fields -> 'attributions') = 'array' then side.fields -> 'attributions' else '[]'::json end)
    union all select side.fields -> 'attribution') as part(value)
  where e.subject = 'claim' and json_typeof(side.fields) = 'object' and json_typeof(part.value) = 'object'
    and json_typeof(part.value -> 'sourceId') = 'number') past
join source on source.id = past.source_id
join claim on claim.id = past.claim_id
group by past.claim_id, past.source_id
on conflict (claim_id, source_id) do nothing;

insert into claim_unnamed (claim_id, party_id)
select distinct past.claim_id, past.party_id
from (
  select e.subject_id as claim_id, (part.value ->> 'speakerId')::int as party_id, (part.value ->> 'sourceId')::int as source_id
  from event e
  join event_body b on b.event_id = e.id
  cross join lateral (values (b.before), (b.after)) as side(fields)
  cross join lateral (
    select value from json_array_elements(
      case when json_typeof(side.fields -> 'attributions') = 'array' then side.fields -> 'attributions' else '[]'::json end)
    union all select side.fields -> 'attribution') as part(value)
  where e.subject = 'claim' and json_typeof(side.fields) = 'object' and json_typeof(part.value) = 'object'
    and part.value ->> 'terms' = 'not_for_attribution' and json_typeof(part.value -> 'speakerId') = 'number'
    and json_typeof(part.value -> 'sourceId') = 'number') past
join party on party.id = past.party_id
join claim_source w on w.claim_id = past.claim_id and w.source_id = past.source_id and w.not_for_attribution
on conflict (claim_id, party_id) do nothing;

-- No search finds a claim by a speaker who is not to be named.
insert into claim_document_queue (claim_id)
select distinct claim_id from attribution where terms = 'not_for_attribution' on conflict (claim_id) do nothing;
