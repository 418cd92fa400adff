package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * refinery: {@code V<number>__<name>.sql} in a directory and all below it; one that begins with
 * {@code U} goes forward as well, and may come late.
 */
final class Refinery extends Layout {
  /** As in the tool's util.rs, which finds other versions than whole numbers and refuses them. */
  private static final Pattern NAME =
      Pattern.compile("([UV])(\\d+)__(\\w+)\\.(sql|rs)", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern SQL = Pattern.compile("[UV]\\d+__.*\\.sql");

  @Override
  public String id() {
    return "refinery";
  }

  @Override
  public String tool() {
    return "refinery";
  }

  private static final String SETTINGS = "refinery.toml";

  /** The names are Flyway's too: what tells is the crate, or the settings of the tool's program. */
  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(SQL)
        && place.isMostly(SQL)
        && (place.around().nearest(place.directory(), SETTINGS).isPresent()
            || place.around().mentions(place.directory(), "Cargo.toml", "refinery"));
  }

  @Override
  public boolean isRecursive() {
    return true;
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Role.unnamed(file);
    }
    String prefix = parts.group(1).equals("U") ? "U" : "";
    Version version =
        new Version.Versioned(prefix + parts.group(2), List.of(new BigInteger(parts.group(2))));
    return parts.group(4).equals("sql")
        ? new Role.Forward(version, words(parts.group(3)))
        : new Role.Code(version);
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return DialectGuess.ofNames(directory)
        .or(() -> set(directory, around))
        .or(() -> CargoFeatures.dialect("refinery", directory, around));
  }

  private static Optional<Dialect> set(Path directory, Surroundings around) {
    return around
        .nearest(directory, SETTINGS)
        .flatMap(around::text)
        .flatMap(TomlSettings::read)
        .flatMap(settings -> settings.text("main.db_type"))
        .flatMap(DialectGuess::ofName);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.file(
        newest,
        NAME,
        name -> name.group(1) + NextName.number(name.group(2)) + "__" + word + ".sql");
  }

  @Override
  public String pattern() {
    return "V<number>__<name>.sql, with letters, digits and underscores in the name";
  }

  /** What begins with U is run whenever it is missing. */
  @Override
  public boolean isOrdered(Version version) {
    return !version.text().startsWith("U");
  }

  /** The checksum is over the text as it is. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return base.text().equals(head.text());
  }

  @Override
  public String whenEdited() {
    return "refinery compares checksums and refuses to migrate databases that ran it, unless set_abort_divergent is off";
  }

  @Override
  public String whenDeleted() {
    return "refinery refuses to migrate databases that ran it, unless set_abort_missing is off";
  }

  @Override
  public String whenRenamed() {
    return "refinery misses the old one and refuses to migrate databases that ran it, unless set_abort_missing is off";
  }

  @Override
  public Optional<String> whenRenamed(boolean sameVersion) {
    return Optional.of(
        sameVersion
            ? "refinery knows it by its number, and refuses to migrate databases that ran it where what follows the number is another"
            : whenRenamed());
  }

  @Override
  public String whenOlder() {
    return "refinery refuses to migrate databases that have that one, or never runs it there where set_abort_missing is off; it runs a late one whose name begins with U in place of V";
  }

  @Override
  public String whenTwice() {
    return "refinery takes one for the other edited, never runs it, or fails on the key of its table";
  }

  @Override
  public String whenIgnored() {
    return "refinery passes over it, or refuses a number that is none";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.PER_MIGRATION;
  }

  @Override
  public boolean alwaysInTransaction() {
    return true;
  }

  /** As {@code ASSERT_MIGRATIONS_TABLE_QUERY} of the tool has it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE IF NOT EXISTS refinery_schema_history (
              version int4 PRIMARY KEY,
              name VARCHAR(255),
              applied_on VARCHAR(255),
              checksum VARCHAR(255)
          );
          """;
  }
}
