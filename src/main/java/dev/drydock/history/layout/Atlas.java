package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Atlas: {@code <version>_<name>.sql} beside an {@code atlas.sum}, in the order of the names.
 *
 * <p>What a file says of itself are the directives in the comments at its top, as Atlas's
 * sql/migrate/dir.go reads them.
 */
public final class Atlas extends Layout {
  public static final String SUM = "atlas.sum";
  private static final String SETTINGS = "atlas.hcl";

  /** Atlas can keep a directory for another tool, whose names then count. */
  private static final Pattern OF_ANOTHER_TOOL = Pattern.compile(".*\\.(?:up|down)\\.sql");

  private static final Pattern SQL = Pattern.compile("([^_]+)(?:_(.*))?\\.sql");
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)(?:_.*)?\\.sql");
  private static final Pattern DIRECTIVE = Pattern.compile("[ -~]*atlas:(\\w+)(?: +(.+))?");
  private static final Pattern SECTION = Pattern.compile("(?m)^-- (\\S+) --[ \\t\\r]*$\\n?");
  private static final Pattern DATABASE = Pattern.compile("docker(?:://|\\+)(\\w+)|\\b(\\w+)://");

  private static final String WITHOUT_TRANSACTION = "-- atlas:txmode none";

  /** Files that hold the whole schema as it is after what comes before them. */
  private final Set<Path> checkpoints;

  private Atlas(Set<Path> checkpoints) {
    this.checkpoints = Set.copyOf(checkpoints);
  }

  Atlas() {
    this(Set.of());
  }

  @Override
  public String id() {
    return "atlas";
  }

  @Override
  public String tool() {
    return "Atlas";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested() && place.has(SUM) && !place.anyNamed(OF_ANOTHER_TOOL);
  }

  @Override
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    Set<Path> found = new TreeSet<>();
    for (Path file : files) {
      if (around.text(file).filter(text -> has(text, "checkpoint")).isPresent()) {
        found.add(file);
      }
    }
    return new Atlas(found);
  }

  @Override
  public Role role(Path file) {
    Matcher parts = SQL.matcher(Folders.name(file));
    if (!parts.matches()) {
      return new Role.Other();
    }
    String description = parts.group(2) == null ? "" : words(parts.group(2));
    return new Role.Forward(
        Version.textual(parts.group(1)), description, checkpoints.contains(file));
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NUMBERED, "_" + word + ".sql");
  }

  @Override
  public String pattern() {
    return "<version>_<name>.sql";
  }

  /** The checksum is over the text as it is. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return base.text().equals(head.text());
  }

  @Override
  public String whenEdited() {
    return "Atlas does not run it again there, and stops everywhere until atlas migrate hash has been run";
  }

  @Override
  public String whenRenamed() {
    return "Atlas knows a migration by its version, so databases that ran it under the old one run it again or stop";
  }

  @Override
  public String whenOlder() {
    return "atlas migrate apply stops at it unless it is told an --exec-order, and new databases run it before";
  }

  @Override
  public String whenTwice() {
    return "Atlas keeps each version once and takes the second for applied";
  }

  @Override
  public String whenIgnored() {
    return "Atlas does not run it";
  }

  @Override
  public Optional<Obstacle> obstacle(SourceFile file, Surroundings around) {
    String line = Folders.name(file.path()) + " h1:";
    return around
        .text(Folders.of(file.path()).resolve(SUM))
        .filter(sum -> sum.lines().noneMatch(known -> known.startsWith(line)))
        .filter(sum -> !arguments(file.text(), "sum").contains("ignore"))
        .map(
            sum ->
                new Obstacle(
                    "atlas.sum does not have it, so atlas migrate apply stops at a checksum that does not match: run atlas migrate hash."));
  }

  /** A transaction for each file is what {@code --tx-mode} is without being told. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return arguments(file.text(), "txmode").contains("none")
        ? Transaction.NONE
        : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "put `%s` on its first line, with an empty line after it, and run atlas migrate hash"
        .formatted(WITHOUT_TRANSACTION);
  }

  /** Directives end with an empty line; without one they would belong to the first statement. */
  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    String between = directives(file.text()).isEmpty() ? "\n\n" : "\n";
    return marked(migration, file, WITHOUT_TRANSACTION + between, Transaction.NONE);
  }

  /** An archive of scripts in one file has checks besides, which Atlas asks before. */
  @Override
  public Script up(SourceFile file) {
    return has(file.text(), "txtar")
        ? section(file, "migration.sql").orElseGet(() -> Script.whole(file))
        : Script.whole(file);
  }

  @Override
  public Optional<Script> down(SourceFile file) {
    return has(file.text(), "txtar") ? section(file, "down.sql") : Optional.empty();
  }

  private static Optional<Script> section(SourceFile file, String name) {
    Matcher mark = SECTION.matcher(file.text());
    while (mark.find()) {
      if (mark.group(1).equals(name)) {
        int start = mark.end();
        return Optional.of(
            new Script(file, start, mark.find() ? mark.start() : file.text().length()));
      }
    }
    return Optional.empty();
  }

  private static boolean has(String text, String directive) {
    return !arguments(text, directive).isEmpty();
  }

  /** What follows each directive of that name; an empty text where nothing does. */
  private static List<String> arguments(String text, String directive) {
    return directives(text).stream()
        .map(DIRECTIVE::matcher)
        .filter(line -> line.matches() && line.group(1).equals(directive))
        .map(line -> line.group(2) == null ? "" : line.group(2).strip())
        .toList();
  }

  /** The comments at the top, which count only where an empty line or the end follows them. */
  private static List<String> directives(String text) {
    List<String> comments = new ArrayList<>();
    int at = 0;
    while (text.startsWith("--", at) || text.startsWith("#", at)) {
      int end = text.indexOf('\n', at);
      int stop = end < 0 ? text.length() : end;
      comments.add(text.substring(at, stop).strip());
      at = end < 0 ? stop : end + 1;
    }
    while (text.startsWith(" ", at) || text.startsWith("\t", at)) {
      at++;
    }
    // A carriage return is not a line end to Atlas.
    return at == text.length() || text.charAt(at) == '\n' ? comments : List.of();
  }

  /** Where all addresses in the project's file are of one kind of database. */
  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    Set<Dialect> named =
        around.nearest(directory, SETTINGS).flatMap(around::text).stream()
            .flatMap(text -> DATABASE.matcher(text).results())
            .map(address -> address.group(1) == null ? address.group(2) : address.group(1))
            .flatMap(name -> DialectGuess.ofName(name).stream())
            .collect(Collectors.toSet());
    return named.size() == 1 ? named.stream().findFirst() : Optional.empty();
  }

  /** As Atlas makes it where the address of the database names no schema. */
  @Override
  public String prelude() {
    return """
          CREATE SCHEMA atlas_schema_revisions;
          CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (
              version             CHARACTER VARYING PRIMARY KEY,
              description         CHARACTER VARYING NOT NULL,
              type                BIGINT NOT NULL DEFAULT 2,
              applied             BIGINT NOT NULL DEFAULT 0,
              total               BIGINT NOT NULL DEFAULT 0,
              executed_at         TIMESTAMPTZ NOT NULL,
              execution_time      BIGINT NOT NULL,
              error               TEXT,
              error_stmt          TEXT,
              hash                CHARACTER VARYING NOT NULL,
              partial_hashes      JSONB,
              operator_version    CHARACTER VARYING NOT NULL
          );
          """;
  }
}
