-- drydock:allow edited-migration: V1 never ran anywhere with the old comment
-- drydock:allow missing-primary-key: answered for when it was new

create table orders (
  id bigint primary key,
  note varchar(50),
  quantity integer not null
);
