-- The calls migrations make, without effect: a hypertable stays a plain table, with the index it gets. It is known by a
-- label, on which nothing depends: a list of ours would be written to, which is told as a change of rows.
create schema _timescaledb_internal;
create schema _timescaledb_catalog;
create schema _timescaledb_config;
create schema timescaledb_information;
create type _timescaledb_internal.dimension_info as (column_name name);
create view _timescaledb_catalog.hypertable as
  select t.oid::integer as id, n.nspname as schema_name, t.relname as table_name, 1::smallint as num_dimensions
  from pg_seclabel l join pg_class t on t.oid = l.objoid join pg_namespace n on n.oid = t.relnamespace
  where l.classoid = 'pg_class'::regclass and l.provider = 'timescaledb';
create function _timescaledb_internal.label(relation regclass) returns void language sql as $$
  select drydock.label_hypertable(relation)
$$;
create table _timescaledb_catalog.chunk (
  id integer primary key, hypertable_id integer, schema_name name, table_name name, compressed_chunk_id integer,
  dropped boolean, status integer, osm_chunk boolean, creation_time timestamptz);
create table _timescaledb_config.bgw_job (
  id integer primary key, application_name name, schedule_interval interval, max_runtime interval, max_retries integer,
  retry_period interval, proc_schema name, proc_name name, owner regrole, scheduled boolean, fixed_schedule boolean,
  initial_start timestamptz, hypertable_id integer, config jsonb, check_schema name, check_name name, timezone text);
create view timescaledb_information.hypertables as
  select h.schema_name as hypertable_schema, h.table_name as hypertable_name, pg_get_userbyid(c.relowner) as owner,
    h.num_dimensions, 0::bigint as num_chunks, false as compression_enabled, null::name[] as tablespaces,
    null::name as primary_dimension, null::regtype as primary_dimension_type
  from _timescaledb_catalog.hypertable h join pg_class c on c.oid = h.id::oid;
create view timescaledb_information.dimensions as
  select h.hypertable_schema, h.hypertable_name, 1::bigint as dimension_number, h.primary_dimension as column_name,
    null::regtype as column_type, 'Time'::text as dimension_type, null::interval as time_interval,
    null::bigint as integer_interval, null::name as integer_now_func, null::smallint as num_partitions
  from timescaledb_information.hypertables h;
create view timescaledb_information.chunks as
  select h.hypertable_schema, h.hypertable_name, c.schema_name as chunk_schema, c.table_name as chunk_name,
    h.primary_dimension, h.primary_dimension_type, null::timestamptz as range_start, null::timestamptz as range_end,
    null::bigint as range_start_integer, null::bigint as range_end_integer, false as is_compressed,
    null::name as chunk_tablespace, c.creation_time as chunk_creation_time
  from timescaledb_information.hypertables h, _timescaledb_catalog.chunk c where false;
create view timescaledb_information.jobs as
  select id as job_id, application_name, schedule_interval, max_runtime, max_retries, retry_period, proc_schema, proc_name,
    owner, scheduled, fixed_schedule, config, null::timestamptz as next_start, initial_start,
    null::name as hypertable_schema, null::name as hypertable_name, check_schema, check_name
  from _timescaledb_config.bgw_job;
create view timescaledb_information.job_stats as
  select hypertable_schema, hypertable_name, job_id, null::timestamptz as last_run_started_at,
    null::timestamptz as last_successful_finish, null::text as last_run_status, null::text as job_status,
    null::interval as last_run_duration, next_start, 0::bigint as total_runs, 0::bigint as total_successes,
    0::bigint as total_failures
  from timescaledb_information.jobs;
create view timescaledb_information.continuous_aggregates as
  select hypertable_schema, hypertable_name, null::name as view_schema, null::name as view_name,
    null::name as view_owner, true as materialized_only, false as compression_enabled,
    null::name as materialization_hypertable_schema, null::name as materialization_hypertable_name,
    null::text as view_definition, true as finalized
  from timescaledb_information.hypertables where false;
