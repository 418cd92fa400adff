package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Liquibase: SQL files under its header, each with any number of changesets, in the order in which
 * changelogs of other formats ask for them.
 */
public final class Liquibase extends Layout {
  private static final Pattern ANY = Pattern.compile(".*\\.sql");

  private static final Pattern URL =
      Pattern.compile("(?m)^[ \\t]*url[ \\t]*[:=][ \\t]*jdbc:(\\w+)");

  /** A file that the tool runs whole has a changeset with this name. */
  private static final String RAW = "includeAll:raw";

  private final Map<ChangelogOrder.Step, Integer> places;
  private final Optional<ChangelogOrder> order;

  /** Whether the user named the files, of which one may be a dump with the tool's own tables. */
  private final boolean named;

  public Liquibase() {
    this(Optional.empty(), false);
  }

  /** The layout of what one root changelog asks for. */
  public Liquibase(ChangelogOrder order) {
    this(Optional.of(order), false);
  }

  private Liquibase(Optional<ChangelogOrder> order, boolean named) {
    this.order = order;
    this.named = named;
    this.places = new HashMap<>();
    order.ifPresent(known -> known.steps().forEach(step -> places.put(step, places.size())));
  }

  @Override
  public String id() {
    return "liquibase";
  }

  @Override
  public String tool() {
    return "Liquibase";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested() && place.anySampleHas(ANY, FormattedSql.HEADER);
  }

