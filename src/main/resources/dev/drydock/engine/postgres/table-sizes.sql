-- Asks PostgreSQL 13 or newer how large its tables are, for Drydock to weigh its findings by:
--
--   drydock stats | psql -v ON_ERROR_STOP=1 -qAtX "$DATABASE_URL" > .drydock-sizes.json
--
-- It reads the catalog and the sizes of files, not a single row, and writes nothing. Any role may run it. It gives up
-- rather than queue behind a migration.
set client_encoding = 'UTF8';
set default_transaction_read_only = on;
set lock_timeout = '5s';
set statement_timeout = '5min';

with recursive relation as (
  select c.oid, n.nspname as schema, c.relname as name, c.relkind, c.reltuples, c.relpages
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm')
    and n.nspname !~ '^pg_'
    and n.nspname <> 'information_schema'
),
-- What has rows of its own. As the planner does: the density that was last seen, in the pages there are now.
stored as materialized (
  select r.oid, pg_total_relation_size(r.oid) as bytes,
    case
      when main.bytes = 0 then 0
      when r.relpages > 0 and r.reltuples >= 0
        then round(r.reltuples::numeric / r.relpages * (main.bytes / current_setting('block_size')::bigint))
    end as row_count
  from relation r
  cross join lateral (select pg_relation_size(r.oid) as bytes) main
  where r.relkind <> 'p'
),
-- A table with all that is below it: its partitions, its children, and theirs.
part (whole, oid) as (
  select oid, oid from relation
  union
  select part.whole, i.inhrelid from part join pg_catalog.pg_inherits i on i.inhparent = part.oid
),
size as (
  select part.whole, coalesce(sum(s.bytes), 0) as bytes,
    -- Unknown as soon as a part of it was never analysed.
    case when bool_and(s.oid is null or s.row_count is not null) then coalesce(sum(s.row_count), 0) end as row_count
  from part left join stored s on s.oid = part.oid
  group by part.whole
)
select e'{\n  "version": 1,\n  "captured": '
  || to_json(to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  || e',\n  "server": '
  || to_json('PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1))
  || e',\n  "tables": ['
  || coalesce(
    string_agg(
      format(
        e'\n    {"schema": %s, "table": %s, "rows": %s, "bytes": %s}',
        to_json(r.schema::text), to_json(r.name::text), coalesce(s.row_count::text, 'null'), s.bytes),
      ',' order by r.schema collate "C", r.name collate "C"),
    '')
  || e'\n  ]\n}'
from relation r
join size s on s.whole = r.oid;
