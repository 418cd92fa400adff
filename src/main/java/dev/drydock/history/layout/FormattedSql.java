package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an SQL file in the format of Liquibase holds, told by the comments of its {@code
 * FormattedSqlChangeLogParser}.
 */
public final class FormattedSql {
  static final Pattern HEADER =
      Pattern.compile("(?i)\\A\\uFEFF?\\s*--\\s*liquibase\\s*formatted(?<options>[^\\r\\n]*)");

  /** Lines that say something to Liquibase; the others are the SQL. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?i)\\s*--\\s*(?:(?<word>(?:changeset|rollback|property)(?=\\s|$)|preconditions?\\b|validCheckSum\\b|comment\\b)"
              + "|ignoreLines:(?<ignored>\\w+))(?<rest>.*)");

  private static final Pattern CHANGESET =
      Pattern.compile("\\s+(?<author>\"[^\"]+\"|[^:]+):\\s*(?<id>\"[^\"]+\"|\\S+)(?<options>.*)");

  private static final Pattern NAME = Pattern.compile("(?i)\\bname:\\s*(\\S+)");
  private static final Pattern VALUE = Pattern.compile("(?i)\\bvalue:\\s*(\\S+)");

  private static final Pattern BLOCK = Pattern.compile("(?i)\\s*/\\*\\s*liquibase\\s*rollback\\s*");

  /** What is said of going back where there is nothing to do. */
  private static final Pattern NO_WAY_BACK = Pattern.compile("(?i)\\s*(?:not required|empty).*");

  /** Of a delimiter that is written as a pattern, what stands for line breaks and ends. */
  private static final Pattern AROUND = Pattern.compile("\\\\[nrs][*+]?|[\\^$]|\\R");

  /** What no SQL has at the end of a line. */
  private static final Pattern MARKED = Pattern.compile("[@#~!%]+");

  private static final List<String> USUAL_DELIMITERS = List.of("go", "/");

  /**
   * One changeset.
   *
   * @param options what its line says after its id
   * @param optionsAt where more of that can be put: the end of that line
   * @param down what it says of the way back
   * @param anyCheckSum whether it names a checksum of before that is fine as well
   * @param content its SQL without what Liquibase leaves out of its checksum
   */
  record Changeset(
      String author,
      String id,
      Options options,
      int optionsAt,
      Script up,
      Optional<Script> down,
      boolean anyCheckSum,
      String content) {
    private static final Pattern IN_TRANSACTION =
        Pattern.compile("(?i)(?<!\\w)runInTransaction:\\w+");

    /** What Liquibase calls it within its file. */
    String name() {
      return author + ":" + id;
    }

    /** The text of its file, in which its line says that it runs in no transaction. */
    String outsideTransaction(String file) {
      String others = IN_TRANSACTION.matcher(options.text()).replaceAll("").stripTrailing();
      return new StringBuilder(file)
          .replace(
              optionsAt - options.text().length(), optionsAt, others + " runInTransaction:false")
          .toString();
    }
  }

  /** What a line says as {@code name:value}. */
  record Options(String text) {
    Optional<String> get(String name) {
      Matcher option =
          Pattern.compile("(?i)(?<!\\w)" + name + ":(?:\"([^\"]*)\"|(\\S*))").matcher(text);
      return option.find()
          ? Optional.of(option.group(1) == null ? option.group(2) : option.group(1))
          : Optional.empty();
    }

    boolean is(String name, String value) {
      return get(name).filter(value::equalsIgnoreCase).isPresent();
    }

    /** Whether Liquibase runs it on PostgreSQL when it is told no contexts and no labels. */
    boolean apply() {
      return runs(get("dbms"), get("contextFilter").or(() -> get("context")), get("ignore"));
    }
  }

  /** Whether Liquibase runs on PostgreSQL what has these attributes, where it is told no others. */
  static boolean runs(Optional<String> dbms, Optional<String> context, Optional<String> ignore) {
    return dbms.filter(names -> !isForPostgres(names)).isEmpty()
        // With this sign a context has to be asked for.
        && context.filter(expression -> expression.strip().startsWith("@")).isEmpty()
        && ignore.filter("true"::equalsIgnoreCase).isEmpty();
  }

