package dev.drydock.history.discovery;

import dev.drydock.history.layout.ChangelogNode;
import dev.drydock.history.layout.ChangelogOrder;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.FormattedSql;
import dev.drydock.history.layout.Found;
import dev.drydock.history.layout.Liquibase;
import dev.drydock.history.layout.Place;
import dev.drydock.history.layout.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes histories of directories with formatted SQL: one for each root changelog. */
final class LiquibaseHistories {
  private static final Pattern LIKELY =
      Pattern.compile("(?i).*(?:change[-_.]?log|liquibase|master|root|migration).*");
  private static final Pattern ROOT = Pattern.compile("(?i).*(?:master|root).*");

  private final List<Place> places;
  private final NavigableSet<Path> baseFiles;
  private final NavigableSet<Path> headFiles;
  private final Surroundings base;
  private final Surroundings head;
  private final boolean asked;
  private final Set<Path> formatted = new TreeSet<>();
  private final List<Found.PassedOver> leftOut = new ArrayList<>();

  /**
   * @param places directories with formatted SQL, at least one
   * @param asked whether the user named where to look
   */
  LiquibaseHistories(
      List<Place> places,
      NavigableSet<Path> baseFiles,
      NavigableSet<Path> headFiles,
      Surroundings base,
      Surroundings head,
      boolean asked) {
    this.asked = asked;
    this.places = List.copyOf(places);
    this.baseFiles = baseFiles;
    this.headFiles = headFiles;
    this.base = base;
    this.head = head;
  }

  List<Folder> find() {
    for (Place place : places) {
      place.files().stream().filter(file -> isFormatted(file, place)).forEach(formatted::add);
    }
    List<Folder> folders = new ArrayList<>();
    List<Folder> unrooted = new ArrayList<>();
    Set<Path> left = new TreeSet<>(formatted);
    for (ChangelogOrder order : orders()) {
      if (order.sql().stream().anyMatch(left::contains)) {
        Set<Path> inside = new TreeSet<>(order.sql());
        inside.retainAll(formatted);
        Path directory = common(inside);
        Set<Path> besides =
            left.stream()
                .filter(file -> Folders.holds(directory, file))
                .collect(Collectors.toSet());
        besides.removeAll(order.sql());
        left.removeAll(order.sql());
        left.removeAll(besides);
        folders.add(rooted(order, directory, besides));
      }
    }
    for (List<Path> group : groups(left)) {
      if (folders.isEmpty() || asked) {
        unrooted.add(unrooted(group));
      } else {
        leftOut.add(Found.PassedOver.notIncluded(common(group)));
      }
    }
    folders.addAll(unrooted);
    return folders;
  }

  /** Directories with formatted SQL that no changelog asks for, beside others that one does. */
  List<Found.PassedOver> leftOut() {
    return leftOut;
  }

  private static boolean isFormatted(Path file, Place place) {
    return Folders.name(file).endsWith(".sql")
        && place.around().text(file).filter(FormattedSql::is).isPresent();
  }

  /** Of root changelogs, those that are called so first, and then those that ask for most. */
  private List<ChangelogOrder> orders() {
    Set<Path> candidates = new TreeSet<>();
    Set<Path> above =
        places.stream()
            .flatMap(place -> Folders.upwards(place.directory()).stream())
            .collect(Collectors.toSet());
    Stream.concat(baseFiles.stream(), headFiles.stream())
        .filter(file -> ChangelogNode.isStructured(Folders.name(file)))
        .filter(
            file ->
                above.contains(Folders.of(file))
                    || (LIKELY.matcher(Folders.name(file)).matches()
                        && !Survey.isAside(Folders.of(file))))
        .filter(file -> isChangelog(file, head) || isChangelog(file, base))
        .forEach(candidates::add);
    List<ChangelogOrder> orders = new ArrayList<>();
    Set<Path> included = new HashSet<>();
    for (Path candidate : candidates) {
      ChangelogOrder order =
          ChangelogOrder.from(candidate, baseFiles, base)
              .joined(ChangelogOrder.from(candidate, headFiles, head));
      orders.add(order);
      order.changelogs().stream()
          .filter(changelog -> !changelog.equals(candidate))
          .forEach(included::add);
    }
    return orders.stream()
        .filter(order -> !included.contains(order.root()))
        .sorted(
            Comparator.comparing(
                    (ChangelogOrder order) -> !ROOT.matcher(Folders.name(order.root())).matches())
                .thenComparing(order -> -order.steps().size()))
        .toList();
  }

  private static boolean isChangelog(Path file, Surroundings around) {
    return around
        .text(file)
        .filter(text -> ChangelogNode.isChangelog(Folders.name(file), text))
        .isPresent();
  }

  /** The lowest directory that holds all these files. */
  private static Path common(Collection<Path> files) {
    Path common = Folders.of(files.iterator().next());
    for (Path file : files) {
      while (!Folders.holds(common, file)) {
        common = Folders.of(common);
      }
    }
    return common;
  }

  /**
   * @param besides formatted files in the directory that the changelog does not ask for
   */
  private Folder rooted(ChangelogOrder order, Path directory, Set<Path> besides) {
    Set<Path> files = new TreeSet<>(order.sql());
    files.addAll(order.changelogs());
    files.addAll(order.scripts());
    files.addAll(besides);
    return folder(new Liquibase(order.whole() ? order : order.with(besides)), directory, files);
  }

  private Folder unrooted(List<Path> files) {
    return folder(new Liquibase(ChangelogOrder.ofFiles(files)), common(files), files);
  }

  private Folder folder(Liquibase layout, Path directory, Collection<Path> files) {
    return new Folder(
        layout,
        directory,
        files.stream().filter(baseFiles::contains).sorted().toList(),
        files.stream().filter(headFiles::contains).sorted().toList());
  }

  /** Files that no root changelog asks for: those in a directory and below it belong together. */
  private static List<List<Path>> groups(Set<Path> files) {
    List<List<Path>> groups = new ArrayList<>();
    List<Path> tops = new ArrayList<>();
    files.stream()
        .map(Folders::of)
        .distinct()
        .sorted(Comparator.comparing(Path::getNameCount))
        .forEach(
            folder -> {
              if (tops.stream().noneMatch(top -> Folders.holds(top, folder))) {
                tops.add(folder);
              }
            });
    for (Path top : tops) {
      groups.add(files.stream().filter(file -> Folders.holds(top, file)).toList());
    }
    return groups;
  }
}
