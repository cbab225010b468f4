-- An order placed is 2 to 3 kB, and what passes 2 kB was compressed: 1 % of all processor time under orders (perf), and
-- undone at each read. Up to a page it stays as it is now. Rows of before stay as they were written.
alter table es.events set (toast_tuple_target = 8160);
