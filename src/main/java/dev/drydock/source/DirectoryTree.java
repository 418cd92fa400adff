package dev.drydock.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All files below a directory, without git. */
final class DirectoryTree extends FileTree {
  private final Path root;
  private List<Path> files;

  DirectoryTree(Path root, long limit) {
    super(limit);
    this.root = root;
  }

  @Override
  public String name() {
    return root.toString().isEmpty() ? "the current directory" : root.toString();
  }

  @Override
  public synchronized List<Path> files() {
    if (files == null) {
      files = list(root);
    }
    return files;
  }

  @Override
  public boolean has(Path path) {
    return Files.isRegularFile(root.resolve(path));
  }

  @Override
  byte[] bytes(Path path) {
    return Disk.read(this, path, root.resolve(path), root);
  }

  /**
   * The files below {@code directory}, relative to it, without what git keeps for itself and
   * without following links to directories.
   */
  static List<Path> list(Path directory) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return folder.endsWith(".git")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()
                  || (attributes.isSymbolicLink() && !Files.isDirectory(file))) {
                found.add(directory.relativize(file));
              }
              return FileVisitResult.CONTINUE;
            }

            /** Closed to this user, or gone since its directory was listed. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (file.equals(directory)) {
                throw e;
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new SourceException(
          "%s cannot be listed, so no migration can be found there: %s"
              .formatted(directory, reason(e)),
          e);
    }
    Collections.sort(found);
    return List.copyOf(found);
  }
}
