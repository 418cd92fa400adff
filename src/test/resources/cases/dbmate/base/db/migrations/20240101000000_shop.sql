-- migrate:up
create table orders (
  id bigint primary key,
  note varchar(50),
  quantity integer not null
);

-- migrate:down
drop table orders;