create view timescaledb_information.compression_settings as
  select hypertable_schema, hypertable_name, null::name as attname, null::smallint as segmentby_column_index,
    null::smallint as orderby_column_index, null::boolean as orderby_asc, null::boolean as orderby_nullsfirst
  from timescaledb_information.hypertables where false;
create function _timescaledb_internal.index_by(relation regclass, dimension name) returns void language plpgsql as $$
declare
  own pg_catalog.pg_class := (select c from pg_catalog.pg_class c where c.oid = relation);
begin
  if not exists (select from pg_catalog.pg_class c
      where c.relname = own.relname || '_' || dimension || '_idx' and c.relnamespace = own.relnamespace) then
    execute format('create index %I on %s (%I desc)', own.relname || '_' || dimension || '_idx', relation, dimension);
  end if;
end $$;
create function create_hypertable(
  relation regclass, time_column_name name, partitioning_column name default null,
  number_partitions integer default null, associated_schema_name name default null,
  associated_table_prefix name default null, chunk_time_interval anyelement default null::bigint,
  create_default_indexes boolean default true, if_not_exists boolean default false,
  partitioning_func regproc default null, migrate_data boolean default false)
  returns integer language plpgsql as $$
begin
  if create_default_indexes then
    perform _timescaledb_internal.index_by(relation, time_column_name);
  end if;
  perform _timescaledb_internal.label(relation);
  return relation::oid;
end $$;
create function by_range(column_name name, partition_interval anyelement default null::bigint,
  partition_func regproc default null) returns _timescaledb_internal.dimension_info language sql immutable
  as $$ select row($1)::_timescaledb_internal.dimension_info $$;
create function by_hash(column_name name, number_partitions integer, partition_func regproc default null)
  returns _timescaledb_internal.dimension_info language sql immutable
  as $$ select row($1)::_timescaledb_internal.dimension_info $$;
create function create_hypertable(
  relation regclass, dimension _timescaledb_internal.dimension_info, create_default_indexes boolean default true,
  if_not_exists boolean default false, migrate_data boolean default false,
  out hypertable_id integer, out created boolean) language plpgsql as $$
begin
  if create_default_indexes then
    perform _timescaledb_internal.index_by(relation, dimension.column_name);
  end if;
  perform _timescaledb_internal.label(relation);
  hypertable_id := relation::oid;
  created := true;
end $$;
create function add_dimension(
  hypertable regclass, column_name name, number_partitions integer default null,
  chunk_time_interval anyelement default null::bigint, partitioning_func regproc default null,
  if_not_exists boolean default false) returns integer language plpgsql as 'begin return 1; end';
create function add_dimension(
  hypertable regclass, dimension _timescaledb_internal.dimension_info, if_not_exists boolean default false)
  returns integer language plpgsql as 'begin return 1; end';
create function set_number_partitions(hypertable regclass, number_partitions integer, dimension_name name default null)
  returns void language plpgsql as 'begin end';
create function set_integer_now_func(
  hypertable regclass, integer_now_func regproc, replace_if_exists boolean default false)
  returns void language plpgsql as 'begin end';
create function add_retention_policy(
  relation regclass, drop_after interval default null, if_not_exists boolean default false,
  schedule_interval interval default null, initial_start timestamptz default null, timezone text default null,
  drop_created_before interval default null) returns integer language plpgsql as 'begin return 1; end';
create function remove_retention_policy(relation regclass, if_exists boolean default false)
  returns void language plpgsql as 'begin end';
create function add_compression_policy(
  hypertable regclass, compress_after interval default null, if_not_exists boolean default false,
  schedule_interval interval default null, initial_start timestamptz default null, timezone text default null,
  compress_created_before interval default null) returns integer language plpgsql as 'begin return 1; end';
create procedure add_columnstore_policy(
  hypertable regclass, after interval default null, if_not_exists boolean default false,
  schedule_interval interval default null, initial_start timestamptz default null, timezone text default null,
  created_before interval default null) language plpgsql as 'begin end';
