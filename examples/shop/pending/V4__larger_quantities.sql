-- Looks like the change of nickname above, and writes every row anew.
alter table orders alter column quantity type bigint;

-- drydock:allow blocking-table-scan: the table has a few hundred rows
alter table stock alter column warehouse set not null;
