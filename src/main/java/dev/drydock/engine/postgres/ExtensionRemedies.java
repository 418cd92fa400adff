package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.ExtensionStubs;
import dev.drydock.engine.postgres.server.Query;
import dev.drydock.engine.postgres.server.ServerError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user can do where an extension is not there, elsewhere, or only stood in for. */
final class ExtensionRemedies {
  /** The schema of what is missing, where the statement said it. */
  private static final Pattern QUALIFIED =
      Pattern.compile("^(?:(?:relation|type|function|table) )?\"?(\\w+)\\.|^schema \"(\\w+)\"");

  private static final Pattern CALLED_IN =
      Pattern.compile("^function (\\w+)\\.(\\w+)\\(.*\\) does not exist");

  /** As versions from 15 on say it, and those before. */
  private static final Pattern UNAVAILABLE =
      Pattern.compile(
          "^extension \"([^\"]+)\" is not available|^could not open extension control file \".*/([^/\"]+)\\.control\"");

  private static final Pattern OPTION_OF =
      Pattern.compile("^unrecognized parameter namespace \"(\\w+)\"");

  private static final String MISSING_TABLE = "42P01";

  private ExtensionRemedies() {}

  /** An option that only the real extension knows. */
  static Optional<String> option(ServerError error) {
    return OPTION_OF.matcher(error.message()).find()
        ? ExtensionMembers.extensionOf(error.message()).map(ExtensionRemedies::lacking)
        : Optional.empty();
  }

  /** An extension that the server has not heard of. */
  static Optional<String> unavailable(ServerError error) {
    Matcher missing = UNAVAILABLE.matcher(error.message());
    return missing.find()
        ? Optional.of(
            ("Drydock's PostgreSQL has no extension %s and nothing that stands in for it: when production"
                    + " has it, replay on a server that has it (--database postgresql://…)")
                .formatted(missing.group(1) == null ? missing.group(2) : missing.group(1)))
        : Optional.empty();
  }

  private static String lacking(String extension) {
    return areLacking("extension " + extension);
  }

  private static String areLacking(String extensions) {
    return ("%s is not in Drydock's PostgreSQL, and the stand-in that took its place has not"
            + " all of it: when that is what is missing, replay on a server that has it"
            + " (--database postgresql://…)")
        .formatted(extensions);
  }

  /** A function that is asked of another schema than the one its extension is in. */
  static Optional<String> otherSchema(ServerError error, Connection connection)
      throws SQLException {
    Matcher called = CALLED_IN.matcher(error.message());
    if (!called.find()) {
      return Optional.empty();
    }
    return Query.row(
            connection,
            """
            select quote_ident(e.extname), n.nspname
            from pg_extension e
            join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid
              and d.classid = 'pg_proc'::regclass and d.deptype = 'e'
            join pg_proc p on p.oid = d.objid
            join pg_namespace n on n.oid = p.pronamespace
            where p.proname = ? and n.nspname <> ? limit 1""",
            called.group(2),
            called.group(1))
        .map(
            found ->
                ("extension %1$s is in the schema %2$s here, and in %3$s where this ran: when production has it there,"
                        + " do the same in a file under `before:` in .drydock.yml (`%4$s`)")
                    .formatted(
                        found.get(0),
                        found.get(1),
                        called.group(1),
                        installing(found.get(0), called.group(1))));
  }

  /** The schema public is there and on the search_path, which may have others. */
  private static String installing(String extension, String schema) {
    String creation = "create extension %s schema %s".formatted(extension, schema);
    return schema.equals("public")
        ? creation
        : "create schema %1$s; %2$s; alter role current_user set search_path = public, %1$s"
            .formatted(schema, creation);
  }

  /**
   * The well-known extension that has what is missing, where it is not there or out of sight.
   *
   * @param sql the migration up to the statement that failed
   */
  static Optional<String> known(ServerError error, String sql, Connection connection)
      throws SQLException {
    Optional<String> known = ExtensionMembers.extensionOf(error.message());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String name = known.get();
    Optional<List<String>> installed =
        Query.row(
            connection,
            """
            select quote_ident(n.nspname), e.extversion from pg_extension e
            join pg_namespace n on n.oid = e.extnamespace where e.extname = ?""",
            name);
    if (installed.isPresent()) {
      String schema = installed.get().get(0);
      String version = installed.get().get(1);
      return schema.equals("public") || ExtensionStubs.isStub(name, version)
          ? Optional.empty()
          : Optional.of(outOfSight(name, "is in", schema));
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
            + " .drydock.yml (`alter role current_user set search_path = public, %3$s`)")
        .formatted(extension, where, schema);
  }

  /**
   * The stand-in that may lack what is missing, or all when none is more likely.
   *
   * @param sql the migration up to the statement that failed
   */
  static Optional<String> standIn(
      ServerError error, String sql, Repairs repairs, Connection connection) throws SQLException {
    // Collations are the operating system's or a migration's: no extension has any.
    if (error.message().startsWith("collation ")) {
      return Optional.empty();
    }
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
      return owner.map(ExtensionRemedies::lacking);
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
            || (!schema.isEmpty()
                && (repairs.madeSchema(schema)
                    || Query.row(connection, "select from pg_namespace where nspname = ?", schema)
                        .isEmpty()));
    if (likely.isEmpty() && unlikely) {
      return Optional.empty();
    }
    List<String> named = likely.isEmpty() ? List.copyOf(standIns) : likely;
    return switch (named.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(lacking(named.getFirst()));
      default -> Optional.of(areLacking("each of the extensions " + String.join(", ", named)));
    };
  }
}
