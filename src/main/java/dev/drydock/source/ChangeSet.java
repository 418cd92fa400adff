package dev.drydock.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A change under review: the files before it and the files with it.
 *
 * @param base what the change starts from: the merge base, not the tip of the target branch
 * @param head the files with the change
 */
public record ChangeSet(FileTree base, FileTree head) {
  public ChangeSet {
    Objects.requireNonNull(base);
    Objects.requireNonNull(head);
  }

  /**
   * How the files that {@code relevant} holds for differ, sorted by path. A deleted file and an
   * added one that resemble each other are one rename, by the same measure as git's.
   *
   * <p>Only files of both trees that may differ are read.
   *
   * @throws SourceException when a file that has to be read cannot be
   */
  public List<Change> changes(Predicate<Path> relevant) {
    Set<Path> before = paths(base, relevant);
    Set<Path> after = paths(head, relevant);
    List<Change> changes = new ArrayList<>();
    List<Path> added = new ArrayList<>();
    for (Path path : after) {
      if (!before.contains(path)) {
        added.add(path);
      } else if (!base.id(path).equals(head.id(path))) {
        changes.add(new Change.Modified(path));
      }
    }
    List<Path> deleted = before.stream().filter(path -> !after.contains(path)).toList();
    changes.addAll(Renames.between(base, deleted, head, added));
    changes.sort(Comparator.comparing(Change::path));
    return List.copyOf(changes);
  }

  private static Set<Path> paths(FileTree tree, Predicate<Path> relevant) {
    return tree.files().stream().filter(relevant).collect(Collectors.toCollection(TreeSet::new));
  }
}
