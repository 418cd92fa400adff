package dev.drydock.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** The difference of two texts of one file, as {@code patch} and {@code git apply} read it. */
public final class UnifiedDiff {
  private UnifiedDiff() {}

  /** Empty when they are the same. */
  public static String of(SourceFile before, SourceFile after) {
    if (before.text().equals(after.text())) {
      return "";
    }
    RawText old = raw(before);
    RawText now = raw(after);
    ByteArrayOutputStream hunks = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(hunks)) {
      formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now), old, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "--- a/%s\n+++ b/%s\n".formatted(before.path(), after.path())
        + hunks.toString(StandardCharsets.UTF_8);
  }

  private static RawText raw(SourceFile file) {
    return new RawText(file.text().getBytes(StandardCharsets.UTF_8));
  }
}
