package dev.drydock.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files that a user named, directly or by their directory: relative to the working directory where
 * they lie in it, else spelled as the user did.
 */
final class NamedFiles extends FileTree {
  private final Path workingDirectory;

  /** The directory each file has to stay in, links followed. */
  private final Map<Path, Path> bounds = new TreeMap<>();

  private final Set<Path> directly = new HashSet<>();

  private NamedFiles(Path workingDirectory, long limit) {
    super(limit);
    this.workingDirectory = workingDirectory;
  }

  static NamedFiles of(Path workingDirectory, List<Path> named, long limit) {
    NamedFiles files = new NamedFiles(workingDirectory, limit);
    named.forEach(files::add);
    return files;
  }

  private void add(Path name) {
    Path inside = workingDirectory.toAbsolutePath().normalize();
    Path file = inside.resolve(name).normalize();
    boolean within = file.startsWith(inside);
    Path spelled = within ? inside.relativize(file) : name.normalize();
    if (Files.isDirectory(file)) {
      Path bound = within ? inside : file;
      DirectoryTree.list(file).forEach(path -> bounds.put(spelled.resolve(path), bound));
    } else if (Files.exists(file)) {
      bounds.put(spelled, within ? inside : file.getParent());
      directly.add(spelled);
    } else {
      throw SourceException.misnamed(
          "%s does not exist, so it cannot be linted. Check the path.".formatted(name));
    }
  }

  @Override
  public boolean isNamed(Path path) {
    return directly.contains(path);
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
