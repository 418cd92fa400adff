create table stock (
  sku text primary key,
  warehouse text,
  pieces integer not null default 0
);

create index stock_warehouse_idx on stock (warehouse);
