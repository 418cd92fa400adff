package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a DO block decides by whether it comes to one of its statements: the conditions and queries
 * of the branches and loops around it, and what the variables in them were given before.
 */
public final class BlockDecisions {
  /** At the beginning of a statement they stand by themselves; another statement follows. */
  private static final Set<String> ALONE = Set.of("BEGIN", "DECLARE", "ELSE", "EXCEPTION", "LOOP");

  private static final Set<String> LOOPS = Set.of("FOR", "FOREACH", "WHILE");

  private static final Set<String> BRANCHES = Set.of("IF", "ELSIF", "ELSEIF", "CASE", "WHEN");

  /** What an END may close that was opened here. */
  private static final Set<String> CLOSED = Set.of("IF", "CASE", "LOOP");

  private final String text;
  private final PostgresLexer lexer;
  private final int target;
  private final Deque<List<String>> open = new ArrayDeque<>();
  private final Map<String, List<String>> assigned = new HashMap<>();
  private Token token;

  private BlockDecisions(String text, int from, int to, int target) {
    this.text = text;
    this.lexer = new PostgresLexer(text, from, Math.max(from, to));
    this.target = target;
  }

  /**
   * The words, names and symbols that decide, in order; names as the server folds them. Without the
   * strings and numbers. Empty for a statement that the block always comes to.
   *
   * @param statement the whole DO statement
   * @param target offset in it of the first character of a statement of its block
   */
  public static List<String> before(String statement, int target) {
    PostgresLexer lexer = new PostgresLexer(statement);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.STRING && lexer.end() > target) {
        int quotes = lexer.quoteLength();
        return new BlockDecisions(statement, lexer.start() + quotes, lexer.end() - quotes, target)
            .read();
      }
    }
    return List.of();
  }

  private List<String> read() {
    advance();
    while (token != Token.END && lexer.start() < target) {
      String word = token == Token.WORD ? lexer.upper() : "";
      if (ALONE.contains(word)) {
        if (word.equals("LOOP")) {
          open.push(new ArrayList<>());
        }
        advance();
      } else if (BRANCHES.contains(word)) {
        branch(word);
      } else if (LOOPS.contains(word)) {
        open.push(upTo("LOOP"));
      } else if (token == Token.SYMBOL && lexer.first() == '<') {
        label();
      } else {
        statement(word);
      }
    }
    List<String> decisions = new ArrayList<>();
    open.descendingIterator().forEachRemaining(decisions::addAll);
    for (String name : List.copyOf(decisions)) {
      decisions.addAll(assigned.getOrDefault(name, List.of()));
    }
    return decisions;
  }

  private void advance() {
    token = lexer.nextSignificant();
  }

  private void branch(String word) {
    List<String> condition = upTo("THEN");
    if (word.equals("IF") || word.equals("CASE")) {
      open.push(condition);
    } else if (!open.isEmpty()) {
      open.peek().addAll(condition);
    }
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
      if (words.size() > 1 && CLOSED.contains(words.get(1).toUpperCase(Locale.ROOT))) {
        open.poll();
      }
      return;
    }
    int into = words.indexOf("into");
    if (into >= 0) {
      words.stream().skip(into).forEach(name -> assign(name, words));
    } else if (words.contains("=")) {
      assign(words.getFirst(), words);
    }
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
