package dev.drydock.history.layout;

import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * go-pg/migrations: {@code <number>_<name>.up.sql} and {@code .down.sql}, in a transaction where
 * {@code .tx} stands before that.
 */
sealed class GoPg extends NewestOnly {
  /** As in the tool's collection.go. */
  private static final Pattern NAME = Pattern.compile("(\\d+)_(.*?)(?:\\.tx)?\\.(up|down)\\.sql");

  private static final Pattern UP = Pattern.compile("\\d+_.*\\.up\\.sql");
  private static final Pattern IN_TRANSACTION = Pattern.compile("\\d+_.*\\.tx\\.(?:up|down)\\.sql");
  private static final Pattern CODE = Pattern.compile("(\\d+)_.*(?<!_test)\\.go");

  /** What lies between two of these is sent as one query. */
  private static final Pattern SPLIT = Pattern.compile("(?m)^--gopg:split\\r?$");

  /** Whether the module uses it. */
  static boolean isUsed(Path directory, Surroundings around) {
    return around.mentions(directory, "go.mod", "go-pg/migrations");
  }

  @Override
  public String id() {
    return "go-pg";
  }

  @Override
  public String tool() {
    return "go-pg/migrations";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(UP)
        && place.isMostly(NAME)
        && (isUsed(place.directory(), place.around())
            || (place.anyNamed(IN_TRANSACTION)
                && !place.around().mentions(place.directory(), "go.mod", "golang-migrate")));
  }

  @Override
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    return isUsed(directory, around) ? new GoPg() : new OfAnother();
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (parts.matches()) {
      Version version = Version.numbered(parts.group(1));
      return parts.group(3).equals("up")
          ? new Role.Forward(version, words(parts.group(2)))
          : new Role.Backward(version);
    }
    Matcher code = CODE.matcher(name);
    if (code.matches()) {
      return new Role.Code(Version.numbered(code.group(1)));
    }
    return Role.unnamed(file);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, "_" + word + ".up.sql");
  }

  @Override
  public String pattern() {
    return "<number>_<name>.up.sql and <number>_<name>.tx.up.sql";
  }

  @Override
  public String whenDeleted() {
    return "go-pg/migrations does not notice, and new databases are built without it";
  }

  @Override
  public String whenRenamed() {
    return "go-pg/migrations goes by the newest number that a database has, so those below the new one run it again";
  }

  @Override
  public Optional<String> whenLowered() {
    return Optional.empty();
  }

  @Override
  public String whenOlder() {
    return "go-pg/migrations runs what is newer than the newest number that a database has, so those that have that one never run it, without a word";
  }

  @Override
  public String whenTwice() {
    return "go-pg/migrations refuses to start";
  }

  @Override
  public String whenIgnored() {
    return "go-pg/migrations stops at a file with another name";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return transaction(file, IN_TRANSACTION, SPLIT);
  }

  /**
   * That of a file whose name asks for one, or whose marks divide it into queries.
   *
   * @param asking names that ask for one
   * @param mark what lies between two of these is sent as one query
   */
  static Transaction transaction(SourceFile file, Pattern asking, Pattern mark) {
    if (asking.matcher(Folders.name(file.path())).matches()) {
      return Transaction.PER_MIGRATION;
    }
    return mark.matcher(file.text()).find() ? Transaction.NONE : Transaction.IMPLICIT;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "name the file .up.sql, without .tx, and give the statement a file of its own";
  }

  /** As its command {@code init} creates it. */
  @Override
  public String prelude() {
    return "CREATE TABLE gopg_migrations (id serial, version bigint, created_at timestamptz);\n";
  }

  /** What runs such names without being the tool itself: only how it reads them is known. */
  private static final class OfAnother extends GoPg {
    private static final Layout PLAIN = PlainFiles.ofAnyName();

    @Override
    public String tool() {
      return PLAIN.tool();
    }

    @Override
    public String whenEdited() {
      return PLAIN.whenEdited();
    }

    @Override
    public String whenDeleted() {
      return PLAIN.whenDeleted();
    }

    @Override
    public String whenRenamed() {
      return PLAIN.whenRenamed();
    }

    @Override
    public Optional<String> whenLowered() {
      return PLAIN.whenLowered();
    }

    @Override
    public boolean knowsByVersion() {
      return PLAIN.knowsByVersion();
    }

    @Override
    public boolean runsOlder() {
      return PLAIN.runsOlder();
    }

    @Override
    public String whenOlder() {
      return PLAIN.whenOlder();
    }

    @Override
    public String whenTwice() {
      return PLAIN.whenTwice();
    }

    @Override
    public String whenIgnored() {
      return PLAIN.whenIgnored();
    }

    @Override
    public String prelude() {
      return PLAIN.prelude();
    }
  }
}
