package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a DO block decides by whether it comes to one of its statements: the conditions and queries
 * of the branches and loops around it, and what the variables in them were given before.
 */
public final class BlockDecisions {
  /** At the beginning of a statement they stand by themselves; another statement follows. */
  private static final Set<String> ALONE = Set.of("BEGIN", "DECLARE", "ELSE", "EXCEPTION", "LOOP");

  /** Of them those that an END closes. */
  private static final Set<String> OPENING = Set.of("BEGIN", "LOOP");

  private static final Set<String> LOOPS = Set.of("FOR", "FOREACH", "WHILE");

  private static final Set<String> BRANCHES = Set.of("IF", "ELSIF", "ELSEIF", "CASE", "WHEN");

  private final String text;
  private final PostgresLexer lexer;
  private final int target;
  private final Deque<Part> open = new ArrayDeque<>();
  private final Map<String, List<String>> assigned = new HashMap<>();
  private Token token;

  /** A branch, a loop or a block that is open, and what decides by whether it is come to. */
  private static final class Part {
    private final List<String> words = new ArrayList<>();
    private int start;
    private boolean handlesErrors;

    Part(int start) {
      this.start = start;
    }
  }

  private BlockDecisions(String text, int from, int to, int target) {
    this.text = text;
    this.lexer = new PostgresLexer(text, from, Math.max(from, to));
    this.target = target;
  }

  /**
   * The words, names and symbols that decide, in order; names as the server folds them. Without the
   * strings and numbers. Empty for a statement that the block always comes to, and for one that it
   * comes to by an error.
   *
   * @param statement the whole DO statement
   * @param target offset in it of the first character of a statement of its block
   * @param entered where branches and loops begin that are known to be come to; what decides by
   *     those is left out
   */
  public static List<String> before(String statement, int target, Set<Integer> entered) {
    return to(statement, target).map(decisions -> decisions.words(entered)).orElse(List.of());
  }

  /** Where the branches and loops begin that a statement of the block stands in. */
  public static List<Integer> around(String statement, int target) {
    return to(statement, target)
        .map(decisions -> decisions.open.stream().map(part -> part.start).toList())
        .orElse(List.of());
  }

  /**
   * Whether an error that the block handles may have undone what a statement of it did: a handler
   * comes after it.
   */
  public static boolean mayBeUndone(String statement, int target) {
    PostgresLexer lexer = new PostgresLexer(statement, target, statement.length());
    boolean handles = false;
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      if (handles && lexer.is("WHEN")) {
        return true;
      }
      handles = lexer.is("EXCEPTION");
    }
    return false;
  }

  private static Optional<BlockDecisions> to(String statement, int target) {
    PostgresLexer lexer = new PostgresLexer(statement);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.STRING && lexer.end() > target) {
        int quotes = lexer.quoteLength();
        BlockDecisions decisions =
            new BlockDecisions(statement, lexer.start() + quotes, lexer.end() - quotes, target);
        decisions.read();
        return Optional.of(decisions);
      }
    }
    return Optional.empty();
  }

  private void read() {
    advance();
    while (token != Token.END && lexer.start() < target) {
      String word = token == Token.WORD ? lexer.upper() : "";
      if (ALONE.contains(word)) {
        alone(word);
        advance();
      } else if (BRANCHES.contains(word)) {
        branch(word);
      } else if (LOOPS.contains(word)) {
        loop();
      } else if (token == Token.SYMBOL && lexer.first() == '<') {
        label();
      } else {
        statement(word);
      }
    }
  }

  private List<String> words(Set<Integer> entered) {
    if (open.stream().anyMatch(part -> part.handlesErrors)) {
      return List.of();
    }
    List<String> decisions = new ArrayList<>();
    open.descendingIterator()
        .forEachRemaining(
            part -> {
              if (!entered.contains(part.start)) {
                decisions.addAll(part.words);
              }
            });
    for (String name : decisions.stream().distinct().toList()) {
      decisions.addAll(assigned.getOrDefault(name, List.of()));
    }
    return decisions;
  }

  private void advance() {
    token = lexer.nextSignificant();
  }

  private void alone(String word) {
    if (OPENING.contains(word)) {
      open.push(new Part(lexer.start()));
    } else if (word.equals("ELSE") && !open.isEmpty()) {
      open.peek().start = lexer.start();
    } else if (word.equals("EXCEPTION") && !open.isEmpty()) {
      open.peek().handlesErrors = true;
    }
  }

  private void branch(String word) {
    if (word.equals("IF") || word.equals("CASE")) {
      open.push(new Part(lexer.start()));
    } else if (!open.isEmpty()) {
      open.peek().start = lexer.start();
    }
    List<String> condition = upTo("THEN");
    if (!open.isEmpty()) {
      open.peek().words.addAll(condition);
    }
  }

  private void loop() {
    Part loop = new Part(lexer.start());
    loop.words.addAll(upTo("LOOP"));
    open.push(loop);
    // Each row that it goes over.
    loop.words.stream()
        .skip(1)
        .takeWhile(name -> !name.equals("in"))
        .forEach(name -> assign(name, loop.words));
  }

  private void label() {
    while (token != Token.END && !(token == Token.SYMBOL && lexer.first() == '>')) {
      advance();
    }
    while (token == Token.SYMBOL && lexer.first() == '>') {
      advance();
    }
  }

  private void statement(String word) {
    List<String> words = upTo(";");
    if (word.equals("END")) {
      open.poll();
      return;
    }
    int into = words.indexOf("into");
    if (into >= 0) {
      targets(words.subList(into + 1, words.size())).forEach(name -> assign(name, words));
    } else if (words.contains("=")) {
      assign(words.getFirst(), words);
    }
  }

  /** The names that commas join. */
  private static List<String> targets(List<String> words) {
    List<String> names = new ArrayList<>();
    boolean another = true;
    for (String word : words) {
      if (word.equals(",") || word.equals(".") || word.equals("strict")) {
        another = true;
      } else if (another) {
        names.add(word);
        another = false;
      } else {
        break;
      }
    }
    return names;
  }

  private void assign(String name, List<String> words) {
    assigned.computeIfAbsent(name, unused -> new ArrayList<>()).addAll(words);
  }

  /** What stands from here to a word or semicolon outside of parentheses; goes on behind it. */
  private List<String> upTo(String end) {
    List<String> words = new ArrayList<>();
    int depth = 0;
    while (token != Token.END && !(depth <= 0 && isEnd(end))) {
      depth += lexer.nesting();
      switch (token) {
        case WORD, QUOTED -> words.add(Identifier.fold(text.substring(lexer.start(), lexer.end())));
        case SYMBOL -> words.add(String.valueOf(lexer.first()));
        default -> {
          // A constant decides nothing by itself.
        }
      }
      advance();
    }
    advance();
    return words;
  }

  private boolean isEnd(String end) {
    return lexer.is(end) || (token == Token.SYMBOL && lexer.first() == ';');
  }
}
