package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The database that a project runs Flyway on, going by the addresses in its settings. */
final class FlywayDatabase {
  private static final Pattern SETTINGS =
      Pattern.compile("application(?:-.+)?\\.(?:properties|ya?ml)");

  private static final List<String> OWN = List.of("flyway.toml", "flyway.conf", "conf/flyway.conf");
  private static final List<String> BUILD =
      List.of("pom.xml", "build.gradle", "build.gradle.kts", "gradle/libs.versions.toml");

  /** One of a database in memory is for tests and tells nothing. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\b(?:jdbc|r2dbc):(?:[\\w-]+:)?(mysql|mariadb|sqlserver|oracle|db2|sqlite)\\b");

  private static final Pattern POSTGRESQL = Pattern.compile("(?i)postgres");

  private FlywayDatabase() {}

  /** Another one than PostgreSQL, where all addresses are of that and nothing names PostgreSQL. */
  static Optional<Dialect> other(Path directory, Surroundings around) {
    Optional<Path> root = FlywaySettings.resources(directory, around);
    Optional<Path> own = around.nearest(directory, OWN.toArray(String[]::new));
    Predicate<Path> settings =
        file ->
            own.filter(file::equals).isPresent()
                || (root.filter(at -> isIn(at, file)).isPresent()
                    && SETTINGS.matcher(Folders.name(file)).matches());
    boolean named =
        BUILD.stream()
                .flatMap(name -> around.nearest(directory, name).stream())
                .flatMap(file -> around.text(file).stream())
                .anyMatch(text -> POSTGRESQL.matcher(text).find())
            || around.says(settings, text -> POSTGRESQL.matcher(text).find());
    if (named || (root.isEmpty() && own.isEmpty())) {
      return Optional.empty();
    }
    List<Dialect> said =
        Stream.of(Dialect.MYSQL, Dialect.SQLITE, Dialect.OTHER)
            .filter(dialect -> around.says(settings, text -> isOf(dialect, text)))
            .toList();
    return said.size() == 1 ? Optional.of(said.getFirst()) : Optional.empty();
  }

  private static boolean isIn(Path root, Path file) {
    Path folder = Folders.of(file);
    return folder.equals(root) || folder.equals(root.resolve("config"));
  }

  private static boolean isOf(Dialect dialect, String text) {
    return ADDRESS
        .matcher(text)
        .results()
        .anyMatch(found -> DialectGuess.ofName(found.group(1)).filter(dialect::equals).isPresent());
  }
}
