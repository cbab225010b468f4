-- Version 2 of order_status: the same columns, and in `waybill` what an order knows since it can be tagged, assigned,
-- amended and returned. A table of its own, filled by a rebuild; the old one is left to the release before.
set local role waybill_worker;
create table read.order_status_v2 (like read.order_status_v1 including all);
-- `like` copies everything but these.
alter table read.order_status_v2 set (fillfactor = 75, toast_tuple_target = 8160);
reset role;
