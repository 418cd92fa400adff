package dev.drydock.facts.mapping;

import dev.drydock.replay.Cause;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    return at(statement, cause, kinds, name, "", List.of());
  }

  /**
   * The same; of several parts that name it the one in the best action, else the one with its
   * schema, else the first.
   *
   * @param full the name with its schema, for a relation
   * @param actions names of parts of the kind {@code action}, the best first
   */
  static Location at(
      Statement statement,
      Optional<Cause> cause,
      List<String> kinds,
      String name,
      String full,
      List<String> actions) {
    Optional<Location> nested = cause.flatMap(Cause::location);
    if (nested.isPresent()) {
      return nested.get();
    }
    Syntax syntax = statement.syntax();
    for (String kind : kinds) {
      List<Syntax.Part> named = syntax.parts(kind, name).toList();
      if (!named.isEmpty()) {
        // What is made without a name may get that of one that the statement drops.
        List<Syntax.Part> candidates =
            Stream.concat(named.stream(), syntax.parts(kind, "")).toList();
        Syntax.Part part =
            actions.stream()
                .flatMap(action -> candidates.stream().filter(p -> isIn(action, p, syntax)))
                .findFirst()
                .orElseGet(() -> nearest(named, full, statement));
        return statement.location(part);
      }
    }
    return statement.location();
  }

  /** Names of one relation or of several that are in different schemas. */
  private static Syntax.Part nearest(List<Syntax.Part> named, String full, Statement statement) {
    return named.stream()
        .filter(part -> part.kind().equals("relation"))
        .min(Comparator.comparing(part -> distance(part, full, statement)))
        .orElse(named.getFirst());
  }

  private static int distance(Syntax.Part part, String full, Statement statement) {
    String written = statement.text().substring(part.start(), part.end()).replaceAll("[\"\\s]", "");
    if (written.equalsIgnoreCase(full)) {
      return 0;
    }
    return written.contains(".") ? 2 : 1;
  }

  /** Whether the definition of the column has a constraint in it that is given no name. */
  static boolean isInColumn(Syntax syntax, String column) {
    return syntax
        .parts("column", column)
        .anyMatch(
            around ->
                syntax
                    .parts("constraint", "")
                    .anyMatch(p -> around.start() <= p.start() && p.end() <= around.end()));
  }

  private static boolean isIn(String action, Syntax.Part part, Syntax syntax) {
    return syntax
        .parts("action", action)
        .anyMatch(around -> around.start() <= part.start() && part.end() <= around.end());
  }
}
