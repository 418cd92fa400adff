set lock_timeout = '2s';

create table tags (
  id bigint generated always as identity primary key,
  name text not null
);

create view recent_orders as
select id, customer_id, placed_at from orders;