create procedure remove_columnstore_policy(hypertable regclass, if_exists boolean default false)
  language plpgsql as 'begin end';
create function add_continuous_aggregate_policy(
  continuous_aggregate regclass, start_offset interval, end_offset interval, schedule_interval interval,
  if_not_exists boolean default false, initial_start timestamptz default null, timezone text default null,
  include_tiered_data boolean default null, buckets_per_batch integer default null,
  max_batches_per_execution integer default null, refresh_newest_first boolean default null)
  returns integer language plpgsql as 'begin return 1; end';
create function add_reorder_policy(
  hypertable regclass, index_name name, if_not_exists boolean default false, initial_start timestamptz default null,
  timezone text default null) returns integer language plpgsql as 'begin return 1; end';
create function remove_reorder_policy(hypertable regclass, if_exists boolean default false)
  returns void language plpgsql as 'begin end';
create function show_chunks(
  relation regclass, older_than anyelement, newer_than anyelement default null, created_before anyelement default null,
  created_after anyelement default null) returns setof regclass language plpgsql as 'begin return; end';
create function show_chunks(relation regclass) returns setof regclass language plpgsql as 'begin return; end';
create function compress_chunk(
  uncompressed_chunk regclass, if_not_compressed boolean default true, recompress boolean default false)
  returns regclass language sql as 'select $1';
create function decompress_chunk(uncompressed_chunk regclass, if_compressed boolean default true)
  returns regclass language sql as 'select $1';
create procedure recompress_chunk(chunk regclass, if_not_compressed boolean default true) language plpgsql as 'begin end';
create procedure convert_to_columnstore(
  chunk regclass, if_not_columnstore boolean default true, recompress boolean default false)
  language plpgsql as 'begin end';
create procedure convert_to_rowstore(chunk regclass, if_columnstore boolean default true) language plpgsql as 'begin end';
create function reorder_chunk(chunk regclass, index regclass default null, verbose boolean default false)
  returns void language plpgsql as 'begin end';
create function enable_chunk_skipping(hypertable regclass, column_name name, if_not_exists boolean default false)
  returns void language plpgsql as 'begin end';
create function disable_chunk_skipping(hypertable regclass, column_name name, if_not_exists boolean default false)
  returns void language plpgsql as 'begin end';
create function attach_tablespace(tablespace name, hypertable regclass, if_not_attached boolean default false)
  returns void language plpgsql as 'begin end';
create function detach_tablespace(tablespace name, hypertable regclass default null, if_attached boolean default false)
  returns integer language plpgsql as 'begin return 1; end';
create function detach_tablespaces(hypertable regclass) returns integer language plpgsql as 'begin return 1; end';
create function hypertable_size(hypertable regclass) returns bigint language sql as 'select 0::bigint';
create function approximate_row_count(relation regclass) returns bigint language sql as 'select 0::bigint';
create function hypertable_detailed_size(hypertable regclass) returns table (
  table_bytes bigint, index_bytes bigint, toast_bytes bigint, total_bytes bigint, node_name name)
  language sql as 'select null::bigint, null::bigint, null::bigint, null::bigint, null::name where false';
create function chunk_compression_stats(hypertable regclass) returns table (
  chunk_schema name, chunk_name name, compression_status text, before_compression_table_bytes bigint,
  before_compression_index_bytes bigint, before_compression_toast_bytes bigint, before_compression_total_bytes bigint,
  after_compression_table_bytes bigint, after_compression_index_bytes bigint, after_compression_toast_bytes bigint,
  after_compression_total_bytes bigint, node_name name)
  language plpgsql as 'begin return; end';
create function hypertable_compression_stats(hypertable regclass) returns table (
  total_chunks bigint, number_compressed_chunks bigint, before_compression_table_bytes bigint,
  before_compression_index_bytes bigint, before_compression_toast_bytes bigint, before_compression_total_bytes bigint,
  after_compression_table_bytes bigint, after_compression_index_bytes bigint, after_compression_toast_bytes bigint,
  after_compression_total_bytes bigint, node_name name)
  language plpgsql as 'begin return; end';
