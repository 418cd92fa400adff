package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * graphile-migrate: {@code committed/<number>-<name>.sql}, each with the hash of the one before it.
 * What is not committed yet runs where it is developed and nowhere else.
 */
public final class GraphileMigrate extends NewestOnly {
  private static final Pattern NAME = Pattern.compile("(\\d+)(?:-([-\\w]*))?\\.sql");
  private static final Pattern PREVIOUS = Pattern.compile("(?m)^--! Previous:");

  /** Possessively: else each line takes a frame. */
  private static final Pattern HEADERS =
      Pattern.compile("\\A(?:--! [A-Z][a-zA-Z0-9_]*(?::.*)?\\R)*+\\s*");

  private static final Pattern NO_TRANSACTION = Pattern.compile("--!\\s*no-transaction\\b");

  private static final String DIRECTORY = "committed";
  private static final String CURRENT = "current";
  private static final String[] SETTINGS = {".gmrc", ".gmrc.js", ".gmrc.cjs"};

  /** Of a value that the environment has no more is known than what it is for. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("[\"']:([A-Z][0-9A-Z_]+)[\"']\\s*:\\s*[\"']([^\"']*)[\"']");

  private static final Pattern SESSION =
      Pattern.compile("[\"']?pgSettings[\"']?\\s*:\\s*\\{([^{}]*)}");
  private static final Pattern SETTING =
      Pattern.compile("[\"']?([\\w.]+)[\"']?\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern REMARK =
      Pattern.compile("(?<![^\\s,\\[{])(?://[^\\n]*|(?s:/\\*.*?\\*/))");

  private static final String OF_ENVIRONMENT = "!ENV";

  @Override
  public String id() {
    return "graphile-migrate";
  }

  @Override
  public String tool() {
    return "graphile-migrate";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && Folders.name(place.directory()).equals(DIRECTORY)
        && place.anySampleHas(NAME, PREVIOUS);
  }

  /**
   * What is being worked on is committed as a migration of its own later, and what lies beside it
   * is run at events of the tool's.
   */
  @Override
  boolean leavesOut(Path directory, Path other) {
    Path home = Folders.of(directory);
    return other.equals(home) || other.equals(home.resolve(CURRENT));
  }

  /** Whether a directory has what is being worked on. */
  public static boolean isUncommitted(Path directory, Surroundings around) {
    return (around.has(directory.resolve(CURRENT + ".sql"))
            || Folders.name(directory).equals(CURRENT))
        && around.nearest(directory, SETTINGS).isPresent();
  }

  /** What the settings name is run when a database is made anew. */
  @Override
  public List<Path> groundWork(Path directory, Surroundings around) {
    return GraphileActions.files("afterReset", settings(directory, around)).stream()
        .map(name -> Folders.of(directory).resolve(name).normalize())
        .filter(around::has)
        .toList();
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Role.unnamed(file);
    }
    String slug = parts.group(2) == null ? "" : parts.group(2);
    return new Role.Forward(Version.numbered(parts.group(1)), words(slug.replace('-', '_')));
  }

  @Override
  public String pattern() {
    return "<number>-<name>.sql, with letters, digits, hyphens and underscores in the name";
  }

  /** The checksum is over the text as it is. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return base.text().equals(head.text());
  }

  @Override
  public String whenEdited() {
    return "Databases that have it do not run it again, and new ones stop at it, unless its hash is made anew and those of all after it";
  }

  @Override
  public String whenDeleted() {
    return "graphile-migrate refuses to start when another follows it, and new databases are built without it";
  }

  @Override
  public String whenRenamed() {
    return "graphile-migrate goes by the newest number that a database has, so those below the new one run it again";
  }

  @Override
  public Optional<String> whenLowered() {
    return Optional.of(
        "graphile-migrate refuses to start where it comes to stand before another one, for each has the hash of the one before it; databases that ran it do not run it again, and pass over new ones up to the old number");
  }

  @Override
  public String whenOlder() {
    return "each has the hash of the one before it, so graphile-migrate refuses to start";
  }

  @Override
  public String whenTwice() {
    return "each has the hash of the one before it, so graphile-migrate refuses to start unless one of them has that of the other";
  }

  @Override
  public String whenIgnored() {
    return "graphile-migrate passes over it";
  }

  /** Without a transaction the file is one query, which the server makes one of again. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    String body = HEADERS.matcher(file.text()).replaceFirst("");
    return NO_TRANSACTION.matcher(body).lookingAt()
        ? Transaction.IMPLICIT
        : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "commit the statement alone, with `--! no-transaction` on the first line of current.sql";
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return Optional.of(Dialect.POSTGRESQL);
  }

  /** Roles and databases that are not there are made for a replay, whatever they are called. */
  @Override
  public Optional<Placeholders> placeholders(
      Path directory, List<SourceFile> files, Surroundings around) {
    Map<String, String> values = new TreeMap<>();
    values.put("DATABASE_NAME", "database_name");
    values.put("DATABASE_OWNER", "database_owner");
    PLACEHOLDER
        .matcher(settings(directory, around))
        .results()
        .forEach(found -> values.put(found.group(1), value(found.group(1), found.group(2))));
    return Optional.of(new Placeholders.Colon(values));
  }

  private static String value(String name, String said) {
    return said.equals(OF_ENVIRONMENT) ? name.toLowerCase(Locale.ROOT) : said;
  }

  private static String settings(Path directory, Surroundings around) {
    String text = around.nearest(directory, SETTINGS).flatMap(around::text).orElse("");
    return REMARK.matcher(text).replaceAll("");
  }

  /** Each connection begins with them. */
  @Override
  public String session(Path directory, Surroundings around) {
    StringBuilder session = new StringBuilder();
    SESSION
        .matcher(settings(directory, around))
        .results()
        .flatMap(found -> SETTING.matcher(found.group(1)).results())
        .forEach(
            found ->
                session.append(
                    "SELECT pg_catalog.set_config('%s', '%s', false);%n"
                        .formatted(found.group(1), found.group(2).replace("'", "''"))));
    return session.toString();
  }

  /** As the tool's src/migration.ts makes them. */
  @Override
  public String prelude() {
    return """
    CREATE SCHEMA graphile_migrate;
    CREATE TABLE graphile_migrate.migrations (
        hash text PRIMARY KEY,
        previous_hash text REFERENCES graphile_migrate.migrations,
        filename text NOT NULL,
        date timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE graphile_migrate.current (
        filename text PRIMARY KEY DEFAULT 'current.sql',
        content text NOT NULL,
        date timestamptz NOT NULL DEFAULT now()
    );
    """;
  }
}
