package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * MyBatis Migrations: {@code <number>_<name>.sql} with both directions in one file, a mark between
 * them, and {@code bootstrap.sql} before all of them.
 */
final class MyBatis extends NewestOnly {
  /** As FileMigrationLoader takes a name apart: what is before the first underscore is a number. */
  private static final Pattern NAME = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:_(.*))?\\.sql");

  private static final Pattern UNDO =
      Pattern.compile("(?m)^[ \\t]*(?:--|//)[ \\t]*//[ \\t]*@UNDO.*$");

  private static final Pattern DELIMITER =
      Pattern.compile("(?im)^[ \\t]*(?:--|//)[ \\t]*(?://)?[ \\t]*@DELIMITER[ \\t]+(\\S+)");

  private static final String BOOTSTRAP = "bootstrap.sql";
  private static final String ON_ABORT = "onabort.sql";

  /** Where the settings of production may be, and then those that a new project has. */
  private static final List<String> ENVIRONMENTS =
      List.of("production.properties", "prod.properties", "development.properties");

  private static final String DEVELOPMENT = "environments/development.properties";

  /** What the settings say of the tool itself; all else is for placeholders. */
  private static final Set<String> OWN =
      Set.of(
          "time_zone",
          "delimiter",
          "script_char_set",
          "full_line_delimiter",
          "send_full_script",
          "auto_commit",
          "remove_crs",
          "ignore_warnings",
          "driver_path",
          "driver",
          "url",
          "username",
          "password");

  private static final Pattern URL = Pattern.compile("jdbc:(\\w+):.*", Pattern.DOTALL);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  /** Enough for any fraction of a number. */
  private static final int FRACTION_DIGITS = 20;

  @Override
  public String id() {
    return "mybatis";
  }

  @Override
  public String tool() {
    return "MyBatis Migrations";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(NAME)
        && (place.anySampleHas(NAME, UNDO)
            || (Folders.name(place.directory()).equals("scripts")
                && place.around().has(Folders.of(place.directory()).resolve(DEVELOPMENT))));
  }

  @Override
  public boolean knowsMarks() {
    return true;
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (name.equals(BOOTSTRAP)) {
      Version first = new Version.Versioned("bootstrap", List.of(BigInteger.ONE.negate()));
      return new Role.Forward(first, "");
    } else if (name.equals(ON_ABORT)) {
      return new Role.Other();
    } else if (!parts.matches()) {
      return Role.unnamed(file);
    }
    String description = parts.group(3) == null ? "" : words(parts.group(3));
    return new Role.Forward(version(parts.group(1), parts.group(2)), description);
  }

  private static Version version(String digits, String fraction) {
    if (fraction == null) {
      return Version.numbered(digits);
    }
    String padded = (fraction + "0".repeat(FRACTION_DIGITS)).substring(0, FRACTION_DIGITS);
    return new Version.Versioned(
        digits + "." + fraction, List.of(new BigInteger(digits), new BigInteger(padded)));
  }

  /** What sets up an empty database is not for one that has a history. */
  @Override
  public boolean isOrdered(Version version) {
    return !version.text().equals("bootstrap");
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
  public Script up(SourceFile file) {
    Matcher undo = UNDO.matcher(file.text());
    int end = undo.find() ? undo.start() : file.text().length();
    return new Script(divided(file, end), 0, end);
  }

  /**
   * With the server's semicolon in place of another delimiter, which a script has to choose for a
   * body with semicolons of its own; all places stay. As ScriptRunner has it, what follows one on
   * its line is lost.
   */
  private static SourceFile divided(SourceFile file, int end) {
    if (!DELIMITER.matcher(file.text()).find()) {
      return file;
    }
    StringBuilder text = new StringBuilder(file.text());
    String delimiter = ";";
    for (int at = 0; at < end; ) {
      int newline = file.text().indexOf('\n', at);
      int next = newline < 0 || newline >= end ? end : newline;
      String line = file.text().substring(at, next);
      Matcher command = DELIMITER.matcher(line);
      int found = line.lastIndexOf(delimiter);
      if (line.strip().startsWith("--") || line.strip().startsWith("//")) {
        delimiter = command.find() ? command.group(1) : delimiter;
      } else if (found >= 0 && !delimiter.equals(";")) {
        text.setCharAt(at + found, ';');
        for (int i = at + found + 1; i < next; i++) {
          text.setCharAt(i, ' ');
        }
      }
      at = next + 1;
    }
    return new SourceFile(file.path(), text.toString());
  }

  @Override
  public Optional<Script> down(SourceFile file) {
    Matcher undo = UNDO.matcher(file.text());
    return undo.find()
        ? Optional.of(new Script(file, undo.end(), file.text().length()))
        : Optional.empty();
  }

  @Override
  public String whenDeleted() {
    return "MyBatis Migrations goes on with a warning, and new databases are built without it";
  }

  @Override
  public String whenRenamed() {
    return "MyBatis Migrations goes by the newest number that a database has, so those below the new one run it again";
  }

  @Override
  public Optional<String> whenLowered() {
    return Optional.of(
        "MyBatis Migrations goes by the newest number that a database has, so those that ran it do not run it again, and those past the new one that have not run it never do, with no more than a warning");
  }

  @Override
  public String whenOlder() {
    return "MyBatis Migrations runs what is newer than the newest number that a database has, so those that have that one never run it, with no more than a warning";
  }

  @Override
  public boolean keepsVersionOnce() {
    return false;
  }

  @Override
  public String whenTwice() {
    return "MyBatis Migrations runs both, and notes the second under a number that is taken";
  }

  @Override
  public String whenIgnored() {
    return "it refuses to start";
  }

  /** Statement by statement or whole, a script is one transaction unless the settings say other. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    Settings settings = settings(Folders.of(file.path()), around);
    return !is(settings, "auto_commit")
        ? Transaction.PER_MIGRATION
        : is(settings, "send_full_script") ? Transaction.IMPLICIT : Transaction.NONE;
  }

  private static boolean is(Settings settings, String name) {
    return settings.flag(name).orElse(false);
  }

  private static Settings settings(Path directory, Surroundings around) {
    Path environments = Folders.of(directory).resolve("environments");
    return ENVIRONMENTS.stream()
        .map(environments::resolve)
        .filter(around::has)
        .findFirst()
        .map(file -> around.settings(file, Settings::properties))
        .orElse(Settings.none());
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "give the statement a file of its own and run that with `auto_commit=true` in the settings of the environment";
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    Settings settings = settings(directory, around);
    return Stream.concat(
            settings.text("url").stream()
                .map(URL::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1)),
            settings.text("driver").stream())
        .flatMap(name -> DialectGuess.ofName(name).stream())
        .findFirst();
  }

  /** By name; what has no value is sent as it stands, which is meant in strings and bodies. */
  @Override
  public Optional<Placeholders> placeholders(
      Path directory, List<SourceFile> files, Surroundings around) {
    Map<String, String> values = new TreeMap<>();
    values.put("changelog", "CHANGELOG");
    settings(directory, around)
        .values()
        .forEach(
            (name, value) -> {
              if (!OWN.contains(name) && !name.startsWith("hook_")) {
                values.put(name, value);
              }
            });
    for (SourceFile file : files) {
      if (file.text().contains("${")) {
        String bare = SqlText.bare(file.text());
        PLACEHOLDER
            .matcher(file.text())
            .results()
            .filter(found -> !bare.contains(found.group()))
            .forEach(found -> values.putIfAbsent(found.group(1), found.group()));
      }
    }
    return Optional.of(new Placeholders.Jdbc(new Placeholders.Braced(values)));
  }

  /** The first script makes the table that keeps what has been run. */
  @Override
  public String prelude() {
    return "";
  }
}
