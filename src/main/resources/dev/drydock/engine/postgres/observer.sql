-- What watches a migration from inside the server. It lives in template1 of the prepared cluster, so that every
-- database made from it has it. Every function runs as the cluster's own superuser with a fixed search_path, because a
-- migration may change role, search_path and client_min_messages. Those called after each statement plan their queries
-- once: planning them costs more than running them. pg_temp stands at the end of each search_path because it is searched
-- first where it is not named, and a migration may have made a temporary pg_class. Those that tell of definitions have
-- settings of their own for how a value is written: a migration's SET bytea_output changes no default.

create schema drydock;
grant usage on schema drydock to public;

-- Where the numbers begin of relations that pending migrations make: its text is put in before they run. A function, as
-- drydock.superusers() is.
create function drydock.first_pending() returns bigint language sql stable set search_path = pg_catalog as $$
  select 0::bigint
$$;

-- The locks on user relations that this session holds, as [oid, mode, counters of the relation ...]. Of relations that
-- production does not have, only which are written to: nobody waits for them, and a block that makes a thousand would
-- tell of all of them a thousand times.
create function drydock.held_locks() returns json language sql security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(json_agg(json_build_array(l.relation::bigint, l.mode,
    pg_stat_get_xact_numscans(l.relation), pg_stat_get_xact_tuples_inserted(l.relation),
    pg_stat_get_xact_tuples_updated(l.relation), pg_stat_get_xact_tuples_deleted(l.relation))), '[]')
  from pg_locks l
  where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.granted and l.relation >= 16384
    and (l.mode = 'RowExclusiveLock' or l.relation::bigint < (select drydock.first_pending()))
$$;

-- The same after a statement: what it and those before it in its transaction hold, as {mode: [oid ...]}. Of relations
-- from an oid on, which the transaction made, only which are written to.
create function drydock.locks(first_made bigint) returns text language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  -- Row by row as pg_locks has them: the view would put all of them into a store first, which takes as long again.
  return (select coalesce(json_object_agg(m.mode, m.relations), '{}')
    from (
      select (s.l).mode, array_agg((s.l).relation::bigint) as relations
      from (select pg_lock_status() as l offset 0) s
      where (s.l).pid = pg_backend_pid() and (s.l).locktype = 'relation' and (s.l).granted and (s.l).relation >= 16384
        and (s.l).mode <> 'SIReadLock'
        and ((s.l).relation::bigint < first_made or (s.l).mode = 'RowExclusiveLock')
      group by (s.l).mode) m)::text;
end $$;

-- By this label the stand-in of TimescaleDB knows a hypertable. The migrating role may write none, and the stand-in's own
-- functions are its.
create function drydock.label_hypertable(relation regclass) returns void language sql security definer
set search_path = pg_catalog, pg_temp as $$
  insert into pg_seclabel (objoid, classoid, objsubid, provider, label)
  select relation, 'pg_class'::regclass, 0, 'timescaledb', 'hypertable'
  where relation is not null and not exists (select from pg_seclabel l
    where l.objoid = relation and l.classoid = 'pg_class'::regclass and l.provider = 'timescaledb')
$$;

-- A report from inside a block or function leaves a mark, which a rollback takes back with the command that was reported.
-- In a table of the catalog: one of its own would be found by a migration that goes through all tables, and locks on it
-- would have to be told from those of the migration. A setting goes back too, and a migration could set it.
create function drydock.mark() returns text language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into pg_seclabel (objoid, classoid, objsubid, provider, label)
  values (0, 0, 0, 'drydock ' || gen_random_uuid(), '')
  returning substr(provider, length('drydock ') + 1)
$$;

-- Those of the marks that are still there.
create function drydock.standing(marks text[]) returns text[] language sql stable security definer
set search_path = pg_catalog, pg_temp as $$
  select array_agg(mark) from unnest(marks) asked(mark)
  where exists (select from pg_seclabel
    where objoid = 0 and classoid = 0 and objsubid = 0 and provider = 'drydock ' || mark)
$$;

-- Event triggers report by NOTICE: a table would add locks and counters of its own and vanish on rollback. The
-- function-level setting outlives a migration's SET client_min_messages.
create function drydock.on_command_start() returns event_trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp set client_min_messages = notice as $$
declare
  context text;
begin
  get diagnostics context = pg_context;
  if position(e'\n' in context) > 0 then
    raise notice using message = 'DRYDOCK', detail = json_build_object(
      'event', 'start', 'tag', tg_tag, 'mark', drydock.mark(), 'context', context)::text;
  end if;
end $$;

create function drydock.on_command_end() returns event_trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp set client_min_messages = notice set quote_all_identifiers = off as $$
declare
  command record;
  context text;
  locks json;
