create table refunds (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  reason refund_reason not null
);
