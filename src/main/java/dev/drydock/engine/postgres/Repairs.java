package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.BundledServer;
import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.Rights;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.ServerError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts right what a replay lacks because it is a replay: roles that exist in production and that no
 * migration makes, what such a role may do there, collations, databases and tablespaces by name,
 * and for applied migrations schemas and extensions.
 */
final class Repairs {
  private static final String UNDEFINED_OBJECT = "42704";
  private static final String UNDEFINED_SCHEMA = "3F000";
  private static final Pattern MISSING_SCHEMA =
      Pattern.compile("schema \"([^\"]+)\" does not exist");
  private static final String UNDEFINED_DATABASE = "3D000";
  private static final Pattern MISSING_DATABASE =
      Pattern.compile("database \"([^\"]+)\" does not exist");
  private static final Pattern MISSING_TABLESPACE =
      Pattern.compile("tablespace \"(.+)\" does not exist");
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String RESERVED_NAME = "42939";

  /** The schema that a migration calls a function in, and so that its extension is in. */
  private static final Pattern IN_SCHEMA = Pattern.compile("^function (\\w+)\\.\\w+\\(");

  /** What a file is known by among what was tried, from which statements were left out. */
  private static final String ROWS = "rows for ";

  /** How many files a notice names. */
  private static final int SHOWN = 3;

  private final Server server;
  private final String database;
  private final boolean trusted;
  private final Migrator migrator;

  private final ToolTables toolTables;
  private final Set<String> tried;
  private final List<String> notices;

  /** The migrating role, in a session beside the one that migrates. */
  interface Migrator {
    void run(String sql) throws SQLException;
  }

  /**
   * What was put right so far.
   *
   * @param tried what is not tried again
   * @param notices a sentence each
   */
  record Done(Set<String> tried, List<String> notices) {
    static final Done NOTHING = new Done(Set.of(), List.of());

    Done {
      tried = Set.copyOf(tried);
      notices = List.copyOf(notices);
    }
  }

  /**
   * @param trusted whether the applied migrations run with a superuser's rights
   * @param toolTables the tables that the migration tool keeps
   * @param earlier what an earlier run put right in the database this one begins with
   */
  Repairs(
      Server server,
      String database,
      boolean trusted,
      Migrator migrator,
      ToolTables toolTables,
      Done earlier) {
    this.server = server;
    this.database = database;
    this.trusted = trusted;
    this.migrator = migrator;
    this.toolTables = toolTables;
    this.tried = new HashSet<>(earlier.tried());
    this.notices = new ArrayList<>(earlier.notices());
  }

  Done done() {
    return new Done(tried, notices);
  }

  /** Whether the role was made here, so that nobody knows what it may do in production. */
  boolean made(String role) {
    return SoughtRole.MISSING.stream().anyMatch(state -> tried.contains(state + role));
  }

  /**
   * Whether it was made here, before the migration that makes it.
   *
   * @param kind {@code schema} or {@code extension}
   */
  boolean madeEarly(String kind, String name) {
    return kind.equals("schema") ? madeSchema(name) : tried.contains("extension " + name);
  }

  /** Whether the schema was made here, so that nothing is in it but what migrations make. */
  boolean madeSchema(String schema) {
    return tried.contains("schema \"%s\" does not exist".formatted(schema));
  }

  /** What was put right, a sentence each. */
  List<String> notices() {
    List<String> files =
        tried.stream()
            .filter(what -> what.startsWith(ROWS))
            .map(what -> what.substring(ROWS.length()))
            .sorted()
            .toList();
    if (files.isEmpty()) {
      return List.copyOf(notices);
    }
    List<String> all = new ArrayList<>(notices);
    all.add(
        "rows that only production has are not in the replay, so statements that load or refer to them were left out of %s%s"
            .formatted(
                String.join(", ", files.subList(0, Math.min(files.size(), SHOWN))),
                files.size() > SHOWN ? " and %d more".formatted(files.size() - SHOWN) : ""));
    return all;
  }

  /**
   * Whether a statement of an applied migration failed for want of rows that it refers to, or of a
   * file with rows. It ran in production, where they were, and left the schema as it was.
   */
  boolean wantsRows(dev.drydock.sql.Statement statement, SQLException failure) {
    ServerError error = ServerError.of(failure, statement);
    boolean wants =
        WantedRows.wereWanted(statement, error) || WantedRows.areInFile(statement, error);
    if (wants) {
      tried.add(ROWS + statement.migration().file().path());
    }
    return wants;
  }

