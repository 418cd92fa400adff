create table orders (
  id bigint primary key,
  note varchar(100),
  quantity integer not null
);
