begin;
set local lock_timeout = '2s';
create index concurrently orders_note on orders (note);
commit;
