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
 * call Flyway for several databases.
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

  // Lists possessively: else each name takes a frame of the stack.
  private static final String NAMES = "([\\w-]+(?:,[\\w-]+)*+)(?![\\w$,{-])";

  private static final Pattern OPTION =
      Pattern.compile("(?<![\\w.-])-(?:Dflyway\\.)?(schemas|defaultSchema)=[\"']?" + NAMES);
  private static final Pattern ENVIRONMENT =
      Pattern.compile("\\bFLYWAY_(SCHEMAS|DEFAULT_SCHEMA)\\s*[=:]\\s*[\"']?" + NAMES);
  private static final Pattern MAVEN =
      Pattern.compile(
          "<(schemas|defaultSchema)>((?:\\s*<schema>[\\w-]+</schema>)++|[\\w,-]+)\\s*</\\1>");
  private static final Pattern GRADLE =
      Pattern.compile(
          "\\b(schemas|defaultSchema)\\s*=\\s*(?:\\[|arrayOf\\(|listOf\\()?\\s*((?:[\"'][\\w-]+[\"'][,\\s]*)++)");

  private FlywayCommand() {}

  /** What the nearest of such files that calls Flyway says of its schemas. */
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
    return new Settings(
        found.entrySet().stream()
            .filter(entry -> entry.getValue().size() == 1)
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().iterator().next())));
  }

  private static void collect(Pattern pattern, String text, Map<String, Set<String>> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(1).equalsIgnoreCase("schemas") ? "schemas" : "defaultSchema";
      list(matcher.group(2))
          .ifPresent(
              value -> found.computeIfAbsent("flyway." + name, any -> new TreeSet<>()).add(value));
    }
  }

  /** The names in what was written, with commas between them. */
  private static Optional<String> list(String written) {
    String list =
        written.replaceAll("</?schema>", " ").replaceAll("[\"',\\s]+", ",").replaceAll("^,|,$", "");
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }
}
