-- +migrate Up
create table orders (
  id bigint primary key,
  note varchar(50),
  quantity integer not null
);
-- +migrate StatementBegin
create function total() returns bigint language plpgsql as $$
begin
  return (select sum(quantity) from orders);
end;
$$;
-- +migrate StatementEnd

-- +migrate Down
drop function total();
drop table orders;
