set lock_timeout = '2s';

alter table orders add column total nummeric(12, 2);
create view order_totals as select id, total from orders;
