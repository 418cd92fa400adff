create table customers (
  id bigint generated always as identity primary key,
  email text not null,
  nickname varchar(50)
);

create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers (id),
  quantity integer not null default 1,
  placed_at timestamptz not null default now()
);
