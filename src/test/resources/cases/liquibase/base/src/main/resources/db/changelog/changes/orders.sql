--liquibase formatted sql

--changeset ann:create-orders
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint NOT NULL, total numeric NOT NULL);
--rollback DROP TABLE orders;
