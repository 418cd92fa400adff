package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells the SQL dialect of a history from the names above it and the words in it. */
public final class DialectGuess {
  private static final Map<String, Dialect> NAMES = names();

  private static final List<String> ENDINGS =
      List.of("postgres", "postgresql", "mysql", "mariadb", "sqlite", "sqlite3", "clickhouse");

  private static final Pattern ENDING = Pattern.compile("\\.(\\w+)\\.sql$");
  private static final Optional<Dialect> NONE = Optional.empty();

  /** How many files at either end of a history are looked at. */
  private static final int SAMPLES = 8;

  /** How many characters of each; a dump repeats itself. */
  private static final int SAMPLE_LENGTH = 32 * 1024;

  /**
   * A column and its type, which is {@code %s}. A column called so is followed by a type, and a
   * query has a word in the place of the column's name.
   */
  private static final String COLUMN =
      "(?:[(,]|\\bCOLUMN|\\bADD|\\bEXISTS)\\s*(?!(?:SELECT|DISTINCT|ALL|NOT|CASE|AS|BY|ON|USING)\\b)"
          + "(?:\\w+|\"[^\"]+\"|\\[\\w+])\\s+(?:%s)\\s*"
          + "(?=[,);]|$|(?:NOT|NULL|DEFAULT|PRIMARY|UNIQUE|CHECK|REFERENCES|COLLATE|GENERATED|CHARACTER|COMMENT)\\b)";

  /** Each is what PostgreSQL refuses, so that one where nothing is PostgreSQL's tells. */
  private static final Pattern MYSQL =
      Pattern.compile(
          "(?im)`[^`\\n]+`|\\bENGINE\\s*=\\s*(?:InnoDB|MyISAM|Memory|Aria)\\b"
              + "|(?:\\w|\\))\\s+AUTO_INCREMENT\\s*(?=[,)=]|$|(?:PRIMARY|UNIQUE|NOT|COMMENT|KEY)\\b)"
              + "|(?<!:)\\b(?:(?:TINY|SMALL|MEDIUM|BIG)?INT(?:EGER)?|DECIMAL|NUMERIC|FLOAT|DOUBLE|REAL)\\s*(?:\\([\\d\\s,]+\\))?\\s+UNSIGNED\\b"
              + "|\\bDEFAULT\\s+CHARSET\\b|"
              + column("TINYINT(?:\\s*\\(\\d+\\))?|MEDIUMTEXT|LONGTEXT|DATETIME\\s*\\(\\d\\)")
              + "|\\bDROP\\s+INDEX\\s+\\w+\\s+ON\\b|\\b(?:MODIFY|CHANGE)\\s+COLUMN\\b"
              + "|\\bALTER\\s+TABLE\\s+\\w+\\s+(?:MODIFY|CHANGE)\\b"
              // Bounded: the matcher keeps a frame for each repetition.
              + "|\\bADD\\s+(?:COLUMN\\s+)?\\w+\\s+\\w(?:[^;,]|,\\s*\\d){0,200}?[\\w)]\\s+AFTER\\s+\\w+\\s*[,;]");

  private static final Pattern SQLITE =
      Pattern.compile(
          "(?im)\\bKEY\\s+(?:ASC\\s+|DESC\\s+)?AUTOINCREMENT\\b|(?:^|;)\\s*PRAGMA\\s+\\w"
              + "|\\bINSERT\\s+OR\\s+(?:REPLACE|IGNORE|ABORT|FAIL|ROLLBACK)\\s+INTO\\b"
              + "|\\bWITHOUT\\s+ROWID\\b|\\bsqlite_(?:master|schema|sequence|stat\\d)\\b|"
              + column("BLOB")
              + "|\\b(?:strftime|unixepoch|julianday)\\s*\\(|\\bdatetime\\s*\\(\\s*[,)]");
  private static final Pattern OTHER =
      Pattern.compile(
          "(?im)\\b(?:TABLE|VIEW|DATABASE|DICTIONARY)\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?[\\w.\"]+\\s+ON\\s+CLUSTER\\b"
              + "|\\bENGINE\\s*=?\\s*\\w*MergeTree\\b|\\bLowCardinality\\(|\\bNullable\\("
              + "|\\bSYSIBM\\b|\\bFOR\\s+BIT\\s+DATA\\b|\\bORGANIZE\\s+BY\\s+(?:ROW|COLUMN)\\b"
              + "|\\[dbo]|\\bNVARCHAR\\(MAX\\)|\\bIDENTITY\\s*\\(\\s*1\\s*,\\s*1\\s*\\)|^GO\\s*$|"
              // A DATETIME is of several databases, and tells only that they are not this one.
              + column(
                  "VARCHAR2\\s*\\([^)]*\\)|CLOB(?:\\s*\\([^)]*\\))?|NUMBER\\s*\\([\\d\\s,]+\\)|DATETIME"));