  /** Without a root changelog, files with the header are taken in the order of their paths. */
  @Override
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    if (order.isPresent()) {
      return this;
    }
    List<Path> sql = sql(files);
    List<Path> formatted =
        sql.stream()
            .filter(file -> around.text(file).filter(FormattedSql::is).isPresent())
            .toList();
    return new Liquibase(ChangelogOrder.ofFiles(formatted.isEmpty() ? sql : formatted));
  }

  @Override
  public Layout fittedToNamed(List<Path> files) {
    return new Liquibase(Optional.of(ChangelogOrder.ofFiles(sql(files))), true);
  }

  private static List<Path> sql(List<Path> files) {
    return files.stream()
        .filter(file -> ANY.matcher(Folders.name(file)).matches())
        .distinct()
        .toList();
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    if (!name.endsWith(".sql")) {
      return new Role.Other();
    }
    Optional<Integer> place = place(file, "");
    return place.isPresent()
        ? new Role.Forward(version(RAW, false, place.get(), 0), description(file))
        : order.filter(known -> known.scripts().contains(file)).isPresent()
            ? new Role.Other()
            : new Role.Stray();
  }

  /** Where the changelogs have a file, or a changeset of another changelog. */
  private Optional<Integer> place(Path file, String changeset) {
    return Optional.ofNullable(places.get(new ChangelogOrder.Step(file, changeset)));
  }

  private static String description(Path file) {
    return words(Folders.name(file).replaceFirst("\\.[^.]+$", "").replace('-', '_'));
  }

  private static Version version(String name, boolean again, int... numbers) {
    List<BigInteger> order = new ArrayList<>();
    for (int number : numbers) {
      order.add(BigInteger.valueOf(number));
    }
    return again ? new Version.Repeatable(name, order) : new Version.Versioned(name, order);
  }

  @Override
  public Optional<List<Part>> parts(Path file, Surroundings around) {
    Optional<SourceFile> read = around.file(file);
    if (!Folders.name(file).endsWith(".sql")) {
      return read.flatMap(
          source -> Changelog.of(file, source.text()).map(c -> parts(c, source, around)));
    }
    Optional<Integer> place = place(file, "");
    return place.isEmpty() || read.isEmpty()
        ? Optional.empty()
        : Optional.of(parts(read.get(), place.get()));
  }

  private List<Part> parts(SourceFile file, int place) {
    if (!FormattedSql.is(file.text())) {
      Script all = Script.whole(file);
      Further script = new Further(all, Optional.empty(), Transaction.PER_MIGRATION);
      return List.of(
          forward(RAW, file, version(RAW, false, place), script, Optional.of(unspaced(all))));
    }
    FormattedSql read = FormattedSql.of(file);
    Optional<String> home = read.options().get("logicalFilePath");
    List<Part> parts = new ArrayList<>();
    for (FormattedSql.Changeset changeset : read.changesets()) {
      FormattedSql.Options options = changeset.options();
      if (!options.apply()) {
        continue;
      }
      boolean again = options.is("runOnChange", "true") || options.is("runAlways", "true");
      String name = changeset.name();
      parts.add(
          new Part(
              new Role.Forward(version(name, again, place, parts.size()), description(file.path())),
              name,
              options.get("logicalFilePath").filter(path -> !path.isEmpty()).or(() -> home),
              file,
              Optional.of(new Further(changeset.up(), changeset.down(), transaction(options))),
              changeset.anyCheckSum() ? Optional.empty() : Optional.of(changeset.content())));
    }
    return parts;
  }

  @Override
  public Optional<Obstacle> obstacle(Part part) {
    return LiquibaseSplit.in(part);
  }

  private static Part forward(
      String name, SourceFile file, Version version, Further script, Optional<String> content) {
    return new Part(
        new Role.Forward(version, description(file.path())),
        name,
        Optional.empty(),
        file,
        Optional.of(script),
        content);
  }

  private static String unspaced(Script script) {
    return script.text().replaceAll("\\s+", "");
  }

  /** The changesets of a changelog that is not SQL. */
  private List<Part> parts(Changelog changelog, SourceFile file, Surroundings around) {
    List<Part> parts = new ArrayList<>();
    for (Changelog.Item item : changelog.items()) {
      if (item instanceof Changelog.Changeset changeset) {
        place(file.path(), changeset.name())
            .map(place -> part(changeset, place, file, around))
            .ifPresent(parts::add);
      }
    }
    return parts;
  }

  private static Part part(
      Changelog.Changeset changeset, int place, SourceFile file, Surroundings around) {
    return sqlFile(changeset, place, file.path(), around)
        .orElseGet(
            () -> Part.code(version(changeset.name(), false, place), changeset.name(), file));
  }

  /** A changeset that runs a file of SQL and does nothing else. */
  private static Optional<Part> sqlFile(
      Changelog.Changeset changeset, int place, Path changelog, Surroundings around) {
    ChangelogNode node = changeset.node();
    return ChangelogOrder.script(changelog, changeset, around::has)
        .flatMap(around::file)
        .map(
            sql -> {
              boolean again = node.is("runOnChange") || node.is("runAlways");
              Script all = Script.whole(sql);
              return forward(
                  changeset.name(),
                  sql,
                  version(changeset.name(), again, place),
                  new Further(
                      all,
                      Optional.empty(),
                      node.get("runInTransaction").filter("false"::equalsIgnoreCase).isPresent()
                          ? Transaction.NONE
                          : Transaction.PER_MIGRATION),
                  Optional.of(unspaced(all)));
            });
  }

  private static Transaction transaction(FormattedSql.Options options) {
    if (!options.is("runInTransaction", "false")) {
      return Transaction.PER_MIGRATION;
    }
    return options.is("splitStatements", "false") ? Transaction.IMPLICIT : Transaction.NONE;
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.PER_MIGRATION;
  }

  /** It knows a changeset by author, id and the path of its file. */
  @Override
  public boolean knowsByVersion() {
    return false;
  }

  @Override
  public boolean runsRenamed(Version now, Version then) {
    return true;
  }

  @Override
  public boolean isOrdered(Version version) {
    return false;
  }

  @Override
  public String pattern() {
    return "<name>.sql that a changelog includes";
  }

  @Override
  public String whenEdited() {
    return "Liquibase compares a checksum of the changeset and refuses to update databases that ran it, unless a validCheckSum allows the new one";
  }

  @Override
  public String whenDeleted() {
    return "Liquibase does not notice, and new databases are built without it";
  }

  @Override
  public String whenRenamed() {
    return "Liquibase knows a changeset by author, id and path, so databases that ran it under the old path run it again, unless logicalFilePath gives that";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "Liquibase runs it after that one on databases that have it, and before it on new ones";
  }

  @Override
  public String whenTwice() {
    return "Liquibase refuses to run a changelog with two changesets of one author and id in a file";
  }

  @Override
  public String whenIgnored() {
    return "no changelog that was found includes this one";
  }

  @Override
  public Optional<Placeholders> placeholders(
      Path directory, List<SourceFile> files, Surroundings around) {
    return Optional.of(
        new Placeholders.Jdbc(
            new Placeholders.Braced(LiquibaseProperties.of(order, files, around))));
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return around
        .nearest(directory, "liquibase.properties")
        .flatMap(around::text)
        .map(URL::matcher)
        .filter(Matcher::find)
        .flatMap(url -> DialectGuess.ofName(url.group(1)));
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "put `runInTransaction:false` on the line of its changeset";
  }

  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    if (migration.transaction() != Transaction.PER_MIGRATION || !FormattedSql.is(file.text())) {
      return super.outsideTransaction(migration, file);
    }
    return changeset(migration, file)
        .map(changeset -> new SourceFile(file.path(), changeset.outsideTransaction(file.text())))
        .map(marked -> migrated(migration, marked, migration.transaction()));
  }

  private static Optional<FormattedSql.Changeset> changeset(Migration migration, SourceFile file) {
    return FormattedSql.of(file).changesets().stream()
        .filter(
            changeset ->
                migration.version().text().equals(changeset.author() + ":" + changeset.id()))
        .findFirst();
  }

  @Override
  Migration migrated(Migration migration, SourceFile file, Transaction transaction) {
    return FormattedSql.is(file.text())
        ? changeset(migration, file)
            .map(
                changeset ->
                    new Migration(
                        migration.version(),
                        migration.description(),
                        file,
                        changeset.up(),
                        changeset.down(),
                        transaction(changeset.options()),
                        migration.placeholders()))
            .orElse(migration)
        : super.migrated(migration, file, transaction);
  }

  /** As the tool makes its tables on PostgreSQL. */
  @Override
  public String prelude() {
    return named
        ? ""
        : """
          CREATE TABLE databasechangeloglock (
              ID INTEGER NOT NULL,
              LOCKED BOOLEAN NOT NULL,
              LOCKGRANTED TIMESTAMP WITHOUT TIME ZONE,
              LOCKEDBY VARCHAR(255),
              CONSTRAINT databasechangeloglock_pkey PRIMARY KEY (ID)
          );
          CREATE TABLE databasechangelog (
              ID VARCHAR(255) NOT NULL,
              AUTHOR VARCHAR(255) NOT NULL,
              FILENAME VARCHAR(255) NOT NULL,
              DATEEXECUTED TIMESTAMP WITHOUT TIME ZONE NOT NULL,
              ORDEREXECUTED INTEGER NOT NULL,
              EXECTYPE VARCHAR(10) NOT NULL,
              MD5SUM VARCHAR(35),
              DESCRIPTION VARCHAR(255),
              COMMENTS VARCHAR(255),
              TAG VARCHAR(255),
              LIQUIBASE VARCHAR(20),
              CONTEXTS VARCHAR(255),
              LABELS VARCHAR(255),
              DEPLOYMENT_ID VARCHAR(10)
          );
          """;
  }
}
