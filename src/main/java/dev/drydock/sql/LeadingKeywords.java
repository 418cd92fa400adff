package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words a statement begins with, which name its command without a parser.
 *
 * @param words in upper case, up to the first token that is not a word; parentheses before the
 *     first and a list of options after it are left out
 * @param options the words of that list, as in {@code REINDEX (CONCURRENTLY, VERBOSE)}
 * @param sql the whole statement, for the commands whose name depends on what follows
 */
record LeadingKeywords(List<String> words, List<String> options, CharSequence sql) {

  /** Enough for {@code CREATE OR REPLACE ... IF NOT EXISTS}. */
  private static final int MOST = 10;

  /** Commands of whose options a flag tells. */
  private static final Set<String> WITH_OPTIONS = Set.of("REINDEX", "EXPLAIN");

  private static final Set<String> ANALYZE = Set.of("ANALYZE", "ANALYSE");

  /** Words a query begins with. */
  private static final Set<String> QUERYING = Set.of("SELECT", "TABLE", "WITH");

  private static final Set<String> MODIFIERS =
      Set.of(
          "OR",
          "REPLACE",
          "GLOBAL",
          "LOCAL",
          "TEMP",
          "TEMPORARY",
          "UNLOGGED",
          "UNIQUE",
          "RECURSIVE",
          "CONSTRAINT",
          "TRUSTED",
          "PROCEDURAL");

  /** Kinds of object whose name is more than one word, by the first, with how many there are. */
  private static final Map<String, Integer> LONG_NAMES =
      Map.of("ACCESS", 2, "EVENT", 2, "MATERIALIZED", 2, "TEXT", 3, "LARGE", 2);

  private static final Map<String, String> TAGS =
      Map.ofEntries(
          Map.entry("END", "COMMIT"),
          Map.entry("ABORT", "ROLLBACK"),
          Map.entry("START", "START TRANSACTION"),
          Map.entry("VALUES", "SELECT"),
          Map.entry("TABLE", "SELECT"),
          Map.entry("ANALYSE", "ANALYZE"),
          Map.entry("TRUNCATE", "TRUNCATE TABLE"),
          Map.entry("LOCK", "LOCK TABLE"),
          Map.entry("DECLARE", "DECLARE CURSOR"),
          Map.entry("CLOSE", "CLOSE CURSOR"),
          Map.entry("REFRESH", "REFRESH MATERIALIZED VIEW"),
          Map.entry("SECURITY", "SECURITY LABEL"),
          Map.entry("IMPORT", "IMPORT FOREIGN SCHEMA"),
          Map.entry("REASSIGN", "REASSIGN OWNED"));

