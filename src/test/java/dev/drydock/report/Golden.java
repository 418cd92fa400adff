package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checked-in file that a test's output has to equal. */
public final class Golden {
  private static final Path REPORTS = Path.of("src/test/resources/dev/drydock/report");

  private Golden() {}

  /** The file of that name beside the samples of this package. */
  public static void equal(String name, String actual) {
    equal(REPORTS.resolve(name), actual);
  }

  /**
   * Fails on a difference; with {@code -Dupdate=true} writes the file instead.
   *
   * @param file relative to the root of the project
   */
  public static void equal(Path file, String actual) {
    try {
      if (Boolean.getBoolean("update")) {
        if (!Files.exists(file) || !Files.readString(file).equals(actual)) {
          Files.createDirectories(file.getParent());
          Files.writeString(file, actual);
        }
        return;
      }
      assertThat(file).as("run `mvn test -Dupdate=true` to write it").exists();
      assertThat(actual)
          .as("%s is out of date; if the new text is right, run `mvn test -Dupdate=true`", file)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
