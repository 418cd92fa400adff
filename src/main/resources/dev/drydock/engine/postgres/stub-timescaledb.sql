-- The calls migrations make, without effect: a hypertable stays a plain table, with the index it gets.
create function create_hypertable(
  relation regclass, time_column_name name, partitioning_column name default null,
  number_partitions integer default null, associated_schema_name name default null,
  associated_table_prefix name default null, chunk_time_interval anyelement default null::bigint,
  create_default_indexes boolean default true, if_not_exists boolean default false,
  partitioning_func regproc default null, migrate_data boolean default false)
  returns integer language plpgsql as $$
begin
  if create_default_indexes then
    execute format('create index if not exists %I on %s (%I desc)',
      (select relname from pg_catalog.pg_class where oid = relation) || '_' || time_column_name || '_idx',
      relation, time_column_name);
  end if;
  return 1;
end $$;
create function add_retention_policy(relation regclass, drop_after interval, if_not_exists boolean default false)
  returns integer language plpgsql as 'begin return 1; end';
create function remove_retention_policy(relation regclass, if_exists boolean default false)
  returns void language plpgsql as 'begin end';
create function add_compression_policy(relation regclass, compress_after interval, if_not_exists boolean default false)
  returns integer language plpgsql as 'begin return 1; end';
create function add_continuous_aggregate_policy(
  relation regclass, start_offset interval, end_offset interval, schedule_interval interval,
  if_not_exists boolean default false) returns integer language plpgsql as 'begin return 1; end';
create function drop_chunks(
  relation regclass, older_than anyelement, newer_than anyelement default null, verbose boolean default false)
  returns setof text language plpgsql as 'begin return; end';
create function set_chunk_time_interval(relation regclass, chunk_time_interval interval)
  returns void language plpgsql as 'begin end';
create function time_bucket(bucket interval, moment timestamp) returns timestamp language sql immutable strict
  as $$ select $2 $$;
create function time_bucket(bucket interval, moment timestamptz) returns timestamptz language sql immutable strict
  as $$ select $2 $$;
create function time_bucket(bucket interval, moment date) returns date language sql immutable strict
  as $$ select $2 $$;
create function time_bucket_gapfill(
  bucket interval, moment timestamp, start timestamp default null, finish timestamp default null)
  returns timestamp language sql immutable as $$ select $2 $$;
create function time_bucket_gapfill(
  bucket interval, moment timestamptz, start timestamptz default null, finish timestamptz default null)
  returns timestamptz language sql immutable as $$ select $2 $$;
create function locf(
  value anyelement, prev anyelement default null, treat_null_as_missing boolean default false)
  returns anyelement language sql immutable as $$ select $1 $$;
create function interpolate(value anyelement) returns anyelement language sql immutable as $$ select $1 $$;
create function bookend_state(kept anyelement, value anyelement, moment anycompatible) returns anyelement
  language sql immutable as $$ select coalesce($1, $2) $$;
create aggregate first(value anyelement, moment anycompatible) (sfunc = bookend_state, stype = anyelement);
create aggregate last(value anyelement, moment anycompatible) (sfunc = bookend_state, stype = anyelement);
create function add_job(
  proc regproc, schedule_interval interval, config jsonb default null, initial_start timestamptz default null,
  scheduled boolean default true) returns integer language plpgsql as 'begin return 1; end';
create function remove_continuous_aggregate_policy(relation regclass, if_exists boolean default false)
  returns void language plpgsql as 'begin end';
create function remove_compression_policy(relation regclass, if_exists boolean default false)
  returns boolean language plpgsql as 'begin return true; end';
create schema _timescaledb_internal;
create function _timescaledb_internal.start_background_workers() returns boolean
  language plpgsql as 'begin return true; end';
create function _timescaledb_internal.stop_background_workers() returns boolean
  language plpgsql as 'begin return true; end';
create procedure refresh_continuous_aggregate(relation regclass, since text, until text)
  language plpgsql as 'begin end';
create procedure refresh_continuous_aggregate(relation regclass, since timestamptz, until timestamptz)
  language plpgsql as 'begin end';
