--liquibase formatted sql

--changeset ann:create-customers
CREATE TABLE customers (id bigint PRIMARY KEY, name varchar(80) NOT NULL);

--changeset ann:names runOnChange:true splitStatements:false
CREATE OR REPLACE FUNCTION customer_name(wanted bigint) RETURNS varchar LANGUAGE sql AS $$
  SELECT name FROM customers WHERE id = wanted;
$$;
/
