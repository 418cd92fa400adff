package dev.drydock.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that a user named, directly or by their directory, spelled as the user did. */
final class NamedFiles extends FileTree {
  private final Path workingDirectory;

  /** The directory each file has to stay in, links followed. */
  private final Map<Path, Path> bounds;

  private NamedFiles(Path workingDirectory, Map<Path, Path> bounds, long limit) {
    super(limit);
    this.workingDirectory = workingDirectory;
    this.bounds = new TreeMap<>(bounds);
  }

  static NamedFiles of(Path workingDirectory, List<Path> named, long limit) {
    return new NamedFiles(workingDirectory, bounds(workingDirectory, named), limit);
  }

  private static Map<Path, Path> bounds(Path workingDirectory, List<Path> named) {
    Map<Path, Path> bounds = new LinkedHashMap<>();
    Path inside = workingDirectory.toAbsolutePath().normalize();
    for (Path name : named) {
      Path spelled = name.normalize();
      Path file = inside.resolve(spelled);
      boolean within = file.normalize().startsWith(inside);
      if (Files.isDirectory(file)) {
        Path bound = within ? inside : file;
        DirectoryTree.list(file).forEach(path -> bounds.put(spelled.resolve(path), bound));
      } else if (Files.exists(file)) {
        bounds.put(spelled, within ? inside : file.getParent());
      } else {
        throw new SourceException(
            "%s does not exist, so it cannot be linted. Check the path.".formatted(name));
      }
    }
    return bounds;
  }

  @Override
  public String name() {
    return "the given files";
  }

  @Override
  public List<Path> files() {
    return List.copyOf(bounds.keySet());
  }

  /** Files beside the named ones can be read too: a tool's settings lie there. */
  @Override
  public boolean has(Path path) {
    return Files.isRegularFile(workingDirectory.resolve(path));
  }

  @Override
  byte[] bytes(Path path) {
    Path bound = bounds.getOrDefault(path, workingDirectory.toAbsolutePath().normalize());
    return Disk.read(this, path, workingDirectory.resolve(path), bound);
  }
}
