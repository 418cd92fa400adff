package dev.drydock.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that a run is to write. A symbolic link in a checkout may be anybody's, who must not say
 * what is overwritten: the file takes its place. Elsewhere it is followed, as by any program.
 *
 * @param path absolute
 * @param checkout where links are not followed
 */
record OutputFile(Path path, Optional<Path> checkout) {
  /**
   * The file at {@code path}, looked at before the run, because a replay whose report cannot be
   * kept is in vain. Directories that are missing will be made.
   *
   * @throws UsageException when it could not be written now
   */
  static OutputFile checked(Path path, Optional<Path> checkout) {
    if (Files.isDirectory(path)) {
      throw new UsageException("%s cannot be written: it is a directory".formatted(path));
    }
    Path there = existing(path);
    if (!there.equals(path) && !Files.isDirectory(there)) {
      throw new UsageException("%s cannot be written: %s is a file".formatted(path, there));
    }
    if (!Files.isWritable(there)) {
      throw new UsageException(
          "%s cannot be written: there is no permission to write %s".formatted(path, there));
    }
    return new OutputFile(path, checkout);
  }

  /**
   * The same for a file in a checkout, which no link to a directory may lead out of.
   *
   * @throws UsageException also when one does
   */
  static OutputFile contained(Path path, Path checkout) {
    OutputFile file = checked(path.normalize(), Optional.of(checkout));
    Path inside = file.path();
    if (inside.startsWith(checkout.normalize()) && inside.getParent() != null) {
      Path there = existing(inside.getParent());
      if (!isIn(checkout, there)) {
        throw new UsageException(
            "%s cannot be written: %s leads out of %s".formatted(path, there, checkout));
      }
    }
    return file;
  }

  private static Path existing(Path path) {
    Path there = path;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  private static boolean isIn(Path checkout, Path directory) {
    try {
      return directory.toRealPath().startsWith(checkout.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes all of {@code text}.
   *
   * @throws IOException that names the file
   */
  void write(String text) throws IOException {
    try {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      if (Files.isSymbolicLink(path)
          && checkout.filter(top -> isIn(top, path.getParent())).isPresent()) {
        Files.delete(path);
      }
      Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException("%s cannot be written: %s".formatted(path, Problem.of(e)), e);
    }
  }
}
