-- no-transaction
-- The desk's list of drafts: a few of very many. Filled tables are indexed CONCURRENTLY; a failed build leaves an invalid
-- index behind, hence the drop.
set role waybill_worker;

drop index concurrently if exists read.order_search_v2_drafts;
create index concurrently order_search_v2_drafts on read.order_search_v2 (placed_at desc, order_key desc)
  where order_status = 'draft';

reset role;
