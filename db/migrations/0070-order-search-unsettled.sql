-- no-transaction
-- Orders that aren't over and paid are what agents ask for, and few: each filter that leaves only such is answered from
-- this index (0.2 ms of 100,000 orders; 20 ms from the whole). It takes the place of the one for open orders, so that
-- writing costs what it did. The condition is repeated, word for word, in server/queries/order-search/filter-sql.ts.
set role waybill_worker;
drop index concurrently if exists read.order_search_v2_unsettled;
create index concurrently order_search_v2_unsettled on read.order_search_v2 (placed_at desc, order_key desc)
  include (order_status, payment_status, fulfillment_status, is_held, assignee, tier, channel, country, currency,
    total_minor, updated_at, ship_by, warehouses)
  where order_status <> 'completed' or payment_status <> 'captured' or fulfillment_status is distinct from 'delivered';
drop index concurrently if exists read.order_search_v2_open;
reset role;