begin
  if tg_tag in ('CREATE EXTENSION', 'ALTER EXTENSION') then
    update pg_event_trigger set evtevent = substr(evtevent, length('kept from ') + 1) where evtevent like 'kept from %';
  end if;
  get diagnostics context = pg_context;
  -- The first line is this function; anything after it means that a block or a function ran the command.
  if position(e'\n' in context) > 0 then
    locks := drydock.held_locks();
  end if;
  -- What befell an attribute of a composite type is said of the relation behind the type. That is looked up for each:
  -- a join would read all of pg_class, because the planner takes the commands for many.
  for command in
    select e.*, (
        select c.reltype from pg_class c
        where e.classid = 'pg_class'::regclass and c.oid = e.objid and c.relkind = 'c') as composite
    from pg_event_trigger_ddl_commands() e
  loop
    raise notice using message = 'DRYDOCK', detail = json_build_object(
      'event', 'command', 'tag', command.command_tag,
      'type', case when command.composite is null then command.object_type else 'type' end,
      'identity', command.object_identity,
      'class', case when command.composite is null then command.classid else 'pg_type'::regclass end::bigint,
      'object', coalesce(command.composite, command.objid)::bigint,
      'part', command.objsubid, 'extension', command.in_extension, 'transaction', pg_current_xact_id_if_assigned()::text, 'context', context, 'locks', locks,
      'mark', case when locks is not null then drydock.mark() end)::text;
  end loop;
  -- One with IF EXISTS may find nothing to do, and a DROP is told of by the trigger that comes first.
  if locks is not null then
    raise notice using message = 'DRYDOCK', detail = json_build_object('event', 'ran', 'mark', drydock.mark(), 'context', context)::text;
  end if;
end $$;

create function drydock.on_drop() returns event_trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp set client_min_messages = notice set quote_all_identifiers = off as $$
declare
  dropped record;
  context text;
  locks json;
begin
  get diagnostics context = pg_context;
  if position(e'\n' in context) > 0 then
    locks := drydock.held_locks();
  end if;
  for dropped in select * from pg_event_trigger_dropped_objects() loop
    raise notice using message = 'DRYDOCK', detail = json_build_object(
      'event', 'drop', 'tag', tg_tag, 'type', dropped.object_type, 'identity', dropped.object_identity,
      'class', dropped.classid::bigint, 'object', dropped.objid::bigint, 'part', dropped.objsubid,
      'original', dropped.original, 'normal', dropped.normal, 'temporary', dropped.is_temporary,
      'transaction', pg_current_xact_id_if_assigned()::text, 'context', context, 'locks', locks,
      'mark', case when locks is not null then drydock.mark() end)::text;
  end loop;
end $$;

create function drydock.on_rewrite() returns event_trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp set client_min_messages = notice as $$
declare
  context text;
begin
  get diagnostics context = pg_context;
  raise notice using message = 'DRYDOCK', detail = json_build_object(
    'event', 'rewrite', 'tag', tg_tag, 'object', pg_event_trigger_table_rewrite_oid()::bigint,
    'reason', pg_event_trigger_table_rewrite_reason(), 'transaction', pg_current_xact_id_if_assigned()::text, 'context', context,
    'mark', case when position(e'\n' in context) > 0 then drydock.mark() end)::text;
end $$;

-- The script of an extension runs as a superuser, and so would what an event trigger of the migrations does at each of its
-- commands, in a function that is theirs to replace. Meanwhile these wait for something that never happens.
create function drydock.before_extension() returns event_trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
  update pg_event_trigger e set evtevent = 'kept from ' || evtevent
  from pg_proc p
  where p.oid = e.evtfoid and p.pronamespace <> 'drydock'::regnamespace and evtevent not like 'kept from %';
end $$;

create event trigger drydock_before_extension on ddl_command_start when tag in ('CREATE EXTENSION', 'ALTER EXTENSION')
  execute function drydock.before_extension();
create event trigger drydock_command_start on ddl_command_start execute function drydock.on_command_start();
create event trigger drydock_command_end on ddl_command_end execute function drydock.on_command_end();
create event trigger drydock_drop on sql_drop execute function drydock.on_drop();
create event trigger drydock_rewrite on table_rewrite execute function drydock.on_rewrite();
-- Always: session_replication_role = replica must not silence them.
alter event trigger drydock_before_extension enable always;
alter event trigger drydock_command_start enable always;
alter event trigger drydock_command_end enable always;
alter event trigger drydock_drop enable always;
alter event trigger drydock_rewrite enable always;

-- A limit of the migration's would hold for our questions too, and how long a statement takes on tables without rows
-- says nothing. Where it is short it is lifted, to a number nobody sets, from which Timeouts reads what was meant.
create procedure drydock.lift_timeouts(local boolean) language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare
  name text;
  value text;
begin
  foreach name in array array['transaction_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout',
    'idle_session_timeout']
  loop
    value := current_setting(name, true);
    if value <> '0' and value::interval < interval '1 min' then
      -- The clock of a transaction runs on when its limit is raised, but not when there is none.
      perform set_config(name, '0', local);
      perform set_config(name, (1000000000 + extract(epoch from value::interval) * 1000)::bigint::text, local);
    end if;
  end loop;
