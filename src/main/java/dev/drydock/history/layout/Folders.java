package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Questions about relative paths, where the root of the tree is the empty path. */
public final class Folders {
  public static final Path ROOT = Path.of("");

  private Folders() {}

  public static Path of(Path path) {
    Path parent = path.getParent();
    return parent == null ? ROOT : parent;
  }

  public static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  /** Whether {@code path} is {@code folder} or lies below it. */
  public static boolean holds(Path folder, Path path) {
    // The empty path is a prefix of no other path as far as Path is concerned.
    return folder.equals(ROOT) || path.startsWith(folder);
  }

  /** {@code path} as seen from {@code folder}; as it is where no way leads from there to it. */
  public static Path relative(Path folder, Path path) {
    boolean apart =
        folder.isAbsolute() != path.isAbsolute()
            || (folder.startsWith("..") && !holds(folder, path));
    return folder.equals(ROOT) || apart ? path : folder.relativize(path);
  }

  /** Whether the path leads out of the tree, as only one that the user named does. */
  static boolean isOutside(Path path) {
    return path.isAbsolute() || path.startsWith("..");
  }

  /** {@code folder} and the folders above it, the root of the tree last. */
  public static List<Path> upwards(Path folder) {
    List<Path> all = new ArrayList<>();
    for (Path at = folder; at != null && !at.equals(ROOT); at = at.getParent()) {
      all.add(at);
    }
    if (!folder.isAbsolute()) {
      all.add(ROOT);
    }
    return all;
  }

  /** The first name of {@code path} below {@code folder}; nothing for {@code folder} itself. */
  static Optional<Path> below(Path folder, Path path) {
    if (folder.equals(path)) {
      return Optional.empty();
    }
    Path relative = relative(folder, path);
    return Optional.of(
        folder.equals(ROOT) ? relative.getName(0) : folder.resolve(relative.getName(0)));
  }

  /** Whether the name of {@code folder} has one of these words. */
  public static boolean isNamed(Path folder, Collection<String> words) {
    return words(name(folder)).stream().anyMatch(words::contains);
  }

  /** The words a name is made of, in lower case: {@code jdbcMysql-8} is jdbc, mysql, 8. */
  public static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String word : name.split("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")) {
      if (!word.isEmpty()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }
}
