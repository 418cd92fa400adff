package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Flyway: {@code V<version>__<description>.sql} and its kin, in a directory and all below it. */
public final class Flyway extends Layout {
  /** The ending of the settings of one script, after its whole name. */
  private static final String OF_SCRIPT = ".conf";

  private final FlywayNames names;

  /** Scripts that their own settings tell Flyway to pass over. */
  private final Set<Path> passedOver;

  public Flyway() {
    this(new FlywayNames(Settings.none()), Set.of());
  }

  private Flyway(FlywayNames names, Set<Path> passedOver) {
    this.names = names;
    this.passedOver = Set.copyOf(passedOver);
  }

  /** As the settings of the project have it, which may name other prefixes and endings. */
  Flyway fitted(Path directory, Surroundings around) {
    return new Flyway(new FlywayNames(FlywaySettings.of(directory, around)), passedOver);
  }

  @Override
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    return fitted(directory, around);
  }

  @Override
  public Layout in(List<Path> files, Surroundings tree) {
    Set<Path> told = new HashSet<>();
    for (Path file : files) {
      if (Folders.name(file).endsWith(OF_SCRIPT)
          && !tree.settings(file, Settings::properties).flag("shouldExecute").orElse(true)) {
        String name = Folders.name(file);
        told.add(file.resolveSibling(name.substring(0, name.length() - OF_SCRIPT.length())));
      }
    }
    return new Flyway(names, told);
  }

  @Override
  public String id() {
    return "flyway";
  }

  @Override
  public String tool() {
    return "Flyway";
  }

  @Override
  public boolean isRecursive() {
    return true;
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(fitted(place.directory(), place.around()).names.sign());
  }

  @Override
  public Role role(Path file) {
    return passedOver.contains(file) ? new Role.Other() : names.role(file);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return names.named(newest, word);
  }

  @Override
  public String pattern() {
    return names.pattern();
  }

  /** The checksum is over the lines without what ends them, and skips a byte order mark. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return summed(base.text()).equals(summed(head.text()));
  }

  private static String summed(String text) {
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).replaceAll("[\r\n]", "");
  }

  @Override
  public String whenEdited() {
    return "Flyway compares checksums, comments included, and refuses to migrate databases that ran it";
  }

  @Override
  public String whenDeleted() {
    return "Flyway refuses to migrate databases that ran it, unless ignoreMigrationPatterns allows it to be missing";
  }

  @Override
  public String whenRenamed() {
    return "Flyway finds the old one missing and refuses to migrate databases that ran it";
  }

  @Override
  public Optional<String> whenRenamed(boolean sameVersion) {
    return Optional.of(
        sameVersion
            ? "Flyway compares descriptions and refuses to migrate databases that ran it"
            : whenRenamed());
  }

  @Override
  public String whenOlder() {
    return "Flyway refuses to migrate databases that have that one, unless outOfOrder is set";
  }

  @Override
  public String whenTwice() {
    return "Flyway refuses to start";
  }

  @Override
  public String whenIgnored() {
    return "Flyway passes over it without a word, unless validateMigrationNaming is set";
  }

  @Override
  public boolean allowsOlder(Path directory, Surroundings around) {
    return FlywaySettings.of(directory, around).flag("flyway.outOfOrder").orElse(false);
  }

  @Override
  public Optional<Obstacle> obstacle(SourceFile file, Surroundings around) {
    return FlywayStatements.obstacle(
        file,
        transaction(file, around),
        ofScript(file, around).flag("executeInTransaction").isPresent(),
        FlywaySettings.of(Folders.of(file.path()), around),
        around);
  }

  /** What is said of a script by itself counts before all else. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    boolean within =
        ofScript(file, around)
            .flag("executeInTransaction")
            .orElseGet(
                () ->
                    FlywaySettings.of(Folders.of(file.path()), around)
                            .flag("flyway.executeInTransaction")
                            .orElse(true)
                        && !FlywayStatements.wantNone(file.text()));
    return within ? Transaction.PER_MIGRATION : Transaction.NONE;
  }

  /** Flyway sees by itself that some statements want no transaction. */
  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    return FlywayStatements.wantNone(file.text())
        ? Optional.of(migrated(migration, file, Transaction.NONE))
        : super.outsideTransaction(migration, file);
  }

  /** A group has one transaction or none: Flyway refuses one of both kinds. */
  @Override
  public boolean runsTogether(Path directory, List<Migration> pending, Surroundings around) {
    return FlywaySettings.of(directory, around).flag("flyway.group").orElse(false)
        && pending.stream()
            .allMatch(migration -> migration.transaction() == Transaction.PER_MIGRATION);
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "put a file of its name and `.conf` beside it with `executeInTransaction=false`; `CREATE INDEX CONCURRENTLY` needs `flyway.postgresql.transactional.lock=false` as well";
  }

  /** A directory that is named for one says more than what the application runs on by default. */
  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return DialectGuess.ofNames(directory).isPresent()
        ? Optional.empty()
        : FlywayDatabase.other(directory, around);
  }

  @Override
  public Optional<Placeholders> placeholders(
      Path directory, List<SourceFile> files, Surroundings around) {
    Settings settings = FlywaySettings.of(directory, around);
    boolean standard =
        settings.text("flyway.placeholderPrefix").orElse("${").equals("${")
            && settings.text("flyway.placeholderSuffix").orElse("}").equals("}");
    if (!settings.flag("flyway.placeholderReplacement").orElse(true) || !standard) {
      return Optional.empty();
    }
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.put("flyway:defaultSchema", FlywaySchemas.of(settings).standard());
    values.put("flyway:user", "drydock");
    values.put("flyway:database", "drydock");
    values.put("flyway:timestamp", "2000-01-01 00:00:00");
    values.put("flyway:filename", "migration.sql");
    values.put("flyway:workingDirectory", ".");
    values.put("flyway:table", settings.text("flyway.table").orElse("flyway_schema_history"));
    values.put("flyway:environment", "default");
    FlywayCommand.placeholders(directory, around).forEach(values::putIfAbsent);
    values.putAll(settings.under("flyway.placeholders."));
    return Optional.of(new Placeholders.Jdbc(new Placeholders.Braced(values)));
  }

  @Override
  public boolean fillsPlaceholders(SourceFile file, Surroundings around) {
    return ofScript(file, around).flag("placeholderReplacement").orElse(true);
  }

  /** The settings of one script, in a file beside it. */
  private static Settings ofScript(SourceFile file, Surroundings around) {
    return around.settings(
        file.path().resolveSibling(Folders.name(file.path()) + OF_SCRIPT), Settings::properties);
  }

  @Override
  public String prelude(Path directory, Surroundings around) {
    FlywaySchemas schemas = FlywaySchemas.of(FlywaySettings.of(directory, around));
    return schemas.creation() + prelude();
  }

  @Override
  public String session(Path directory, Surroundings around) {
    return FlywaySchemas.of(FlywaySettings.of(directory, around)).session();
  }

  /** As PostgreSQL's {@code getRawCreateScript} has it, without tablespace. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE IF NOT EXISTS "flyway_schema_history" (
              "installed_rank" INT NOT NULL,
              "version" VARCHAR(50),
              "description" VARCHAR(200) NOT NULL,
              "type" VARCHAR(20) NOT NULL,
              "script" VARCHAR(1000) NOT NULL,
              "checksum" INTEGER,
              "installed_by" VARCHAR(100) NOT NULL,
              "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
              "execution_time" INTEGER NOT NULL,
              "success" BOOLEAN NOT NULL,
              CONSTRAINT "flyway_schema_history_pk" PRIMARY KEY ("installed_rank")
          );
          CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
          """;
  }
}