  /**
   * Whether a statement of an applied migration failed for the version of an extension that it asks
   * for, and the one that the server has is installed in its place.
   */
  boolean hasOtherVersion(dev.drydock.sql.Statement statement, SQLException failure) {
    Optional<OtherVersion> wanted =
        OtherVersion.wanted(statement, ServerError.of(failure, statement))
            .filter(other -> other.creation().map(this::ran).orElse(true));
    wanted.map(OtherVersion::notice).ifPresent(notices::add);
    return wanted.isPresent();
  }

  /**
   * Puts right what made a statement fail.
   *
   * @return whether it is worth running the statement again
   */
  boolean repair(dev.drydock.sql.Statement statement, SQLException failure) throws SQLException {
    return repair(failure)
        || letOwn(statement, failure)
        || reopen(failure)
        || collate(failure)
        || makeDatabase(failure)
        || makeTablespace(failure);
  }

  /**
   * Puts right what made a statement of an applied migration fail. Production ran it, so what a
   * pending one would be blamed for was there.
   *
   * @return whether it is worth running the statement again
   */
  boolean repairApplied(dev.drydock.sql.Statement statement, SQLException failure)
      throws SQLException {
    return trustAgain(statement, failure)
        || repair(statement, failure)
        || makeSchema(failure)
        || install(statement, failure)
        || makeToolTable(failure);
  }

  /**
   * Makes the migrating role a superuser again where a migration has taken that from it: in
   * production, what came after it ran as another role.
   */
  private boolean trustAgain(dev.drydock.sql.Statement statement, SQLException failure)
      throws SQLException {
    String place = statement.migration().file().path() + ":" + statement.start();
    if (!trusted
        || !INSUFFICIENT_PRIVILEGE.equals(failure.getSQLState())
        || Rights.isTrusted(server)
        || !tried.add("superuser " + place)) {
      return false;
    }
    server.administer(List.of(Server.trust(server.migrator(), true)));
    String notice =
        "a migration takes the rights of a superuser from the role %s, and applied ones after it need them: they ran as a superuser"
            .formatted(server.migrator());
    if (!notices.contains(notice)) {
      notices.add(notice);
    }
    return true;
  }

  /** Makes the tool's own table where an applied migration looks for it. */
  private boolean makeToolTable(SQLException failure) {
    Optional<ToolTables.Sought> table = toolTables.missing(ServerError.words(failure));
    if (table.isEmpty() || !tried.add("table " + table.get().name())) {
      return false;
    }
    if (!ran(table.get().sql())) {
      return false;
    }
    notices.add(
        "table %s, in which the migration tool keeps what it has applied, is named by a migration and was made for the replay"
            .formatted(table.get().name()));
    return true;
  }

  /**
   * Makes the database that rights are given on or a setting is made for, by the name it has in
   * production. That the replay is in another one does not matter to either.
   */
  private boolean makeDatabase(SQLException failure) throws SQLException {
    Matcher missing = MISSING_DATABASE.matcher(ServerError.words(failure));
    if (!UNDEFINED_DATABASE.equals(failure.getSQLState())
        || !missing.find()
        || !(server instanceof BundledServer)
        || !tried.add(missing.group())) {
      return false;
    }
    String name = missing.group(1);
    server.administer(
        List.of(
            "create database %s owner %s"
                .formatted(Quoted.name(name), Quoted.name(server.migrator()))));
    notices.add("database %s does not exist in the replay and was made for it".formatted(name));
    return true;
  }

  /** Makes the tablespace that something is put in. Where its files lie matters to nobody here. */
  private boolean makeTablespace(SQLException failure) throws SQLException {
    Matcher missing = MISSING_TABLESPACE.matcher(ServerError.words(failure));
    if (!UNDEFINED_OBJECT.equals(failure.getSQLState())
        || !missing.find()
        || !(server instanceof BundledServer bundled)
        || !tried.add(missing.group())) {
      return false;
    }
    bundled.makeTablespace(Quoted.name(missing.group(1)));
    notices.add(
        "tablespace %s does not exist in the replay and was made for it"
            .formatted(missing.group(1)));
    return true;
  }

