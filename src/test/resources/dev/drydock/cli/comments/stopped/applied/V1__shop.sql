create table customers (
  id bigint generated always as identity primary key,
  email text not null
);

create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers,
  quantity integer not null,
  placed_at timestamptz not null default now()
);
