package dev.drydock.lint;

import dev.drydock.history.CodeMigration;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.replay.ReplayException;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
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
          + " has: drydock lint FILE --applied schema.sql.";

  /** What Liquibase asks before it runs a changeset, in a comment of its SQL. */
  private static final Pattern PRECONDITIONS =
      Pattern.compile("^\\s*--\\s*preconditions?\\s", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** What the server does not find, by its last name. */
  private static final Pattern MISSING =
      Pattern.compile(
          "(?:(?<kind>relation|table|type|schema) \"(?:(?<schema>[^\".]+)\\.)?(?<name>[^\".]+)\"|function (?:(?<home>\\w+)\\.)?(?<function>\\w+)\\(.*\\)) does not exist");

  /** How the server words that somebody may not do something. */
  private static final Pattern RIGHTS = Pattern.compile("permission denied|must (?:be|have)\\b");

  private BaseFailure() {}

  /** Names what the history has to do with it. */
  static ReplayException withCause(ReplayException failure, History history) {
    // What is supplied is none of them, and runs before all of them.
    Optional<Migration> failed =
        failure.location().flatMap(location -> at(location, history.applied()));
    if (failed.isEmpty()) {
      return failure;
    }
    if (history.layout().equals("liquibase") && hasPreconditions(failed.get())) {
      return withPreconditions(failure, failed.get().file().path());
    }
    List<Path> passedOver = before(failed.get(), history.code());
    return passedOver.isEmpty()
        ? sameVersion(failure, failed.get(), history)
            .or(() -> madeLater(failure, failed.get(), history))
            .orElse(failure)
        : withCode(failure, passedOver);
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
        ("the changeset has preconditions, which the replay does not ask: when production passed over it, leave it"
                + " out of a copy of its file and name that under `stand-ins:` in .drydock.yml (`%s: path/to/copy.sql`)."
                + " Otherwise: %s")
            .formatted(file, failure.remedy()));
  }

  /** Of two files with one number, production may have run the other alone. */
  private static Optional<ReplayException> sameVersion(
      ReplayException failure, Migration failed, History history) {
    Path file = failed.file().path();
    return history.applied().stream()
        .filter(other -> other.version().compareTo(failed.version()) == 0)
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
    Matcher missing = MISSING.matcher(failure.getMessage());
    if (!missing.find()) {
      return Optional.empty();
    }
    boolean function = missing.group("function") != null;
    String name = missing.group(function ? "function" : "name");
    String schema = missing.group(function ? "home" : "schema");
    String kinds =
        "schema".equals(missing.group("kind")) ? "schema" : "table|view|type|domain|function";
    Pattern making =
        Pattern.compile(
            "\\bcreate\\s+(?:or\\s+replace\\s+)?(?:unlogged\\s+|materialized\\s+)?(?:%s)\\s+(?:if\\s+not\\s+exists\\s+)?"
                    .formatted(kinds)
                + "(?:\"?%s\"?\\s*\\.\\s*)?\"?"
                    .formatted(Pattern.quote(schema == null ? "public" : schema))
                + Pattern.quote(name)
                // A name with a dot after it is the schema of what is made.
                + "(?![\\w$]|\"?\\s*\\.)",
            Pattern.CASE_INSENSITIVE);
    return Stream.concat(history.applied().stream(), history.pending().stream())
        .dropWhile(migration -> migration != failed)
        .skip(1)
        .filter(later -> making.matcher(later.up().text()).find())
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

  private static ReplayException with(ReplayException failure, String remedy) {
    return new ReplayException(failure.getMessage(), failure.location(), remedy, failure);
  }
}
