package dev.drydock.history.layout;

import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** dbmate: {@code <digits><anything>.sql} with both directions in one file, under marks. */
final class Dbmate extends SectionedFiles {
  /** As in the tool's pkg/dbmate/db.go. */
  private static final Pattern NAME = Pattern.compile("(\\d+)(.*)\\.sql");

  private static final Pattern ANY = Pattern.compile("(.*)\\.sql");

  /** As in the tool's pkg/dbmate/migration.go. */
  private static final Pattern MARK =
      Pattern.compile("(?m)^--[ \\t]*migrate:(?:(?<up>up)|down)(?<options>[ \\t][^\\r\\n]*|)$");

  private static final String NO_TRANSACTION = "transaction:false";

  private final boolean anyName;

  Dbmate() {
    this(false);
  }

  private Dbmate(boolean anyName) {
    super(MARK);
    this.anyName = anyName;
  }

  @Override
  public String id() {
    return "dbmate";
  }

  @Override
  public String tool() {
    return "dbmate";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested() && place.anySampleHas(ANY, MARK);
  }

  @Override
  public Layout fittedToNamed(List<Path> files) {
    return new Dbmate(true);
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher numbered = NAME.matcher(name);
    if (numbered.matches()) {
      return new Role.Forward(
          version(numbered.group(1), name), words(numbered.group(2).replace('-', '_')));
    }
    Matcher any = ANY.matcher(name);
    return anyName && any.matches()
        ? new Role.Forward(Version.textual(any.group(1)), words(any.group(1)))
        : Role.unnamed(file);
  }

  /**
   * dbmate knows a migration by its digits, and runs them in the order of the file names: {@code
   * 10_b} is before {@code 9_a}, and before {@code 1_c} too, since an underscore sorts after the
   * digits.
   */
  private static Version version(String digits, String name) {
    List<BigInteger> order = new ArrayList<>();
    digits.chars().forEach(digit -> order.add(BigInteger.valueOf(digit - '0' + 1)));
    order.add(name.charAt(digits.length()) > '9' ? BigInteger.valueOf(11) : BigInteger.ZERO);
    return new Version.Versioned(digits, order);
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
  public List<Further> further(SourceFile file) {
    return sections(file).stream()
        .skip(1)
        .map(section -> new Further(section.up(), section.down(), transaction(section)))
        .toList();
  }

  @Override
  public String whenEdited() {
    return "dbmate keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "new databases are built without it, and dbmate cannot take it back on those that ran it";
  }

  @Override
  public String whenRenamed() {
    return "dbmate knows a migration by its number, so databases that ran it under the old one run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "dbmate runs it after that one on databases that have it, or refuses to with --strict, and before it on new ones";
  }

  @Override
  public String whenTwice() {
    return "dbmate fails on the key of its table, or takes the second for applied and never runs it";
  }

  @Override
  public String whenIgnored() {
    return "dbmate passes over it without a word";
  }

  @Override
  public Optional<Obstacle> obstacle(SourceFile file, Surroundings around) {
    List<Section> sections = sections(file);
    if (sections.isEmpty()) {
      return Optional.of(new Obstacle("dbmate stops at a file without a line `-- migrate:up`."));
    }
    return sections.stream().allMatch(section -> section.down().isPresent())
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                "dbmate 2 stops at a file in which no line `-- migrate:down` follows `-- migrate:up`."));
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return sections(file).stream()
        .findFirst()
        .map(Dbmate::transaction)
        .orElse(Transaction.PER_MIGRATION);
  }

  /** A section is one simple query, which the server makes one transaction when dbmate does not. */
  private static Transaction transaction(Section section) {
    return section.has(NO_TRANSACTION) ? Transaction.IMPLICIT : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "begin it with `-- migrate:up transaction:false`";
  }

  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    return optioned(migration, file, NO_TRANSACTION, Dbmate::transaction);
  }

  /** As {@code CreateMigrationsTable} of the driver creates it. */
  @Override
  public String prelude() {
    return "CREATE TABLE IF NOT EXISTS schema_migrations (version varchar PRIMARY KEY);\n";
  }
}
