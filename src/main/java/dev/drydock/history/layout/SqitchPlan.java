package dev.drydock.history.layout;

import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a plan of Sqitch's says, as App::Sqitch::Plan reads it.
 *
 * @param changes in their order
 */
public record SqitchPlan(Optional<String> project, List<Change> changes) {
  private static final Pattern PROJECT = Pattern.compile("\\s*%\\s*project\\s*=\\s*(\\S+)\\s*");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /**
   * The name is followed by what it requires, its time and its planner. One that Sqitch would take
   * for a path out of its directory is left out.
   */
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?<tag>@)?(?:[+-]\\s*)?(?<name>(?!/)(?:(?!\\.\\./)[^\\s\\p{Cntrl}@:#\\\\\\[\\]])+)"
              + "\\s*(?:\\[(?<dependencies>[^]]*)]\\s*)?"
              + "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ.*");

  /** As App::Sqitch::Plan::Depend reads one: of a change, of one as of a tag, or of a tag. */
  private static final Pattern REQUIRED =
      Pattern.compile("(?!!)(?:(?<project>[^:@]+):)?(?<name>[^:@]+)?(?<tag>@[^:@]+)?");

  /** The id of a change, which may be one of another project. */
  private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");

  /**
   * A line that asks for a deploy script.
   *
   * @param time how many changes of its name come before it, those not counted between which no tag
   *     stands: Sqitch refuses that
   * @param tags those on the way from it to the next change of its name, the nearest to that first;
   *     none where it is the last of its name
   * @param reworked whether another change of its name follows
   * @param text the line, without blanks that mean nothing
   * @param unmet what it requires of this project and no line before it has
   */
  public record Change(
      String name,
      int time,
      List<String> tags,
      boolean reworked,
      Location line,
      String text,
      List<String> unmet) {
    public Change {
      tags = List.copyOf(tags);
      unmet = List.copyOf(unmet);
    }

    /** What tells it from the others, whatever comes to follow it. */
    String key() {
      return time == 0 ? name : name + " " + time;
    }

    /** As Sqitch shows it. */
    String shown() {
      return reworked && !tags.isEmpty() ? name + "@" + tags.getFirst() : name;
    }

    /** The path of its script; of several it may have, the first that is there. */
    public Path script(SqitchTarget target, Predicate<Path> exists) {
      Path folder = reworked ? target.reworked() : target.deploy();
      List<Path> names = new ArrayList<>();
      if (reworked) {
        tags.forEach(tag -> names.add(folder.resolve(name + "@" + tag + target.ending())));
      }
      if (names.isEmpty()) {
        names.add(folder.resolve(name + target.ending()));
      }
      return names.stream().filter(exists).findFirst().orElse(names.getFirst());
    }
  }

  public SqitchPlan {
    changes = List.copyOf(changes);
  }

  static SqitchPlan of(SourceFile file) {
    Optional<String> project = Optional.empty();
    List<Written> written = new ArrayList<>();
    Set<String> planned = new HashSet<>();
    for (int number = 1; number <= file.lineCount(); number++) {
      String text = file.line(number);
      String line = text.replaceFirst("#.*", "");
      Matcher pragma = PROJECT.matcher(line);
      Matcher parts = LINE.matcher(line);
      if (pragma.matches()) {
        project = Optional.of(pragma.group(1));
      } else if (parts.matches() && parts.group("tag") == null) {
        int start = file.startOfLine(number);
        Location place = file.location(start, start + line.stripTrailing().length());
        List<String> unmet = unmet(parts.group("dependencies"), project, planned);
        written.add(new Written(parts.group("name"), place, plain(text), new ArrayList<>(), unmet));
        planned.add(parts.group("name"));
      } else if (parts.matches() && !written.isEmpty()) {
        written.getLast().tags().add(parts.group("name"));
        planned.add("@" + parts.group("name"));
      }
    }
    return new SqitchPlan(project, changes(written));
  }

  /**
   * @param dependencies what stands in brackets; null where there are none
   * @param planned the names of the changes so far, and of the tags with what marks them
   */
  private static List<String> unmet(
      String dependencies, Optional<String> project, Set<String> planned) {
    return dependencies == null
        ? List.of()
        : BLANKS
            .splitAsStream(dependencies.strip())
            .filter(required -> !isMet(REQUIRED.matcher(required), project, planned))
            .toList();
  }

  private static boolean isMet(Matcher required, Optional<String> project, Set<String> planned) {
    if (!required.matches()
        || (required.group("project") != null
            ? !project.equals(Optional.of(required.group("project")))
            : ID.matcher(required.group()).matches())) {
      return true;
    }
    return Stream.of(required.group("name"), required.group("tag"))
        .filter(Objects::nonNull)
        .allMatch(planned::contains);
  }

  private static String plain(String line) {
    return BLANKS.matcher(line.strip()).replaceAll(" ").replaceAll(" ?([\\[\\]#]) ?", "$1");
  }

  /** A line, and the tags right below it. */
  private record Written(
      String name, Location line, String text, List<String> tags, List<String> unmet) {}

  private static List<Change> changes(List<Written> written) {
    List<OptionalInt> next = next(written);
    NavigableMap<Integer, List<String>> tagged = new TreeMap<>();
    for (int i = 0; i < written.size(); i++) {
      if (!written.get(i).tags().isEmpty()) {
        tagged.put(i, written.get(i).tags());
      }
    }
    List<Change> changes = new ArrayList<>();
    Map<String, Integer> times = new HashMap<>();
    for (int i = 0; i < written.size(); i++) {
      Written change = written.get(i);
      Set<String> tags = new LinkedHashSet<>();
      if (next.get(i).isPresent()) {
        tagged
            .subMap(i, true, next.get(i).getAsInt(), false)
            .descendingMap()
            .values()
            .forEach(tags::addAll);
      }
      int time = times.getOrDefault(change.name(), 0);
      changes.add(
          new Change(
              change.name(),
              time,
              List.copyOf(tags),
              next.get(i).isPresent(),
              change.line(),
              change.text(),
              change.unmet()));
      times.put(change.name(), tags.isEmpty() ? time : time + 1);
    }
    return changes;
  }

  /** For each line the index of the next one with its name. */
  private static List<OptionalInt> next(List<Written> written) {
    List<OptionalInt> next = new ArrayList<>();
    Map<String, Integer> nearest = new HashMap<>();
    for (int i = written.size() - 1; i >= 0; i--) {
      Integer later = nearest.put(written.get(i).name(), i);
      next.add(later == null ? OptionalInt.empty() : OptionalInt.of(later));
    }
    return next.reversed();
  }
}