  /** As the tool's {@code DatabaseList.definitionMatches}. */
  private static boolean isForPostgres(String dbms) {
    List<String> names =
        List.of(dbms.toLowerCase(Locale.ROOT).split(",")).stream().map(String::strip).toList();
    if (names.contains("all")) {
      return true;
    }
    List<String> wanted = names.stream().filter(name -> !name.startsWith("!")).toList();
    return !names.contains("none")
        && !names.contains("!postgresql")
        && (wanted.isEmpty() || wanted.equals(List.of("")) || wanted.contains("postgresql"));
  }

  private final SourceFile file;
  private final List<Changeset> changesets = new ArrayList<>();
  private final Map<String, String> properties = new LinkedHashMap<>();

  /** The text with blanks for what is no SQL, so that all places in it stay. */
  private final StringBuilder sql;

  /** The same with blanks for all but the way back. */
  private final StringBuilder back;

  private final List<Open> opened = new ArrayList<>();

  /** A changeset that is being read. */
  private static final class Open {
    final String author;
    final String id;
    final Options options;
    final int optionsAt;
    final int start;
    final String delimiter;
    final StringBuilder content = new StringBuilder();
    final SqlChecks checks = new SqlChecks();
    boolean anyCheckSum;
    boolean hasBack;
    boolean inStatement;
    int end;

    Open(Matcher line, int optionsAt, int start) {
      this.author = unquoted(line.group("author"));
      this.id = unquoted(line.group("id"));
      this.options = new Options(line.group("options"));
      this.optionsAt = optionsAt;
      this.start = start;
      this.delimiter = options.get("endDelimiter").map(FormattedSql::delimiter).orElse("");
    }

    private static String unquoted(String text) {
      return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
          ? text.substring(1, text.length() - 1)
          : text.strip();
    }
  }

  private FormattedSql(SourceFile file) {
    this.file = file;
    this.sql = new StringBuilder(file.text());
    this.back = new StringBuilder(file.text());
    blank(back, 0, back.length());
  }

  public static boolean is(String text) {
    return HEADER.matcher(text).lookingAt();
  }

  static FormattedSql of(SourceFile file) {
    FormattedSql read = new FormattedSql(file);
    read.read();
    return read;
  }

  List<Changeset> changesets() {
    return changesets;
  }

  /** Values for placeholders, by name. */
  Map<String, String> properties() {
    return properties;
  }

  /** What the head of the file says. */
  Options options() {
    Matcher header = HEADER.matcher(file.text());
    return new Options(header.lookingAt() ? header.group("options") : "");
  }

  private void read() {
    int line = 1;
    while (line <= file.lineCount()) {
      line = read(line);
    }
    SourceFile forward = new SourceFile(file.path(), sql.toString());
    SourceFile backward = new SourceFile(file.path(), back.toString());
    for (Open open : opened) {
      Script up = new Script(forward, open.start, open.end, open.checks.all());
      changesets.add(
          new Changeset(
              open.author,
              open.id,
              open.options,
              open.optionsAt,
              open.options.is("failOnError", "false") ? up.thatMayFail() : up,
              open.hasBack
                  ? Optional.of(new Script(backward, open.start, open.end))
                  : Optional.empty(),
              open.anyCheckSum,
              open.content.toString()));
    }
  }

  /** Reads what begins on a line and returns the line after it. */
  private int read(int line) {
    String text = file.line(line);
    Matcher command = COMMAND.matcher(text);
    boolean says = command.lookingAt();
    if (says && command.group("ignored") != null) {
      return ignore(line, command.group("ignored"));
    }
    if (says && isChangeset(line, command)) {
      return line + 1;
    }
    if (opened.isEmpty()) {
      if (says && command.group("word").equalsIgnoreCase("property")) {
        property(command.group("rest"));
      }
      return line + 1;
    }
    Open open = opened.getLast();
    int after = line + 1;
    if (BLOCK.matcher(text).matches()) {
      after = block(line, open);
    } else if (says) {
      say(command, open, line);
    } else {
      statement(text, open, line);
    }
    open.end = end(after - 1);
    return after;
  }

  private boolean isChangeset(int line, Matcher command) {
    Matcher changeset = CHANGESET.matcher(command.group("rest"));
    if (!command.group("word").equalsIgnoreCase("changeset") || !changeset.matches()) {
      return false;
    }
    int start = end(line);
    opened.add(new Open(changeset, file.startOfLine(line) + file.line(line).length(), start));
    opened.getLast().end = start;
    return true;
  }

