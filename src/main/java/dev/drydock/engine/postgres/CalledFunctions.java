package dev.drydock.engine.postgres;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import dev.drydock.sql.BlockStatements;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The data changes in the bodies of the functions that a statement calls by name, and of those that
 * they call.
 *
 * <p>That rows were written is what the server says; the bodies only tell by which command.
 */
final class CalledFunctions {
  private static final Set<String> READABLE = Set.of("plpgsql", "sql");

  private final Schema schema;
  private final Set<Function> called = new LinkedHashSet<>();

  private CalledFunctions(Schema schema) {
    this.schema = schema;
  }

  private record Writing(Function function, BlockStatements.Writing change) {}

  /**
   * What wrote to {@code relation}. Which of several ran is not known: then one that leaves rows
   * out.
   *
   * @param sql the statement that calls
   */
  static Optional<Cause> writing(String sql, Relation relation, Schema schema) {
    CalledFunctions functions = new CalledFunctions(schema);
    functions.callsOf(sql);
    List<Writing> all =
        functions.called.stream()
            .flatMap(
                function ->
                    BlockStatements.ofBody(function.body()).stream()
                        .map(change -> new Writing(function, change)))
            .filter(writing -> writing.change().table().equals(relation.name().local()))
            .toList();
    return all.stream()
        .filter(writing -> !writing.change().changesAllRows())
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(CalledFunctions::cause);
  }

  private void callsOf(String sql) {
    for (Function function : schema.functions().toList()) {
      if (READABLE.contains(function.language())
          && !called.contains(function)
          && calls(sql, function.name().local())) {
        called.add(function);
        callsOf(function.body());
      }
    }
  }

  private static boolean calls(String sql, String function) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}_])\"?" + Pattern.quote(function) + "\"?\\s*\\(",
            Pattern.CASE_INSENSITIVE)
        .matcher(sql)
        .find();
  }

  private static Cause cause(Writing writing) {
    Function function = writing.function();
    String before = function.body().substring(0, writing.change().start());
    return new Cause(
        writing.change().command(),
        writing.change().sql(),
        function.name() + "(" + function.arguments() + ")",
        1 + (int) before.chars().filter(c -> c == '\n').count(),
        Optional.empty());
  }
}
