package dev.drydock.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/** The two spellings of a path: git's, with slashes, and this system's. */
final class GitPath {
  private GitPath() {}

  static String toGit(Path path) {
    StringBuilder text = new StringBuilder();
    for (Path part : path) {
      text.append(text.isEmpty() ? "" : "/").append(part);
    }
    return text.toString();
  }

  /** Names of objects, by the paths of this system. */
  static Map<Path, String> named(Map<String, ObjectId> byPath) {
    Map<Path, String> named = new TreeMap<>();
    byPath.forEach((git, id) -> fromGit(git).ifPresent(path -> named.put(path, id.name())));
    return named;
  }

  /**
   * The path that {@code git} names, or nothing for one that git would refuse to check out.
   *
   * @throws SourceException when an SQL file has a name this system cannot write
   */
  static Optional<Path> fromGit(String git) {
    try {
      Path path = Path.of(git);
      boolean sound = !path.isAbsolute() && path.equals(path.normalize());
      return sound && !git.isEmpty() ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      if (!git.endsWith(".sql")) {
        return Optional.empty();
      }
      throw new SourceException(
          "%s has a name that this system's character set cannot write, so it cannot be read. Set LC_ALL=C.UTF-8."
              .formatted(git),
          e);
    }
  }
}
