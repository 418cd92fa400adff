package dev.drydock.lint;

import dev.drydock.history.CodeMigration;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.layout.Layouts;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.ReplayException;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Comments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A failure to replay the applied migrations of a history, with what the history itself tells of
 * its cause and of the way out.
 */
final class BaseFailure {
  /** Files that are not SQL: with more, a dump is less work than writing what each does. */
  private static final int MOST_PASSED_OVER = 3;

  private static final String WITHOUT_THEM =
      " Where many are not SQL, lint the new files by themselves, on a dump of the schema that production"
          + " has: `drydock lint FILE --applied schema.sql`.";

  /** What Liquibase asks before it runs a changeset, in a comment of its SQL. */
  private static final Pattern PRECONDITIONS =
      Pattern.compile("^\\s*--\\s*preconditions?\\s", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** How the server words that somebody may not do something. */
  private static final Pattern RIGHTS = Pattern.compile("permission denied|must (?:be|have)\\b");

  private static final Pattern PLAIN = Pattern.compile("[\\w./ -]+");

  private BaseFailure() {}

  /**
   * Names what the history has to do with it, or another one of the same run.
   *
   * @param all the histories of the run
   * @param before what was supplied to run before the migrations
   */
  static ReplayException withCause(
      ReplayException failure, History history, List<History> all, List<SourceFile> before) {
    // What is supplied is none of them, and runs before all of them.
    Optional<Migration> failed =
        failure.location().flatMap(location -> at(location, history.applied()));
    if (failed.isEmpty()) {
      return madeElsewhere(failure, history, all).orElse(failure);
    }
    return mended(withCause(failure, failed.get(), history, all, before), failed.get(), history);
  }

  private static ReplayException withCause(
      ReplayException failure,
      Migration failed,
      History history,
      List<History> all,
      List<SourceFile> before) {
    if (history.layout().equals("liquibase") && hasPreconditions(failed)) {
      return withPreconditions(failure, failed.file().path());
    }
    List<Path> passedOver = before(failed, history.code());
    return passedOver.isEmpty()
        ? sameVersion(failure, failed, history)
            .or(() -> madeLater(failure, failed, history))
            .or(() -> madeInComment(failure, history))
            .or(() -> madeElsewhere(failure, history, all))
            .or(() -> madeBefore(failure, before))
            .or(() -> madeEarlier(failure, failed, history))
            .orElse(failure)
        : withCode(failure, passedOver);
  }

  /** What the change itself alters may never have got through anywhere. */
  private static ReplayException mended(
      ReplayException failure, Migration failed, History history) {
    Path file = failed.file().path();
    return history.problems().stream()
        .flatMap(problem -> alters(problem, file).stream())
        .findFirst()
        .map(
            does ->
                with(
                    failure,
                    ("this change %s it: when it never got through on any database, begin before it came, so that"
                            + " it counts as new (%s). Otherwise: %s")
                        .formatted(does, before(file), failure.remedy())))
        .orElse(failure);
  }

  private static String before(Path file) {
    // Whoever copies it must not run what a name says.
    return PLAIN.matcher(file.toString()).matches()
        ? "`--base \"$(git log --diff-filter=A --format=%%h -1 -- '%s')^\"`".formatted(file)
        : "`--base COMMIT`";
  }

  private static Optional<String> alters(Integrity problem, Path file) {
    boolean here = problem.location().file().equals(file);
    return switch (problem.kind()) {
      case EDITED -> here ? Optional.of("edits") : Optional.empty();
      case DELETED -> here ? Optional.of("deletes") : Optional.empty();
      case RENAMED ->
          problem.detail().startsWith("At the base it is " + file)
              ? Optional.of("renames")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /**
   * What a change has a say in has no more rights than the change, and may need them.
   *
   * @param altered what that is, a few words each
   */
  static ReplayException withoutRights(ReplayException failure, List<String> altered) {
    return altered.isEmpty() || !RIGHTS.matcher(failure.getMessage()).find()
        ? failure
        : with(
            failure,
            "%s: let what is altered there be merged before the migrations. Otherwise: %s"
                .formatted(withoutRights(altered), failure.remedy()));
  }

  /** Says why the applied migrations ran with less than they have in production. */
  static String withoutRights(List<String> altered) {
    return "this change alters %s, which has a say in what runs before it, so that all of it ran without a superuser's rights"
        .formatted(String.join(", ", altered));
  }

  private static boolean hasPreconditions(Migration migration) {
    SourceFile file = migration.file();
    int end = Math.min(migration.up().end(), file.text().length());
    return PRECONDITIONS.matcher(file.text()).region(migration.up().start(), end).find();
  }

  private static ReplayException withPreconditions(ReplayException failure, Path file) {
    return with(
        failure,
        ("the changeset has preconditions, of which the replay asks no more than the catalog answers: when production passed over it, leave it"
                + " out of a copy of its file and name that under `stand-ins:` in .drydock.yml (`%s: path/to/copy.sql`)."
                + " Otherwise: %s")
            .formatted(file, failure.remedy()));
  }

  /** Of two files with one number, a tool that goes by it may have run the other alone. */
  private static Optional<ReplayException> sameVersion(
      ReplayException failure, Migration failed, History history) {
    Path file = failed.file().path();
    boolean unique =
        Layouts.byId(history.layout()).stream()
            .anyMatch(layout -> layout.isUnique(failed.version()));
    return history.applied().stream()
        .filter(other -> unique && other.version().compareTo(failed.version()) == 0)
        .map(other -> other.file().path())
        .filter(other -> !other.equals(file))
        .findFirst()
        .map(
            other ->
                with(
                    failure,
                    ("%s has the same version: when production ran only that one, name an empty file in the place of"
                            + " this under `stand-ins:` in .drydock.yml (`%s: path/to/empty.sql`). Otherwise: %s")
                        .formatted(other, file, failure.remedy())));
  }

  /** The last of the migrations in a file that has begun by the place of the failure. */
  private static Optional<Migration> at(Location location, List<Migration> migrations) {
    List<Migration> inFile =
        migrations.stream()
            .filter(migration -> migration.file().path().equals(location.file()))
            .toList();
    return inFile.reversed().stream()
        .filter(
            migration -> migration.file().lineOf(migration.up().start()) <= location.startLine())
        .findFirst()
        .or(() -> inFile.stream().findFirst());
  }

  /** A migration that is not SQL is the first to suspect when a later one misses something. */
  private static ReplayException withCode(ReplayException failure, List<Path> passedOver) {
    Path last = passedOver.getLast();
    String others =
        passedOver.size() == 1 ? "" : " (and %d more before it)".formatted(passedOver.size() - 1);
    return with(
        failure,
        ("%s%s is not SQL and was passed over: when it makes what is missing, write what it does as SQL"
                + " and name that file under `stand-ins:` in .drydock.yml (`%s: path/to/file.sql`)."
                + "%s Otherwise: %s")
            .formatted(
                last,
                others,
                last,
                passedOver.size() > MOST_PASSED_OVER ? WITHOUT_THEM : "",
                failure.remedy()));
  }

  /** The files, the last to be run last. */
  private static List<Path> before(Migration migration, List<CodeMigration> code) {
    List<Path> files =
        code.stream()
            .filter(one -> one.version().compareTo(migration.version()) < 0)
            .map(CodeMigration::file)
            .toList();
    return files.reversed().stream().distinct().toList().reversed();
  }

  /** Where numbers were given by hand, production may have run the files in another order. */
  private static Optional<ReplayException> madeLater(
      ReplayException failure, Migration failed, History history) {
    Optional<NamedObject> missing = NamedObject.missing(failure.getMessage());
    // What it makes itself is not missing for want of a later one.
    if (missing.isEmpty() || missing.get().isMadeBy(failed.up().text())) {
      return Optional.empty();
    }
    return Stream.concat(history.applied().stream(), history.pending().stream())
        .dropWhile(migration -> migration != failed)
        .skip(1)
        .filter(later -> missing.get().isMadeBy(later.up().text()))
        // One that makes it anew had it from elsewhere.
        .filter(later -> !missing.get().isNeededBy(later.up().text()))
        .map(Migration::file)
        .filter(later -> later != failed.file())
        .findFirst()
        .map(
            later ->
                with(
                    failure,
                    ("%s makes it, and comes after it by its name: production ran them in another order."
                            + " Name the files in that order, or give what is missing in a file under `before:` in"
                            + " .drydock.yml")
                        .formatted(later.path())));
  }

  /** A tool that takes over a database may write down what it has in a comment. */
  private static Optional<ReplayException> madeInComment(ReplayException failure, History history) {
    return NamedObject.missing(failure.getMessage())
        .flatMap(
            missing ->
                history.applied().stream()
                    .filter(
                        migration ->
                            Comments.blocks(migration.up().text()).anyMatch(missing::isMadeBy))
                    .findFirst())
        .map(
            migration ->
                with(
                    failure,
                    ("%s makes it in a comment, which nothing runs: when production had it before (drizzle-kit pull"
                            + " writes such a file), put what the comment holds into a file and name that under"
                            + " `before:` in .drydock.yml")
                        .formatted(migration.file().path())));
  }

  /** The same for pending migrations, where nothing else is seen to be the cause. */
  static List<Observation> withCause(
      List<Observation> observations, History history, List<History> all) {
    return observations.stream()
        .map(
            observation ->
                observation.outcome() instanceof Outcome.Failed failed && failed.remedy().isEmpty()
                    ? madeElsewhere(failed.message(), history, all)
                        .map(remedy -> observation.with(failed.with(remedy)))
                        .orElse(observation)
                    : observation)
        .toList();
  }

  private static Optional<ReplayException> madeElsewhere(
      ReplayException failure, History history, List<History> all) {
    return madeElsewhere(failure.getMessage(), history, all).map(remedy -> with(failure, remedy));
  }

  /** Of two series of migrations for one database, each is replayed by itself. */
  private static Optional<String> madeElsewhere(
      String message, History history, List<History> all) {
    Optional<NamedObject> missing = NamedObject.missing(message);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    return all.stream()
        .filter(other -> !other.directory().equals(history.directory()))
        .filter(other -> other.dialect() == history.dialect())
        .flatMap(other -> Stream.concat(other.applied().stream(), other.pending().stream()))
        .filter(migration -> missing.get().isMadeBy(migration.up().text()))
        .findFirst()
        .map(
            made ->
                ("%1$s makes it, which is of another history: when both are for one database, %2$s under `before:`"
                        + " in .drydock.yml, and in front of that what it needs itself")
                    .formatted(
                        made.file().path(),
                        made.up().isWhole()
                            ? "name that file"
                            : "put what it does into a file and name that"));
  }

  /** What is supplied runs before every history, that which makes the same included. */
  private static Optional<ReplayException> madeBefore(
      ReplayException failure, List<SourceFile> before) {
    return NamedObject.there(failure.getMessage())
        .flatMap(there -> before.stream().filter(file -> there.isMadeBy(file.text())).findFirst())
        .map(
            file ->
                with(
                    failure,
                    ("%s made it, which `before:` in .drydock.yml runs before the migrations of each history: when it is a"
                            + " copy of a migration, name the migration itself there, which its own history does not"
                            + " run twice; otherwise take it out")
                        .formatted(file.path())));
  }

  /** Of two migrations that make one thing, production can have run one alone. */
  private static Optional<ReplayException> madeEarlier(
      ReplayException failure, Migration failed, History history) {
    Path file = failed.file().path();
    return NamedObject.there(failure.getMessage())
        .flatMap(
            there ->
                history.applied().stream()
                    .takeWhile(migration -> migration != failed)
                    .filter(earlier -> there.isMadeBy(earlier.up().text()))
                    .map(earlier -> earlier.file().path())
                    .filter(earlier -> !earlier.equals(file))
                    .reduce((first, second) -> second))
        .map(
            earlier ->
                with(
                    failure,
                    ("%s makes it too: when production ran only one of them, name an empty file in the place of the"
                            + " other under `stand-ins:` in .drydock.yml (`%s: path/to/empty.sql`). Otherwise: %s")
                        .formatted(earlier, file, failure.remedy())));
  }

  private static ReplayException with(ReplayException failure, String remedy) {
    return new ReplayException(failure.getMessage(), failure.location(), remedy, failure);
  }
}
