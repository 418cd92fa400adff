--liquibase formatted sql

--changeset ann:create-orders
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint NOT NULL, total numeric NOT NULL);
--rollback DROP TABLE orders;

--changeset bob:index-orders
CREATE INDEX orders_customer ON orders (customer);

--changeset bob:index-totals runInTransaction:false
CREATE INDEX CONCURRENTLY orders_total ON orders (total);

--changeset bob:currency dbms:oracle
ALTER TABLE orders ADD (currency VARCHAR2(3));
