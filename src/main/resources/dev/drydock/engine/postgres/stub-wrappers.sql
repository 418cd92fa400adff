-- The functions by which wrappers are made, so that their servers and foreign tables are there. The handlers refuse to be
-- called: what reads a foreign table is left out.
create table wrappers_fdw_stats (
  fdw_name text primary key, create_times bigint, rows_in bigint, rows_out bigint, bytes_in bigint, bytes_out bigint,
  metadata jsonb, created_at timestamptz not null default now(), updated_at timestamptz not null default now()
);
-- Named in full: the server runs the script as a superuser, and a migration may have put a function that fits better
-- into the extension's schema.
do $$
declare
  wrapper text;
begin
  foreach wrapper in array array[
    'airtable', 'auth0', 'big_query', 'click_house', 'cognito', 'duckdb', 'firebase', 'hello_world', 'iceberg', 'logflare',
    'mssql', 'mysql', 'redis', 's3', 's3vectors', 'stripe', 'wasm'
  ] loop
    execute pg_catalog.format(
      'create function %I() returns fdw_handler language internal as %L',
      wrapper || '_fdw_handler', 'fdw_handler_in');
    execute pg_catalog.format(
      'create function %I(options text[], catalog oid) returns void language plpgsql as %L',
      wrapper || '_fdw_validator', 'begin end');
  end loop;
end $$;
