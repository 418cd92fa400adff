package dev.drydock.history.discovery;

import dev.drydock.history.Version;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.Sqlx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Directories of one tool that are one history to a database. */
final class JoinedFolders {
  private JoinedFolders() {}

  /** Leaves one folder in the place of those that belong together. */
  static void join(List<Folder> folders) {
    for (Folder folder : List.copyOf(folders)) {
      if (folder.layout().isRecursive()) {
        // A tool that looks below a directory has what lies there from it already.
        folders.removeIf(
            below ->
                !below.equals(folder)
                    && below.layout().id().equals(folder.layout().id())
                    && Folders.holds(folder.directory(), below.directory()));
      }
    }
    List<Folder> byName =
        folders.stream()
            .filter(folder -> folder.layout() instanceof Sqlx)
            .sorted(Comparator.comparing(Folder::directory))
            .toList();
    for (Folder second : byName) {
      byName.stream()
          .filter(first -> isTrackOf(first, second))
          .findFirst()
          .ifPresent(
              first -> {
                int at = indexAt(folders, first.directory());
                folders.remove(second);
                folders.set(at, both(folders.get(at), second));
              });
    }
  }

  private static int indexAt(List<Folder> folders, Path directory) {
    return folders.stream().map(Folder::directory).toList().indexOf(directory);
  }

  /**
   * Whether {@code second} has what the program runs apart from the rest of one series: its name
   * begins with that of the other, and their numbers are one sequence. sqlx keeps both in one
   * table.
   */
  private static boolean isTrackOf(Folder first, Folder second) {
    String name = Folders.name(first.directory());
    if (first.equals(second)
        || !Folders.of(first.directory()).equals(Folders.of(second.directory()))
        || !continues(name, Folders.name(second.directory()))) {
      return false;
    }
    Set<Version> old = first.versions();
    Set<Version> more = second.versions();
    return !old.isEmpty()
        && !more.isEmpty()
        && Collections.disjoint(old, more)
        && Collections.min(old).compareTo(Collections.min(more)) < 0;
  }

  private static boolean continues(String name, String longer) {
    return longer.startsWith(name)
        && longer.length() > name.length() + 1
        && "._-".indexOf(longer.charAt(name.length())) >= 0;
  }

  private static Folder both(Folder first, Folder second) {
    return new Folder(
        first.layout(),
        first.directory(),
        joined(first.baseFiles(), second.baseFiles()),
        joined(first.headFiles(), second.headFiles()));
  }

  private static List<Path> joined(List<Path> first, List<Path> second) {
    List<Path> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
