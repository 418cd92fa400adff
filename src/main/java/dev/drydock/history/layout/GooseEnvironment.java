package dev.drydock.history.layout;

import dev.drydock.history.Placeholders;
import dev.drydock.source.SourceFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What goose fills in from the environment, line by line between {@code -- +goose ENVSUB ON} and
 * {@code OFF}, as its library github.com/mfridman/interpolate does.
 */
final class GooseEnvironment {
  private static final Pattern TURN =
      Pattern.compile("(?i)--\\s*\\+goose\\s+ENVSUB(?:ST)?\\s+(ON|OFF)\\s*");

  private static final Pattern ASKED = Pattern.compile("\\$\\{?(\\p{L}[\\p{L}\\p{N}_]*)");

  /** What the library refuses, or makes another text of. */
  private static final Pattern DOLLAR =
      Pattern.compile("\\\\.|(?<two>\\$\\$)|(?<other>\\$(?![\\p{L}{(]|$))");

  private static final String TWO =
      "goose makes one dollar sign of two where ENVSUB is on, so that the server gets no `$$` and refuses what stands in between: turn it off on a line before each and on again after it.";

  private static final String OTHER =
      "goose stops at it: where ENVSUB is on, no dollar sign may stand before anything but a name.";

  private GooseEnvironment() {}

  /** Nothing where no file asks the environment for anything. */
  static Optional<Placeholders> placeholders(List<SourceFile> files) {
    Set<String> asked = new HashSet<>();
    for (SourceFile file : files) {
      filled(
          file,
          (line, start) ->
              ASKED.matcher(line).results().map(found -> found.group(1)).forEach(asked::add));
    }
    return asked.isEmpty()
        ? Optional.empty()
        : Optional.of(new Placeholders.Environment(Map.of(), asked));
  }

  static Optional<Obstacle> obstacle(SourceFile file) {
    Obstacle[] first = new Obstacle[1];
    filled(
        file,
        (line, start) -> {
          Matcher dollar = DOLLAR.matcher(line);
          while (first[0] == null && !line.startsWith("--") && dollar.find()) {
            if (dollar.group("two") != null) {
              first[0] = new Obstacle(TWO, start + dollar.start());
            } else if (dollar.group("other") != null) {
              first[0] = new Obstacle(OTHER, start + dollar.start());
            }
          }
        });
    return Optional.ofNullable(first[0]);
  }

  /** Gives each line in which goose fills something in, and where it starts. */
  private static void filled(SourceFile file, BiConsumer<String, Integer> to) {
    boolean on = false;
    for (int number = 1; number <= file.lineCount(); number++) {
      String line = file.line(number);
      Matcher turn = TURN.matcher(line);
      if (turn.matches()) {
        on = turn.group(1).equalsIgnoreCase("ON");
      } else if (on) {
        to.accept(line, file.startOfLine(number));
      }
    }
  }
}
