package dev.drydock.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a run is to write.
 *
 * @param path absolute
 */
record OutputFile(Path path) {
  /**
   * The file at {@code path}, looked at before the run, because a replay whose report cannot be
   * kept is in vain. Directories that are missing will be made.
   *
   * @throws UsageException when it could not be written now
   */
  static OutputFile checked(Path path) {
    if (Files.isDirectory(path)) {
      throw new UsageException("%s cannot be written: it is a directory".formatted(path));
    }
    Path there = path;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (!there.equals(path) && !Files.isDirectory(there)) {
      throw new UsageException("%s cannot be written: %s is a file".formatted(path, there));
    }
    if (!Files.isWritable(there)) {
      throw new UsageException(
          "%s cannot be written: there is no permission to write %s".formatted(path, there));
    }
    return new OutputFile(path);
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
      Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException("%s cannot be written: %s".formatted(path, Problem.of(e)), e);
    }
  }
}
