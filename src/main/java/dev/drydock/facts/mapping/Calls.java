package dev.drydock.facts.mapping;

import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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

  /** Whether calls that leave out what {@code old} has defaults for find a function too. */
  static boolean shortServed(Function old, Schema schema) {
    return IntStream.range(old.required(), old.types().size())
        .allMatch(
            given ->
                schema
                    .functions()
                    .filter(f -> f.name().equals(old.name()) && f.kind().equals(old.kind()))
                    .anyMatch(f -> takes(f, old.types().subList(0, given))));
  }

  /** Names of arguments of {@code old} that {@code other} has none of. */
  static List<String> lostNames(Function old, Function other) {
    return old.names().stream()
        .filter(name -> !name.isEmpty() && !other.names().contains(name))
        .toList();
  }

  /** Names of arguments of {@code old} that are those of other places in {@code other}. */
  static List<String> movedNames(Function old, Function other) {
    return old.names().stream()
        .filter(name -> !name.isEmpty() && other.names().contains(name))
        .filter(name -> other.names().indexOf(name) != old.names().indexOf(name))
        .toList();
  }

  /**
   * Whether there are calls that both take with the same types, the one or the other by its
   * defaults: the server refuses those, and does not prefer the one without.
   */
  static boolean isAmbiguous(Function one, Function other) {
    int needed = Math.max(one.required(), other.required());
    return !one.id().equals(other.id())
        && one.name().equals(other.name())
        && one.kind().equals(other.kind())
        && !one.arguments().contains("VARIADIC")
        && !other.arguments().contains("VARIADIC")
        && one.types().size() >= needed
        && other.types().size() >= needed
        && one.types().subList(0, needed).equals(other.types().subList(0, needed));
  }

  /**
   * Whether those are the calls that give one of the two all its arguments. Of two that differ in
   * arguments with defaults alone, the calls that give none of these may never be meant.
   */
  static boolean isAmbiguousInFull(Function one, Function other) {
    int needed = Math.max(one.required(), other.required());
    return isAmbiguous(one, other) && Math.min(one.types().size(), other.types().size()) == needed;
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
