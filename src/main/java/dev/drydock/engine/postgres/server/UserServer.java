package dev.drydock.engine.postgres.server;

import dev.drydock.replay.ReplayException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A server the user runs. Replays get a database and a role of their own, and both are dropped when
 * the run ends; the database the URL names is only connected to.
 */
public final class UserServer implements Server {
  private static final int RANDOM_BYTES = 6;

  /** Each run has a role of this name and a random number. */
  static final String MIGRATORS = "drydock_migrator_";

  private final ServerAddress address;
  private final String migrator;
  private final String migratorPassword;
  private final String version;
  private final Connection control;
  private final List<String> databases = new ArrayList<>();

  private final OwnRoles roles;
  private final Thread hook = new Thread(this::cleanUp, "drydock-cleanup");

  private UserServer(
      ServerAddress address,
      String migrator,
      String migratorPassword,
      String version,
      Connection control,
      OwnRoles roles) {
    this.address = address;
    this.migrator = migrator;
    this.migratorPassword = migratorPassword;
    this.version = version;
    this.control = control;
    this.roles = roles;
  }

  /**
   * Connects to the server and makes the role that migrates.
   *
   * @throws ReplayException when the server cannot be reached, or the user is no superuser
   */
  public static UserServer connect(ServerAddress address) throws ReplayException {
    String user = address.user();
    try {
      Connection control =
          open(address, address.database(), user, address.password(), "extended", "");
      String version = checked(control, user);
      String random = random();
      String migrator = MIGRATORS + random;
      String migratorPassword = random() + random();
      UserServer server =
          new UserServer(
              address,
              migrator,
              migratorPassword,
              version,
              control,
              OwnRoles.watch(control, migrator));
      // A signal ends the JVM through its hooks, so the hook is there before anything else is.
      Runtime.getRuntime().addShutdownHook(server.hook);
      server.makeMigrator();
      return server;
    } catch (SQLException e) {
      throw new ReplayException(
          "the server %s cannot be used: %s".formatted(address.place(), ServerError.words(e)),
          Optional.empty(),
          "check host, port, user, password, database and parameters of --database, and that the server is up",
          e);
    }
  }

  private synchronized void makeMigrator() throws SQLException {
    administer(
        List.of(
            "create role %s login %s password '%s'"
                .formatted(
                    migrator,
                    // Before 16 it is the right to give oneself any role but a superuser's.
                    Server.major(version) < 16 ? "" : "createrole",
                    migratorPassword)));
    roles.before();
  }

  private static String checked(Connection control, String user)
      throws SQLException, ReplayException {
    try (Statement statement = control.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select rolsuper, current_setting('server_version') from pg_roles where rolname = current_user")) {
      row.next();
      if (!row.getBoolean(1)) {
        control.close();
        throw new ReplayException(
            "the role %s is no superuser, and without one Drydock cannot watch what a migration does"
                .formatted(user),
            "use a superuser of a server that is there for tests, or leave --database out");
      }
      return row.getString(2).split(" ")[0];
    }
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Connection open(
      ServerAddress address,
      String database,
      String user,
      String password,
      String mode,
      String session)
      throws SQLException {
    Properties properties = address.properties(session);
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return PostgresConnections.open(address.place(), database, properties, mode);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String admin() {
    return address.user();
  }

  @Override
  public String migrator() {
    return migrator;
  }

  @Override
  public Connection connectAdmin(String name) throws SQLException {
    return open(
        address,
        name,
        address.user(),
        address.password(),
        "extended",
        PostgresConnections.beside(Server.major(version)));
  }

  @Override
  public Connection connectMigrator(String name) throws SQLException {
    return open(address, name, migrator, migratorPassword, "simple", "");
  }

  /** Other runs may use the same server, so each has names of its own. */
  @Override
  public synchronized String createDatabase(String name) throws SQLException {
    String unique = name + "_" + migrator.substring(MIGRATORS.length());
    administer(List.of("create database " + unique + " owner " + migrator));
    databases.add(unique);
    try (Connection connection = connectAdmin(unique);
        Statement statement = connection.createStatement()) {
      statement.execute(SeedCluster.OBSERVER);
      statement.execute(OwnRoles.FUNCTION);
      SeedCluster.silence(statement);
      statement.execute("alter schema public owner to " + migrator);
    }
    administer(List.of(Server.trust(migrator, true)));
    return unique;
  }

  @Override
  public synchronized void administer(List<String> statements) throws SQLException {
    try (Statement statement = control.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public synchronized void dropDatabase(String name) throws SQLException {
    freeOfWhatStays(name);
    administer(List.of("drop database if exists " + name + " with (force)"));
    databases.remove(name);
  }

  /**
   * Takes away what outlives every session and keeps a database from being dropped. A subscription
   * is taken from the catalogs: what drops it by name can set off a migration's event trigger.
   */
  private void freeOfWhatStays(String name) throws SQLException {
    String here = "(select oid from pg_catalog.pg_database where datname = '%s')".formatted(name);
    administer(
        List.of(
            """
            delete from pg_catalog.pg_shdepend d using pg_catalog.pg_subscription s
            where d.classid = 'pg_catalog.pg_subscription'::pg_catalog.regclass and d.objid = s.oid
              and s.subdbid = %s
            """
                .formatted(here),
            "delete from pg_catalog.pg_subscription where subdbid = " + here,
            """
            select pg_catalog.pg_drop_replication_slot(slot_name) from pg_catalog.pg_replication_slots
            where database = '%s' and not active
            """
                .formatted(name)));
    List<String> prepared = new ArrayList<>();
    try (Statement statement = control.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select gid from pg_catalog.pg_prepared_xacts where database = '%s'"
                    .formatted(name))) {
      while (rows.next()) {
        prepared.add("rollback prepared " + Quoted.literal(rows.getString(1)));
      }
    }
    if (!prepared.isEmpty()) {
      try (Connection inside = connectAdmin(name);
          Statement statement = inside.createStatement()) {
        for (String rollback : prepared) {
          statement.execute(rollback);
        }
      }
    }
  }

  @Override
  public Optional<OwnRoles> ownRoles() {
    return Optional.of(roles);
  }

  @Override
  public String madeRoles() {
    return roles.condition();
  }

  @Override
  public synchronized long diskUse(String name) throws SQLException {
    return Query.value(
            control, "select pg_database_size(oid) from pg_database where datname = ?", name)
        .map(Long::valueOf)
        .orElse(0L);
  }

  @Override
  public boolean isAlive() {
    try {
      return control.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public synchronized void kill() {
    try (Statement statement = control.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
              + migrator
              + "'");
    } catch (SQLException e) {
      // It is gone already.
      return;
    }
  }

  private synchronized void cleanUp() {
    try {
      for (String name : List.copyOf(databases)) {
        dropDatabase(name);
      }
      try (Statement statement = control.createStatement()) {
        roles.drop();
        statement.execute("drop role if exists " + migrator);
      }
      control.close();
    } catch (SQLException e) {
      // The server is gone or keeps them for a reason of its own; there is nobody left to tell.
      return;
    }
  }

  @Override
  public void close() {
    cleanUp();
    Server.withdraw(hook);
  }
}
