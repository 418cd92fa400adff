create table late (id bigint primary key);
