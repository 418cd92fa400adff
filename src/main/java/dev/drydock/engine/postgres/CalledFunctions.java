package dev.drydock.engine.postgres;

import dev.drydock.replay.Cause;
import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import dev.drydock.sql.BlockStatements;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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

  /**
   * What wrote to a table.
   *
   * @param sql the statement that calls
   * @param table its name, without schema
   * @param unnamed which of the changes whose table is put in it may be
   * @param done what has been done to rows of the table
   */
  static Optional<Cause> writing(
      String sql,
      String table,
      Schema schema,
      Predicate<BlockStatements.Writing> unnamed,
      List<String> done) {
    CalledFunctions functions = new CalledFunctions(schema);
    functions.callsOf(sql);
    Map<BlockStatements.Writing, Function> written = new LinkedHashMap<>();
    for (Function function : functions.called) {
      BlockStatements.ofBody(function.body()).forEach(change -> written.put(change, function));
    }
    return BlockStatements.to(table, List.copyOf(written.keySet()), unnamed, done)
        .map(change -> cause(written.get(change), change));
  }

  /** The TRUNCATEs in what a statement calls, in no particular order of theirs. */
  static List<Cause> truncating(String sql, Schema schema) {
    CalledFunctions functions = new CalledFunctions(schema);
    functions.callsOf(sql);
    return functions.called.stream()
        .flatMap(
            function ->
                BlockStatements.truncationsOfBody(function.body()).stream()
                    .map(truncation -> cause(function, truncation)))
        .toList();
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

  private static Cause cause(Function function, BlockStatements.Writing change) {
    String before = function.body().substring(0, change.start());
    return new Cause(
        change.command(),
        change.sql(),
        function.name() + "(" + function.arguments() + ")",
        1 + (int) before.chars().filter(c -> c == '\n').count(),
        Optional.empty());
  }
}
