package dev.drydock;

import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Statements;
import dev.drydock.sql.SyntaxReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Migrations made from text, for tests. */
public final class Migrations {
  private Migrations() {}

  public static Migration migration(String name, Transaction transaction, String sql) {
    SourceFile file = new SourceFile(Path.of(name), sql);
    return new Migration(
        new Version.Versioned(name, List.of()),
        name,
        file,
        Script.whole(file),
        Optional.empty(),
        transaction);
  }

  public static List<Statement> statements(Migration migration) {
    try (SyntaxReader reader = SyntaxReader.start(Duration.ofSeconds(5))) {
      return Statements.of(migration, Optional.empty()).parsed(reader).list();
    }
  }
}
