package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user can do about a migration that fails, where the replay lacks what production has. */
final class Remedies {
  private static final Pattern SETTING =
      Pattern.compile("unrecognized configuration parameter \"([\\w.]+\\.[\\w.]+)\"");

  /** A table, a column, an object of another kind, a function, a schema or a cast is not there. */
  private static final List<String> MISSING =
      List.of("42P01", "42703", "42704", "42883", "3F000", "42846");

  private static final Pattern ALREADY_THERE =
      Pattern.compile("(schema|extension) \"([^\"]+)\" already exists");

  /** One thing that may be the cause, and what is to be done about it then. */
  private interface Look {
    Optional<String> at(ServerError error, Connection connection) throws SQLException;
  }

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
                  + " (`drydock lint PENDING --applied schema.sql`)")
              .formatted(there.group(1), there.group(2)));
    }
    Optional<String> extension =
        ExtensionRemedies.option(error).or(() -> ExtensionRemedies.unavailable(error));
    if (extension.isPresent()) {
      return extension;
    }
    if (!MISSING.contains(error.state())) {
      return Optional.empty();
    }
    Optional<String> path =
        PathRemedies.inMaintenance(error, statement, failure, server.major())
            .or(() -> PathRemedies.leadsNowhere(error, statement));
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
      ServerError missing, String sql, Repairs repairs, Connection asking) throws SQLException {
    List<Look> looks =
        List.of(
            VersionRemedies::ofNotNull,
            VersionRemedies::ofForeignKey,
            VersionRemedies::ofFunction,
            (error, connection) -> setting(error),
            PathRemedies::madeInPublic,
            ExtensionRemedies::otherSchema,
            (error, connection) -> ExtensionRemedies.known(error, sql, connection),
            (error, connection) -> PathRemedies.outOfSight(error, sql, connection),
            (error, connection) -> ExtensionRemedies.standIn(error, sql, repairs, connection));
    for (Look look : looks) {
      Optional<String> remedy = look.at(missing, asking);
      if (remedy.isPresent()) {
        return remedy;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> setting(ServerError error) {
    Matcher setting = SETTING.matcher(error.message());
    return setting.find()
        ? Optional.of(
            ("the setting %1$s is made by no migration: when the application or the tool makes it in its"
                    + " session, do so in a file under `before:` in .drydock.yml"
                    + " (`alter role current_user set %1$s = '…'`)")
                .formatted(setting.group(1)))
        : Optional.empty();
  }

  /**
   * @param sql the statement that failed
   */
  static String forApplied(ServerError error, String sql) {
    return switch (error.state()) {
      case "0A000", "58P01" ->
          error.message().contains("extension")
              ? "replay on a server that has the extension: `--database postgresql://…`"
              : "choose the PostgreSQL version that production has: `engine: postgresql@<major>` in .drydock.yml";
      case "42703" ->
          "a column is missing that the migrations before this one do not make: when it was made by hand,"
              + " replay a dump of production's schema in their place (`drydock lint PENDING --applied schema.sql`)";
      case "42P01", "42704", "42883", "3F000" ->
          "an object is missing that the migrations before this one do not make: when code or a tool makes it,"
              + " give its SQL with `before:` in .drydock.yml, or with `--applied FILE`; when a file has the whole"
              + " schema, lint the new files on what that was at the base"
              + " (`git show BASE:schema.sql > /tmp/schema.sql`, then `drydock lint PENDING --applied /tmp/schema.sql`)";
      case "25001" ->
          "its tool runs the file in a transaction, which the statement refuses, so production ran it in another"
              + " way: write what it does as SQL that runs there, and name that file in its place under `stand-ins:`"
              + " in .drydock.yml, or replay a dump of production's schema (`drydock lint PENDING --applied schema.sql`)";
      case "08001", "2F003" ->
          "the replay reaches no other server: write what the statement does to the schema (the foreign tables that it"
              + " imports, say) as SQL, and name that file in its place under `stand-ins:` in .drydock.yml";
      case "57014" -> "raise limits.run or limits.disk in .drydock.yml";
      case NotSql.SYNTAX_ERROR -> NotSql.remedy(error, sql);
      case "P0001", "P0004" ->
          "SQL of the migrations raised that itself, for production had rows or settings that the replay has not:"
              + " make a setting in a file under `before:` in .drydock.yml (`alter role current_user set … = '…'`); for"
              + " rows, write what the statement does to the schema as SQL, and name that file in its place under"
              + " `stand-ins:`";
      default ->
          error.message().startsWith("could not create locale")
              ? "the system that Drydock's PostgreSQL runs on has no such locale: replay on a server that has it"
                  + " (`--database postgresql://…`), or name SQL that makes the same with the locale C in its place"
                  + " under `stand-ins:` in .drydock.yml"
              : isOfRows(error)
                  ? "production had rows then that the replay has not: when the statement needs them, write what it does"
                      + " to the schema as SQL, and name that file in its place under `stand-ins:` in .drydock.yml"
                  : "production has run it, so the replay differs from production: check the PostgreSQL version"
                      + " (`engine: postgresql@<major>`), and that no migration before this one was edited or left out."
                      + " Where that is not it, name SQL that runs in its place under `stand-ins:` in .drydock.yml";
    };
  }

  /** Whether a value was wrong, or code on the server refused what it found. */
  private static boolean isOfRows(ServerError error) {
    return error.state().startsWith("22") || error.state().startsWith("P0");
  }
}