create function drop_chunks(
  relation regclass, older_than anyelement, newer_than anyelement default null, verbose boolean default false)
  returns setof text language plpgsql as 'begin return; end';
create function set_chunk_time_interval(
  hypertable regclass, chunk_time_interval anyelement, dimension_name name default null)
  returns void language plpgsql as 'begin end';
create function time_bucket(bucket interval, moment timestamp) returns timestamp language sql immutable strict
  as $$ select $2 $$;
create function time_bucket(bucket interval, moment timestamptz) returns timestamptz language sql immutable strict
  as $$ select $2 $$;
create function time_bucket(bucket interval, moment date) returns date language sql immutable strict
  as $$ select $2 $$;
create function time_bucket(bucket smallint, moment smallint) returns smallint language sql immutable strict
  as $$ select $2 $$;
create function time_bucket(bucket integer, moment integer) returns integer language sql immutable strict
  as $$ select $2 $$;
create function time_bucket(bucket bigint, moment bigint) returns bigint language sql immutable strict
  as $$ select $2 $$;
create function time_bucket(bucket interval, moment timestamp, origin timestamp) returns timestamp
  language sql immutable strict as $$ select $2 $$;
create function time_bucket(bucket interval, moment timestamp, "offset" interval) returns timestamp
  language sql immutable strict as $$ select $2 $$;
create function time_bucket(bucket interval, moment timestamptz, origin timestamptz) returns timestamptz
  language sql immutable strict as $$ select $2 $$;
create function time_bucket(bucket interval, moment timestamptz, "offset" interval) returns timestamptz
  language sql immutable strict as $$ select $2 $$;
create function time_bucket(
  bucket interval, moment timestamptz, timezone text, origin timestamptz default null, "offset" interval default null)
  returns timestamptz language sql immutable as $$ select $2 $$;
create function time_bucket(bucket interval, moment date, origin date) returns date language sql immutable strict
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
  scheduled boolean default true, check_config regproc default null, fixed_schedule boolean default true,
  timezone text default null, job_name name default null) returns integer language plpgsql as 'begin return 1; end';
create function alter_job(
  job_id integer, schedule_interval interval default null, max_runtime interval default null,
  max_retries integer default null, retry_period interval default null, scheduled boolean default null,
  config jsonb default null, next_start timestamptz default null, if_exists boolean default false,
  check_config regproc default null, fixed_schedule boolean default null, initial_start timestamptz default null,
  timezone text default null, job_name name default null) returns integer language plpgsql as 'begin return $1; end';
create function delete_job(job_id integer) returns void language plpgsql as 'begin end';
create procedure run_job(job_id integer) language plpgsql as 'begin end';
create function remove_continuous_aggregate_policy(
  continuous_aggregate regclass, if_not_exists boolean default null, if_exists boolean default null)
  returns void language plpgsql as 'begin end';
create function remove_compression_policy(hypertable regclass, if_exists boolean default false)
  returns boolean language plpgsql as 'begin return true; end';
create function _timescaledb_internal.start_background_workers() returns boolean
  language plpgsql as 'begin return true; end';
create function _timescaledb_internal.stop_background_workers() returns boolean
  language plpgsql as 'begin return true; end';
create procedure refresh_continuous_aggregate(
  continuous_aggregate regclass, window_start text, window_end text, force boolean default false)
  language plpgsql as 'begin end';
create procedure refresh_continuous_aggregate(
  continuous_aggregate regclass, window_start timestamptz, window_end timestamptz, force boolean default false)
  language plpgsql as 'begin end';
create function timescaledb_pre_restore() returns boolean language sql as 'select true';
create function timescaledb_post_restore() returns boolean language sql as 'select true';
grant usage on schema _timescaledb_internal, _timescaledb_catalog, _timescaledb_config, timescaledb_information to public;
grant select on all tables in schema _timescaledb_catalog, _timescaledb_config, timescaledb_information to public;