  /** What hardly any other database has. */
  private static final String OWN =
      "\\b(?:BIG|SMALL)?SERIAL[248]?\\b|\\bJSONB\\b|\\bTIMESTAMPTZ\\b|\\bBYTEA\\b|\\bPLPGSQL\\b"
          + "|\\bCREATE\\s+EXTENSION\\b|::\\s*\\w|\\bCONCURRENTLY\\b|\\bUSING\\s+(?:gin|gist|brin)\\b"
          + "|\\b(?:TSVECTOR|TSQUERY|CITEXT|INET|CIDR|HSTORE)\\b";

  private static final Pattern POSTGRESQL =
      Pattern.compile(
          "(?i)"
              + OWN
              + "|\\bTIME\\s+ZONE\\b|\\bAS\\s+IDENTITY\\b|\\w\\s*\\[\\s*]|\\bCREATE\\s+(?:TYPE|DOMAIN)\\b");

  private static final Pattern ITS_OWN = Pattern.compile("(?i)" + OWN);

  /**
   * A database of IBM's, and as often the second version of a program's package for its own; one of
   * Oracle's, and as often what brings prices to a blockchain, or what a program was moved away
   * from. Neither knows a word of {@link #OWN}.
   */
  private static final Set<String> AMBIGUOUS = Set.of("db2", "oracle");

  /** A body in dollars, which {@link SqlText#bare} leaves out with all that is in it. */
  private static final Pattern BODY = Pattern.compile("(?i)\\b(?:AS|DO)\\s+\\$\\w*\\$");

  /** What no PostgreSQL takes, and ClickHouse wants for every table or CockroachDB alone knows. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?i)\\bENGINE\\s*(?:=\\s*(?:\\w*Log|Distributed|Kafka|Buffer)|=?\\s*\\w*MergeTree)\\b"
              + "|\\w\"?\\s+STRING\\s+(?:(?:NOT\\s+)?NULL|PRIMARY\\s+KEY|UNIQUE|DEFAULT)\\b"
              + "|,\\s*FAMILY\\s+\"?\\w+\"?\\s*\\(|\\)\\s*STORING\\s*\\(|\\bunique_rowid\\s*\\(");

  /** So many signs of a database are no slip in a file of another one. */
  private static final int MANY = 2;

  private DialectGuess() {}

  private static String column(String types) {
    return COLUMN.formatted(types);
  }

  private static Map<String, Dialect> names() {
    Map<String, Dialect> names = new TreeMap<>();
    List.of("postgres", "postgresql", "pg", "pgsql", "psql", "timescale", "timescaledb")
        .forEach(name -> names.put(name, Dialect.POSTGRESQL));
    List.of("mysql", "mariadb").forEach(name -> names.put(name, Dialect.MYSQL));
    List.of("sqlite", "sqlite3").forEach(name -> names.put(name, Dialect.SQLITE));
    List.of(
            "h2",
            "hsql",
            "hsqldb",
            "derby",
            "clickhouse",
            "mssql",
            "sqlserver",
            "oracle",
            "db2",
            "cassandra",
            "cockroach",
            "cockroachdb",
            "crdb",
            "snowflake",
            "bigquery",
            "redshift",
            "duckdb",
            "spanner",
            "tidb",
            "vertica",
            "trino",
            "ydb")
        .forEach(name -> names.put(name, Dialect.OTHER));
    return Map.copyOf(names);
  }

  /** The dialect a directory or module is named for. */
  static Optional<Dialect> ofName(String name) {
    return Folders.words(name).stream().flatMap(word -> ofWord(word).stream()).findFirst();
  }

  /** The whole word, or what it ends with where that is long enough to be meant: riversqlite. */
  private static Optional<Dialect> ofWord(String word) {
    return Optional.ofNullable(NAMES.get(word))
        .or(() -> ENDINGS.stream().filter(word::endsWith).map(NAMES::get).findFirst());
  }

  /**
   * The dialect that the lowest name above the migrations says. Outside of the tree, names are
   * those of somebody's machine.
   */
  public static Optional<Dialect> ofNames(Path directory) {
    return ofNames(directory, at -> true);
  }

