-- Every number that a figure leaves possible, as src/questions/figure.ts has it; null where its words give no number.
create function figure_range(how comparator, low numeric, high numeric) returns numrange language sql immutable parallel safe as $$
  select case how
    when 'stated' then numrange(low, low, '[]')
    when 'at_least' then numrange(low, null, '[)')
    when 'more_than' then numrange(low, null, '()')
    when 'at_most' then numrange(null, high, '(]')
    when 'less_than' then numrange(null, high, '()')
    when 'about' then numrange(least(low * 0.9, low * 1.1), greatest(low * 0.9, low * 1.1), '[]')
    when 'nearly' then case
      when low > 0 then numrange(low * 0.9, low, '[)')
      when low < 0 then numrange(low, low * 0.9, '(]')
      else numrange(low, low, '[]') end
    when 'between' then case when low <= high then numrange(low, high, '[]') end
  end
  where case when how in ('at_most', 'less_than') then high is not null else low is not null end
$$;
