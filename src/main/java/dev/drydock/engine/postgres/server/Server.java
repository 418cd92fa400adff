package dev.drydock.engine.postgres.server;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server that replays run on: one of our own, or one the user named. */
public sealed interface Server extends AutoCloseable permits BundledServer, UserServer {

  /** The version in full, e.g. {@code 17.11}. */
  String version();

  /** The major version. */
  default int major() {
    return major(version());
  }

  /** The major version of {@code version}. */
  static int major(String version) {
    return Integer.parseInt(version.replaceAll("\\D.*", ""));
  }

  /** The superuser that watches. */
  String admin();

  /** The role that migrates. */
  String migrator();

  /**
   * A connection of {@link #admin()}, for prepared statements, on which nothing runs that a
   * migration made. Once a pending migration has run, what is sent over it must not touch the
   * migration's objects but by lock.
   */
  Connection connectAdmin(String database) throws SQLException;

  /** A connection of {@link #migrator()}, which sends statements as psql does. */
  Connection connectMigrator(String database) throws SQLException;

  /**
   * Runs SQL as {@link #admin()} in a database that no migration has been in, so that nothing one
   * made can run with it.
   */
  void administer(List<String> statements) throws SQLException;

  /** To be called before a migration runs that makes a database of its own. */
  default void leaveTemplate() throws SQLException {}

  /**
   * Makes a database that belongs to the migrating role and has the observer in it. From then on
   * that role is a superuser, as for migrations that production ran.
   *
   * @return its name, which may be longer than the one asked for
   */
  String createDatabase(String name) throws SQLException;

  /** Drops a database made by {@link #createDatabase}, whoever is still connected to it. */
  void dropDatabase(String name) throws SQLException;

  /** SQL that makes the migrating role a superuser, or takes that from it. */
  static String trust(String role, boolean trusted) {
    return "alter role %s %s".formatted(Quoted.name(role), trusted ? "superuser" : "nosuperuser");
  }

  /** What tells the roles of the run from those of others; nothing where there are no others. */
  default Optional<OwnRoles> ownRoles() {
    return Optional.empty();
  }

  /** A condition in SQL on {@code r}, a row of pg_roles: that the run made it. */
  String madeRoles();

  /** Bytes that {@code database} and what belongs to it take on disk. */
  long diskUse(String database) throws IOException, SQLException;

  /** To be told that a statement failed because a file could not grow. */
  default void lacksRoom() {}

  boolean isAlive();

  /** Why it ended, in its own words; empty when it did not say. */
  default String lastWords() {
    return "";
  }

  /** Takes back what was to clean up at the end of the JVM; when it is at its end, that does. */
  static void withdraw(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down, and the hook does the same.
      return;
    }
  }

  /** Ends the server at once; on a server of the user's only what Drydock has running there. */
  void kill();

  @Override
  void close();
}
