-- A saved view may narrow the list of drafts too.
alter table desk.views drop constraint views_base_check;
alter table desk.views add constraint views_base_check check (base in ('open', 'drafts', 'holds', 'declined', 'all'));
