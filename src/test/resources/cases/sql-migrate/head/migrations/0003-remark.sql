-- +migrate Up
create index orders_quantity on orders (quantity);

-- +migrate Down
drop index orders_quantity;
