package dev.drydock.facts;

import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which function answers the calls of another. */
final class Calls {
  /** Each type is taken where one after it is wanted. */
  private static final List<List<String>> WIDENING =
      List.of(
          List.of("smallint", "integer", "bigint", "numeric", "real", "double precision"),
          List.of("character", "character varying", "text"),
          List.of("date", "timestamp without time zone", "timestamp with time zone"));

  private Calls() {}

  /** The function that takes the calls of {@code old}, the one with its own types first. */
  static Optional<Function> served(Function old, Schema schema) {
    return schema
        .functions()
        .filter(other -> other.name().equals(old.name()) && other.kind().equals(old.kind()))
        .filter(other -> takes(other, old.types()))
        .min(
            Comparator.comparing((Function other) -> !other.types().equals(old.types()))
                .thenComparing(Function::arguments));
  }

  private static boolean takes(Function function, List<String> given) {
    if (function.required() > given.size() || function.types().size() < given.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!isTaken(given.get(i), function.types().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTaken(String given, String wanted) {
    return given.equals(wanted)
        || WIDENING.stream()
            .anyMatch(
                types -> types.contains(given) && types.indexOf(given) < types.indexOf(wanted));
  }
}
