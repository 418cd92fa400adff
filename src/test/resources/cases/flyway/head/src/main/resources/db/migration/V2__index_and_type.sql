create index orders_note on orders (note);
alter table orders alter column quantity type bigint;
