-- The returns that the warehouse has still to do something with; a row goes with its inspection, so the table stays as
-- small as the work is. One more table of fulfillment_queue, version 1: no release has recorded a return before it.
set local role waybill_worker;
create table read.fulfillment_returns_v1 (
  return_id uuid primary key,
  order_key uuid not null,
  -- Its warehouse, order number and products are in fulfillment_queue, by this key.
  fulfillment_id uuid not null,
  -- requested, approved or received.
  status text not null,
  resolution text not null,
  -- [{ lineId, sku, quantity }]: as announced, then as received.
  lines jsonb not null,
  units int not null,
  -- Since when it has had its status.
  since timestamptz not null
) with (fillfactor = 75);
create index fulfillment_returns_v1_floor on read.fulfillment_returns_v1 (status, since, return_id)
  where status in ('approved', 'received');
reset role;
