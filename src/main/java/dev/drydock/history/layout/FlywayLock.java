package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lock that Flyway takes while it migrates: unless it is told otherwise, from 9.1.2 on it lasts
 * as long as a transaction that is open beside the migrations.
 */
final class FlywayLock {
  private static final int FIRST = 9;

  /** However it is written: in a property, the environment, a build, or code. */
  private static final Pattern SETTING = Pattern.compile("(?i)transactional[._-]?lock");

  private static final Pattern BUILD =
      Pattern.compile(
          "(?i)(?:pom\\.xml|.*\\.gradle(?:\\.kts)?|gradle\\.properties|libs\\.versions\\.toml|.*dockerfile.*|.*compose.*\\.ya?ml)");

  /** What else may have the setting: whatever is called after Flyway or what it is set up with. */
  private static final Pattern SETUP =
      Pattern.compile(
          "(?i).*(?:flyway|migrat|database|datasource|postgres|persistence|config|application)\\w*\\.(?:java|kt|groovy|scala|xml|ya?ml|properties|conf|toml|env|sh|tf)");

  private static final Pattern VERSION =
      Pattern.compile(
          "(?i)flyway(?:-core)?(?:</artifactId>\\s*<version>|\\.version>|[\\w.-]*[\"'\\]]*\\s*[:=]\\s*[\"']?)(\\d{1,4})\\b");

  /** Up to this one, Spring Boot brings a Flyway from before that. */
  private static final Pattern SPRING_BOOT =
      Pattern.compile(
          "spring-boot-starter-parent</artifactId>\\s*<version>[12]\\.|org\\.springframework\\.boot\\W+version\\W+[12]\\.");

  private FlywayLock() {}

  /**
   * Whether it may be held by a transaction, as far as the settings and the project's files say.
   */
  static boolean mayBeInTransaction(Settings settings, Surroundings around) {
    return settings
            .flag("flyway.postgresql.transactional.lock")
            // As Spring Boot has it.
            .or(() -> settings.flag("flyway.postgresql.transactionalLock"))
            .orElse(true)
        && !around.says(named(BUILD), FlywayLock::isOld)
        && !around.says(named(BUILD).or(named(SETUP)), text -> SETTING.matcher(text).find());
  }

  private static Predicate<Path> named(Pattern names) {
    return file -> names.matcher(Folders.name(file)).matches();
  }

  private static boolean isOld(String text) {
    Matcher version = VERSION.matcher(text);
    return (version.find() && Integer.parseInt(version.group(1)) < FIRST)
        || SPRING_BOOT.matcher(text).find();
  }
}
