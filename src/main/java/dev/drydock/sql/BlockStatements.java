package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The statements in the text of a DO block, of a function, or of a query with WITH, that write rows
 * and are written out there, as far as words tell: of what an EXECUTE puts together, what has its
 * command in a constant.
 */
public final class BlockStatements {
  private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  private static final Set<String> CHANGING = Set.of("UPDATE", "DELETE", "MERGE");

  private static final Pattern CONFLICT =
      Pattern.compile("\\bon\\s+conflict\\b", Pattern.CASE_INSENSITIVE);

  private static final Set<String> EXPLAINING = Set.of("ANALYZE", "ANALYSE", "VERBOSE");

  private static final Set<String> DEFINING = Set.of("CREATE", "ALTER", "DROP");

  /** Words by which a block reads rows, or writes more than its INSERTs say. */
  private static final Set<String> READING_OR_REPEATING =
      Set.of("SELECT", "WITH", "LOOP", "EXECUTE", "PERFORM", "CALL");

  /** Words of the procedural language after which a statement begins. */
  private static final Set<String> OPENING = Set.of("BEGIN", "THEN", "ELSE", "LOOP");

  /** Words between the command and the name of its table. */
  private static final Set<String> BEFORE_NAME = Set.of("INTO", "FROM", "ONLY", "TABLE", "VERBOSE");

  private final String text;
  private final Set<String> sought;
  private final List<Writing> found = new ArrayList<>();

  /**
   * @param sought first words of the statements to find, in upper case
   */
  private BlockStatements(String text, Set<String> sought) {
    this.text = text;
    this.sought = sought;
  }

  /**
   * A statement that writes rows.
   *
   * @param command its command tag
   * @param table the table it names, without schema and as the server folds it; empty when an
   *     EXECUTE puts it in
   * @param sql its text; of an EXECUTE what it runs, with … for the names it puts in
   * @param start offset of its first character in the text of the block's statement
   * @param end offset after its last character
   */
  public record Writing(String command, String table, String sql, int start, int end) {

    /** Whether it is an UPDATE, DELETE or MERGE without a condition. */
    public boolean changesAllRows() {
      return CHANGING.contains(command) && !SyntaxReader.keywords(sql).has(Syntax.Flag.RESTRICTED);
    }

    private boolean onlyAdds() {
      return command.equals("INSERT") && !mayDoSeveral();
    }

    /** A MERGE, or an INSERT with ON CONFLICT. */
    private boolean mayDoSeveral() {
      return command.equals("MERGE") || (command.equals("INSERT") && CONFLICT.matcher(sql).find());
    }
  }

  /**
   * The one of {@code all} that wrote to a table: one that names it before one whose table is put
   * in. Which of several ran is not known, unless {@code done} tells: then one that leaves rows
   * out, and one that changes rows before one that adds some.
   *
   * @param unnamed which of those whose table is put in it may be
   * @param done what has been done to rows of the table, as {@code DELETE} and {@code UPDATE}
   */
  public static Optional<Writing> to(
      String table, List<Writing> all, Predicate<Writing> unnamed, List<String> done) {
    List<Writing> named = all.stream().filter(w -> w.table().equals(table)).toList();
    return toAllRows(named, done)
        .or(() -> either(named))
        .or(
            () ->
                either(all.stream().filter(w -> w.table().isEmpty() && unnamed.test(w)).toList()));
  }

  private static Optional<Writing> either(List<Writing> all) {
    return all.stream()
        .min(Comparator.comparing(Writing::changesAllRows).thenComparing(Writing::onlyAdds));
  }

  /** One whose kind has been at work, if none of that kind leaves rows out. */
  private static Optional<Writing> toAllRows(List<Writing> named, List<String> done) {
    if (named.stream().anyMatch(Writing::mayDoSeveral)) {
      return Optional.empty();
    }
    return done.stream()
        .map(command -> named.stream().filter(w -> w.command().equals(command)).toList())
        .filter(kind -> kind.stream().allMatch(Writing::changesAllRows))
        .flatMap(List::stream)
        .findFirst();
  }

  /**
   * Those in {@code statement}, in order; none when it is no DO with its block in quotes.
   *
   * @param statement the whole DO statement
   */
  public static List<Writing> of(String statement) {
    return ofBlock(statement, WRITING);
  }

  /**
   * Whether {@code statement}, a whole DO statement, writes rows by INSERTs alone, whose rows all
   * stand in them and come once.
   */
  static boolean onlyWritesRowsOut(String statement) {
    List<Writing> all = of(statement);
    return !all.isEmpty()
        && all.stream().allMatch(w -> SyntaxReader.keywords(w.sql()).has(Syntax.Flag.WRITTEN_OUT))
        && Mention.words(Comments.without(statement)).stream()
            .map(word -> word.toUpperCase(Locale.ROOT))
            .noneMatch(READING_OR_REPEATING::contains);
  }

  /**
   * Those of one command, such as TRUNCATE, in {@code statement}, a whole DO statement; the table
   * is the first of each.
   */
  public static List<Writing> of(String statement, String command) {
    return ofBlock(statement, Set.of(command));
  }

