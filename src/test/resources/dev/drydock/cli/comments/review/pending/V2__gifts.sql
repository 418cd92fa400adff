set lock_timeout = '2s';

alter table orders alter column quantity type smallint;
alter table orders add column gift json;
