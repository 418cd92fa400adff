create table refunds (
  id bigint generated always as identity primary key,
  reason text
);
