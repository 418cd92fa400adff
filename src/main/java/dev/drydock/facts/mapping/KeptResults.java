package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Function;
import dev.drydock.schema.Index;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SearchConfiguration;
import dev.drydock.schema.Table;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What production has that was computed with a function, and stays as it was when the function
 * becomes another: indexes on expressions, stored generated columns, checks.
 */
final class KeptResults {
  private static final String NAME =
      "\\s+(?:(?:\"[^\"]+\"|\\w+)\\s*\\.\\s*)?(?:\"([^\"]+)\"|(\\w+))\\s*";

  private static final Pattern MAPPING =
      Pattern.compile(
          "(?i)^alter\\s+text\\s+search\\s+configuration"
              + NAME
              + "\\b(?:add|alter|drop)\\s+mapping\\b");

  /** The options of a dictionary; what comes without a bracket is its name, owner or schema. */
  private static final Pattern OPTIONS =
      Pattern.compile("(?i)^alter\\s+text\\s+search\\s+dictionary" + NAME + "\\(");

  private final Schema base;
  private final Schema end;

  KeptResults(Schema base, Schema end) {
    this.base = base;
    this.end = end;
  }

  /**
   * What kept results of {@code function} before the change and still has them at its end, each in
   * words.
   */
  List<String> of(Function function) {
    List<Pattern> calls =
        callers(function).stream()
            .map(caller -> Pattern.compile("(?<![\\w$.])" + Pattern.quote(caller.name() + "(")))
            .toList();
    return computedWith(calls);
  }

  /**
   * The same of the text search configuration that a statement maps words by other dictionaries
   * with, or of those that map words by the dictionary which it gives other options; empty for any
   * other statement.
   */
  List<String> ofSearch(String statement) {
    List<Pattern> uses =
        Stream.concat(
                named(MAPPING, statement),
                named(OPTIONS, statement).flatMap(this::configurationsWith))
            .map(name -> Pattern.compile("'(?:[^']*\\.)?" + Pattern.quote(name) + "'::regconfig"))
            .toList();
    return computedWith(uses).stream().filter(kept -> !kept.startsWith("check ")).toList();
  }

  private static Stream<String> named(Pattern command, String statement) {
    Matcher matcher = command.matcher(statement);
    if (!matcher.find()) {
      return Stream.empty();
    }
    return Stream.of(
        matcher.group(1) == null ? matcher.group(2).toLowerCase(Locale.ROOT) : matcher.group(1));
  }

  private Stream<String> configurationsWith(String dictionary) {
    return base.objects(Namespace.class)
        .flatMap(namespace -> namespace.searches().stream())
        .filter(search -> search.dictionaries().contains(dictionary))
        .map(SearchConfiguration::name);
  }

  private List<String> computedWith(List<Pattern> calls) {
    return base.tables()
        .flatMap(
            table ->
                end.table(table.id()).stream()
                    .flatMap(
                        now ->
                            Stream.of(
                                    indexes(table, now, calls),
                                    columns(table, now, calls),
                                    checks(table, now, calls))
                                .flatMap(words -> words)
                                .map(words -> words + " of " + now.name())))
        .sorted()
        .toList();
  }

  /** Whether only blanks and lines of comment tell one body from the other. */
  static boolean isSameText(Function before, Function after) {
    return words(before).equals(words(after));
  }

  private static List<String> words(Function function) {
    return function
        .body()
        .lines()
        .filter(line -> !line.strip().startsWith("--"))
        .flatMap(line -> Stream.of(line.strip().split("\\s+")))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Those that were not built anew by a later statement. */
  private static Stream<String> indexes(Table table, Table now, List<Pattern> calls) {
    return table.indexes().stream()
        .filter(
            index ->
                Stream.concat(index.columns().stream(), Stream.of(index.predicate()))
                    .anyMatch(expression -> calls(expression, calls)))
        .filter(index -> now.indexes().stream().anyMatch(other -> isSame(index, other)))
        .map(index -> "index " + index.name().local());
  }

  private static boolean isSame(Index index, Index other) {
    return other.id().equals(index.id()) && other.storage().equals(index.storage());
  }

  private static Stream<String> columns(Table table, Table now, List<Pattern> calls) {
    return table.columns().stream()
        .filter(column -> column.generated().equals("stored"))
        .filter(column -> calls(column.defaultValue(), calls))
        .filter(column -> now.columns().stream().anyMatch(other -> isSame(column, other)))
        .map(column -> "generated column " + column.name().local());
  }

  private static boolean isSame(Column column, Column other) {
    return other.id().equals(column.id()) && other.defaultValue().equals(column.defaultValue());
  }

  private static Stream<String> checks(Table table, Table now, List<Pattern> calls) {
    return table.constraints().stream()
        .filter(constraint -> constraint.type() == Constraint.Type.CHECK)
        .filter(constraint -> calls(constraint.definition(), calls))
        .filter(
            constraint ->
                now.constraints().stream().anyMatch(other -> other.id().equals(constraint.id())))
        .map(constraint -> "check " + constraint.name().local());
  }

  /** The function and those whose text calls it, by however many others. */
  private Set<Function> callers(Function function) {
    Set<Function> found = new HashSet<>(List.of(function));
    Deque<Function> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      Function called = open.pop();
      Pattern call =
          Pattern.compile("(?i)(?<![\\w$])" + Pattern.quote(called.name().local()) + "\"?\\s*\\(");
      base.functions()
          .filter(other -> other.volatility().equals("immutable"))
          .filter(other -> other.uses().contains(called.id()) || call.matcher(other.body()).find())
          .filter(found::add)
          .forEach(open::push);
    }
    return found;
  }

  /** Whether one of them is in an expression, which the server prints with quotes where needed. */
  private static boolean calls(String expression, List<Pattern> calls) {
    String bare = expression.replace("\"", "");
    return calls.stream().anyMatch(call -> call.matcher(bare).find());
  }
}
