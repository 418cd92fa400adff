package dev.drydock.cli;

import dev.drydock.lint.Fixing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * New texts for files, ready beside them: when one file cannot be written, or is not any more what
 * was linted, none is.
 */
final class Rewrite implements AutoCloseable {
  private final List<Ready> ready = new ArrayList<>();

  /**
   * A text that has only to take the place of another.
   *
   * @param file the file itself, where its name is a link
   */
  private record Ready(Fixing.FixedFile fixed, Path file, Path temporary) {}

  private Rewrite() {}

  /**
   * Writes the new texts beside the files.
   *
   * @param directory what the paths of the files are relative to
   * @throws UsageException when a file was changed since it was read
   */
  static Rewrite prepare(Path directory, List<Fixing.FixedFile> files) throws IOException {
    for (Fixing.FixedFile fixed : files) {
      checkUnchanged(directory, fixed);
    }
    Rewrite rewrite = new Rewrite();
    try {
      for (Fixing.FixedFile fixed : files) {
        rewrite.prepare(directory.resolve(fixed.before().path()), fixed);
      }
      return rewrite;
    } catch (IOException | RuntimeException e) {
      rewrite.close();
      throw e;
    }
  }

  private static void checkUnchanged(Path directory, Fixing.FixedFile fixed) throws IOException {
    Path path = fixed.before().path();
    byte[] linted = fixed.before().text().getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(Files.readAllBytes(directory.resolve(path)), linted)) {
      throw new UsageException(
          "%s was changed while it was linted, and nothing is written; run `drydock fix` again"
              .formatted(path));
    }
  }

  private void prepare(Path path, Fixing.FixedFile fixed) throws IOException {
    try {
      Path file = path.toRealPath();
      Path temporary =
          Files.createTempFile(file.getParent(), "." + file.getFileName() + ".", ".drydock");
      ready.add(new Ready(fixed, file, temporary));
      // The copy has the permissions of the file, which the new text keeps.
      Files.copy(
          file, temporary, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.write(temporary, fixed.after().text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw notWritten(fixed, e);
    }
  }

  /**
   * Puts the new texts in their places.
   *
   * @param done is told of each that is there
   */
  void run(Consumer<Fixing.FixedFile> done) throws IOException {
    for (Ready each : ready) {
      try {
        Files.move(each.temporary(), each.file(), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw notWritten(each.fixed(), e);
      }
      done.accept(each.fixed());
    }
  }

  private static IOException notWritten(Fixing.FixedFile fixed, IOException e) {
    return new IOException(
        "%s cannot be written: %s".formatted(fixed.before().path(), Problem.of(e)), e);
  }

  /** Takes away what did not come to its place. */
  @Override
  public void close() throws IOException {
    for (Ready each : ready) {
      Files.deleteIfExists(each.temporary());
    }
  }
}
