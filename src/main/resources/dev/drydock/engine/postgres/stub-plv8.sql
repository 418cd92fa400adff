-- schema: pg_catalog
-- Functions in it can be made, and are not read: there is no validator.
create trusted language plv8 handler plpgsql_call_handler;