  /**
   * The same for one that has files: before it counts what their own names all say, and their words
   * and the directories beside it show which of its meanings a name has.
   */
  public static Optional<Dialect> ofNames(
      Path directory, List<SourceFile> files, Surroundings around) {
    return ofEndings(files)
        .or(
            () ->
                ofNames(
                    directory,
                    at ->
                        Folders.words(Folders.name(at)).stream().noneMatch(AMBIGUOUS::contains)
                            || (!areItsOwn(files)
                                && (areOthers(files)
                                    || around.anyBeside(at, DialectGuess::isOfDatabase)))));
  }

  private static boolean isOfDatabase(String name) {
    return ofName(name).isPresent();
  }

  private static boolean areOthers(List<SourceFile> files) {
    return Signs.in(files).of(Dialect.OTHER) > 0;
  }

  /**
   * What stands in front of {@code .sql} in the name of each, such as {@code 1-users.sqlite.sql}.
   */
  private static Optional<Dialect> ofEndings(List<SourceFile> files) {
    Set<Optional<Dialect>> said =
        files.stream()
            .map(file -> ENDING.matcher(Folders.name(file.path()).toLowerCase(Locale.ROOT)))
            .map(ending -> ending.find() ? Optional.ofNullable(NAMES.get(ending.group(1))) : NONE)
            .collect(Collectors.toSet());
    return said.size() == 1 ? said.iterator().next() : NONE;
  }

  private static Optional<Dialect> ofNames(Path directory, Predicate<Path> counts) {
    if (Folders.isOutside(directory)) {
      return Optional.empty();
    }
    return Folders.upwards(directory).stream()
        .filter(counts)
        .flatMap(at -> ofName(Folders.name(at)).stream())
        .findFirst();
  }

  private static boolean areItsOwn(List<SourceFile> files) {
    return files.stream()
        .limit(SAMPLES)
        .map(file -> file.text().substring(0, Math.min(file.text().length(), SAMPLE_LENGTH)))
        .anyMatch(text -> ITS_OWN.matcher(SqlText.bare(text)).find());
  }

  /**
   * Whether the files are for ClickHouse or CockroachDB, whatever drivers the program around them
   * has.
   */
  public static boolean isForeign(List<SourceFile> files) {
    return files.stream()
        .limit(SAMPLES)
        .map(DialectGuess::sample)
        .map(SqlText::bare)
        .anyMatch(text -> FOREIGN.matcher(text).find());
  }

  private static String sample(SourceFile file) {
    return file.text().substring(0, Math.min(file.text().length(), SAMPLE_LENGTH));
  }

  /** The dialect that most signs are of; PostgreSQL's where no other has more. */
  public static Dialect ofTexts(List<SourceFile> files) {
    Signs signs = Signs.in(files);
    Dialect most = signs.mostOfOthers();
    return signs.of(most) > signs.of(Dialect.POSTGRESQL) ? most : Dialect.POSTGRESQL;
  }

  /** The other dialect that the files are in beyond doubt; nothing of PostgreSQL is in them. */
  public static Optional<Dialect> surelyOther(List<SourceFile> files) {
    Signs signs = Signs.in(files);
    return Optional.of(signs.mostOfOthers())
        .filter(most -> signs.of(most) >= MANY && signs.of(Dialect.POSTGRESQL) == 0);
  }

  /** How often what only one database knows stands in files. */
  private record Signs(Map<Dialect, Integer> counts) {
    static Signs in(List<SourceFile> files) {
      Map<Dialect, Integer> counts = new EnumMap<>(Dialect.class);
      for (int i = 0; i < files.size(); i++) {
        if (i < SAMPLES || i >= files.size() - SAMPLES) {
          String sample = sample(files.get(i));
          String text = SqlText.bare(sample);
          counts.merge(Dialect.MYSQL, count(MYSQL, text), Integer::sum);
          counts.merge(Dialect.SQLITE, count(SQLITE, text), Integer::sum);
          counts.merge(Dialect.OTHER, count(OTHER, text), Integer::sum);
          counts.merge(
              Dialect.POSTGRESQL, count(POSTGRESQL, text) + count(BODY, sample), Integer::sum);
        }
      }
      return new Signs(counts);
    }

    int of(Dialect dialect) {
      return counts.getOrDefault(dialect, 0);
    }

    Dialect mostOfOthers() {
      return Stream.of(Dialect.OTHER, Dialect.MYSQL, Dialect.SQLITE)
          .max(Comparator.comparing(this::of))
          .orElseThrow();
    }
  }

  private static int count(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
