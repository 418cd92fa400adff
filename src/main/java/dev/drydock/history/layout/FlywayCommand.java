package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How Flyway is called where its settings are in no file of its own: in the options and the
 * environment of an image or a script, or in a build.
 *
 * <p>Only what is written out counts, and of two values for one setting neither does: a file may
 * call Flyway for several databases. A placeholder that nothing else gives a value has the one of
 * development: without one, nothing can be run.
 */
final class FlywayCommand {
  private static final List<String> FILES =
      List.of(
          "Dockerfile",
          "migrate.sh",
          "entrypoint.sh",
          "docker-compose.yml",
          "docker-compose.yaml",
          "compose.yml",
          "compose.yaml",
          "Makefile",
          "pom.xml",
          "build.gradle",
          "build.gradle.kts");

  private static final Set<String> FLAGS = Set.of("group", "mixed", "outOfOrder");

  /** What is one for a project; all else may be another one for each of its databases. */
  private static final List<String> NAMES =
      List.of(
          "schemas",
          "defaultSchema",
          "sqlMigrationPrefix",
          "repeatableSqlMigrationPrefix",
          "sqlMigrationSeparator",
          "sqlMigrationSuffixes",
          "group",
          "mixed",
          "outOfOrder");

  private static final Map<String, String> BY_VARIABLE =
      NAMES.stream().collect(Collectors.toMap(FlywayCommand::variable, name -> name));

  private static final String NAME = "(?<name>" + String.join("|", NAMES) + ")";

  // Lists possessively: else each name takes a frame of the stack.
  private static final String VALUE = "(?<value>[\\w.-]+(?:,[\\w.-]+)*+)(?![\\w$,{.-])";

  private static final Pattern OPTION =
      Pattern.compile("(?<![\\w.-])-(?:Dflyway\\.)?" + NAME + "=[\"']?" + VALUE);
  private static final Pattern ENVIRONMENT =
      Pattern.compile(
          "\\bFLYWAY_(?<name>%s)\\s*[=:]\\s*[\"']?%s"
              .formatted(String.join("|", BY_VARIABLE.keySet()), VALUE));
  private static final Pattern MAVEN =
      Pattern.compile(
          "<(?:flyway\\.)?%s>(?<value>(?:\\s*<(\\w+)>[\\w.-]+</\\3>)++|[\\w.,-]+)\\s*</(?:flyway\\.)?\\k<name>>"
              .formatted(NAME));
  private static final Pattern GRADLE =
      Pattern.compile(
          "\\b%s\\s*=\\s*(?:\\[|arrayOf\\(|listOf\\()?\\s*(?<value>(?:[\"'][\\w.-]+[\"'][,\\s]*)++|true\\b|false\\b)"
              .formatted(NAME));

  /** Values that a script asks for, where Flyway is called with them. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?:(?<![\\w.-])-(?:Dflyway\\.)?placeholders\\.(?<option>[\\w-]+)=|\\bFLYWAY_PLACEHOLDERS_(?<variable>[\\w-]+)\\s*[=:])"
              + "[ \\t]*[\"']?(?<value>[\\w.-]+)(?![\\w$,{.-])");

  private static final String DOTENV = ".env";

  /** What runs Flyway on a service's database of its own, as tests do. */
  private static final Path WORKFLOWS = Path.of(".github", "workflows");

  private FlywayCommand() {}

  /** What the nearest of such files that calls Flyway says of its settings. */
  static Settings of(Path directory, Surroundings around) {
    for (Path at : Folders.upwards(directory)) {
      for (String name : FILES) {
        Settings settings = around.settings(at.resolve(name), text -> read(name, text));
        if (!settings.values().isEmpty()) {
          return settings;
        }
      }
    }
    return Settings.none();
  }

  /**
   * The values of placeholders, by name; of two for one, neither. What workflows give counts where
   * nothing nearer does.
   */
  static Map<String, String> placeholders(Path directory, Surroundings around) {
    Map<String, Set<String>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Path at : Folders.upwards(directory)) {
      for (String name : FILES) {
        around.text(at.resolve(name)).ifPresent(text -> collectPlaceholders(text, found));
      }
      around.text(at.resolve(DOTENV)).ifPresent(text -> collectPlaceholders(text, found));
    }
    Map<String, Set<String>> inWorkflows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Path workflow : around.in(WORKFLOWS)) {
      around.text(workflow).ifPresent(text -> collectPlaceholders(text, inWorkflows));
    }
    inWorkflows.forEach(found::putIfAbsent);
    return onlyOnes(found);
  }

  private static void collectPlaceholders(String text, Map<String, Set<String>> found) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      String option = matcher.group("option");
      found
          .computeIfAbsent(
              option == null ? matcher.group("variable") : option, any -> new TreeSet<>())
          .add(matcher.group("value"));
    }
  }

  private static Map<String, String> onlyOnes(Map<String, Set<String>> found) {
    return found.entrySet().stream()
        .filter(entry -> entry.getValue().size() == 1)
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().iterator().next()));
  }

  private static Settings read(String file, String text) {
    if (!text.toLowerCase(Locale.ROOT).contains("flyway")) {
      return Settings.none();
    }
    Map<String, Set<String>> found = new TreeMap<>();
    switch (file) {
      case "pom.xml" -> collect(MAVEN, text, found);
      case "build.gradle", "build.gradle.kts" -> collect(GRADLE, text, found);
      default -> {
        collect(OPTION, text, found);
        collect(ENVIRONMENT, text, found);
      }
    }
    return new Settings(onlyOnes(found));
  }

  private static void collect(Pattern pattern, String text, Map<String, Set<String>> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String name = BY_VARIABLE.getOrDefault(matcher.group("name"), matcher.group("name"));
      list(matcher.group("value"))
          // A build has a group of its own.
          .filter(value -> !FLAGS.contains(name) || value.matches("true|false"))
          .ifPresent(
              value -> found.computeIfAbsent("flyway." + name, any -> new TreeSet<>()).add(value));
    }
  }

  /** Its name in the environment, without what all of them begin with. */
  private static String variable(String name) {
    return name.replaceAll("(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  /** The values in what was written, with commas between them. */
  private static Optional<String> list(String written) {
    String list =
        written.replaceAll("</?\\w+>", " ").replaceAll("[\"',\\s]+", ",").replaceAll("^,|,$", "");
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }
}
