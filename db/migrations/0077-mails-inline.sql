-- A mail's envelope is encrypted, so nothing makes it smaller. At 2 kB it was tried all the same, and then put into a table
-- of its own, page by page; an autovacuum of that table had each of its pages written whole to the log (106 MB of 450 MB, the
-- log of some ten seconds at 400 orders/s in a store of 60,000). Up to a page it stays in its row now. Rows of before stay as
-- they were written.
alter table mail.messages set (
  toast_tuple_target = 8160,
  autovacuum_vacuum_insert_threshold = 5000000,
  toast.autovacuum_vacuum_insert_threshold = 5000000
);

-- What is looked at in a log to plan by is in proportion to its size. Sampling 30,000 pages whenever a tenth was added had
-- pages written whole that nobody reads.
alter table es.events set (autovacuum_analyze_scale_factor = 0.5);
alter table es.commands set (autovacuum_analyze_scale_factor = 0.5);
alter table read.order_history_v1 set (autovacuum_analyze_scale_factor = 0.5);