end $$;

-- Storage and counters of relations, and the settings a rule may ask about, all as this session sees them now.
create function drydock.probe(relations oid[]) returns text language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return json_build_object(
    'lock_timeout', current_setting('lock_timeout'),
    'statement_timeout', current_setting('statement_timeout'),
    'idle_timeout', current_setting('idle_in_transaction_session_timeout'),
    'application_name', current_setting('application_name'),
    'role', current_setting('role'),
    'relations', (
      select coalesce(json_agg(json_build_array(
        c.oid::bigint, n.nspname, c.relname, c.relkind, c.relfilenode::bigint,
        pg_stat_get_xact_numscans(c.oid), pg_stat_get_xact_tuples_inserted(c.oid),
        pg_stat_get_xact_tuples_updated(c.oid), pg_stat_get_xact_tuples_deleted(c.oid),
        i.indrelid::bigint)), '[]')
      from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_index i on i.indexrelid = c.oid
      where c.oid = any(relations) and n.nspname <> 'pg_toast' and n.nspname !~ '^pg_temp'))::text;
end $$;

-- Relations that belong to the user: not the server's, not the observer's, not a session's temporary ones, and not an
-- extension's own.
create function drydock.user_relations() returns oid[] language sql stable security definer
set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(c.oid order by c.oid), '{}')
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid >= 16384 and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and n.nspname <> 'information_schema' and n.nspname <> 'drydock' and n.nspname !~ '^pg_'
$$;

