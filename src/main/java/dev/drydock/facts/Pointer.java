package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
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
    return at(statement, cause, kinds, name, List.of());
  }

  /**
   * The same; of several parts that name it the one in the best action, else the first.
   *
   * @param actions names of parts of the kind {@code action}, the best first
   */
  static Location at(
      Statement statement,
      Optional<Cause> cause,
      List<String> kinds,
      String name,
      List<String> actions) {
    Optional<Location> nested = cause.flatMap(Cause::location);
    if (nested.isPresent()) {
      return nested.get();
    }
    List<Syntax.Part> all = statement.syntax().parts();
    for (String kind : kinds) {
      List<Syntax.Part> named =
          all.stream()
              .filter(part -> part.kind().equals(kind) && part.name().equals(name))
              .toList();
      if (!named.isEmpty()) {
        // What is made without a name may get that of one that the statement drops.
        Stream<Syntax.Part> unnamed =
            all.stream().filter(part -> part.kind().equals(kind) && part.name().isEmpty());
        List<Syntax.Part> candidates = Stream.concat(named.stream(), unnamed).toList();
        Syntax.Part part =
            actions.stream()
                .flatMap(action -> candidates.stream().filter(p -> isIn(action, p, all)))
                .findFirst()
                .orElse(named.getFirst());
        return statement
            .migration()
            .file()
            .location(statement.start() + part.start(), statement.start() + part.end());
      }
    }
    return statement.location();
  }

  private static boolean isIn(String action, Syntax.Part part, List<Syntax.Part> all) {
    return all.stream()
        .filter(around -> around.kind().equals("action") && around.name().equals(action))
        .anyMatch(around -> around.start() <= part.start() && part.end() <= around.end());
  }
}
