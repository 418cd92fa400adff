package dev.drydock.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of a directory without leaving it. */
final class Disk {
  private Disk() {}

  /**
   * The content of {@code file}, which messages call {@code path}. Once all links are followed it
   * must be a regular file below {@code bound} and none of git's own: those hold credentials.
   */
  static byte[] read(FileTree tree, Path path, Path file, Path bound) {
    try {
      if (!Files.exists(file)) {
        throw Files.isSymbolicLink(file)
            ? tree.linkOut(path, Files.readSymbolicLink(file).toString())
            : tree.missing(path);
      }
      Path real = file.toRealPath();
      Path top = bound.toRealPath();
      if (!real.startsWith(top) || isGits(top.relativize(real))) {
        throw tree.linkOut(path, real.toString());
      }
      return content(tree, path, real);
    } catch (IOException e) {
      throw tree.unreadable(path, e);
    }
  }

  /** The content of the file at {@code real}, which messages call {@code path}. */
  static byte[] content(FileTree tree, Path path, Path real) throws IOException {
    if (!Files.isRegularFile(real)) {
      throw tree.missing(path);
    }
    long size = Files.size(real);
    if (size > tree.limit()) {
      throw tree.tooLarge(path, size);
    }
    try (InputStream in = Files.newInputStream(real)) {
      return in.readAllBytes();
    }
  }

  private static boolean isGits(Path relative) {
    for (Path part : relative) {
      if (part.toString().equalsIgnoreCase(".git")) {
        return true;
      }
    }
    return false;
  }
}