-- Everything about the given tables, views and sequences. A relation that is gone is not in the answer.
--
-- By indexes alone: nothing ever analyzes these catalogs, and then the planner reads all of a large one to find the few
-- rows of one table.
create function drydock.relations(wanted oid[]) returns text language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set quote_all_identifiers = off set timezone = 'UTC' set datestyle = 'ISO, MDY' set intervalstyle = postgres
set bytea_output = hex set extra_float_digits = 1
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return json_build_object(
    'relations', (
      select json_agg(json_build_object(
        'id', c.oid::bigint, 'schema', n.nspname, 'name', c.relname, 'kind', c.relkind,
        'persistence', c.relpersistence, 'owner', pg_get_userbyid(c.relowner),
        'method', (select am.amname from pg_am am where am.oid = c.relam),
        'tablespace', (select s.spcname from pg_tablespace s where s.oid = c.reltablespace),
        'options', c.reloptions, 'rowSecurity', c.relrowsecurity, 'forceRowSecurity', c.relforcerowsecurity,
        'replicaIdentity', c.relreplident, 'storage', c.relfilenode::bigint, 'filled', c.relispopulated,
        -- UPDATE, INSERT and DELETE, each a bit; by a trigger too.
        'writable', case when c.relkind <> 'v' then c.relkind <> 'm'
          when exists (select from pg_foreign_table) then drydock.writable(c.oid)
          else pg_relation_is_updatable(c.oid, true) & 28 = 28 end,
        'partitionKey', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
        'bound', pg_get_expr(c.relpartbound, c.oid),
        'defaultPartition', (select p.partdefid::bigint from pg_partitioned_table p where p.partrelid = c.oid),
        'parents', (select json_agg(h.inhparent::bigint order by h.inhseqno) from pg_inherits h where h.inhrelid = c.oid),
        'definition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
        'rules', case when c.relhasrules then (
          select json_agg(json_build_object('name', r.rulename, 'event', r.ev_type,
            'conditional', r.ev_qual::text <> '<>', 'instead', r.is_instead, 'nothing', pg_get_ruledef(r.oid) like '% NOTHING;')
            order by r.rulename)
          from pg_rewrite r
          where r.ev_class = c.oid and r.ev_type <> '1' and r.ev_enabled <> 'D') end,
        -- Not by obj_description(), an SQL function, which is parsed and planned at each call.
        'comment', (select m.description from pg_description m
          where m.objoid = c.oid and m.classoid = 'pg_class'::regclass and m.objsubid = 0),
        'extension', (select e.extname from pg_depend d join pg_extension e on e.oid = d.refobjid
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
            and d.refclassid = 'pg_extension'::regclass),
        'hypertable', exists (select from pg_seclabel l where l.objoid = c.oid and l.classoid = 'pg_class'::regclass
          and l.provider = 'timescaledb'),
        'grants', (
          select json_agg(json_build_array(
            case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee) end, g.privilege)
            order by g.grantee, g.privilege)
          from (
            select t.grantee, t.privilege_type as privilege from aclexplode(c.relacl) t
            union all
            select p.grantee, p.privilege_type || ' (' || a.attname || ')'
            from pg_attribute a cross join lateral aclexplode(a.attacl) p
            where a.attrelid = c.oid and not a.attisdropped) g
          where g.grantee <> c.relowner),
        'sequence', case when c.relkind = 'S' then (
          select json_build_object('type', format_type(s.seqtypid, null), 'start', s.seqstart,
            'increment', s.seqincrement, 'min', s.seqmin, 'max', s.seqmax, 'cache', s.seqcache, 'cycle', s.seqcycle,
            'last', case when s.seqcycle then null when s.seqincrement > 0 then s.seqmax else s.seqmin end,
            'ownerTable', (select d.refobjid::bigint from pg_depend d where d.classid = 'pg_class'::regclass
              and d.objid = c.oid and d.deptype in ('a', 'i') and d.refobjsubid > 0 limit 1),
            'ownerColumn', (select a.attname from pg_depend d join pg_attribute a on a.attrelid = d.refobjid
              and a.attnum = d.refobjsubid where d.classid = 'pg_class'::regclass
              and d.objid = c.oid and d.deptype in ('a', 'i') and d.refobjsubid > 0 limit 1))
          from pg_sequence s where s.seqrelid = c.oid) end,
        'dependsOn', case when c.relkind in ('v', 'm') then (
          select json_agg(distinct jsonb_build_array(d.refobjid::bigint, a.attname))
          from pg_rewrite r
          join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
            and d.refclassid = 'pg_class'::regclass and d.refobjid <> c.oid
          left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid and d.refobjsubid > 0
          where r.ev_class = c.oid) end) order by c.oid)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.oid = any(wanted) and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_'),
    'columns', (
      select json_agg(json_build_object(
        'table', a.attrelid::bigint, 'number', a.attnum, 'name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod), 'typeKind', t.typtype, 'typeId', a.atttypid::bigint,
        'domainOf', case when t.typtype = 'd' then (
          with recursive d as (
            select t.typbasetype as base, t.typtypmod as modifier
            union all select b.typbasetype, b.typtypmod from d join pg_type b on b.oid = d.base where b.typtype = 'd')
          select format_type(d.base, d.modifier) from d join pg_type b on b.oid = d.base where b.typtype <> 'd') end,
        'notNull', a.attnotnull, 'identity', a.attidentity, 'generated', a.attgenerated,
        -- A column without a default of its own takes that of its domain.
        'default', case when a.atthasdef then
          (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum)
          when t.typtype = 'd' then t.typdefault end,
        'collation', case when a.attcollation <> t.typcollation then
          (select k.collname from pg_collation k where k.oid = a.attcollation) end,
        'local', a.attislocal, 'comment', m.description) order by a.attrelid, a.attnum)
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
      left join pg_description m
        on m.objoid = a.attrelid and m.classoid = 'pg_class'::regclass and m.objsubid = a.attnum
      where a.attrelid = any(wanted) and c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0
        and not a.attisdropped),
    'constraints', (
      select json_agg(json_build_object(
        'id', k.oid::bigint, 'table', k.conrelid::bigint, 'name', k.conname, 'type', k.contype,
        'validated', k.convalidated, 'deferrable', k.condeferrable, 'definition', pg_get_constraintdef(k.oid),
        'expression', pg_get_expr(k.conbin, k.conrelid),
        'columns', (select json_agg(a.attname order by u.n) from unnest(k.conkey) with ordinality u(num, n)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num),
        'referencedTable', k.confrelid::bigint,
        'referencedColumns', (select json_agg(a.attname order by u.n) from unnest(k.confkey) with ordinality u(num, n)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num),
        'index', k.conindid::bigint, 'parent', k.conparentid::bigint, 'local', k.conislocal,
        'onDelete', k.confdeltype, 'onUpdate', k.confupdtype) order by k.conrelid, k.oid)
      from pg_constraint k where k.conrelid = any(wanted) and k.contype <> 't'),
    'indexes', (
      select json_agg(json_build_object(
        'id', i.indexrelid::bigint, 'table', i.indrelid::bigint, 'name', x.relname, 'schema', n.nspname,
        'unique', i.indisunique, 'primary', i.indisprimary, 'exclusion', i.indisexclusion, 'valid', i.indisvalid,
        'ready', i.indisready, 'replicaIdentity', i.indisreplident, 'method', am.amname,
        'columns', (select json_agg(coalesce(a.attname::text, pg_get_indexdef(i.indexrelid, u.n::int, true)) order by u.n)
          from unnest(i.indkey::int2[]) with ordinality u(num, n)
          left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.num and u.num <> 0
          where u.n <= i.indnkeyatts),
        'included', (select json_agg(a.attname order by u.n)
          from unnest(i.indkey::int2[]) with ordinality u(num, n)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.num where u.n > i.indnkeyatts),
        'order', array_to_string(i.indoption::int2[], ' '), 'classes', array_to_string(i.indclass::oid[], ' '),
        'collations', array_to_string(i.indcollation::oid[], ' '),
        'predicate', pg_get_expr(i.indpred, i.indrelid), 'expressions', i.indexprs is not null,
        'definition', pg_get_indexdef(i.indexrelid), 'storage', x.relfilenode::bigint,
        -- By the table: there is no index on conindid.
        'constraint', (select k.oid::bigint from pg_constraint k
          where k.conrelid = i.indrelid and k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x') limit 1),
        'parent', (select h.inhparent::bigint from pg_inherits h where h.inhrelid = i.indexrelid),
        'partitioned', x.relkind = 'I') order by i.indrelid, i.indexrelid)
      from pg_index i join pg_class x on x.oid = i.indexrelid join pg_am am on am.oid = x.relam
      join pg_namespace n on n.oid = x.relnamespace
      where i.indrelid = any(wanted)),
    'triggers', (
      select json_agg(json_build_object(
        'id', g.oid::bigint, 'table', g.tgrelid::bigint, 'name', g.tgname, 'enabled', g.tgenabled,
        'function', g.tgfoid::bigint, 'definition', d.definition,
        -- What stands between the names of the trigger, of its table and of its function.
        'fires', replace(regexp_replace(substr(d.definition, strpos(d.definition, ' TRIGGER ' || quote_ident(g.tgname))
          + length(' TRIGGER ' || quote_ident(g.tgname)) + 1), ' EXECUTE (FUNCTION|PROCEDURE) .*$', ''),
          format(' ON %I.%I', n.nspname, c.relname), ''),
        -- The condition as the server keeps it has columns by number, and where they stood in the text.
        'firing', concat_ws(' ', g.tgtype, g.tgattr::text, g.tgdeferrable, g.tginitdeferred, g.tgoldtable, g.tgnewtable,
          encode(g.tgargs, 'hex'), regexp_replace(g.tgqual::text, ':location -?[0-9]+', '', 'g')))
        order by g.tgrelid, g.oid)
      from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace,
        lateral (select pg_get_triggerdef(g.oid)) d (definition)
      where g.tgrelid = any(wanted) and not g.tgisinternal),
    -- DISABLE TRIGGER ALL also switches off the triggers that enforce foreign keys.
    'disabledInternal', (
      select json_agg(distinct g.tgrelid::bigint) from pg_trigger g
      where g.tgrelid = any(wanted) and g.tgisinternal and g.tgenabled = 'D'),
    'policies', (
      select json_agg(json_build_object(
        'id', p.oid::bigint, 'table', p.polrelid::bigint, 'name', p.polname, 'command', p.polcmd,
        'permissive', p.polpermissive,
        'roles', (select json_agg(case when r = 0 then 'PUBLIC' else pg_get_userbyid(r) end order by r)
          from unnest(p.polroles) r),
        'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
        order by p.polrelid, p.oid)
      from pg_policy p where p.polrelid = any(wanted)))::text;
end $$;

-- Runs an INSERT of one generated row: 'first' when the table was empty, 'further' when not, 'refused' when the server
-- refuses the row; with the rights of who calls it.
create function drydock.plant(relation text, command text) returns text language plpgsql as $$
declare
  had_rows boolean;
begin
  execute 'select exists (select from ' || relation || ')' into had_rows;
  execute command;
  return case when had_rows then 'further' else 'first' end;
exception when others then
  return 'refused';
end $$;

-- What DISABLE and ENABLE TRIGGER ALL do to the server's own triggers, which only a superuser may: writes to the catalog
-- what the statement would, for a table of the caller's.
create function drydock.switch_triggers(relation oid, state "char") returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  tables oid[];
begin
  if not exists (select from pg_class where oid = relation and pg_has_role(session_user, relowner, 'usage')) then
    raise exception using errcode = 'insufficient_privilege', message = 'must be owner of the table';
  end if;
  select array_agg(relid) into tables from (
    select relation union select p.relid from pg_partition_tree(relation) p) of_table (relid);
  update pg_trigger set tgenabled = state where tgrelid = any(tables) and tgisinternal;
  -- Sessions keep a table's triggers in memory until its own row changes.
  update pg_class set relhastriggers = relhastriggers where oid = any(tables);
end $$;

-- What makes an empty publication one FOR ALL TABLES, which only a superuser may: writes to the catalog what the statement
-- would, for a publication of the caller's.
create function drydock.publish_all_tables(publication text) returns void language sql security definer
set search_path = pg_catalog, pg_temp as $$
  update pg_publication set puballtables = true
  where pubname = (parse_ident(publication))[1] and pg_has_role(session_user, pubowner, 'usage')
$$;

-- The same for one FOR TABLES IN SCHEMA, which PostgreSQL 15 and newer have.
create function drydock.publish_schemas(publication text, schemas text[]) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  published oid;
  namespace oid;
  member oid;
  schema text;
begin
  select p.oid into published from pg_publication p
  where p.pubname = (parse_ident(publication))[1] and pg_has_role(session_user, p.pubowner, 'usage');
  foreach schema in array schemas loop
    select n.oid into namespace from pg_namespace n where n.nspname = (parse_ident(schema))[1];
    if namespace is null then
      raise exception using errcode = 'invalid_schema_name', message = format('schema "%s" does not exist', schema);
    end if;
    insert into pg_publication_namespace (oid, pnpubid, pnnspid)
    values (
      pg_nextoid('pg_publication_namespace', 'oid', 'pg_publication_namespace_oid_index'), published, namespace)
    returning oid into member;
    insert into pg_depend (classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype)
    select 'pg_publication_namespace'::regclass, member, 0, on_.classid, on_.objid, 0, 'a'
    from (values ('pg_publication'::regclass, published), ('pg_namespace'::regclass, namespace)) on_ (classid, objid);
  end loop;
end $$;

-- Of a view on a foreign table the wrapper's handler is asked, which there may be none of.
create function drydock.writable(view oid) returns boolean language plpgsql stable set search_path = pg_catalog as $$
begin
  return pg_relation_is_updatable(view, true) & 28 = 28;
exception when others then
  return false;
end $$;

-- Deletes generated rows with the rights of who calls it; what stands in the way is left alone: a deferred key, too, is
-- to say so here and not at the end, where it would be an error.
create function drydock.uproot(relation pg_catalog.regclass, condition text) returns void language plpgsql as $$
begin
  set constraints all immediate;
  -- Rows of inheritance children are their own; those of partitions are the table's.
  execute 'delete from '
    || case (select relkind from pg_catalog.pg_class where oid = relation) when 'p' then '' else 'only ' end
    || relation || ' where ' || condition;
exception when others then
  null;
end $$;

-- How to look for names where a function is before anywhere else, as who made it may have; null for one that says itself
-- where to look, and for one that is where everybody looks.
create function drydock.own_path(routine pg_catalog.pg_proc) returns text language sql stable set search_path = pg_catalog as $$
  select format('select pg_catalog.set_config(%L, %L, true)', 'search_path', quote_ident(n.nspname) || ', public')
  from pg_namespace n
  where n.oid = (routine).pronamespace and n.nspname <> 'public'
    and not exists (select from unnest((routine).proconfig) s where s like 'search\_path=%')
$$;

-- How to have the server go through functions: an SQL function is read by its validator under its own settings, any
-- other is called, with nulls and with a value of each type; so is an SQL function with ON CONFLICT, whose key the server
-- looks for when it plans. What it returns stays on the server: it may be large.
create function drydock.calls(functions oid[])
returns table (oid bigint, how text, settings text[], path text, calls text[])
language sql stable set search_path = pg_catalog as $$
  select p.oid::bigint, tried.how,
    array(select format('select set_config(%L, %L, true)', split_part(s, '=', 1), substr(s, strpos(s, '=') + 1))
      from unnest(p.proconfig) s),
    drydock.own_path(p),
    case when tried.how = 'read' then array[format('select pg_catalog.fmgr_sql_validator(%s)', p.oid)]
    else array(
      select distinct format(case p.prokind when 'p' then 'call %I.%I(%s)' else 'select %I.%I(%s) is null limit 1' end,
        n.nspname, p.proname, arguments)
      from generate_series(case when p.proisstrict and p.pronargs > 0 then 2 else 1 end, 2) way, lateral (
        select string_agg(
          case when p.provariadic <> 0 and a.i = cardinality(p.proargtypes::oid[]) then 'variadic ' else '' end
          || coalesce(case way when 2 then quote_literal(
            case
              when t.typtype = 'e' then (select e.enumlabel from pg_enum e where e.enumtypid = t.oid
                order by e.enumsortorder limit 1)
              when t.typname = 'uuid' then '00000000-0000-4000-8000-000000019937'
              when t.typname in ('json', 'jsonb') then '{}'
              else case t.typcategory
                when 'N' then '1' when 'S' then 'drydock' when 'B' then 'true' when 'D' then '2001-02-03 04:05:06'
                when 'T' then '1 day' when 'A' then '{}' when 'I' then '192.0.2.1' end
            end) end, 'null') || '::' || format_type(t.oid, null), ', ' order by a.i)
        from unnest(p.proargtypes::oid[]) with ordinality a (type, i) join pg_type t on t.oid = a.type
      ) call (arguments))
    end
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang,
    unnest(case when l.lanname <> 'sql' then array['called'] when p.prosrc ~* '\mon\s+conflict\M' then array['read', 'called']
      else array['read'] end) tried (how)
  where p.oid = any(functions) and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    and not exists (select from unnest(p.proargtypes::oid[]) a join pg_type t on t.oid = a where t.typtype = 'p')
  union all
  -- For each argument the function again, with another name for it: refused as long as the text means it by its name.
  select p.oid::bigint, 'without ' || p.proargnames[named.i],
    array(select format('select set_config(%L, %L, true)', split_part(s, '=', 1), substr(s, strpos(s, '=') + 1))
      from unnest(p.proconfig) s),
    drydock.own_path(p),
    array[format('create function pg_temp.drydock_trial(%s) returns %s language sql as %L', (
      select string_agg(format('%s %I %s', case p.proargmodes[a.i] when 'o' then 'out' when 'b' then 'inout' else '' end,
        case when a.i = named.i then 'drydock_argument' else
        coalesce(nullif(p.proargnames[a.i], ''), 'drydock_argument_' || a.i) end, format_type(a.type, null)), ', ' order by a.i)
      from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality a (type, i)
      where coalesce(p.proargmodes[a.i], 'i') <> 't'),
      pg_get_function_result(p.oid), p.prosrc)]
  from pg_proc p join pg_language l on l.oid = p.prolang,
    generate_series(1, coalesce(cardinality(p.proallargtypes), p.pronargs)) named (i)
  where p.oid = any(functions) and l.lanname = 'sql' and p.prokind = 'f' and p.provariadic = 0
    and to_jsonb(p) ->> 'prosqlbody' is null and p.proargnames[named.i] <> ''
    and coalesce(p.proargmodes[named.i], 'i') in ('i', 'b')
    and not exists (select from unnest(p.proargtypes::oid[]) a join pg_type t on t.oid = a where t.typtype = 'p')
  order by 1, 2 desc
$$;

-- The superusers that production has, of which some are none when pending migrations run: its text is put in then. A
-- function, because to read a table would be a lock of the session that is watched.
create function drydock.superusers() returns name[] language sql stable set search_path = pg_catalog as $$
  select '{}'::name[]
$$;

-- What does not hang on a table: schemas, types, functions, extensions, publications, roles and default privileges. Of
-- types and functions those that are wanted; all where that is null.
create function drydock.others(wanted bigint[]) returns text language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set quote_all_identifiers = off set timezone = 'UTC' set datestyle = 'ISO, MDY' set intervalstyle = postgres
set bytea_output = hex set extra_float_digits = 1 as $$
begin
  return json_build_object(
    'schemas', (
      select json_agg(json_build_object('id', n.oid::bigint, 'name', n.nspname, 'owner', pg_get_userbyid(n.nspowner),
        'searches', (
          select json_agg(json_build_object('name', s.cfgname, 'dictionaries', (
            select json_agg(distinct d.dictname)
            from pg_ts_config_map m join pg_ts_dict d on d.oid = m.mapdict where m.mapcfg = s.oid)) order by s.oid)
          from pg_ts_config s where s.cfgnamespace = n.oid),
        'grants', (
          select json_agg(json_build_array(
            case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee) end, g.privilege_type)
            order by g.grantee, g.privilege_type)
          from aclexplode(n.nspacl) g where g.grantee <> n.nspowner)) order by n.oid)
      from pg_namespace n
      where n.nspname <> 'information_schema' and n.nspname <> 'drydock' and n.nspname !~ '^pg_'),
    'types', (
      select json_agg(json_build_object('id', t.oid::bigint, 'schema', n.nspname, 'name', t.typname, 'kind', t.typtype,
        'labels', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
        'baseType', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
        'notNull', t.typnotnull, 'default', t.typdefault,
        'constraints', (select json_agg(json_build_object('id', k.oid::bigint, 'name', k.conname,
          'type', k.contype, 'validated', k.convalidated, 'definition', pg_get_constraintdef(k.oid)) order by k.oid)
          from pg_constraint k where k.contypid = t.oid and k.contype = 'c'),
        'attributes', (select json_agg(json_build_object('number', a.attnum, 'name', a.attname,
          'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
          from pg_attribute a where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped))
        order by t.oid)
      from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
      where t.oid >= 16384 and (wanted is null or t.oid = any(wanted::oid[])) and t.typtype in ('e', 'd', 'c', 'r') and (t.typrelid = 0 or c.relkind = 'c')
        and n.nspname <> 'information_schema' and n.nspname <> 'drydock' and n.nspname !~ '^pg_'
        and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid
          and d.deptype = 'e')),
    'functions', (
      select json_agg(json_build_object('id', p.oid::bigint, 'schema', n.nspname, 'name', p.proname, 'kind', p.prokind,
        'arguments', pg_get_function_identity_arguments(p.oid),
        -- The columns of a row whose type has no name, as RETURNS TABLE has them anyway.
        'result', pg_get_function_result(p.oid) || coalesce((
          select ' (' || string_agg(concat_ws(' ', p.proargnames[i], format_type(p.proallargtypes[i], null)), ', ' order by i) || ')'
          from generate_series(1, cardinality(p.proallargtypes)) i
          where p.prorettype = 'record'::regtype and p.proargmodes[i] in ('o', 'b')), ''),
        'names', (select json_agg(coalesce(p.proargnames[i], '') order by i)
          from generate_series(1, coalesce(cardinality(p.proallargtypes), p.pronargs)) i
          where coalesce(p.proargmodes[i], 'i') in ('i', 'b', 'v')),
        'types', (select json_agg(format_type(a.type, null) order by a.i)
          from unnest(p.proargtypes::oid[]) with ordinality a (type, i)),
        'required', p.pronargs - p.pronargdefaults,
        'language', l.lanname, 'volatility', p.provolatile, 'securityDefiner', p.prosecdef, 'settings', p.proconfig,
        'body', p.prosrc,
        -- What the server keeps track of, as it does for a body that is no text.
        'uses', (select json_agg(distinct 'function:' || d.refobjid) from pg_depend d
          where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass),
        'owner', pg_get_userbyid(p.proowner),
        -- Where nobody has said anything, everybody may call it.
        'grants', case when p.proacl is null then '[["PUBLIC","EXECUTE"]]'::json else (
          select json_agg(json_build_array(
            case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee) end, g.privilege_type)
            order by g.grantee, g.privilege_type)
          from aclexplode(p.proacl) g where g.grantee <> p.proowner) end) order by p.oid)
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
      where p.oid >= 16384 and (wanted is null or p.oid = any(wanted::oid[])) and n.nspname <> 'information_schema' and n.nspname <> 'drydock' and n.nspname !~ '^pg_'
        -- Nor what comes and goes with a range type: the functions that make its values.
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
          and d.deptype in ('e', 'i'))),
    'extensions', (
      select json_agg(json_build_object('id', e.oid::bigint, 'name', e.extname, 'version', e.extversion,
        'schema', n.nspname) order by e.oid)
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql'),
    'publications', (
      select json_agg(json_build_object('id', p.oid::bigint, 'name', p.pubname, 'everything', p.puballtables,
        'throughRoot', p.pubviaroot, 'updates', p.pubupdate, 'deletes', p.pubdelete,
        -- Before 15 there is no catalog of them.
        'schemas', (select json_agg(s.refobjid::bigint order by s.refobjid)
          from pg_depend d join pg_depend s on s.classid = d.classid and s.objid = d.objid
          where d.refclassid = 'pg_publication'::regclass and d.refobjid = p.oid
            and s.refclassid = 'pg_namespace'::regclass),
        'members', (select json_agg(json_build_object('table', r.prrelid::bigint,
          'columns', (select json_agg(a.attname order by a.attnum) from pg_attribute a
            where a.attrelid = r.prrelid and to_jsonb(a.attnum) <@ (to_jsonb(r) -> 'prattrs')),
          -- The columns that the condition names, as the server keeps it.
          'filter', (select json_agg(a.attname order by a.attnum) from pg_attribute a
            where a.attrelid = r.prrelid
              and to_jsonb(r) ->> 'prqual' ~ (':varattno ' || a.attnum || '\M')),
          -- Wherever it stood in the statement.
          'condition', regexp_replace(to_jsonb(r) ->> 'prqual', ':location -?\d+', '', 'g')) order by r.prrelid)
          from pg_publication_rel r where r.prpubid = p.oid)) order by p.oid)
      from pg_publication p),
    'targets', (
      select json_agg(t.target) from (
        -- Who migrates is lent the roles of the application, and is not told of.
        select json_build_object('kind', 'role', 'id', r.oid::bigint, 'name', r.rolname,
          'login', r.rolcanlogin and r.rolconnlimit <> 0 and coalesce(r.rolvaliduntil > now(), true),
          'password', md5(r.rolpassword),
          -- What is set for the role goes before what is set for the database.
          'searchPath', coalesce((
            select substr(c.setting, 13) from pg_db_role_setting s cross join unnest(s.setconfig) c (setting)
            where c.setting like 'search\_path=%' and s.setrole in (0, r.oid)
              and s.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))
            order by s.setrole <> 0 desc, s.setdatabase <> 0 desc limit 1), '"$user", public'),
          'unlimited', r.rolsuper or r.rolname = session_user or r.rolname = any(drydock.superusers()),
          'unsecured', r.rolname <> session_user
            and (r.rolsuper or r.rolbypassrls or r.rolname = any(drydock.superusers())),
          'grants', (
          select json_agg(json_build_array(u.rolname,
            case when m.admin_option then 'MEMBER WITH ADMIN OPTION' else 'MEMBER' end) order by u.rolname)
          from pg_auth_members m join pg_roles u on u.oid = m.member
          where m.roleid = r.oid and not u.rolsuper and u.rolname <> session_user))
        from pg_authid r where r.oid >= 16384 or exists (select from pg_auth_members m where m.roleid = r.oid)
        union all
        select json_build_object('kind', 'default privileges', 'id', d.oid::bigint,
          'name', format('%s that %s creates%s', case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences'
            when 'f' then 'functions' when 'T' then 'types' when 'n' then 'schemas' else 'objects' end,
            case when pg_get_userbyid(d.defaclrole) = session_user then 'the migrating role'
              else pg_get_userbyid(d.defaclrole) end, ' in ' || n.nspname),
          'grants', (
            select json_agg(json_build_array(
              case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee) end, g.privilege_type)
              order by g.grantee, g.privilege_type)
            from aclexplode(d.defaclacl) g
            where g.grantee <> d.defaclrole
              -- For all schemas they stand in place of the server's own, which they may repeat.
              and (d.defaclnamespace <> 0 or not exists (
                select from aclexplode(acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end,
                  d.defaclrole)) own
                where own.grantee = g.grantee and own.privilege_type = g.privilege_type))))
        from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace) t (target)))::text;
end $$;
