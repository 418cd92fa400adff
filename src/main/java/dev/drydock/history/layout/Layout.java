package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The convention by which one migration tool names, orders, splits and runs its files.
 *
 * <p>The {@code when…} methods say what the tool does about an irregularity, as the second half of
 * a sentence.
 */
public abstract sealed class Layout
    permits Drizzle,
        Prisma,
        Supabase,
        Hasura,
        Diesel,
        Refinery,
        Liquibase,
        Flyway,
        Goose,
        SectionedFiles,
        NewestOnly,
        Yoyo,
        Atlas,
        Bun,
        Sqlx,
        Pop,
        Sqitch,
        DbMigrate,
        NodePgMigrate,
        PlainFiles {
  Layout() {}

  /** The published name, lower case with hyphens. */
  public abstract String id();

  /** The name its users know it by. */
  public abstract String tool();

  /** Whether a place is this tool's, without the user saying so. */
  public abstract boolean recognises(Place place);

  public abstract Role role(Path file);

  /** Names of the forward files, as a message shows them. */
  public abstract String pattern();

  /**
   * What comes of an edited migration on databases that ran it: a sentence without its full stop.
   */
  public String whenEdited() {
    return "Databases that already ran it will not run it again";
  }

  public String whenDeleted() {
    return "new databases are built without it";
  }

  /** What comes of a migration with another name where the tool does not know it by that. */
  public abstract String whenRenamed();

  /**
   * @param sameVersion whether only the rest of the name is another one
   * @return nothing where the tool takes it for the migration it was
   */
  public Optional<String> whenRenamed(boolean sameVersion) {
    return sameVersion && knowsByVersion() ? Optional.empty() : Optional.of(whenRenamed());
  }

  public abstract String whenOlder();

  public abstract String whenTwice();

  public abstract String whenIgnored();

  /**
   * What comes of a number that is missing before a migration; empty where the tool does not count.
   */
  public String whenGap() {
    return "";
  }

  /** What the tool would refuse in a change that no file of a migration shows. */
  public List<Integrity> problems(Surroundings base, Surroundings head) {
    return List.of();
  }

  /** Why a migration that is not SQL is not replayed: a sentence without its full stop. */
  public String whenCode() {
    return tool() + " runs it and Drydock cannot";
  }

  /** What keeps the tool from getting a migration done. */
  public Optional<Obstacle> obstacle(SourceFile file, Surroundings around) {
    return Optional.empty();
  }

  /** The same of one of several in a file. */
  public Optional<Obstacle> obstacle(Part part) {
    return Optional.empty();
  }

  public abstract Transaction transaction(SourceFile file, Surroundings around);

  /**
   * SQL for PostgreSQL that makes what a database has before the first migration: the table in
   * which the tool keeps what it has applied, and what a platform brings along.
   */
  public abstract String prelude();

  /** The same, with what else the tool makes where it is set up to. */
  public String prelude(Path directory, Surroundings around) {
    return prelude();
  }

  /** SQL that the tool runs in each session before a migration, or empty. */
  public String session(Path directory, Surroundings around) {
    return "";
  }

  /** Files that are run on a database that is made anew, in this order, before the migrations. */
  public List<Path> groundWork(Path directory, Surroundings around) {
    return List.of();
  }

  /** Whether all files below the directory count, or only those directly in it. */
  public boolean isRecursive() {
    return false;
  }

  /** Whether a file outside of a directory with migrations belongs to them. */
  public boolean reaches(Path directory, Path file) {
    return false;
  }

  /** Whether what lies in another directory is none of what a database has. */
  boolean leavesOut(Path directory, Path other) {
    return false;
  }

  /** Whether each migration has a directory of its own. */
  public boolean isNested() {
    return false;
  }

  /**
   * Whether the tool keeps migrations so.
   *
   * @param nested whether each has a directory of its own
   */
  public boolean fits(boolean nested) {
    return nested == isNested();
  }

  /** This layout, fitted to the files of one directory. */
  public Layout fitted(List<Path> files) {
    return this;
  }

  /** The same, with what lies around the directory. */
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    return fitted(files);
  }

  /** This layout, fitted to files that the user named one by one. */
  public Layout fittedToNamed(List<Path> files) {
    return this;
  }

  /** The same, with what lies around them. */
  public Layout fittedToNamed(List<Path> files, Surroundings around) {
    return fittedToNamed(files);
  }

  /** The file in which the tool lists what is to be run, where it keeps one. */
  public Optional<Path> list(Path directory) {
    return Optional.empty();
  }

  /** This layout for one of the two trees, where a list of the tool's says which files count. */
  public Layout in(List<Path> files, Surroundings tree) {
    return this;
  }

  /** Whether a place is told by what stands in its files, whatever they are called. */
  public boolean knowsMarks() {
    return false;
  }

  /** Whether the tool takes two files of one version for the same migration. */
  public boolean knowsByVersion() {
    return true;
  }

  /** Whether no database can have run two files of one version. */
  public boolean keepsVersionOnce() {
    return knowsByVersion();
  }

  /** What comes of a migration whose version is a lower one now. */
  public Optional<String> whenLowered() {
    return whenRenamed(false);
  }

  /** Whether the tool runs a migration again that has another name now. */
  public boolean runsRenamed(Version now, Version then) {
    return knowsByVersion() && now.compareTo(then) != 0;
  }

  /**
   * Whether the tool would take the file for what it was; without a checksum, by what is run, and
   * the way back is not what databases have run.
   */
  public boolean isSame(SourceFile base, SourceFile head) {
    return SqlText.isSame(up(base).text(), up(head).text());
  }

  public Script up(SourceFile file) {
    return Script.whole(file);
  }

  /** The way back, where it stands in the same file. */
  public Optional<Script> down(SourceFile file) {
    return Optional.empty();
  }

  /**
   * A migration that stands in a file behind another one.
   *
   * @param down the way back from it
   */
  public record Further(Script up, Optional<Script> down, Transaction transaction) {}

  /** What the tool runs of the file after {@link #up}, in this order. */
  public List<Further> further(SourceFile file) {
    return List.of();
  }

  /**
   * The migrations in a file that the tool knows each by itself.
   *
   * @return nothing where it knows a file as a whole, which then is what {@link #role} says
   */
  public Optional<List<Part>> parts(Path file, Surroundings around) {
    return Optional.empty();
  }

  /** Values for placeholders, or nothing when the tool knows no placeholders. */
  public Optional<Placeholders> placeholders(
      Path directory, List<SourceFile> files, Surroundings around) {
    return Optional.empty();
  }

  /** Whether the tool fills in placeholders in this file, given that it does at all. */
  public boolean fillsPlaceholders(SourceFile file, Surroundings around) {
    return true;
  }

  /** Whether the tool is set up to take a migration that is older than the newest applied. */
  public boolean allowsOlder(Path directory, Surroundings around) {
    return false;
  }

  /** Whether the tool runs one that is older than the newest applied all the same, after that. */
  public boolean runsOlder() {
    return false;
  }

  /** What tells the tool that a migration is older than the newest that a database has. */
  public Comparator<Version> age() {
    return Comparator.naturalOrder();
  }

  /** Whether the order of two versions says which migration is meant to come first. */
  public boolean isOrdered(Version version) {
    return true;
  }

  /** Whether two migrations of that version are one too many. */
  public boolean isUnique(Version version) {
    return true;
  }

  /** The dialect, where the tool's own files say it. */
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return Optional.empty();
  }

  /** The migration with the text that {@code file} now has, in the transaction it had. */
  public final Migration reread(Migration migration, SourceFile file) {
    return migrated(migration, file, migration.transaction());
  }

  /**
   * The migration with the text that {@code file} now has, marked in that text as this tool wants
   * it when no transaction is to be opened around its single statement.
   *
   * @return nothing where the text of the file cannot say so
   */
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    return migration.transaction() == Transaction.PER_MIGRATION
        ? Optional.empty()
        : Optional.of(reread(migration, file));
  }

  /**
   * {@link #outsideTransaction} for a tool that looks for a mark at the very beginning of a file,
   * which a byte order mark takes.
   *
   * @param mark what comes before the text of the file, line break included
   * @param transaction how the tool runs a file with it
   */
  final Optional<Migration> marked(
      Migration migration, SourceFile file, String mark, Transaction transaction) {
    if (migration.transaction() != Transaction.PER_MIGRATION) {
      return Optional.of(reread(migration, file));
    }
    return file.text().startsWith("\uFEFF")
        ? Optional.empty()
        : Optional.of(
            migrated(migration, new SourceFile(file.path(), mark + file.text()), transaction));
  }

  /** Whether the tool runs nothing without a transaction, whatever it is told or given to run. */
  public boolean alwaysInTransaction() {
    return false;
  }

  /** Whether the tool can be made to run a migration in SQL without a transaction. */
  public boolean runsOutside() {
    return !alwaysInTransaction();
  }

  /** Whether the tool runs all that is new in one transaction. */
  public boolean runsTogether(Path directory, List<Migration> pending, Surroundings around) {
    return false;
  }

  /**
   * What has to be done for a migration to run outside a transaction, as an imperative; empty where
   * the tool has no way, or is not known.
   */
  public String howToGoWithoutTransaction() {
    return alwaysInTransaction()
        ? "%s runs none, so run that by hand before, and leave the plain form in the migration, with `IF NOT EXISTS` or `IF EXISTS`"
            .formatted(tool())
        : "";
  }

  Migration migrated(Migration migration, SourceFile file, Transaction transaction) {
    return new Migration(
        migration.version(),
        migration.description(),
        file,
        up(file),
        migration.down().map(Script::file).filter(migration.file()::equals).isPresent()
            ? down(file)
            : migration.down(),
        transaction,
        migration.placeholders());
  }

  /**
   * A file for a migration after the newest one, numbered as that is.
   *
   * @param newest the file of the newest migration that is ordered by its version
   * @param word what names the new one, in lower case
   * @return nothing where the tool makes its files itself, or no name can be told
   */
  public final Optional<Path> next(Path newest, String word) {
    return named(newest, word).filter(next -> NextName.isAfter(this, newest, next));
  }

  /** A name for {@link #next}, which may turn out not to be after the newest one. */
  Optional<Path> named(Path newest, String word) {
    return Optional.empty();
  }

  static String words(String name) {
    return name.replace('_', ' ').strip();
  }

  @Override
  public String toString() {
    return id();
  }
}
