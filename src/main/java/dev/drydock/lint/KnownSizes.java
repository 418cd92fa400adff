package dev.drydock.lint;

import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.policy.PolicyException;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The sizes of production's tables that a run goes by.
 *
 * @param notices what a reader should know of where they come from, a sentence each
 */
public record KnownSizes(TableSizes sizes, List<String> notices) {
  public static final KnownSizes NONE = new KnownSizes(TableSizes.UNKNOWN, List.of());

  public KnownSizes {
    Objects.requireNonNull(sizes);
    notices = List.copyOf(notices);
  }

  /**
   * Those of a file that is part of no change under review.
   *
   * @throws PolicyException when it is malformed, or was named and is not there
   */
  public static KnownSizes at(Configuration.Sizes settings, FileTree disk) {
    if (disk.has(settings.file())) {
      return new KnownSizes(read(disk, settings.file()), List.of());
    }
    if (settings.named()) {
      throw new PolicyException(
          "`table-sizes` names the file %s, which is not there".formatted(settings.file()), null);
    }
    return NONE;
  }

  /**
   * Those that hold for a change. The change itself has no say in them, or it could make a table
   * small: what git keeps counts as it was before the change. What git does not keep has been put
   * there by whoever runs Drydock, and counts as it is.
   *
   * @param committed the last commit of the change
   * @param disk the files at hand, those that git ignores too
   * @throws PolicyException when the file is malformed, or was named and is not there
   */
  public static KnownSizes of(
      Configuration.Sizes settings, ChangeSet change, FileTree committed, FileTree disk) {
    Path file = settings.file();
    boolean before = change.base().has(file);
    if (!before && !committed.has(file)) {
      return at(settings, disk);
    }
    boolean after = change.head().has(file);
    if (before && after && change.base().id(file).equals(change.head().id(file))) {
      return new KnownSizes(read(change.base(), file), List.of());
    }
    if (after) {
      // A file that no later run could read is refused while it is new.
      read(change.head(), file);
    }
    if (!before) {
      return unknown(
          "%s is new with this change: the sizes in it count from the next one on", file);
    }
    try {
      TableSizes sizes = read(change.base(), file);
      return new KnownSizes(
          sizes,
          List.of(
              "%s is %s by this change: the sizes from before it were used"
                  .formatted(file, after ? "altered" : "removed")));
    } catch (PolicyException | SourceException e) {
      return unknown("%s was not readable before this change: no sizes were used", file);
    }
  }

  private static KnownSizes unknown(String notice, Path file) {
    return new KnownSizes(TableSizes.UNKNOWN, List.of(notice.formatted(file)));
  }

  private static TableSizes read(FileTree tree, Path file) {
    SourceFile source = tree.read(file);
    return TableSizesReader.read(file.toString(), source.text());
  }
}
