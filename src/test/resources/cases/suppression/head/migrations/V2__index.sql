-- drydock:allow blocking-index-build: orders has a few hundred rows
create index orders_note on orders (note);
-- drydock:allow table-rewrite: never happens
create table parts (id bigint primary key);
