package dev.drydock.replay;

import dev.drydock.history.Migration;
import dev.drydock.sql.Statement;
import java.util.List;
import java.util.Objects;

/** A migration and the statements its file is split into, in order. */
public record ScriptedMigration(Migration migration, List<Statement> statements) {
  public ScriptedMigration {
    Objects.requireNonNull(migration);
    statements = List.copyOf(statements);
  }
}
