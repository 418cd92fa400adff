package dev.drydock.engine.postgres;

import dev.drydock.sql.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user can do about a migration that fails, where the replay lacks what production has. */
final class Remedies {
  /** The server gives a name with its schema when the statement did. */
  private static final Pattern UNQUALIFIED =
      Pattern.compile(
          "^(?:relation|type) \"([^\".]+)\" does not exist|^function ([\\w$]+)\\(.*\\) does not exist");

  private static final Pattern SETTING =
      Pattern.compile("unrecognized configuration parameter \"([\\w.]+\\.[\\w.]+)\"");

  /** The schema of what is missing, where the statement said it. */
  private static final Pattern QUALIFIED =
      Pattern.compile("^(?:(?:relation|type|function|table) )?\"?(\\w+)\\.|^schema \"(\\w+)\"");

  private static final String MISSING_TABLE = "42P01";
  private static final String MISSING_COLUMN = "42703";

  /** A table, a column, an object of another kind, a function, a schema or a cast is not there. */
  private static final List<String> MISSING =
      List.of(MISSING_TABLE, MISSING_COLUMN, "42704", "42883", "3F000", "42846");

  private static final Pattern ALREADY_THERE =
      Pattern.compile("(schema|extension) \"([^\"]+)\" already exists");

  private static final Pattern OPTION_OF =
      Pattern.compile("^unrecognized parameter namespace \"(\\w+)\"");

  private static final Pattern CALLED_IN =
      Pattern.compile("^function (\\w+)\\.(\\w+)\\(.*\\) does not exist");

  private static final Pattern NOT_NULL =
      Pattern.compile("^constraint \"([^\"]+)_not_null\" (?:of relation|for table) \"([^\"]+)\"");

  private static final int NAMES_NOT_NULL = 18;

  /** Functions that a migration may call, by the major version that has them from then on. */
  private static final Map<String, Integer> NEW =
      Map.ofEntries(
          Map.entry("gen_random_uuid", 13),
          Map.entry("string_to_table", 14),
          Map.entry("date_bin", 14),
          Map.entry("unistr", 14),
          Map.entry("regexp_count", 15),
          Map.entry("regexp_substr", 15),
          Map.entry("random_normal", 16),
          Map.entry("array_shuffle", 16),
          Map.entry("any_value", 16),
          Map.entry("uuid_extract_timestamp", 17),
          Map.entry("to_bin", 17),
          Map.entry("uuidv4", 18),
          Map.entry("uuidv7", 18),
          Map.entry("casefold", 18),
          Map.entry("crc32", 18),
          Map.entry("array_sort", 18),
          Map.entry("array_reverse", 18));

  private Remedies() {}

