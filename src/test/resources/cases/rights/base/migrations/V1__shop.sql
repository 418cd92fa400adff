create table orders (
  id bigint primary key,
  note varchar(50),
  quantity integer not null
);
