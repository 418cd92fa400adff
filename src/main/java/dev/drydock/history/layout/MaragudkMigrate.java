package dev.drydock.history.layout;

import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * maragudk/migrate: {@code <version>.up.sql} and {@code .down.sql}, where all before the direction
 * is the version and is compared as text.
 */
final class MaragudkMigrate extends NewestOnly {
  /** As in the tool's migrate.go, whose dots stand for any character: {@code 7_a_up.sql} counts. */
  private static final Pattern UP = Pattern.compile("([\\w-]+).up.sql");

  private static final Pattern DOWN = Pattern.compile("([\\w-]+).down.sql.*");

  private static final Pattern NUMBERED = Pattern.compile("(\\d+)(?:([_-])[\\w-]*)?.up.sql");

  private static final Pattern NUMBER = Pattern.compile("^\\d+[_-]*");

  /** Under either name of its module. */
  private static final List<String> MODULES =
      List.of("github.com/maragudk/migrate", "maragu.dev/migrate");

  @Override
  public String id() {
    return "maragudk-migrate";
  }

  @Override
  public String tool() {
    return "maragudk/migrate";
  }

  /** A program may use golang-migrate for other files, which that would refuse these among. */
  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(UP)
        && MODULES.stream().anyMatch(module -> isRequired(module, place))
        && (!isRequired("golang-migrate/migrate", place) || !GolangMigrate.takes(place.files()));
  }

  private static boolean isRequired(String module, Place place) {
    return place.around().mentions(place.directory(), "go.mod", module + " ")
        || place.around().mentions(place.directory(), "go.mod", module + "/");
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher up = UP.matcher(name);
    if (up.matches()) {
      return new Role.Forward(Version.textual(up.group(1)), description(up.group(1)));
    }
    Matcher down = DOWN.matcher(name);
    return down.matches() ? new Role.Backward(Version.textual(down.group(1))) : Role.unnamed(file);
  }

  private static String description(String version) {
    return words(NUMBER.matcher(version).replaceFirst("").replace('-', '_'));
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.file(newest, NUMBERED, name -> named(name, word));
  }

  private static String named(MatchResult newest, String word) {
    String separator = newest.group(2) == null ? "_" : newest.group(2);
    return NextName.number(newest.group(1)) + separator + word + ".up.sql";
  }

  @Override
  public String pattern() {
    return "<version>.up.sql, with letters, digits, hyphens and underscores in the version";
  }

  @Override
  public String whenRenamed() {
    return "maragudk/migrate goes by the newest name alone, so databases that stand before the new one run it again";
  }

  @Override
  public Optional<String> whenLowered() {
    return Optional.of(
        "maragudk/migrate goes by the newest name alone, so databases that ran it do not run it again, and those past the new one that have not run it never do, without a word");
  }

  @Override
  public String whenOlder() {
    return "maragudk/migrate keeps only the newest name, so databases that have that one never run it, without a word";
  }

  @Override
  public boolean keepsVersionOnce() {
    return false;
  }

  @Override
  public String whenTwice() {
    return "maragudk/migrate runs both where neither was run, and one that comes later never";
  }

  @Override
  public String whenIgnored() {
    return "maragudk/migrate passes over it without a word";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.PER_MIGRATION;
  }

  @Override
  public boolean alwaysInTransaction() {
    return true;
  }

  /** As {@code createMigrationsTable} of the tool leaves it, under the name that is the default. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE IF NOT EXISTS migrations (version text NOT NULL);
          INSERT INTO migrations VALUES ('');
          """;
  }
}
