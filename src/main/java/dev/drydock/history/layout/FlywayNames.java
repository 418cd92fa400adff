package dev.drydock.history.layout;

import dev.drydock.history.Version;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a project's Flyway makes of the name of a file, as its {@code ResourceNameParser} does. */
final class FlywayNames {
  private static final Pattern CODE =
      Pattern.compile(
          "[VB](\\d+(?:_\\d+|\\.\\d+)*)__.*\\.(?:java|kt|groovy|scala|sh|bash|ps1|py|cmd|bat)");

  private final String prefix;
  private final String baseline;
  private final String undo;
  private final String separator;
  private final String suffix;

  /** The separator may be missing: the description is empty then. */
  private final Pattern versioned;

  private final Pattern repeatable;
  private final Pattern callback;
  private final Pattern sign;

  /** As a project's settings have it; what they leave out is the tool's own. */
  FlywayNames(Settings settings) {
    prefix = settings.text("flyway.sqlMigrationPrefix").orElse("V");
    baseline = settings.text("flyway.baselineMigrationPrefix").orElse("B");
    undo = settings.text("flyway.undoSqlMigrationPrefix").orElse("U");
    separator =
        settings.text("flyway.sqlMigrationSeparator").filter(any -> !any.isEmpty()).orElse("__");
    List<String> suffixes = suffixes(settings);
    suffix = suffixes.getFirst();
    String between = Pattern.quote(separator);
    // Flyway does not tell capitals there.
    String end =
        suffixes.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?i:", ")"));
    // The first separator ends the number, also where it is one that divides numbers.
    String number = "(\\d+(?:(?!%s)[._]\\d+)*)".formatted(between);
    String repeated =
        Pattern.quote(settings.text("flyway.repeatableSqlMigrationPrefix").orElse("R"));
    versioned =
        Pattern.compile(
            "(%s)%s(?:%s(.*?))?%s"
                .formatted(
                    List.of(prefix, baseline, undo).stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")),
                    number,
                    between,
                    end));
    repeatable = Pattern.compile("%s%s(.*?)%s".formatted(repeated, between, end));
    callback =
        Pattern.compile(
            "((?:before|after)[A-Z]\\w*?|createSchema)(?:%s.*?)?%s".formatted(between, end));
    sign =
        Pattern.compile(
            "(?:%s|%s)%s%s.*%s|%s%s.*%s"
                .formatted(
                    Pattern.quote(prefix),
                    Pattern.quote(baseline),
                    number,
                    between,
                    end,
                    repeated,
                    between,
                    end));
  }

  /** In brackets or not, each in quotes or not, with commas between. */
  private static List<String> suffixes(Settings settings) {
    List<String> suffixes =
        Arrays.stream(
                settings
                    .text("flyway.sqlMigrationSuffixes")
                    .orElse("")
                    .replaceAll("[\\[\\]\"'\\s]", "")
                    .split(","))
            .filter(suffix -> !suffix.isEmpty())
            .toList();
    return suffixes.isEmpty() ? List.of(".sql") : suffixes;
  }

  /** What tells a directory. */
  Pattern sign() {
    return sign;
  }

  Role role(Path file) {
    String name = Folders.name(file);
    Matcher versioned = this.versioned.matcher(name);
    if (versioned.matches()) {
      Version version = version(versioned.group(2));
      String description = versioned.group(3) == null ? "" : Layout.words(versioned.group(3));
      if (versioned.group(1).equals(prefix)) {
        return new Role.Forward(version, description);
      }
      return versioned.group(1).equals(undo)
          ? new Role.Backward(version)
          : new Role.Forward(version, description, true);
    }
    Matcher repeatable = this.repeatable.matcher(name);
    if (repeatable.matches()) {
      String description = Layout.words(repeatable.group(1));
      return new Role.Forward(new Version.Repeatable(description), description);
    }
    Matcher callback = this.callback.matcher(name);
    if (callback.matches()) {
      return new Role.Event(callback.group(1));
    }
    Matcher code = CODE.matcher(name);
    return code.matches() ? new Role.Code(version(code.group(1))) : Role.unnamed(file);
  }

  private static Version version(String written) {
    String text = written.replace('_', '.');
    List<BigInteger> numbers = new ArrayList<>();
    for (String part : text.split("\\.")) {
      numbers.add(new BigInteger(part));
    }
    return new Version.Versioned(text, numbers);
  }

  Optional<Path> named(Path newest, String word) {
    return NextName.file(
        newest,
        versioned,
        name -> prefix + NextName.number(name.group(2)) + separator + word + suffix);
  }

  String pattern() {
    return prefix + "<version>" + separator + "<description>" + suffix;
  }
}
