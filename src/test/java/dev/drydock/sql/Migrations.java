package dev.drydock.sql;

import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Migrations for tests, each in the file {@code m/1.sql}. */
final class Migrations {
  private Migrations() {}

  static Migration of(String text) {
    SourceFile file = new SourceFile(Path.of("m", "1.sql"), text);
    return of(Script.whole(file));
  }

  /** The section of {@code text} after {@code marker}. */
  static Migration section(String text, String marker) {
    SourceFile file = new SourceFile(Path.of("m", "1.sql"), text);
    return of(new Script(file, text.indexOf(marker) + marker.length(), text.length()));
  }

  private static Migration of(Script script) {
    return new Migration(
        new Version.Versioned("1", List.of()),
        "",
        script.file(),
        script,
        Optional.empty(),
        Transaction.NONE);
  }

  static Statements statements(String text) {
    return Statements.of(of(text), Optional.empty());
  }
}
