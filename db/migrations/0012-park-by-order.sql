-- What parks is an order, or an inventory stream: its events make the rows, whichever fold's they are.
set local role waybill_worker;
alter table read.parked drop column source_key;
alter table read.parked rename column row_key to source_key;
alter table read.skipped rename column row_key to source_key;
reset role;
