package dev.drydock.history.layout;

import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that Liquibase puts in the place of {@code ${name}}. */
final class LiquibaseProperties {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private LiquibaseProperties() {}

  /**
   * By name. What has no value is sent as it stands, which is meant where it is in a string or in
   * the body of a function: there it is its own value.
   *
   * @param files the migrations
   */
  static Map<String, String> of(
      Optional<ChangelogOrder> order, List<SourceFile> files, Surroundings around) {
    Map<String, String> values = new LinkedHashMap<>();
    order.ifPresent(
        known -> {
          values.putAll(known.properties());
          known.sql().forEach(path -> ofFile(path, around).forEach(values::putIfAbsent));
        });
    values.putIfAbsent("database.typeName", "postgresql");
    values.putIfAbsent("database.defaultSchemaName", "public");
    values.putIfAbsent("database.liquibaseSchemaName", "public");
    files.stream().distinct().forEach(file -> addLiteral(file.text(), values));
    return values;
  }

  private static Map<String, String> ofFile(Path path, Surroundings around) {
    return around
        .file(path)
        .filter(file -> file.text().contains("property") && FormattedSql.is(file.text()))
        .map(file -> FormattedSql.of(file).properties())
        .orElse(Map.of());
  }

  private static void addLiteral(String text, Map<String, String> values) {
    if (!text.contains("${")) {
      return;
    }
    String bare = SqlText.bare(text);
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      String name = placeholder.group(1);
      if (name.startsWith(":")) {
        values.putIfAbsent(name, "${" + name.substring(1).strip() + "}");
      } else if (!values.containsKey(name) && !bare.contains(placeholder.group())) {
        values.put(name, placeholder.group());
      }
    }
  }
}
