create index customers_email on customers (email);
