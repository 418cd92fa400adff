package dev.drydock.history.layout;

import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** goose: {@code <number>_<name>.sql} with both directions in one file, under annotations. */
final class Goose extends Layout {
  private static final Pattern NAME = Pattern.compile("(\\d+)_(.*)\\.sql");
  private static final Pattern CODE = Pattern.compile("(\\d+)_(.*)(?<!_test)\\.go");

  private static final String SIGN = "+goose";

  /** As much of an annotation as tells a place; goose has been lax about case over time. */
  private static final Pattern UP = Pattern.compile("(?im)^--[ \\t]*\\+goose[ \\t]+Up\\b");

  private static final Pattern UP_WORDS = phrase("Up");
  private static final Pattern DOWN_WORDS = phrase("Down");
  private static final Pattern BEGIN = phrase("StatementBegin");
  private static final Pattern END = phrase("StatementEnd");
  private static final Pattern NO_TRANSACTION = phrase("NO\\s+TRANSACTION");
  private static final Pattern ENVIRONMENT = phrase("ENVSUB(?:ST)?\\s+ON");

  private static final LineStatements STATEMENTS =
      new LineStatements("goose", line("StatementBegin"), line("StatementEnd"), SIGN);

  private static final Pattern ANY = Pattern.compile("(.*)\\.sql");

  private final boolean anyName;

  Goose() {
    this(false);
  }

  private Goose(boolean anyName) {
    this.anyName = anyName;
  }

  private static Pattern phrase(String words) {
    return Pattern.compile("\\s*" + words + "\\s*", Pattern.CASE_INSENSITIVE);
  }

  private static Pattern line(String words) {
    return Pattern.compile("(?i)^--\\s*\\+goose\\s+" + words + "\\s*$");
  }

  /**
   * A line that goose reads.
   *
   * @param start offset of the line
   * @param end offset of the line after it
   */
  private record Annotation(int start, int end) {
    /** The first with these words from {@code from} on; it has to begin its line. */
    static Optional<Annotation> find(String text, Pattern words, int from) {
      int at = from;
      for (int sign = text.indexOf(SIGN, at); sign >= 0; sign = text.indexOf(SIGN, at)) {
        int start = text.lastIndexOf('\n', sign) + 1;
        int newline = text.indexOf('\n', sign);
        int end = newline < 0 ? text.length() : newline + 1;
        boolean first =
            text.startsWith("--", start)
                && start + 2 <= sign
                && text.substring(start + 2, sign).isBlank();
        if (first && words.matcher(text.substring(sign + SIGN.length(), end)).matches()) {
          return Optional.of(new Annotation(start, end));
        }
        // No second look at the same line: one without end would be looked at without end.
        at = end;
      }
      return Optional.empty();
    }
  }

  @Override
  public boolean knowsMarks() {
    return true;
  }

  @Override
  public String id() {
    return "goose";
  }

  @Override
  public String tool() {
    return "goose";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested() && place.anySampleHas(ANY, UP);
  }

  /** What the user names is to run, whatever it is called: only its way forward, all the same. */
  @Override
  public Layout fittedToNamed(List<Path> files) {
    return new Goose(true);
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher sql = NAME.matcher(name);
    if (sql.matches()) {
      return new Role.Forward(Version.numbered(sql.group(1)), words(sql.group(2)));
    }
    Matcher code = CODE.matcher(name);
    if (code.matches()) {
      return new Role.Code(Version.numbered(code.group(1)));
    }
    Matcher any = ANY.matcher(name);
    return anyName && any.matches()
        ? new Role.Forward(Version.textual(any.group(1)), words(any.group(1)))
        : Role.unnamed(file);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, "_" + word + ".sql");
  }

  @Override
  public String pattern() {
    return "<number>_<name>.sql";
  }

  @Override
  public Script up(SourceFile file) {
    Optional<Annotation> up = Annotation.find(file.text(), UP_WORDS, 0);
    if (up.isEmpty()) {
      return Script.whole(file);
    }
    int start = up.get().end();
    int end =
        Annotation.find(file.text(), DOWN_WORDS, start)
            .map(Annotation::start)
            .orElse(file.text().length());
    return new Script(file, start, end);
  }

  @Override
  public Optional<Script> down(SourceFile file) {
    return Annotation.find(file.text(), DOWN_WORDS, 0)
        .map(down -> new Script(file, down.end(), file.text().length()));
  }

  @Override
  public String whenEdited() {
    return "goose keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "new databases are built without it, and goose cannot take it back on those that ran it";
  }

  @Override
  public String whenRenamed() {
    return "goose knows a migration by its number, so databases that ran it under the old one run it again";
  }

  @Override
  public String whenOlder() {
    return "goose refuses to migrate databases that have that one, unless it is run with -allow-missing";
  }

  @Override
  public String whenTwice() {
    return "goose refuses to start";
  }

  @Override
  public String whenIgnored() {
    return "goose does not run it";
  }

  @Override
  public Optional<Obstacle> obstacle(SourceFile file, Surroundings around) {
    return Annotation.find(file.text(), UP_WORDS, 0).isEmpty()
        ? Optional.of(new Obstacle("goose stops at a file without a line `-- +goose Up`."))
        : STATEMENTS.obstacle(up(file)).or(() -> GooseEnvironment.obstacle(file));
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    if (Annotation.find(file.text(), NO_TRANSACTION, 0).isEmpty()) {
      return Transaction.PER_MIGRATION;
    }
    return isOneBlock(up(file).text()) ? Transaction.IMPLICIT : Transaction.NONE;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "put `-- +goose NO TRANSACTION` at its top";
  }

  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    Optional<Annotation> up = Annotation.find(file.text(), UP_WORDS, 0);
    if (migration.transaction() != Transaction.PER_MIGRATION || up.isEmpty()) {
      return super.outsideTransaction(migration, file);
    }
    String text =
        new StringBuilder(file.text())
            .insert(up.get().start(), "-- +goose NO TRANSACTION" + file.lineBreak())
            .toString();
    SourceFile marked = new SourceFile(file.path(), text);
    return Optional.of(
        migrated(
            migration,
            marked,
            isOneBlock(up(marked).text()) ? Transaction.IMPLICIT : Transaction.NONE));
  }

  /**
   * Whether all statements stand between one StatementBegin and its StatementEnd: goose sends such
   * a block as one simple query.
   */
  private static boolean isOneBlock(String up) {
    Optional<Annotation> begin = Annotation.find(up, BEGIN, 0);
    Optional<Annotation> end = begin.flatMap(at -> Annotation.find(up, END, at.end()));
    return end.isPresent()
        && SqlText.bare(up.substring(0, begin.get().start())).isBlank()
        && SqlText.bare(up.substring(end.get().end())).isBlank();
  }

  @Override
  public Optional<Placeholders> placeholders(
      Path directory, List<SourceFile> files, Surroundings around) {
    return GooseEnvironment.placeholders(
        files.stream().filter(file -> fillsPlaceholders(file, around)).toList());
  }

  @Override
  public boolean fillsPlaceholders(SourceFile file, Surroundings around) {
    return Annotation.find(file.text(), ENVIRONMENT, 0).isPresent();
  }

  /** As goose's database/dialect creates it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE goose_db_version (
              id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
              version_id bigint NOT NULL,
              is_applied boolean NOT NULL,
              tstamp timestamp NOT NULL DEFAULT now()
          );
          """;
  }
}
