set lock_timeout = '2s';

alter table orders alter column quantity type bigint;
create table order_notes (
  id bigint generated always as identity primary key,
  note text not null
);