  /**
   * What is seen in the database to be the cause of a failure, where something is. A message stands
   * without it when the server cannot be asked any more.
   */
  static Optional<String> seen(
      Server server, String database, Repairs repairs, Statement statement, SQLException failure) {
    ServerError error = ServerError.of(failure, statement);
    Matcher there = ALREADY_THERE.matcher(error.message());
    if (there.find() && repairs.madeEarly(there.group(1), there.group(2))) {
      return Optional.of(
          ("%s %s was made for the replay, because a migration before this one needs it: they did not run in this"
                  + " order, so replay a dump of production's schema in their place"
                  + " (drydock lint PENDING --applied schema.sql)")
              .formatted(there.group(1), there.group(2)));
    }
    Matcher option = OPTION_OF.matcher(error.message());
    if (option.find() && ExtensionStubs.isKnown(option.group(1))) {
      return Optional.of(lacking("extension " + option.group(1) + " is"));
    }
    if (!MISSING.contains(error.state())) {
      return Optional.empty();
    }
    Optional<String> path = PathRemedies.inMaintenance(error, statement, failure, server.major());
    if (path.isPresent()) {
      return path;
    }
    try (Connection asking = server.connectAdmin(database)) {
      return bySight(error, statement.before(), repairs, asking);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  /**
   * @param sql the migration up to the statement that failed
   */
  private static Optional<String> bySight(
      ServerError error, String sql, Repairs repairs, Connection connection) throws SQLException {
    Matcher named = NOT_NULL.matcher(error.message());
    if (named.find()
        && named.group(1).startsWith(named.group(2) + "_")
        && connection.getMetaData().getDatabaseMajorVersion() < NAMES_NOT_NULL) {
      return Optional.of(
          "it is the name that PostgreSQL %1$d and newer give to a NOT NULL, and those before it give none: replay on the version that production has (engine: postgresql@%1$d in .drydock.yml)"
              .formatted(NAMES_NOT_NULL));
    }
    Optional<String> old = OldNames.ofForeignKey(error, connection);
    if (old.isPresent()) {
      return old;
    }
    Matcher function = UNQUALIFIED.matcher(error.message());
    Optional<Integer> major =
        function.find() && function.group(2) != null
            ? Optional.ofNullable(NEW.get(function.group(2)))
            : Optional.empty();
    if (major.isPresent() && connection.getMetaData().getDatabaseMajorVersion() < major.get()) {
      return Optional.of(
          "PostgreSQL %1$d and newer have that function: replay on the version that production has (engine: postgresql@%1$d in .drydock.yml)"
              .formatted(major.get()));
    }
    Matcher setting = SETTING.matcher(error.message());
    if (setting.find()) {
      return Optional.of(
          ("the setting %1$s is made by no migration: when the application or the tool makes it in its"
                  + " session, do so in a file under `before:` in .drydock.yml"
                  + " (alter role current_user set %1$s = '…')")
              .formatted(setting.group(1)));
    }
    Optional<String> made = PathRemedies.madeInPublic(error, connection);
    if (made.isPresent()) {
      return made;
    }
    Optional<String> elsewhere = otherSchema(error, connection);
    if (elsewhere.isPresent()) {
      return elsewhere;
    }
    Optional<String> extension = extension(error, sql, connection);
    if (extension.isPresent()) {
      return extension;
    }
    Optional<String> schema = schemaOf(error, connection);
    if (schema.isPresent()) {
      return schema.map(
          name ->
              ("it is there in the schema %1$s, which is not on the search_path: when something else than the"
                      + " migrations sets that, do so in a file under `before:` in .drydock.yml"
                      + " (alter role current_user set search_path = %1$s, public)")
                  .formatted(name));
    }
    // Collations are the operating system's or a migration's: no extension has any.
    return error.message().startsWith("collation ")
        ? Optional.empty()
        : standIn(error, sql, repairs, connection).map(Remedies::lacking);
  }

  private static String lacking(String names) {
    return ("%1$s not in Drydock's PostgreSQL, and the stand-in that took its place has not"
            + " all of it: when that is what is missing, replay on a server that has it"
            + " (--database postgresql://…)")
        .formatted(names);
  }

  /** The well-known extension that has what is missing, where it is not there or out of sight. */
  private static Optional<String> extension(ServerError error, String sql, Connection connection)
      throws SQLException {
    Optional<String> known = ExtensionMembers.extensionOf(error.message());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String name = known.get();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select quote_ident(n.nspname), e.extversion from pg_extension e
            join pg_namespace n on n.oid = e.extnamespace where e.extname = ?""")) {
      query.setString(1, name);
      try (ResultSet installed = query.executeQuery()) {
        if (installed.next()) {
          boolean inSight = installed.getString(1).equals("public");
          return inSight || ExtensionStubs.isStub(name, installed.getString(2))
              ? Optional.empty()
              : Optional.of(outOfSight(name, "is in", installed.getString(1)));
        }
      }
    }
    Optional<CreatedExtension> created = CreatedExtension.in(sql, name);
    if (created.isPresent()) {
      // It went when the transaction was rolled back, and is not what is missing.
      return created
          .get()
          .schema()
          .filter(schema -> !schema.equalsIgnoreCase("public"))
          .map(schema -> outOfSight(name, "this file puts into", schema));
    }
    return Optional.of(
        ("it is of the extension %1$s, which no migration before this one installs: when production has it"
                + " all the same, put CREATE EXTENSION %2$s into a file under `before:` in .drydock.yml")
            .formatted(name, name.contains("-") ? "\"" + name + "\"" : name));
  }

  private static String outOfSight(String extension, String where, String schema) {
    return ("it is of the extension %1$s, which %2$s the schema %3$s: when something else than the"
            + " migrations puts that on the search_path, do so in a file under `before:` in"
            + " .drydock.yml (alter role current_user set search_path = public, %3$s)")
        .formatted(extension, where, schema);
  }

  /** The extension that may have what is missing, or all when none is more likely. */
  private static Optional<String> standIn(
      ServerError error, String sql, Repairs repairs, Connection connection) throws SQLException {
    Set<String> standIns = new TreeSet<>();
    try (PreparedStatement query =
            connection.prepareStatement("select extname, extversion from pg_extension");
        ResultSet extensions = query.executeQuery()) {
      while (extensions.next()) {
        if (ExtensionStubs.isStub(extensions.getString(1), extensions.getString(2))) {
          standIns.add(extensions.getString(1));
        }
      }
    }
    // What the migration itself installs went when its transaction was rolled back.
    CreatedExtension.in(sql).stream()
        .map(CreatedExtension::name)
        .filter(ExtensionStubs::isKnown)
        .forEach(standIns::add);
    Optional<String> owner =
        ExtensionMembers.extensionOf(error.message()).filter(standIns::contains);
    if (owner.isPresent()) {
      return owner.map(name -> "extension " + name + " is");
    }
    Matcher missing = QUALIFIED.matcher(error.message());
    String schema =
        !missing.find() ? "" : missing.group(1) == null ? missing.group(2) : missing.group(1);
    standIns.removeIf(
        name -> ExtensionStubs.schemaOf(name).filter(own -> !own.equals(schema)).isPresent());
    List<String> likely =
        standIns.stream().filter(name -> !schema.isEmpty() && name.contains(schema)).toList();
    // Extensions have functions and types, hardly ever tables that a migration names.
    boolean unlikely =
        error.state().equals(MISSING_TABLE)
            || (!schema.isEmpty() && (repairs.madeSchema(schema) || !isThere(schema, connection)));
    if (likely.isEmpty() && unlikely) {
      return Optional.empty();
    }
    List<String> named = likely.isEmpty() ? List.copyOf(standIns) : likely;
    return switch (named.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of("extension " + named.getFirst() + " is");
      default -> Optional.of("each of the extensions " + String.join(", ", named) + " is");
    };
  }

  /** What is to be done about a function that is asked of another schema than its extension's. */
  private static Optional<String> otherSchema(ServerError error, Connection connection)
      throws SQLException {
    Matcher called = CALLED_IN.matcher(error.message());
    if (!called.find()) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select quote_ident(e.extname), n.nspname
            from pg_extension e
            join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid
              and d.classid = 'pg_proc'::regclass and d.deptype = 'e'
            join pg_proc p on p.oid = d.objid
            join pg_namespace n on n.oid = p.pronamespace
            where p.proname = ? and n.nspname <> ? limit 1""")) {
      query.setString(1, called.group(2));
      query.setString(2, called.group(1));
      try (ResultSet found = query.executeQuery()) {
        return found.next()
            ? Optional.of(
                ("extension %1$s is in the schema %2$s here, and in %3$s where this ran: when production has it there,"
                        + " do the same in a file under `before:` in .drydock.yml (create schema %3$s;"
                        + " create extension %1$s schema %3$s; alter role current_user set search_path = public, %3$s)")
                    .formatted(found.getString(1), found.getString(2), called.group(1)))
            : Optional.empty();
      }
    }
  }

