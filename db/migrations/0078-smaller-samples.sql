-- How much ANALYZE looks at goes by the column with the largest target: 30,000 pages with the default, each written whole to
-- the log if its rows are looked at for the first time (200 MB of 450, the log of some ten seconds at 400 orders/s, when
-- history's turn had come). These tables are found by keys: little need be known of them. History is searched by
-- actor and type as well.
do $$
declare
  place record;
begin
  for place in
    select attrelid::regclass as name, attname as column_name,
      case when attrelid = 'read.order_history_v1'::regclass then 30 else 10 end as target
    from pg_attribute
    where attrelid in ('es.events'::regclass, 'es.commands'::regclass, 'mail.messages'::regclass,
      'read.order_history_v1'::regclass)
      and attnum > 0 and not attisdropped and attstattarget is null
  loop
    execute format('alter table %s alter column %I set statistics %s', place.name, place.column_name, place.target);
  end loop;
end
$$;
