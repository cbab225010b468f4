-- no-transaction
-- Audit searches a million events by when they were recorded and by what belongs together. Both grow at their right edge
-- (time, and uuidv7 of the first command), so that they cost the runner little. Filled tables are indexed CONCURRENTLY;
-- a failed build leaves an invalid index behind, hence the drops.
set role waybill_worker;

drop index concurrently if exists read.order_history_v1_recorded;
create index concurrently order_history_v1_recorded on read.order_history_v1 (recorded_at desc, position desc);

drop index concurrently if exists read.order_history_v1_correlation;
create index concurrently order_history_v1_correlation on read.order_history_v1 (correlation_id);

reset role;
