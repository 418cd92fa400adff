package dev.drydock.engine.postgres.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The roles that came from this run, on a server that others make roles on at the same time.
 *
 * <p>Roles belong to the whole server, and it does not say who made one. A transaction that has not
 * ended can: of the roles it sees, only those it wrote itself are of a transaction in progress. So
 * it is asked before it commits, and a role nobody could ask about is taken for another's.
 */
public final class OwnRoles {
  /** Asks the transaction it runs in, whatever role that has taken on. */
  public static final String QUESTION = "select drydock.roles_written()";

  /** SQL that makes what {@link #QUESTION} calls. */
  static final String FUNCTION =
      """
      create function drydock.roles_written() returns text language plpgsql security definer
      set search_path = pg_catalog, pg_temp as $$
      declare
        own bigint := pg_current_xact_id_if_assigned()::text::bigint;
        written text[] := '{}';
        role record;
      begin
        -- A subtransaction has a number after that of its transaction. A row keeps 32 bits of it, which may also be
        -- those of a number that is long out of use.
        for role in
          select a.oid, (a.xmin::text::bigint - own) & 4294967295 as further from pg_authid a
          where a.xmin::text::bigint >= 3
        loop
          begin
            if pg_xact_status((own + role.further)::text::xid8) = 'in progress' then
              written := written || role.oid::text;
            end if;
          exception when invalid_parameter_value then
            -- It is none that was used yet.
            null;
          end;
        end loop;
        return array_to_string(written, ' ');
      end $$
      """;

  private static final Pattern SPACE = Pattern.compile(" ");

  private final Connection control;
  private final String migrator;

  /** Made by this run, by their numbers: a name may change hands. */
  private final Set<Long> made = new TreeSet<>();

  private final Set<Long> atFirst;
  private Set<Long> there;

  /** Roles that an applied migration let roles of the run give to others. */
  private Set<Long> given = Set.of();

  private List<String> unclear = List.of();

  private OwnRoles(Connection control, String migrator, Set<Long> atFirst) {
    this.control = control;
    this.migrator = migrator;
    this.atFirst = atFirst;
    this.there = atFirst;
  }

  /**
   * @param control a session of the superuser, which stays the caller's
   * @param migrator the role that migrates, which may be made afterwards
   */
  static OwnRoles watch(Connection control, String migrator) throws SQLException {
    return new OwnRoles(control, migrator, numbers(control, "true"));
  }

  /** To be called before SQL that may make roles: of those that are there it makes none. */
  public synchronized void before() throws SQLException {
    there = numbers(control, "true");
  }

  /** Runs a script that is one transaction, and takes note of the roles it makes. */
  public void run(MigratingSession session, String script) throws SQLException {
    before();
    note(session.ask(script + "\n;\n" + QUESTION));
  }

  /**
   * Takes note of roles.
   *
   * @param answer to {@link #QUESTION}
   */
  public synchronized void note(String answer) {
    SPACE
        .splitAsStream(answer)
        .filter(number -> !number.isEmpty())
        .map(Long::valueOf)
        .filter(number -> !there.contains(number))
        .forEach(made::add);
  }

  /** Takes note of a role that was made for the run. */
  public synchronized void note(Connection connection, String role) throws SQLException {
    made.addAll(numbers(connection, "r.rolname = " + Quoted.literal(role)));
  }

  /**
   * To be called when the applied migrations have run, or failed to.
   *
   * @param mayHaveMade whether any of them speaks of roles
   */
  public synchronized void afterApplied(boolean mayHaveMade) {
    try {
      given = numbers(control, given());
      if (mayHaveMade) {
        unclear =
            names(
                "r.rolname not like '%s%%' and not (%s)"
                    .formatted(UserServer.MIGRATORS, condition()),
                atFirst);
      }
    } catch (SQLException e) {
      // The server is gone; whoever asks it something next is told.
      return;
    }
  }

  /** A sentence on each role of which nothing shows that the run made it. */
  public synchronized List<String> notices() {
    return unclear.stream()
        .map(
            "role %s came while the applied migrations ran, and nothing shows that one of them made it: it is left as it is"
                ::formatted)
        .toList();
  }

  /** A condition in SQL on {@code r}, a row of pg_roles: that the run made it. */
  synchronized String condition() {
    return made.isEmpty()
        ? "false"
        : "r.oid in (%s)"
            .formatted(made.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  /** Drops them all, and those that a pending migration made. */
  synchronized void drop() throws SQLException {
    made.addAll(madeByPending());
    // One may hang on another, so those that stay are tried again.
    for (int attempt = 0; attempt < 2; attempt++) {
      for (String role : names(condition(), Set.of())) {
        dropIfPossible(role);
      }
    }
  }

  private void dropIfPossible(String role) {
    try (Statement statement = control.createStatement()) {
      statement.execute("drop role if exists " + Quoted.name(role));
    } catch (SQLException e) {
      // The user's server has a reason to keep it.
      return;
    }
  }

  /** Before 16 a pending migration makes none, and from then on it is given what it makes. */
  private Set<Long> madeByPending() throws SQLException {
    Set<Long> roles = numbers(control, given());
    roles.removeAll(given);
    roles.removeAll(atFirst);
    return roles;
  }

  /** What the server gives to a role that makes another and is no superuser. */
  private String given() {
    return """
    exists (select from pg_auth_members m where m.roleid = r.oid and m.admin_option and m.grantor = 10
      and m.member in (select r.oid from pg_roles r where r.rolname = %s or %s))
    """
        .formatted(Quoted.literal(migrator), condition());
  }

  private List<String> names(String condition, Set<Long> without) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = control.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select r.oid, r.rolname from pg_catalog.pg_roles r where "
                    + condition
                    + " order by 2")) {
      while (rows.next()) {
        if (!without.contains(rows.getLong(1))) {
          names.add(rows.getString(2));
        }
      }
    }
    return names;
  }

  private static Set<Long> numbers(Connection connection, String condition) throws SQLException {
    Set<Long> numbers = new HashSet<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select r.oid from pg_catalog.pg_roles r where " + condition);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }
}