  private static final Set<String> MAIN_VERBS =
      Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "TABLE");

  LeadingKeywords {
    words = List.copyOf(words);
    options = List.copyOf(options);
  }

  static LeadingKeywords of(CharSequence sql) {
    List<String> words = new ArrayList<>();
    List<String> options = new ArrayList<>();
    PostgresLexer lexer = new PostgresLexer(sql);
    boolean inOptions = false;
    while (words.size() < MOST) {
      Token token = lexer.nextSignificant();
      if (inOptions && token != Token.END) {
        inOptions = token != Token.SYMBOL || lexer.first() != ')';
        if (token == Token.WORD || token == Token.NUMBER) {
          options.add(lexer.upper());
        }
        continue;
      }
      if (token == Token.WORD) {
        words.add(lexer.upper());
        continue;
      }
      if (token != Token.SYMBOL || lexer.first() != '(') {
        break;
      }
      if (!words.isEmpty()) {
        if (words.size() > 1 || !WITH_OPTIONS.contains(words.get(0))) {
          break;
        }
        inOptions = true;
      }
    }
    return new LeadingKeywords(words, options, sql);
  }

  /** The command as {@link Syntax#command()} describes it; empty when there is no word at all. */
  String command() {
    return tag().strip();
  }

  private String tag() {
    return switch (word(0)) {
      case "CREATE" -> create();
      case "ALTER" -> "ALTER " + object(1);
      case "DROP" -> word(1).equals("OWNED") ? "DROP OWNED" : "DROP " + object(1);
      case "WITH" -> mainVerb();
      case "SELECT" -> goesOn(Set.of("INTO"), Set.of("FROM")) ? "SELECT INTO" : "SELECT";
      case "GRANT", "REVOKE" ->
          goesOn(Set.of("ON"), Set.of("TO", "FROM")) ? word(0) : word(0) + " ROLE";
      case "COMMIT", "ROLLBACK" -> pair("PREPARED");
      case "PREPARE" -> pair("TRANSACTION");
      case "SET" -> pair("CONSTRAINTS");
      case "DEALLOCATE" -> pair("ALL");
      case "DISCARD" -> word(1).equals("TEMPORARY") ? "DISCARD TEMP" : "DISCARD " + word(1);
      default -> TAGS.getOrDefault(word(0), word(0));
    };
  }

  /** What was asked for before the statement names its object. */
  Set<Syntax.Flag> flags() {
    Set<Syntax.Flag> flags = EnumSet.noneOf(Syntax.Flag.class);
    switch (word(0)) {
      case "CREATE" -> {
        int object = afterModifiers();
        afterObject(object + objectLength(object), flags);
      }
      case "ALTER", "DROP" -> afterObject(1 + objectLength(1), flags);
      case "UPDATE", "DELETE", "MERGE", "WITH" -> {
        if (leavesRowsOut()) {
          flags.add(Syntax.Flag.RESTRICTED);
        }
      }
      case "INSERT" -> {
        if (writesRowsOut()) {
          flags.add(Syntax.Flag.WRITTEN_OUT);
        }
      }
      case "DO" -> {
        if (BlockStatements.onlyWritesRowsOut(sql.toString())) {
          flags.add(Syntax.Flag.WRITTEN_OUT);
        }
      }
      case "REFRESH" -> afterObject(3, flags);
      case "REINDEX" -> {
        afterObject(2, flags);
        if (option("CONCURRENTLY")) {
          flags.add(Syntax.Flag.CONCURRENTLY);
        }
      }
      case "EXPLAIN" -> {
        if (!ANALYZE.contains(word(1)) && ANALYZE.stream().noneMatch(this::option)) {
          flags.add(Syntax.Flag.ONLY_PLANNED);
        }
      }
      case "PREPARE" -> {
        if (command().equals("PREPARE")) {
          flags.add(Syntax.Flag.ONLY_PLANNED);
        }
      }
      default -> {}
    }
    return flags;
  }

  private boolean leavesRowsOut() {
    return switch (command()) {
      case "UPDATE", "DELETE" -> !isAlways(condition());
      case "MERGE" -> !MergeText.reachesEveryRow(sql);
      default -> false;
    };
  }

  private boolean writesRowsOut() {
    PostgresLexer lexer = new PostgresLexer(sql);
    boolean values = false;
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.WORD && QUERYING.contains(lexer.upper())) {
        return false;
      }
      values |= lexer.is("VALUES");
    }
    return values;
  }

  /** The word at {@code index}, from 0, or an empty text when there are not so many. */
  String word(int index) {
    return index < words.size() ? words.get(index) : "";
  }

  private String create() {
    int object = afterModifiers();
    if (word(object).equals("DEFAULT")) {
      return "CREATE CONVERSION";
    }
    String command = "CREATE " + object(object);
    if (command.equals("CREATE TABLE") && goesOn(Set.of("AS"), Set.of())) {
      return "CREATE TABLE AS";
    }
    return command;
  }

  private int afterModifiers() {
    int index = 1;
    while (MODIFIERS.contains(word(index))) {
      index++;
    }
    return Math.min(index, words.size());
  }

  private String object(int index) {
    return switch (word(index)) {
      case "USER", "GROUP", "ROLE" -> objectLength(index) == 2 ? "USER MAPPING" : "ROLE";
      case "PROCEDURAL" -> "LANGUAGE";
      default ->
          String.join(
              " ",
              words.subList(
                  Math.min(index, words.size()),
                  Math.min(index + objectLength(index), words.size())));
    };
  }

  private int objectLength(int index) {
    String first = word(index);
    String second = word(index + 1);
    return switch (first) {
      case "FOREIGN" -> second.equals("DATA") ? 3 : 2;
      case "OPERATOR" -> second.equals("CLASS") || second.equals("FAMILY") ? 2 : 1;
      case "USER" -> second.equals("MAPPING") ? 2 : 1;
      case "DEFAULT" -> second.equals("PRIVILEGES") ? 2 : 1;
      case "PROCEDURAL" -> 2;
      default -> LONG_NAMES.getOrDefault(first, 1);
    };
  }

  private void afterObject(int index, Set<Syntax.Flag> flags) {
    int at = index;
    if (word(at).equals("CONCURRENTLY")) {
      flags.add(Syntax.Flag.CONCURRENTLY);
      at++;
    }
    if (word(at).equals("IF") && word(at + 1).equals("NOT") && word(at + 2).equals("EXISTS")) {
      flags.add(Syntax.Flag.IF_NOT_EXISTS);
    } else if (word(at).equals("IF") && word(at + 1).equals("EXISTS")) {
      flags.add(Syntax.Flag.IF_EXISTS);
    }
  }

  private boolean option(String name) {
    int index = options.indexOf(name);
    if (index < 0) {
      return false;
    }
    String value = index + 1 < options.size() ? options.get(index + 1) : "";
    return !Set.of("FALSE", "OFF", "0").contains(value);
  }

  private String pair(String second) {
    return word(1).equals(second) ? word(0) + " " + second : word(0);
  }

  /** The verb after the list of WITH queries, which may themselves be called "update". */
  private String mainVerb() {
    PostgresLexer lexer = new PostgresLexer(sql);
    int depth = 0;
    boolean name = false;
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.SYMBOL) {
        depth += lexer.nesting();
        name = lexer.first() == ',';
      } else if (token == Token.WORD && depth == 0) {
        String word = lexer.upper();
        if (!name && MAIN_VERBS.contains(word)) {
          return TAGS.getOrDefault(word, word);
        }
        name = word.equals("WITH") || word.equals("RECURSIVE");
      }
    }
    return "WITH";
  }

  /** The words and symbols of the WHERE outside parentheses; what has none is true always. */
  private List<String> condition() {
    PostgresLexer lexer = new PostgresLexer(sql);
    List<String> condition = new ArrayList<>(List.of("TRUE"));
    boolean inside = false;
    int depth = 0;
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      depth += lexer.nesting();
      boolean word = token == Token.WORD && depth == 0;
      if (word && !inside && lexer.is("WHERE")) {
        inside = true;
        condition.clear();
      } else if (word && inside && lexer.is("RETURNING")) {
        return condition;
      } else if (inside
          && condition.size() < MOST
          && !(token == Token.SYMBOL && lexer.first() == ';')) {
        condition.add(lexer.upper());
      }
    }
    return condition;
  }

  /** {@code true}, {@code 1 = 1}: no more, for whatever has no parser to look at it. */
  static boolean isAlways(List<String> condition) {
    return condition.equals(List.of("TRUE"))
        || (condition.size() == 3
            && condition.get(1).equals("=")
            && Character.isDigit(condition.get(0).charAt(0))
            && condition.get(0).equals(condition.get(2)));
  }

  /** Whether one of {@code wanted} stands outside parentheses before any of {@code enough}. */
  private boolean goesOn(Set<String> wanted, Set<String> enough) {
    PostgresLexer lexer = new PostgresLexer(sql);
    int depth = 0;
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.SYMBOL) {
        depth += lexer.nesting();
      } else if (token == Token.WORD && depth == 0) {
        String word = lexer.upper();
        if (wanted.contains(word) || enough.contains(word)) {
          return wanted.contains(word);
        }
      }
    }
    return false;
  }
}
