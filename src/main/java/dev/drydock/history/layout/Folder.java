package dev.drydock.history.layout;

import dev.drydock.history.Version;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one history.
 *
 * @param directory where they lie at the head
 * @param baseDirectory where they lay at the base; the same unless the directory was moved
 * @param baseFiles files at the base that may be migrations or belong to one
 * @param headFiles the same at the head
 */
public record Folder(
    Layout layout, Path directory, Path baseDirectory, List<Path> baseFiles, List<Path> headFiles) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  public Folder {
    baseFiles = List.copyOf(baseFiles);
    headFiles = List.copyOf(headFiles);
  }

  /** A directory that has the same place at the base. */
  public Folder(Layout layout, Path directory, List<Path> baseFiles, List<Path> headFiles) {
    this(layout, directory, directory, baseFiles, headFiles);
  }

  /** Those at the base and those at the head, so that most are there twice. */
  public Stream<Path> files() {
    return Stream.concat(baseFiles.stream(), headFiles.stream());
  }

  public boolean isEmpty() {
    return baseFiles.isEmpty() && headFiles.isEmpty();
  }

  /** The versions of its migrations. */
  public Set<Version> versions() {
    return versions(files()).collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<Version> versions(Stream<Path> files) {
    return versions(layout, files);
  }

  /** The versions of those of the files that the tool would run. */
  public static Stream<Version> versions(Layout layout, Stream<Path> files) {
    return files
        .map(layout::role)
        .filter(Role.Forward.class::isInstance)
        .map(role -> ((Role.Forward) role).version());
  }

  /** Whether the tool would run any of the files. */
  public static boolean anyForward(Layout layout, List<Path> files) {
    return files.stream().anyMatch(file -> layout.role(file) instanceof Role.Forward);
  }

  /** Whether the newest version is newer than that of {@code other}. */
  public boolean isNewerThan(Folder other) {
    return newest()
        .filter(own -> other.newest().filter(old -> old.compareTo(own) < 0).isPresent())
        .isPresent();
  }

  /** The same for one of another tool, whose versions are compared by what they begin with. */
  public boolean hasGreaterNumberThan(Folder other) {
    return greatestNumber().compareTo(other.greatestNumber()) > 0;
  }

  private BigInteger greatestNumber() {
    return versions(files())
        .map(version -> NUMBER.matcher(version.text()))
        .filter(Matcher::lookingAt)
        .map(number -> new BigInteger(number.group()))
        .max(Comparator.naturalOrder())
        .orElse(BigInteger.ZERO);
  }

  private Optional<Version> newest() {
    return versions(files())
        .filter(Version.Versioned.class::isInstance)
        .max(Comparator.naturalOrder());
  }

  /** Whether {@code other} is none of what a database has, going by the tool of this one. */
  public boolean leavesOut(Folder other) {
    return layout.leavesOut(directory, other.directory);
  }

  /** Whether files at the base have the same number. */
  public boolean countsTwice() {
    Set<Version> numbers = new TreeSet<>();
    return versions(baseFiles.stream()).anyMatch(version -> !numbers.add(version));
  }

  /** Whether the change takes all its migrations away. */
  public boolean isGone() {
    return anyForward(layout, baseFiles) && !anyForward(layout, headFiles);
  }

  /** Whether the change brings all its migrations. */
  public boolean isNew() {
    return !anyForward(layout, baseFiles) && anyForward(layout, headFiles);
  }

  /**
   * Whether {@code gone} may be this directory before it was moved: most of its migrations are here
   * by name.
   */
  public boolean isMoved(Folder gone) {
    List<Path> names = headFiles.stream().map(file -> Folders.relative(directory, file)).toList();
    List<Path> before =
        gone.baseFiles.stream()
            .filter(file -> layout.role(file) instanceof Role.Forward)
            .map(file -> Folders.relative(gone.directory, file))
            .toList();
    return gone.layout.id().equals(layout.id())
        && 2 * before.stream().filter(names::contains).count() >= before.size();
  }

  /** This directory, known to have been that of {@code gone} at the base. */
  public Folder movedFrom(Folder gone) {
    return new Folder(layout, directory, gone.directory, gone.baseFiles, headFiles);
  }
}
