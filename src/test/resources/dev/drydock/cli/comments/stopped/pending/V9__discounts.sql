alter table orders add column discount numeric(12, 2);
