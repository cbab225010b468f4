-- Nothing is looked for by these documents as a whole. Autovacuum sorted 30,000 of each column all the same, whenever a
-- table had grown by a tenth.
alter table es.events alter column data set statistics 0, alter column metadata set statistics 0;
alter table es.commands alter column outcome set statistics 0;
alter table proc.timers alter column commands set statistics 0;
alter table proc.effects alter column effect set statistics 0;
alter table gateway.payments alter column metadata set statistics 0;
alter table gateway.operations alter column outcome set statistics 0;
alter table mail.messages alter column envelope set statistics 0;

-- Tables to which rows are only ever added were vacuumed whenever they had grown by a fifth, in the middle of the rush that
-- they grew in: each page was written whole to the log once more, 700 MB of these three for some 40,000 orders. What it is for,
-- freezing and the visibility map, is in no hurry.
alter table es.events set (autovacuum_vacuum_insert_threshold = 5000000);
alter table es.commands set (autovacuum_vacuum_insert_threshold = 5000000);
alter table read.order_history_v1 set (autovacuum_vacuum_insert_threshold = 5000000);
