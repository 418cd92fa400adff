-- Reads the whole table while writers wait.
create index orders_customer_id_idx on orders (customer_id);

-- Harmless: the server keeps the rows as they are.
alter table customers alter column nickname type varchar(100);
