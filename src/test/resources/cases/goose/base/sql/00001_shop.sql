-- +goose Up
create table orders (
  id bigint primary key,
  note varchar(50),
  quantity integer not null
);

-- +goose Down
drop table orders;
