package dev.drydock.history.layout;

import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * sql-migrate: SQL files of any name with both directions in one file, under commands in comments.
 */
final class SqlMigrate extends SectionedFiles {
  private static final Pattern NAME = Pattern.compile("(\\d*)(.*)\\.sql");

  /** A day and the number within it count as one, or the next would come after all of its year. */
  private static final Pattern NUMBERED = Pattern.compile("(\\d+(?:[._-]\\d+)*)([._-]).*\\.sql");

  /** As in the tool's sqlparse/sqlparse.go, where a command is told by its case and its blanks. */
  private static final Pattern MARK = command("(?:(?<up>Up)|Down)");

  private static final Pattern BEGIN = command("StatementBegin");
  private static final Pattern END = command("StatementEnd");
  private static final String NO_TRANSACTION = "notransaction";

  private static final LineStatements STATEMENTS =
      new LineStatements("sql-migrate", BEGIN, END, "+migrate");

  SqlMigrate() {
    super(MARK);
  }

  private static Pattern command(String name) {
    return Pattern.compile("(?m)^-- \\+migrate [ \\t]*" + name + "(?<options>[ \\t][^\\r\\n]*|)$");
  }

  @Override
  public String id() {
    return "sql-migrate";
  }

  @Override
  public String tool() {
    return "sql-migrate";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested() && place.anySampleHas(NAME, MARK);
  }

  /** Those with a number come first, in its order; the others, and equal numbers, by name. */
  @Override
  public Role role(Path file) {
    Matcher name = NAME.matcher(Folders.name(file));
    if (!name.matches()) {
      return new Role.Other();
    }
    String digits = name.group(1);
    String words = words(name.group(2).replace('-', '_'));
    return digits.isEmpty()
        ? new Role.Forward(Version.textual(name.group(2)), words)
        : new Role.Forward(Version.numbered(digits), words);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.file(
        newest, NUMBERED, name -> NextName.number(name.group(1)) + name.group(2) + word + ".sql");
  }

  @Override
  public String pattern() {
    return "<name>.sql";
  }

  /** It knows them by the whole name of the file. */
  @Override
  public boolean knowsByVersion() {
    return false;
  }

  @Override
  public boolean isUnique(Version version) {
    return false;
  }

  /** More than one way forward in a file is one list of statements, and so is the way back. */
  @Override
  List<Section> sections(SourceFile file) {
    List<Section> sections = super.sections(file);
    if (sections.size() < 2) {
      return sections;
    }
    Section first = sections.getFirst();
    String options = sections.stream().map(Section::options).collect(Collectors.joining(" "));
    List<Script> downs = sections.stream().flatMap(section -> section.down().stream()).toList();
    return List.of(
        new Section(
            options,
            first.optionsAt(),
            joined(file, sections.stream().map(Section::up).toList()),
            downs.isEmpty() ? Optional.empty() : Optional.of(joined(file, downs))));
  }

  /** Blanks stand for what is between them, so that each keeps its place in the file. */
  private static Script joined(SourceFile file, List<Script> scripts) {
    int start = scripts.getFirst().start();
    StringBuilder text = new StringBuilder(file.text().substring(0, start));
    for (Script script : scripts) {
      String between = file.text().substring(text.length(), script.start());
      text.append(between.replaceAll("[^\\r\\n]", " ")).append(script.text());
    }
    int end = text.length();
    text.append(file.text().substring(end));
    return new Script(new SourceFile(file.path(), text.toString()), start, end);
  }

  @Override
  public String whenEdited() {
    return "sql-migrate keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "sql-migrate refuses to migrate databases that ran it, unless it is told to ignore unknown migrations";
  }

  @Override
  public String whenRenamed() {
    return "sql-migrate knows a migration by the name of its file, and refuses to migrate databases that ran it under the old one";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "sql-migrate runs it after that one on databases that have it, and before it on new ones";
  }

  @Override
  public String whenTwice() {
    return "sql-migrate runs both";
  }

  @Override
  public String whenIgnored() {
    return "sql-migrate passes over it without a word";
  }

  @Override
  public Optional<Obstacle> obstacle(SourceFile file, Surroundings around) {
    return sections(file).isEmpty()
        ? Optional.of(new Obstacle("sql-migrate stops at a file without a line `-- +migrate Up`."))
        : STATEMENTS.obstacle(up(file));
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return transaction(sections(file));
  }

  private static Transaction transaction(List<Section> sections) {
    boolean refused = sections.stream().anyMatch(section -> section.has(NO_TRANSACTION));
    return refused ? alone(sections.getFirst()) : Transaction.PER_MIGRATION;
  }

  /** What stands between StatementBegin and StatementEnd is sent as one simple query. */
  private static Transaction alone(Section section) {
    String text = section.up().text();
    Matcher begin = BEGIN.matcher(text);
    Matcher end = END.matcher(text);
    boolean isOneBlock =
        begin.find()
            && end.find(begin.end())
            && SqlText.bare(text.substring(0, begin.start())).isBlank()
            && SqlText.bare(text.substring(end.end())).isBlank();
    return isOneBlock ? Transaction.IMPLICIT : Transaction.NONE;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "begin it with `-- +migrate Up notransaction`";
  }

  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    return optioned(migration, file, NO_TRANSACTION, SqlMigrate::alone);
  }

  /** As gorp creates the table of the tool's {@code MigrationRecord}. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE IF NOT EXISTS gorp_migrations (
              id text NOT NULL PRIMARY KEY,
              applied_at timestamp with time zone
          );
          """;
  }
}
