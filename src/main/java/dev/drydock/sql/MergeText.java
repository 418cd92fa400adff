package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.ArrayList;
import java.util.List;

/** What the words of a MERGE tell about the rows of its target that it reaches. */
final class MergeText {
  private final PostgresLexer lexer;
  private final List<String> on = new ArrayList<>();

  /** The words behind the first WHEN MATCHED, up to what is to be done. */
  private final List<String> matched = new ArrayList<>();

  private MergeText(CharSequence sql) {
    this.lexer = new PostgresLexer(sql);
  }

  /**
   * Whether every row is matched, {@code ON true}, and the first thing to do with those that are
   * has no condition and is not nothing.
   *
   * @param sql the whole MERGE, with or without WITH queries before it
   */
  static boolean reachesEveryRow(CharSequence sql) {
    MergeText merge = new MergeText(sql);
    merge.read();
    return LeadingKeywords.isAlways(withoutParentheses(merge.on)) && merge.matched.isEmpty();
  }

  private void read() {
    boolean seen = false;
    if (behind("USING") && behind("ON") && upTo("WHEN", on)) {
      while (!seen && !(seen = next().equals("MATCHED")) && behind("WHEN")) {
        // NOT MATCHED is about rows that are not there.
      }
    }
    if (!seen || !upTo("THEN", matched) || next().equals("DO")) {
      matched.add("?");
    }
  }

  /** Goes on behind the first such word that stands in no parentheses and in no CASE. */
  private boolean behind(String word) {
    return upTo(word, new ArrayList<>());
  }

  private boolean upTo(String word, List<String> before) {
    int depth = 0;
    for (String next = next(); !next.isEmpty(); next = next()) {
      if (depth == 0 && next.equals(word)) {
        return true;
      }
      before.add(next);
      depth +=
          switch (next) {
            case "(", "CASE" -> 1;
            case ")", "END" -> -1;
            default -> 0;
          };
    }
    return false;
  }

  /** The next word or symbol; empty at the end. */
  private String next() {
    return lexer.nextSignificant() == Token.END ? "" : lexer.upper();
  }

  private static List<String> withoutParentheses(List<String> condition) {
    List<String> inner = condition;
    while (inner.size() > 2 && inner.getFirst().equals("(") && inner.getLast().equals(")")) {
      inner = inner.subList(1, inner.size() - 1);
    }
    return inner;
  }
}
