-- migrate:up transaction:false
create index concurrently orders_quantity on orders (quantity);
alter table orders add column remark text;

-- migrate:down
drop table orders;
