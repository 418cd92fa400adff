package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of an extension that an applied migration asks for and the server has no scripts for.
 * Which there are goes with the release of the server: production's had that one then.
 *
 * @param creation what installs the one that the server has; empty where one is installed already
 */
record OtherVersion(String extension, String version, Optional<String> creation) {
  private static final Pattern NO_PATH =
      Pattern.compile(
          "^extension \"([^\"]+)\" has no update path from version \"[^\"]+\" to version \"([^\"]+)\"");
  private static final Pattern NO_SCRIPT =
      Pattern.compile(
          "^extension \"([^\"]+)\" has no installation script nor update path for version \"([^\"]+)\"");

  /** Of a statement that does nothing else. */
  static Optional<OtherVersion> wanted(Statement statement, ServerError error) {
    Matcher update = NO_PATH.matcher(error.message());
    if (statement.syntax().command().equals("ALTER EXTENSION") && update.find()) {
      return Optional.of(new OtherVersion(update.group(1), update.group(2), Optional.empty()));
    }
    Matcher creation = NO_SCRIPT.matcher(error.message());
    if (!statement.syntax().command().equals("CREATE EXTENSION") || !creation.find()) {
      return Optional.empty();
    }
    String name = creation.group(1);
    String schema =
        CreatedExtension.in(statement.text(), name)
            .flatMap(CreatedExtension::schema)
            .map(" schema "::concat)
            .orElse("");
    return Optional.of(
        new OtherVersion(
            name,
            creation.group(2),
            Optional.of("create extension %s%s".formatted(Quoted.name(name), schema))));
  }

  /** A sentence without its full stop. */
  String notice() {
    return "extension %s has no version %s on this PostgreSQL, which a migration asks for: %s"
        .formatted(
            extension,
            version,
            creation.isPresent()
                ? "the version it has was installed"
                : "the version that is installed was left as it is");
  }
}
