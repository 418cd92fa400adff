package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** tern: {@code <number>_<name>.sql} with both directions in one file, a mark between them. */
final class Tern extends NewestOnly {
  /** As in the tool's migrate/migrate.go. */
  private static final Pattern NAME = Pattern.compile("(\\d+)_(.+)\\.sql");

  private static final String DIVIDER = "---- create above / drop below ----";
  private static final String NO_TRANSACTION = "---- tern: disable-tx ----";
  private static final Pattern MARK =
      Pattern.compile("(?m)^(?:%s|%s)".formatted(DIVIDER, NO_TRANSACTION));

  /** The line has to end right there, which one with a carriage return does not. */
  private static final Pattern NO_TRANSACTION_LINE =
      Pattern.compile("(?dm)^" + NO_TRANSACTION + "$");

  /** What other tools run of a program that knows tern as well. */
  private static final Pattern OF_ONE_WAY = Pattern.compile(".*\\.(?:up|down)\\.sql");

  private static final String SETTINGS = "tern.conf";
  private static final String ACTION = "{{";

  private final Set<Path> templates;

  Tern() {
    this(Set.of());
  }

  /**
   * @param templates the files of which tern makes SQL by filling them in
   */
  private Tern(Set<Path> templates) {
    this.templates = Set.copyOf(templates);
  }

  @Override
  public String id() {
    return "tern";
  }

  @Override
  public String tool() {
    return "tern";
  }

  /** A way back, and so a mark, may be missing; then what lies around tells. */
  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(NAME)
        && (place.anySampleHas(NAME, MARK)
            || place.has(SETTINGS)
            || (PlainFiles.isNamedForMigrations(place.directory())
                && !place.anyNamed(OF_ONE_WAY)
                && isSetUp(place.directory(), place.around())));
  }

  private static boolean isSetUp(Path directory, Surroundings around) {
    return around.nearest(directory, SETTINGS).isPresent()
        || around.mentions(directory, "go.mod", "github.com/jackc/tern");
  }

  @Override
  public boolean knowsMarks() {
    return true;
  }

  @Override
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    Set<Path> templates = new TreeSet<>();
    for (Path file : files) {
      if (NAME.matcher(Folders.name(file)).matches()
          && around.text(file).map(Tern::forward).filter(up -> up.contains(ACTION)).isPresent()) {
        templates.add(file);
      }
    }
    return new Tern(templates);
  }

  @Override
  public Layout fittedToNamed(List<Path> files, Surroundings around) {
    return fitted(Folders.ROOT, files, around);
  }

  private static String forward(String text) {
    return text.substring(0, end(text));
  }

  private static int end(String text) {
    int divider = text.indexOf(DIVIDER);
    return divider < 0 ? text.length() : divider;
  }

  /** A template is Go's as much as SQL: what stands in it is not what the server gets. */
  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Role.unnamed(file);
    }
    return templates.contains(file)
        ? new Role.Code(Version.numbered(parts.group(1)))
        : new Role.Forward(Version.numbered(parts.group(1)), words(parts.group(2)));
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
    return new Script(file, 0, end(file.text()));
  }

  @Override
  public Optional<Script> down(SourceFile file) {
    int divider = end(file.text());
    return divider == file.text().length()
        ? Optional.empty()
        : Optional.of(new Script(file, divider + DIVIDER.length(), file.text().length()));
  }

  @Override
  public String whenDeleted() {
    return "tern refuses to start where a number is missing, and to migrate databases that are past the last one";
  }

  @Override
  public String whenTwice() {
    return "tern refuses to start";
  }

  @Override
  public String whenGap() {
    return "tern refuses to start";
  }

  @Override
  public String whenIgnored() {
    return "tern passes over it without a word";
  }

  @Override
  public String whenCode() {
    return "It is a Go template, which tern fills in and Drydock does not";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return NO_TRANSACTION_LINE.matcher(forward(file.text())).find()
        ? Transaction.NONE
        : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "put `---- tern: disable-tx ----` on a line of its own at its top";
  }

  /** Without a carriage return in any file: tern does not know the line with one. */
  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    return marked(migration, file, NO_TRANSACTION + "\n", Transaction.NONE);
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return Optional.of(Dialect.POSTGRESQL);
  }

  /** As {@code ensureSchemaVersionTableExists} creates it, under the name of its settings. */
  @Override
  public String prelude() {
    return """
    CREATE TABLE public.schema_version (version int4 NOT NULL PRIMARY KEY);
    INSERT INTO public.schema_version (version) VALUES (0);
    """;
  }
}