  /**
   * The commands in {@code statement}, a whole DO statement, that define, alter or drop something;
   * the table of each is empty. None of those whose EXECUTE puts names in.
   */
  public static List<Writing> definitions(String statement) {
    return ofBlock(statement, DEFINING).stream()
        .filter(definition -> !definition.sql().contains(ExecutedText.NAME))
        .map(
            d ->
                new Writing(
                    SyntaxReader.keywords(d.sql()).command(), "", d.sql(), d.start(), d.end()))
        .toList();
  }

  /** The same of the body of a function, or of a statement that stands by itself. */
  public static List<Writing> ofBody(String body, String command) {
    return ofBody(body, Set.of(command));
  }

  private static List<Writing> ofBlock(String statement, Set<String> sought) {
    BlockStatements all = new BlockStatements(statement, sought);
    PostgresLexer lexer = new PostgresLexer(statement);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.STRING) {
        int quotes = lexer.quoteLength();
        all.read(lexer.start() + quotes, lexer.end() - quotes);
      }
    }
    return List.copyOf(all.found);
  }

  /**
   * Those in the body of a function, in order.
   *
   * @param body its text in the procedural language or in SQL, without the quotes around it
   */
  public static List<Writing> ofBody(String body) {
    return ofBody(body, WRITING);
  }

  private static List<Writing> ofBody(String body, Set<String> sought) {
    BlockStatements all = new BlockStatements(body, sought);
    all.read(0, body.length());
    return List.copyOf(all.found);
  }

  /** {@code statement} itself, when it begins with its command, or those in its WITH queries. */
  public static List<Writing> ofOne(String statement) {
    List<Writing> itself = ofBody(statement);
    return itself.isEmpty() ? ofQuery(statement) : itself;
  }

  /**
   * Those that {@code statement} has in parentheses, when it begins with WITH, and what it
   * explains, when it is an EXPLAIN; else none.
   */
  public static List<Writing> ofQuery(String statement) {
    BlockStatements all = new BlockStatements(statement, WRITING);
    PostgresLexer lexer = new PostgresLexer(statement);
    Token token = lexer.nextSignificant();
    boolean explains = lexer.is("EXPLAIN");
    if (explains) {
      token = explained(lexer);
    }
    if (lexer.is("WITH")) {
      all.readQuery(lexer);
    } else if (explains && token == Token.WORD && all.isWriting(lexer)) {
      all.add(lexer.start(), statement.stripTrailing().length());
    }
    return List.copyOf(all.found);
  }

  /** The first token after the options of an EXPLAIN. */
  private static Token explained(PostgresLexer lexer) {
    Token token = lexer.nextSignificant();
    int depth = 0;
    while (token != Token.END) {
      if (token == Token.SYMBOL) {
        depth += lexer.nesting();
      } else if (depth == 0 && !(token == Token.WORD && EXPLAINING.contains(lexer.upper()))) {
        return token;
      }
      token = lexer.nextSignificant();
    }
    return token;
  }

  private void readQuery(PostgresLexer lexer) {
    int depth = 0;
    int inside = 0;
    int start = -1;
    int end = -1;
    boolean opened = false;
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      if (start < 0 && opened && token == Token.WORD && isWriting(lexer)) {
        start = lexer.start();
        inside = depth;
      }
      depth += lexer.nesting();
      if (start >= 0 && depth < inside) {
        add(start, end);
        start = -1;
      }
      end = lexer.end();
      opened = lexer.nesting() > 0;
    }
  }

  private void read(int from, int to) {
    PostgresLexer lexer = new PostgresLexer(text, from, Math.max(from, to));
    boolean begins = true;
    int start = -1;
    int end = -1;
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      boolean semicolon = token == Token.SYMBOL && lexer.first() == ';';
      if (start >= 0 && semicolon) {
        add(start, end);
        start = -1;
      } else if (begins && token == Token.WORD && (isWriting(lexer) || lexer.is("EXECUTE"))) {
        start = lexer.start();
      }
      begins = semicolon || (start < 0 && token == Token.WORD && OPENING.contains(lexer.upper()));
      end = lexer.end();
    }
    // The last statement of a function in SQL may do without one.
    if (start >= 0) {
      add(start, end);
    }
  }

  private boolean isWriting(PostgresLexer lexer) {
    return sought.contains(lexer.upper());
  }

  private void add(int start, int end) {
    String sql = text.substring(start, end);
    PostgresLexer lexer = new PostgresLexer(sql);
    lexer.next();
    if (lexer.is("EXECUTE")) {
      String executed = ExecutedText.of(sql.substring(lexer.end()));
      // It may be several statements.
      BlockStatements inner = new BlockStatements(executed, sought);
      inner.read(0, executed.length());
      for (Writing one : inner.found) {
        found.add(new Writing(one.command(), one.table(), one.sql(), start, end));
      }
    } else {
      found.add(new Writing(lexer.upper(), table(sql, lexer), sql, start, end));
    }
  }

  private static String table(String sql, PostgresLexer lexer) {
    String name = "";
    boolean open = true;
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      if (token == Token.SYMBOL && lexer.first() == '.' && !open) {
        open = true;
      } else if (open
          && token == Token.WORD
          && name.isEmpty()
          && BEFORE_NAME.contains(lexer.upper())) {
        continue;
      } else if (open && (token == Token.WORD || token == Token.QUOTED)) {
        name = Identifier.fold(sql.substring(lexer.start(), lexer.end()));
        name = name.equals(ExecutedText.NAME) ? "" : name;
        open = false;
      } else {
        break;
      }
    }
    return name;
  }
}
