package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Cause;
import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import dev.drydock.sql.BlockStatements;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The data changes in the bodies of the functions that a statement calls by name, and of those that
 * they call.
 *
 * <p>That rows were written is what the server says; the bodies only tell by which command.
 */
final class CalledFunctions {
  private static final Set<String> READABLE = Set.of("plpgsql", "sql");

  /** A name before a parenthesis, also in a constant, which may be run. */
  private static final Pattern CALL =
      Pattern.compile("\"([^\"]++)\"\\s*+\\(|(?<![\\p{L}\\p{N}_$])([\\p{L}\\p{N}_$]++)\\s*+\\(");

  private final Set<Function> called = new LinkedHashSet<>();

  /** Those in what is called, and where they stand. */
  private Optional<Map<BlockStatements.Writing, Function>> written = Optional.empty();

  private CalledFunctions(Map<String, List<Function>> byName, String sql) {
    Deque<Iterator<Function>> open = new ArrayDeque<>();
    open.push(calls(sql, byName));
    while (!open.isEmpty()) {
      Iterator<Function> next = open.peek();
      if (!next.hasNext()) {
        open.pop();
      } else {
        Function function = next.next();
        if (called.add(function)) {
          open.push(calls(function.body(), byName));
        }
      }
    }
  }

  /**
   * @param sql the statement that calls
   */
  static CalledFunctions of(String sql, Schema schema) {
    return new CalledFunctions(
        schema
            .functions()
            .filter(function -> READABLE.contains(function.language()))
            .collect(Collectors.groupingBy(function -> folded(function.name().local()))),
        sql);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Iterator<Function> calls(String sql, Map<String, List<Function>> byName) {
    Set<String> names = new LinkedHashSet<>();
    Matcher calls = CALL.matcher(sql);
    while (calls.find()) {
      names.add(folded(calls.group(1) == null ? calls.group(2) : calls.group(1)));
    }
    return names.stream().flatMap(name -> byName.getOrDefault(name, List.of()).stream()).iterator();
  }

  /**
   * What wrote to a table.
   *
   * @param table its name, without schema
   * @param unnamed which of the changes whose table is put in it may be
   * @param done what has been done to rows of the table
   */
  Optional<Cause> writing(
      String table, Predicate<BlockStatements.Writing> unnamed, List<String> done) {
    Map<BlockStatements.Writing, Function> all = written();
    return BlockStatements.to(table, List.copyOf(all.keySet()), unnamed, done)
        .map(change -> cause(all.get(change), change));
  }

  private Map<BlockStatements.Writing, Function> written() {
    if (written.isEmpty()) {
      Map<BlockStatements.Writing, Function> all = new LinkedHashMap<>();
      for (Function function : called) {
        BlockStatements.ofBody(function.body()).forEach(change -> all.put(change, function));
      }
      written = Optional.of(all);
    }
    return written.get();
  }

  /** Those of one command, such as TRUNCATE, in what is called, in no particular order. */
  List<Cause> running(String command) {
    return called.stream()
        .flatMap(
            function ->
                BlockStatements.ofBody(function.body(), command).stream()
                    .map(found -> cause(function, found)))
        .toList();
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
