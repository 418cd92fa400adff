package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Liquibase divides a changeset: at semicolons, those in a body between dollar signs too,
 * which it knows nothing of. It leaves a block alone from {@code BEGIN} to the next {@code END}, as
 * its {@code StringUtil.processMultiLineSQL} has it.
 */
final class LiquibaseSplit {
  private static final String DETAIL =
      "Liquibase divides the changeset at a semicolon in what stands between `$$`, and the server refuses the first half (`Unterminated dollar quote`): put `splitStatements:false` on the line of the changeset.";

  /** What {@code BEGIN} and {@code END} open and close no block with. */
  private static final List<String> NO_BLOCK = List.of("TRANSACTION", "TRANS", "TRAN");

  private static final List<String> NO_BEGIN = List.of("DIALOG", "CONVERSATION", "DISTRIBUTED");

  private static final Pattern NOT_SPLIT = Pattern.compile("(?i)splitStatements:\"?false\\b");

  private final String text;
  private int depth;
  private String before = "";

  private LiquibaseSplit(String text) {
    this.text = text;
  }

  /** The first semicolon between dollar signs at which it does. */
  static Optional<Obstacle> in(Part part) {
    boolean any =
        part.script().map(Layout.Further::up).filter(up -> up.text().indexOf('$') >= 0).isPresent();
    if (!any) {
      return Optional.empty();
    }
    FormattedSql file = FormattedSql.of(part.file());
    return file.changesets().stream()
        .filter(changeset -> changeset.name().equals(part.name()))
        .filter(changeset -> divides(changeset.options()) && divides(file.options()))
        .flatMap(changeset -> in(changeset.up()).stream())
        .findFirst();
  }

  private static boolean divides(FormattedSql.Options options) {
    // Liquibase finds the word at the end of rollbackSplitStatements too.
    return !NOT_SPLIT.matcher(options.text()).find()
        && options.get("endDelimiter").isEmpty()
        && options.get("runWith").isEmpty();
  }

  private static Optional<Obstacle> in(Script script) {
    LiquibaseSplit split = new LiquibaseSplit(script.file().text());
    int at = split.cut(script.start(), script.end(), false);
    return at < 0 ? Optional.empty() : Optional.of(new Obstacle(DETAIL, at));
  }

  private int cut(int start, int end, boolean within) {
    PostgresLexer lexer = new PostgresLexer(text, start, end);
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      int from = lexer.start();
      count(token == Token.WORD && !isJoined(from, lexer.end()) ? lexer.upper() : "");
      if (token == Token.STRING && lexer.first() == '$' && !within) {
        int tag = lexer.quoteLength();
        int at = cut(from + tag, Math.max(from + tag, lexer.end() - tag), true);
        if (at >= 0) {
          return at;
        }
      } else if (within && depth == 0 && token == Token.SYMBOL && lexer.first() == ';') {
        return from;
      }
    }
    count("");
    return -1;
  }

  /** Whether a dollar sign makes a longer name of a word. */
  private boolean isJoined(int start, int end) {
    return (start > 0 && text.charAt(start - 1) == '$')
        || (end < text.length() && text.charAt(end) == '$');
  }

  /** Takes a word for what it is once the next one is known. */
  private void count(String next) {
    if (before.equals("BEGIN") && !NO_BLOCK.contains(next) && !NO_BEGIN.contains(next)) {
      depth++;
    } else if (before.equals("END") && depth > 0 && !NO_BLOCK.contains(next)) {
      depth--;
    }
    before = next;
  }
}
