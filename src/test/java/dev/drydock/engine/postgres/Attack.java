package dev.drydock.engine.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something a hostile pull request may try: to get the superuser's rights, at files, at the network
 * or at Drydock's own observation.
 *
 * @param name what is tried
 * @param base what the applied migrations left, besides the table {@code victim}
 * @param pending the hostile migration
 * @param said pattern of what the server says to it; empty when it goes through and is harmless
 */
record Attack(String name, String base, String pending, String said) {
  /** Whichever limit is met first on a busy machine. */
  private static final String FLOODED = "more than 64 MB|ran longer than 3 s";

  private static final String SLEEPS_AT_COMMIT =
      "create function sleep() returns trigger language plpgsql as $$ begin perform"
          + " pg_sleep(1000); return null; end $$;"
          + "create constraint trigger t after insert on victim deferrable initially deferred"
          + " for each row execute function sleep();";

  /** A trap that a superuser has to run into; it makes the migrating role one. */
  private static final String TRAP =
      """
      create function trap() returns boolean language plpgsql as $$
      begin
        if (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
          execute 'alter role postgres superuser';
        end if;
        return true;
      end $$;
      create function trap_trigger() returns trigger language plpgsql as $$
      begin
        perform public.trap();
        return old;
      end $$;
      """;

  static Stream<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    superuser(attacks);
    surroundings(attacks);
    observer(attacks);
    return attacks.stream();
  }

  /** Those that are after the superuser's rights. */
  static Stream<Attack> onRights() {
    List<Attack> attacks = new ArrayList<>();
    superuser(attacks);
    return attacks.stream();
  }

  /** Whether it is one statement on its own whose refusal the attacker does not care about. */
  boolean isAttempt() {
    return base.isEmpty()
        && pending.startsWith("do $attack$")
        && pending.indexOf("$attack$;") > pending.length() - 12;
  }

  @Override
  public String toString() {
    return name;
  }

  /** One statement whose refusal the attacker does not care about. */
  private static Attack refused(String name, String statement, String said) {
    return new Attack(name, "", attempt(statement), said);
  }

  private static String attempt(String statement) {
    return "do $attack$ begin %s; exception when others then raise notice '%%', sqlerrm; end $attack$;\n"
        .formatted(statement);
  }

  private static void superuser(List<Attack> attacks) {
    attacks.addAll(
        List.of(
            refused("alter role", "alter role postgres superuser", "denied|must be (a )?superuser"),
            refused(
                "another superuser", "create role evil superuser", "denied|must be (a )?superuser"),
            refused(
                "session authorization",
                "execute 'set session authorization drydock_root'",
                "denied|must be (a )?superuser"),
            new Attack("reset role", "", "reset role; reset session authorization;", ""),
            new Attack(
                "the superuser's own role, lent on demand",
                "",
                "set role drydock_root; alter role postgres superuser;",
                "denied|must be (a )?superuser"),
            new Attack(
                "a table given to the superuser",
                "",
                "alter table victim owner to drydock_root;",
                "drydock_root"),
            new Attack(
                "a role that runs programs, lent on demand",
                "",
                "set role pg_execute_server_program; copy victim to program 'id';",
                "denied|must be (a )?superuser"),
            new Attack(
                "a role that runs programs, granted",
                "",
                attempt("grant pg_execute_server_program to postgres")
                    + attempt("execute 'copy victim to program ''id'''"),
                "pg_execute_server_program"),
            new Attack(
                "a superuser that the base made",
                "create role boss superuser; grant boss to postgres;",
                "set role boss;" + attempt("alter role postgres superuser"),
                "denied|must be (a )?superuser"),
            new Attack(
                "a role that the base lets run programs",
                "create role etl; grant pg_execute_server_program to etl; grant etl to postgres;",
                "set role etl;" + attempt("execute 'copy victim to program ''id'''"),
                "denied|must be superuser"),
            new Attack(
                "a function of the base with its owner's rights",
                "create function do_it(command text) returns void language plpgsql security definer as"
                    + " $$ begin execute command; end $$;",
                attempt("perform do_it('alter role postgres superuser')"),
                "denied|must be (a )?superuser"),
            new Attack(
                "an event trigger of the base, filled anew",
                "create function on_ddl() returns event_trigger language plpgsql as $$ begin end $$;"
                    + "create event trigger on_ddl on ddl_command_start execute function on_ddl();"
                    + "alter event trigger on_ddl enable always;",
                TRAP
                    + "create or replace function on_ddl() returns event_trigger language plpgsql as"
                    + " $$ begin perform public.trap(); end $$;"
                    + "grant select on victim to somebody_new;",
                ""),
            new Attack(
                "an event trigger of the base, during the script of an extension",
                "create function on_ddl() returns event_trigger language plpgsql as $$ begin end $$;"
                    + "create event trigger on_ddl on ddl_command_end execute function on_ddl();"
                    + "alter event trigger on_ddl enable always;",
                TRAP
                    + "create or replace function on_ddl() returns event_trigger language plpgsql as"
                    + " $$ begin perform public.trap(); end $$;"
                    + "create extension pg_trgm;"
                    + "alter extension pg_trgm update to '1.6';",
                ""),
            new Attack(
                "an operator that the script of a stand-in finds in its schema",
                "",
                TRAP
                    + "create schema evil;"
                    + "create function evil.same(oid, regnamespace) returns boolean language plpgsql as"
                    + " $$ begin return public.trap() and $1 = $2::oid; end $$;"
                    + "create operator evil.= (leftarg = oid, rightarg = regnamespace, function ="
                    + " evil.same);"
                    + "create function evil.unnest(text[]) returns setof text language plpgsql as"
                    + " $$ begin perform public.trap(); return query select"
                    + " pg_catalog.unnest($1); end $$;"
                    + "create extension postgis schema evil;",
                ""),
            new Attack(
                "a function that the script of a stand-in finds in its schema",
                "",
                TRAP
                    + "create schema evil;"
                    + "create function evil.format(text, text, text) returns text language plpgsql as"
                    + " $$ begin perform public.trap(); return pg_catalog.format($1, $2, $3); end $$;"
                    + "create extension wrappers schema evil;",
                ""),
            new Attack(
                "a trigger on a generated row",
                "",
                TRAP
                    + "create trigger t before delete on victim for each row execute function"
                    + " trap_trigger();"
                    + "alter table victim enable always trigger t;"
                    + "create constraint trigger u after delete on victim deferrable initially"
                    + " deferred for each row execute function trap_trigger();"
                    + "alter table victim enable always trigger u;"
                    + "alter table victim add column x integer not null;",
                ""),
            new Attack(
                "a temporary catalog",
                "",
                TRAP
                    + "create temp view pg_class as select * from pg_catalog.pg_class where"
                    + " public.trap();"
                    + "create temp view pg_locks as select * from pg_catalog.pg_locks where"
                    + " public.trap();"
                    + "alter table victim add column x integer;",
                ""),
            new Attack(
                "operators that fit better than the server's",
                "",
                TRAP
                    + "create function public.above(oid, integer) returns boolean language sql as"
                    + " 'select public.trap()';"
                    + "create operator public.>= (leftarg = oid, rightarg = integer, function ="
                    + " public.above);"
                    + "alter table victim add column x integer;"
                    + "create index concurrently i on victim (n);",
                ""),
            new Attack(
                "settings for whoever connects",
                "",
                "do $$ begin"
                    + " execute format('alter database %I set search_path = public, pg_catalog',"
                    + " current_database());"
                    + " execute format('alter database %I set role = postgres', current_database());"
                    + " execute format('alter database %I set default_transaction_read_only = on',"
                    + " current_database());"
                    + " execute format('alter database %I set statement_timeout = 1',"
                    + " current_database());"
                    + " execute format('alter database %I set idle_session_timeout = 1',"
                    + " current_database());"
                    + " execute format('alter database %I set idle_in_transaction_session_timeout ="
                    + " 1', current_database());"
                    + " execute format('alter database %I set local_preload_libraries = missing',"
                    + " current_database()); end $$;"
                    + "create index concurrently i on victim (n);",
                "")));
  }

  private static void surroundings(List<Attack> attacks) {
    attacks.addAll(
        List.of(
            refused(
                "a program",
                "execute 'copy victim to program ''id'''",
                "denied|must be (a )?superuser"),
            refused(
                "a file",
                "execute 'copy victim from ''/etc/passwd'''",
                "denied|must be (a )?superuser"),
            refused(
                "a file, by function",
                "perform pg_read_file('PG_VERSION')",
                "denied|must be (a )?superuser"),
            refused("a directory", "perform pg_ls_dir('.')", "denied|must be (a )?superuser"),
            refused(
                "a large object from a file",
                "perform lo_import('/etc/passwd')",
                "denied|must be (a )?superuser"),
            refused(
                "a large object to a file",
                "perform lo_export(1, '/tmp/x')",
                "denied|must be (a )?superuser"),
            refused("file_fdw", "create extension file_fdw", "denied|must be (a )?superuser"),
            refused("dblink", "create extension dblink", "denied|must be (a )?superuser"),
            refused(
                "a function in C",
                "create function c() returns int language c as 'x'",
                "denied|must be (a )?superuser"),
            refused("a library", "execute 'load ''dblink'''", "not allowed"),
            refused("a server setting", "execute 'alter system set fsync = on'", ""),
            new Attack(
                "dblink without a password, from the base",
                "create extension dblink;",
                attempt("perform dblink_connect_u('host=/tmp user=drydock_root')"),
                "denied|must be (a )?superuser"),
            new Attack(
                "postgres_fdw to the network",
                "",
                "create extension postgres_fdw;"
                    + attempt(
                        "create server s foreign data wrapper postgres_fdw options (host '192.0.2.1')"),
                "denied|must be (a )?superuser"),
            refused(
                "a subscription",
                "create subscription s connection 'host=192.0.2.1' publication p with (connect = false)",
                "")));
  }

  private static void observer(List<Attack> attacks) {
    attacks.addAll(
        List.of(
            refused("its schema", "drop schema drydock cascade", "must be owner"),
            refused("its trigger", "alter event trigger drydock_drop disable", "must be owner"),
            refused("its functions", "drop function drydock.probe(oid[]) cascade", "must be owner"),
            refused(
                "one of its own beside",
                "create table drydock.x (n int)",
                "denied|must be (a )?superuser"),
            refused("no event triggers", "set event_triggers = off", ""),
            new Attack(
                "replica role and silence",
                "",
                attempt("set session_replication_role = replica")
                    + "set client_min_messages = error;",
                ""),
            refused(
                "its session",
                "perform pg_terminate_backend(pid) from pg_stat_activity where usename ="
                    + " 'drydock_root'",
                "denied|must be (a )?superuser"),
            refused(
                "the catalog, locked",
                "lock table pg_catalog.pg_class",
                "denied|must be (a )?superuser"),
            refused(
                "the catalog, changed",
                "delete from pg_catalog.pg_event_trigger",
                "denied|must be (a )?superuser"),
            refused("the database", "execute 'drop database template1'", ""),
            refused("its role", "drop role drydock_root", ""),
            refused(
                "everything of its", "drop owned by drydock_root", "denied|must be (a )?superuser"),
            new Attack(
                "a report of its own",
                "",
                "do $$ begin raise notice using message = 'DRYDOCK', detail = 'no JSON'; end $$;"
                    + "create schema \"drydock.on_drop()\";"
                    + "create function \"drydock.on_drop\"() returns void language plpgsql as"
                    + " $$ begin raise notice using message = 'DRYDOCK', detail = '{'; end $$;"
                    + "select \"drydock.on_drop\"();",
                "DRYDOCK"),
            new Attack(
                "a prepared transaction",
                "",
                "begin; lock table victim; prepare transaction 'x';",
                "prepared transactions are disabled"),
            new Attack(
                "notices without end",
                "",
                "do $$ begin loop raise notice '%', repeat('x', 1000000); end loop; end $$;",
                FLOODED),
            new Attack(
                "notices that are long",
                "",
                "do $$ begin for i in 1..40 loop raise notice '%', repeat('x', 1000000); end loop;"
                    + " end $$;",
                "xxx…"),
            new Attack(
                "notifications without end",
                "",
                "listen x; do $$ begin for i in 1..20000 loop perform pg_notify('x', i ||"
                    + " repeat('x', 7000)); end loop; end $$;",
                FLOODED),
            new Attack(
                "an error of a hundred megabytes",
                "",
                "do $$ begin raise exception '%', repeat('x', 100000000); end $$;",
                FLOODED),
            new Attack(
                "a long error",
                "",
                "do $$ begin raise exception '%', repeat('x', 100000); end $$;",
                "xxx…"),
            new Attack("a sleep", "", "select pg_sleep(1000);", "ran longer than 3 s"),
            new Attack(
                "a sleep that the commit waits for",
                "",
                SLEEPS_AT_COMMIT + "insert into victim values (1, 1);",
                "ran longer than 3 s"),
            new Attack(
                "a sleep that the commit of several statements waits for",
                "",
                SLEEPS_AT_COMMIT + "begin; insert into victim values (1, 1); select 1; commit;",
                "ran longer than 3 s"),
            new Attack(
                "a loop that catches everything",
                "",
                "do $$ begin loop begin perform pg_sleep(1000); exception when others or"
                    + " query_canceled then null; end; end loop; end $$;",
                "ran longer than 3 s"),
            new Attack(
                "all memory",
                "",
                "set work_mem = '2000GB'; select length(string_agg(repeat('x', 100000), '')) from"
                    + " generate_series(1, 100000);",
                "memory|ran longer than 3 s"),
            new Attack(
                "recursion",
                "",
                "create function f() returns void language plpgsql as $$ begin perform f(); end $$;"
                    + " select f();",
                "stack depth"),
            new Attack(
                "commits inside a procedure",
                "",
                "create procedure p() language plpgsql as $$ begin create index j on victim (n);"
                    + " commit; alter table victim alter n type bigint; commit; end $$; call p();",
                "")));
  }
}
