package dev.drydock.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What tells the directories of several histories apart, without what all of them share. */
final class DirectoryLabels {
  private final int histories;
  private final int shared;
  private final int ending;

  /**
   * @param directories of the histories that something is told of
   */
  DirectoryLabels(Collection<String> directories) {
    List<List<String>> all = directories.stream().map(DirectoryLabels::parts).toList();
    int shortest = all.stream().mapToInt(List::size).min().orElse(0);
    int first = 0;
    while (first < shortest && distinct(all, first, true) == 1) {
      first++;
    }
    int last = 0;
    while (last < shortest - first && distinct(all, last, false) == 1) {
      last++;
    }
    histories = all.size();
    shared = first;
    ending = last;
  }

  private static long distinct(List<List<String>> all, int index, boolean fromStart) {
    return all.stream()
        .map(parts -> parts.get(fromStart ? index : parts.size() - 1 - index))
        .distinct()
        .count();
  }

  private static List<String> parts(String directory) {
    return directory.isEmpty() ? List.of() : Arrays.asList(directory.split("/"));
  }

  /** What stands before a name in that directory; empty where there is one history alone. */
  String before(String directory) {
    if (histories < 2) {
      return "";
    }
    List<String> parts = parts(directory);
    List<String> label =
        new ArrayList<>(parts.subList(shared, Math.max(shared, parts.size() - ending)));
    if (ending > 0) {
      label.add(VisibleText.GAP);
    }
    return label.stream().map(part -> part + "/").collect(Collectors.joining());
  }
}