  private static boolean isThere(String schema, Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select from pg_namespace where nspname = ?")) {
      query.setString(1, schema);
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }

  /** The schema that has what the server did not find under its bare name. */
  private static Optional<String> schemaOf(ServerError error, Connection connection)
      throws SQLException {
    Matcher missing = UNQUALIFIED.matcher(error.message());
    // The relation whose column is missing has been found.
    if (error.state().equals(MISSING_COLUMN) || !missing.find()) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select quote_ident(n.nspname) from pg_namespace n
            where n.nspname !~ '^pg_' and n.nspname not in ('public', 'information_schema')
              and (exists (select from pg_class c where c.relnamespace = n.oid and c.relname = ?)
                or exists (select from pg_type t where t.typnamespace = n.oid and t.typname = ?)
                or exists (select from pg_proc p where p.pronamespace = n.oid and p.proname = ?))
            order by n.nspname limit 1""")) {
      query.setString(1, missing.group(1));
      query.setString(2, missing.group(1));
      query.setString(3, missing.group(2));
      try (ResultSet schemas = query.executeQuery()) {
        return schemas.next() ? Optional.of(schemas.getString(1)) : Optional.empty();
      }
    }
  }

  /**
   * @param sql the statement that failed
   */
  static String forApplied(ServerError error, String sql) {
    return switch (error.state()) {
      case "0A000", "58P01" ->
          error.message().contains("extension")
              ? "replay on a server that has the extension: --database postgresql://…"
              : "choose the PostgreSQL version that production has: engine: postgresql@<major> in .drydock.yml";
      case "42703" ->
          "a column is missing that the migrations before this one do not make: when it was made by hand,"
              + " replay a dump of production's schema in their place (drydock lint PENDING --applied schema.sql)";
      case "42P01", "42704", "42883", "3F000" ->
          "an object is missing that the migrations before this one do not make: when code or a tool makes it,"
              + " give its SQL with `before:` in .drydock.yml, or with --applied FILE; when a file has the whole"
              + " schema, lint the new files on what that was at the base"
              + " (git show BASE:schema.sql > /tmp/schema.sql; drydock lint PENDING --applied /tmp/schema.sql)";
      case "25001" ->
          "its tool runs the file in a transaction, which the statement refuses, so production ran it in another"
              + " way: write what it does as SQL that runs there, and name that file in its place under `stand-ins:`"
              + " in .drydock.yml, or replay a dump of production's schema (drydock lint PENDING --applied schema.sql)";
      case "57014" -> "raise limits.run or limits.disk in .drydock.yml";
      case NotSql.SYNTAX_ERROR -> NotSql.remedy(error, sql);
      default ->
          isOfRows(error)
              ? "production had rows then that the replay has not: when the statement needs them, write what it does"
                  + " to the schema as SQL, and name that file in its place under `stand-ins:` in .drydock.yml"
              : "production has run it, so the replay differs from production: check the PostgreSQL version"
                  + " (engine: postgresql@<major>), and that no migration before this one was edited or left out."
                  + " Where that is not it, name SQL that runs in its place under `stand-ins:` in .drydock.yml";
    };
  }

  /** Whether a value was wrong, or code on the server refused what it found. */
  private static boolean isOfRows(ServerError error) {
    return error.state().startsWith("22") || error.state().startsWith("P0");
  }
}