  /** Where a line ends, its line break included. */
  private int end(int line) {
    return line < file.lineCount() ? file.startOfLine(line + 1) : file.text().length();
  }

  private void say(Matcher command, Open open, int line) {
    String rest = command.group("rest");
    switch (command.group("word").toLowerCase(Locale.ROOT)) {
      case "rollback" -> {
        int start = file.startOfLine(line) + command.start("rest");
        wayBack(open, start, start + rest.length());
      }
      case "validchecksum" -> open.anyCheckSum = true;
      case "property" -> property(rest);
      case "precondition", "preconditions" -> open.checks.read(rest);
      default -> {}
    }
  }

  private void wayBack(Open open, int start, int end) {
    open.hasBack = true;
    String text = file.text().substring(start, end);
    if (!NO_WAY_BACK.matcher(text).lookingAt()) {
      back.replace(start, end, text);
    }
  }

  /** A comment with the way back; where Liquibase ends it, which knows none within another. */
  private int block(int line, Open open) {
    int last = line + 1;
    while (last < file.lineCount() && !file.line(last).stripTrailing().endsWith("*/")) {
      last++;
    }
    last = Math.min(last, file.lineCount());
    String text = file.text().substring(end(line), end(last));
    int close = text.lastIndexOf("*/");
    wayBack(open, end(line), end(line) + (close < 0 ? text.length() : close));
    blank(sql, file.startOfLine(line), end(last));
    return last + 1;
  }

  private int ignore(int line, String what) {
    int last = line;
    if (what.equalsIgnoreCase("start")) {
      last = line + 1;
      while (last < file.lineCount() && !isEndOfIgnored(file.line(last))) {
        last++;
      }
    } else if (what.matches("\\d{1,9}")) {
      last = line + Integer.parseInt(what);
    }
    last = Math.min(last, file.lineCount());
    blank(sql, file.startOfLine(line), end(last));
    if (!opened.isEmpty()) {
      opened.getLast().end = end(last);
    }
    return last + 1;
  }

  private static boolean isEndOfIgnored(String line) {
    Matcher command = COMMAND.matcher(line);
    return command.lookingAt() && "end".equalsIgnoreCase(command.group("ignored"));
  }

  private void statement(String line, Open open, int number) {
    String text = line.strip();
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        open.content.append(text.charAt(i));
      }
    }
    int length = delimiterLength(text, open.delimiter);
    if (length > 0) {
      int at = file.startOfLine(number) + line.stripTrailing().length() - length;
      boolean ends = text.length() > length || open.inStatement;
      blank(sql, at, at + length);
      if (ends) {
        sql.setCharAt(at, ';');
      }
      open.inStatement = false;
    } else if (!text.isEmpty() && !text.startsWith("--")) {
      open.inStatement = !text.endsWith(";");
    }
  }

  /** How much of the end of a line is a delimiter that the server knows nothing of. */
  private static int delimiterLength(String text, String delimiter) {
    if (delimiter.isEmpty()) {
      return USUAL_DELIMITERS.contains(text.toLowerCase(Locale.ROOT)) ? text.length() : 0;
    }
    if (text.equalsIgnoreCase(delimiter)) {
      return text.length();
    }
    boolean marked = MARKED.matcher(delimiter).matches() && text.endsWith(delimiter);
    return marked ? delimiter.length() : 0;
  }

  /** What a delimiter is in a file; empty where a server can be sent it. */
  private static String delimiter(String option) {
    String plain = AROUND.matcher(option.split("\\|", 2)[0]).replaceAll("").replace("\\", "");
    return plain.startsWith("--") || plain.replace(";", "").isEmpty() ? "" : plain;
  }

  private void property(String rest) {
    Matcher name = NAME.matcher(rest);
    Matcher value = VALUE.matcher(rest);
    if (name.find() && value.find() && new Options(rest).apply()) {
      // Liquibase keeps the first.
      properties.putIfAbsent(name.group(1), value.group(1));
    }
  }

  private static void blank(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
        text.setCharAt(i, ' ');
      }
    }
  }
}
