package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.util.List;
import java.util.Optional;

/** Finds the words of a statement a finding should point at. */
final class Pointer {
  private Pointer() {}

  /**
   * The command inside a block when one is the cause; else the part of the statement that names
   * {@code name}; else the statement.
   *
   * @param kinds kinds of {@link Syntax.Part}, the best first
   */
  static Location at(Statement statement, Optional<Cause> cause, List<String> kinds, String name) {
    Optional<Location> nested = cause.flatMap(Cause::location);
    if (nested.isPresent()) {
      return nested.get();
    }
    for (String kind : kinds) {
      for (Syntax.Part part : statement.syntax().parts()) {
        if (part.kind().equals(kind) && part.name().equals(name)) {
          return statement
              .migration()
              .file()
              .location(statement.start() + part.start(), statement.start() + part.end());
        }
      }
    }
    return statement.location();
  }
}
