alter table orders
  add column total nummeric;
