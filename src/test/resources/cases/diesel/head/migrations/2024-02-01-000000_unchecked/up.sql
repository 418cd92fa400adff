CREATE TABLE lines (
  id bigint PRIMARY KEY,
  order_id bigint REFERENCES orders
);

ALTER TABLE orders DISABLE TRIGGER ALL;
UPDATE orders SET quantity = 1 WHERE quantity = 0;
ALTER TABLE orders ENABLE TRIGGER ALL;
