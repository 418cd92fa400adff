package dev.drydock.engine.postgres;

import java.util.regex.Pattern;

/** What a user can do about an applied migration that does not replay. */
final class Remedies {
  /** What text/template, Jinja, Handlebars and ERB put between SQL. */
  private static final Pattern TEMPLATE =
      Pattern.compile("\\{\\{.*?\\}\\}|\\{%.*?%\\}|<%.*?%>", Pattern.DOTALL);

  private Remedies() {}

  /**
   * @param sql the statement that failed
   */
  static String forApplied(ServerError error, String sql) {
    return switch (error.state()) {
      case "0A000", "58P01" ->
          error.message().contains("extension")
              ? "replay on a server that has the extension: --database postgresql://…"
              : "choose the PostgreSQL version that production has: engine: postgresql@<major> in .drydock.yml";
      case "42P01", "42703", "42704", "42883", "3F000" ->
          "an object is missing that the migrations before this one do not make: when code or a tool makes it,"
              + " give its SQL with `before:` in .drydock.yml, or with --applied FILE";
      case "57014" -> "raise limits.run or limits.disk in .drydock.yml";
      case "42601" ->
          TEMPLATE.matcher(sql).find()
              ? "it is a template that its tool fills in: render the migrations, and lint what comes out"
                  + " (drydock lint PENDING --applied DIR)"
              : "check the dialect and the PostgreSQL version (engine: postgresql@<major> in .drydock.yml); what"
                  + " only psql can run has to be left out";
      default ->
          "production has run it, so the replay differs from production: check the PostgreSQL version"
              + " (engine: postgresql@<major>), and that no migration before this one was edited or left out";
    };
  }
}