  /** Installs the extension that has what an applied migration found missing. */
  private boolean install(dev.drydock.sql.Statement statement, SQLException failure) {
    Optional<String> extension = ExtensionMembers.extensionOf(ServerError.words(failure));
    if (extension.isEmpty()) {
      return false;
    }
    Optional<CreatedExtension> own = CreatedExtension.in(statement.before(), extension.get());
    // Where the file installs it itself, it is out of sight, and that may fail the second time.
    if (own.filter(created -> !created.ifMissing()).isPresent()
        || !tried.add("extension " + extension.get())) {
      return false;
    }
    Matcher called = IN_SCHEMA.matcher(ServerError.words(failure));
    String schema = called.find() ? " schema " + called.group(1) : "";
    if (!ran("create extension " + Quoted.name(extension.get()) + schema)) {
      // It is there already, out of sight, or the server does not have it.
      return false;
    }
    notices.add(
        own.flatMap(CreatedExtension::schema)
            .map(
                elsewhere ->
                    "extension %s is not found in the schema %s, which a migration puts it into and something else on the search_path: it was installed in public for the replay"
                        .formatted(extension.get(), elsewhere))
            .orElse(
                "extension %s is installed by no migration before the first that needs it, and was installed for the replay"
                    .formatted(extension.get())));
    return true;
  }

  /**
   * Makes a schema that an applied migration works in and found missing. Production has it, and who
   * made it there is the tool's set-up or a person.
   *
   * @return whether it is worth running the statement again
   */
  private boolean makeSchema(SQLException failure) {
    Matcher missing = MISSING_SCHEMA.matcher(ServerError.words(failure));
    if (!UNDEFINED_SCHEMA.equals(failure.getSQLState())
        || !missing.matches()
        || !tried.add(missing.group())) {
      return false;
    }
    if (!ran("create schema " + Quoted.name(missing.group(1)))) {
      return false;
    }
    notices.add(
        "schema %s is made by no migration before the first that names it, and was made for the replay"
            .formatted(missing.group(1)));
    return true;
  }

  private boolean reopen(SQLException failure) {
    Optional<String> schema = OwnSchema.closed(failure);
    if (schema.isEmpty()
        || !tried.add("own rights in " + schema.get())
        || !ran(OwnSchema.reopening(schema.get()))) {
      return false;
    }
    notices.add(
        "the migrating role had lost its rights in the schema %s, which it owns, and got them back for the replay"
            .formatted(schema.get()));
    return true;
  }

  /** Has the migrating role run it, and says whether it could. */
  private boolean ran(String sql) {
    try {
      migrator.run(sql);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private boolean collate(SQLException failure) throws SQLException {
    Optional<Collation> missing = Collation.missing(failure);
    if (missing.isEmpty()
        || !tried.add(missing.get().toString())
        || !missing.get().make(server, database, migrator)) {
      return false;
    }
    notices.add(missing.get().notice());
    return true;
  }

  /** Who gave it to a role of production is seldom in the migrations. */
  private boolean letOwn(dev.drydock.sql.Statement statement, SQLException failure) {
    Optional<NewOwner> barred = NewOwner.barred(statement, failure);
    if (barred.isEmpty() || !tried.add(barred.get().toString()) || !ran(barred.get().grant())) {
      return false;
    }
    notices.add(barred.get().notice());
    return true;
  }

  private boolean repair(SQLException failure) throws SQLException {
    Optional<String> role = SoughtRole.of(failure);
    if (role.isEmpty() || !tried.add(failure.getSQLState() + role.get())) {
      return false;
    }
    String name = Quoted.name(role.get());
    // Roles belong to no database, so none of a migration's triggers can run here.
    try (Connection connection = server.connectAdmin("template1");
        Statement statement = connection.createStatement()) {
      if (SoughtRole.MISSING.contains(failure.getSQLState())) {
        statement.execute("create role " + name);
        if (server.ownRoles().isPresent()) {
          server.ownRoles().get().note(connection, role.get());
        }
        notices.add(
            "role %s does not exist in the replay and was made for it".formatted(role.get()));
      } else if (!Rights.mayLend(connection, server, role.get())) {
        return false;
      }
      statement.execute("grant " + name + " to " + Quoted.name(server.migrator()));
    } catch (SQLException e) {
      // Such as pg_read_all_data before there was one: the server keeps the name to itself.
      if (RESERVED_NAME.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
    // Where the schema is not there or not the migrating role's, the statement tells whether it
    // matters.
    ran("grant create on schema public to " + name);
    return true;
  }
}
