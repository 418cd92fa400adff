package dev.drydock.cli;

import dev.drydock.lint.Configuration;
import dev.drydock.lint.ConfigurationReader;
import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Severity;
import dev.drydock.source.Change;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a change is judged is for its reviewers to agree to: it may bring another configuration, or
 * other rules, and would be judged by those.
 */
final class Judging {
  /** Keys that whoever calls Drydock may overrule. */
  static final String ENGINE = "engine";

  static final String FAIL_ON = "fail-on";
  static final String LAYOUT = "layout";
  static final String DIRECTORIES = "directories";

  private Judging() {}

  /** What a configuration says, by the key of the file that says it. */
  private static Map<String, Object> keys(Configuration configuration) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put(ENGINE, configuration.engineMajor());
    keys.put(FAIL_ON, configuration.failOn());
    keys.put(LAYOUT, configuration.layout());
    keys.put(DIRECTORIES, configuration.directories());
    keys.put("before", configuration.before());
    keys.put("stand-ins", configuration.standIns());
    keys.put("placeholders", configuration.placeholders());
    keys.put("time-zone", configuration.timeZone());
    keys.put("limits", configuration.limits());
    keys.put("table-sizes", configuration.sizes());
    keys.put("rules", configuration.rules());
    keys.put("preset", configuration.preset());
    keys.put("severity", severities(configuration));
    keys.put("options", options(configuration));
    return keys;
  }

  private static Map<String, Severity> severities(Configuration configuration) {
    Map<String, Severity> severities = new HashMap<>();
    configuration
        .choices()
        .forEach(
            (rule, choice) ->
                choice.severity().ifPresent(severity -> severities.put(rule, severity)));
    return severities;
  }

  private static Map<String, Object> options(Configuration configuration) {
    Map<String, Object> options = new HashMap<>();
    configuration.choices().forEach((rule, choice) -> options.put(rule, choice.options()));
    options.values().removeIf(Map.of()::equals);
    return options;
  }

  /**
   * What a change alters of it, a few words each.
   *
   * @param file with the configuration; absent when it is none of the repository's
   * @param overruled keys of the file that do not hold, whatever it says
   * @param change the commits
   */
  static List<String> altered(
      Optional<Path> file, Configuration now, Set<String> overruled, ChangeSet change) {
    List<String> altered = new ArrayList<>();
    Set<Path> rules = new HashSet<>(now.rules());
    file.filter(path -> !change.changes(path::equals).isEmpty())
        .ifPresent(
            path -> {
              Optional<Configuration> before = read(path, change.base());
              before.ifPresent(configuration -> rules.addAll(configuration.rules()));
              Optional<Configuration> after = read(path, change.head());
              if (before.isEmpty() || after.isEmpty()) {
                altered.add(path.toString());
                return;
              }
              Map<String, Object> old = keys(before.get());
              String keys =
                  keys(after.get()).entrySet().stream()
                      .filter(key -> !overruled.contains(key.getKey()))
                      .filter(key -> !key.getValue().equals(old.get(key.getKey())))
                      .map(Map.Entry::getKey)
                      .collect(Collectors.joining(", "));
              if (!keys.isEmpty()) {
                altered.add("%s (%s)".formatted(path, keys));
              }
            });
    change.changes(path -> rules.stream().anyMatch(path::startsWith)).stream()
        .map(Change::path)
        .map(Path::toString)
        .forEach(altered::add);
    return altered;
  }

  /** What could not be read said nothing; without the file, what holds is the standard. */
  private static Optional<Configuration> read(Path file, FileTree tree) {
    try {
      return Optional.of(
          ConfigurationReader.read(file.toString(), tree.has(file) ? tree.read(file).text() : ""));
    } catch (PolicyException | SourceException e) {
      return Optional.empty();
    }
  }
}
