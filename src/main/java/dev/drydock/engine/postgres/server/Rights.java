package dev.drydock.engine.postgres.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the migrating role may do: everything while applied migrations run, and what an owner of
 * everything may do once pending ones do.
 *
 * <p>All of it is done from another database, or by writing to catalogs, so that nothing a
 * migration made can run with the superuser's rights.
 */
public final class Rights {
  /**
   * An applied migration may have made itself a way back: other superusers, and roles that read and
   * run what lies around the server.
   */
  private static final String WAYS_BACK =
      """
      do $$
      declare
        found record;
      begin
        for found in select rolname from pg_roles r where rolsuper and (%3$s) loop
          execute format('alter role %%I nosuperuser', found.rolname);
        end loop;
        for found in
          select g.rolname as given, m.rolname as member
          from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
          where (g.rolsuper or g.rolname in ('pg_read_server_files', 'pg_write_server_files',
              'pg_execute_server_program', 'pg_create_subscription'))
            and (m.rolname = %1$s or m.oid in (select r.oid from pg_roles r where (%3$s)))
        loop
          execute format('revoke %%I from %%I', found.given, found.member);
        end loop;
      end $$
      """;

  /** In production who migrates can act for the roles the application uses. */
  private static final String LENT =
      """
      do $$
      declare
        found record;
      begin
        for found in
          select rolname from pg_roles r
          where not rolsuper and (%3$s) and not pg_has_role(r.oid, %1$s, 'member')
        loop
          execute format('grant %%I to %%I with admin option', found.rolname, %1$s);
        end loop;
      end $$
      """;

  /**
   * From PostgreSQL 16 on a membership is its grantor's to take back, and what a superuser grants
   * is granted by the one that initdb made. In production the one who migrates made it.
   */
  private static final String MEMBERSHIPS =
      """
      update pg_catalog.pg_auth_members a
      set grantor = %1$s::regrole
      where a.grantor = 10 and a.member <> %1$s::regrole
        and a.roleid in (select r.oid from pg_roles r where not rolsuper and (%3$s))
        and not exists (select from pg_auth_members other
          where other.roleid = a.roleid and other.member = a.member and other.grantor = %1$s::regrole)
      """;

  /**
   * A migration that ran as superuser owns the functions in C of the extensions it made, also those
   * that trust their caller to be one.
   */
  private static final String MACHINE_CODE =
      """
      update pg_catalog.pg_proc p
      set proowner = %2$s::regrole,
        proacl = case when proacl is null
          or exists (select from aclexplode(proacl) g where g.grantee = 0) then null
          else array[makeaclitem(%2$s::regrole::oid, %2$s::regrole::oid, 'EXECUTE', false)] end
      from pg_catalog.pg_language l
      where l.oid = p.prolang and l.lanname in ('c', 'internal') and p.oid >= 16384
      """;

  /** Whom the applied migrations made a superuser, before that is taken back. */
  private static final String SUPERUSERS =
      """
      update pg_catalog.pg_proc p
      set prosrc = format('select %L::name[]', array(select rolname from pg_roles where rolsuper))
      where p.oid = 'drydock.superusers()'::regprocedure
      """;

  /** The relations there are have lower numbers than those that are made from now on. */
  private static final String FIRST_PENDING =
      """
      update pg_catalog.pg_proc p
      set prosrc = format('select %s::bigint', (select max(oid)::bigint + 1 from pg_class))
      where p.oid = 'drydock.first_pending()'::regprocedure
      """;

  private static final String LEFT_ROLES =
      """
      do $$
      declare
        found record;
      begin
        for found in select rolname from pg_roles r where (%3$s) loop
          begin
            execute format('drop role %%I', found.rolname);
          exception when dependent_objects_still_exist then
            -- It owns another database, which goes away with the server.
            null;
          end;
        end loop;
      end $$
      """;

  private Rights() {}

  /**
   * Takes from the migrating role what pending migrations may not, whatever the applied ones left,
   * and has the observer know what those left.
   *
   * @param inside a session of the superuser in the database of the replay
   */
  public static void distrust(Server server, Connection inside) throws SQLException {
    try (Statement statement = inside.createStatement()) {
      statement.execute(SUPERUSERS);
      statement.execute(FIRST_PENDING);
    }
    server.administer(
        List.of(
            Server.trust(server.migrator(), false), named(WAYS_BACK, server), named(LENT, server)));
    try (Statement statement = inside.createStatement()) {
      statement.execute(named(MACHINE_CODE, server));
      if (server.major() >= 16) {
        statement.execute(named(MEMBERSHIPS, server));
      }
    }
  }

  /** Whether the migrating role is a superuser. */
  public static boolean isTrusted(Server server) throws SQLException {
    try (Connection connection = server.connectAdmin("template1")) {
      return Query.row(
              connection, "select from pg_roles where rolsuper and rolname = ?", server.migrator())
          .isPresent();
    }
  }

  /** Whether the migrating role may be made a member of {@code role}. */
  public static boolean mayLend(Connection connection, Server server, String role)
      throws SQLException {
    return Query.row(
            connection,
            "select from pg_roles r where not rolsuper and r.rolname = ? and " + server.madeRoles(),
            role)
        .isPresent();
  }

  /**
   * SQL that takes back what a run left on a server of our own beside its database: roles, and what
   * the migrating role did to itself.
   */
  static List<String> forgetting(Server server) {
    String migrator = Quoted.name(server.migrator());
    List<String> statements = new ArrayList<>();
    statements.add(named(LEFT_ROLES, server));
    statements.add("alter role " + migrator + " login createrole createdb connection limit -1");
    statements.add("alter role " + migrator + " valid until 'infinity'");
    statements.add("alter role " + migrator + " reset all");
    if (server.major() >= 16) {
      statements.add("alter role " + migrator + " set createrole_self_grant = 'set, inherit'");
    }
    return statements;
  }

  private static String named(String sql, Server server) {
    return sql.formatted(
        Quoted.literal(server.migrator()), Quoted.literal(server.admin()), server.madeRoles());
  }
}
