package dev.drydock.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.util.QuotedString;

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
    return "--- %s\n+++ %s\n".formatted(name("a/", before), name("b/", after))
        + hunks.toString(StandardCharsets.UTF_8);
  }

  /** As git has it: what would end the name is spelled, and a name with a blank ends in a tab. */
  private static String name(String side, SourceFile file) {
    String name = QuotedString.GIT_PATH_MINIMAL.quote(side + file.path());
    return name.indexOf(' ') >= 0 && !name.startsWith("\"") ? name + "\t" : name;
  }

  private static RawText raw(SourceFile file) {
    return new RawText(file.text().getBytes(StandardCharsets.UTF_8));
  }
}
