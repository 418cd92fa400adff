package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the SQL dialect of a history from the names above it and the words in it. */
final class DialectGuess {
  private static final Map<String, Dialect> NAMES = names();

  private static final List<String> ENDINGS =
      List.of("postgres", "postgresql", "mysql", "mariadb", "sqlite", "sqlite3", "clickhouse");

  /** How many files at either end of a history are looked at. */
  private static final int SAMPLES = 8;

  /** How many characters of each; a dump repeats itself. */
  private static final int SAMPLE_LENGTH = 32 * 1024;

  private static final Pattern MYSQL =
      Pattern.compile(
          "(?i)`|\\bENGINE\\s*=\\s*(?:InnoDB|MyISAM|Memory|Aria)\\b|\\bAUTO_INCREMENT\\b|\\bUNSIGNED\\b"
              + "|\\bDEFAULT\\s+CHARSET\\b|\\b(?:TINYINT|MEDIUMTEXT|LONGTEXT|DATETIME\\(\\d\\))"
              + "|\\bDROP\\s+INDEX\\s+\\w+\\s+ON\\b|\\b(?:MODIFY|CHANGE)\\s+COLUMN\\b"
              + "|\\bALTER\\s+TABLE\\s+\\w+\\s+(?:MODIFY|CHANGE)\\b|\\bAFTER\\s+\\w+\\s*[,;]");
  private static final Pattern SQLITE =
      Pattern.compile(
          "(?i)\\bAUTOINCREMENT\\b|\\bPRAGMA\\s+\\w|\\bWITHOUT\\s+ROWID\\b|\\bsqlite_|\\bBLOB\\b"
              + "|\\b(?:strftime|unixepoch|julianday|datetime)\\s*\\(");
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)MergeTree\\b|\\bON\\s+CLUSTER\\b|\\bLowCardinality\\(|\\bNullable\\("
              + "|\\[dbo]|\\bNVARCHAR\\(MAX\\)|\\bIDENTITY\\s*\\(\\s*1\\s*,\\s*1\\s*\\)|^GO\\s*$"
              + "|\\bVARCHAR2\\s*\\(|\\bNUMBER\\s*\\(\\d"
              // A type of several databases, which tells of them only that they are not this one.
              + "|\\w\"?\\s+DATETIME(?=\\s*(?:[,);]|NOT\\b|NULL\\b|DEFAULT\\b|$))",
          Pattern.MULTILINE);
  private static final Pattern POSTGRESQL =
      Pattern.compile(
          "(?i)\\b(?:BIG|SMALL)?SERIAL\\b|\\bJSONB\\b|\\bTIMESTAMPTZ\\b|\\bBYTEA\\b|\\bPLPGSQL\\b"
              + "|\\bCREATE\\s+EXTENSION\\b|::\\s*\\w|\\bCONCURRENTLY\\b|\\bTIME\\s+ZONE\\b"
              + "|\\bUSING\\s+(?:gin|gist|btree)\\b|\\bDO\\s+\\$");

  /** What no PostgreSQL takes, and ClickHouse wants for every table or CockroachDB alone knows. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?i)\\bENGINE\\s*(?:=\\s*(?:\\w*Log|Distributed|Kafka|Buffer)|=?\\s*\\w*MergeTree)\\b"
              + "|\\w\"?\\s+STRING\\s+(?:(?:NOT\\s+)?NULL|PRIMARY\\s+KEY|UNIQUE|DEFAULT)\\b"
              + "|,\\s*FAMILY\\s+\"?\\w+\"?\\s*\\(|\\)\\s*STORING\\s*\\(|\\bunique_rowid\\s*\\(");

  private DialectGuess() {}

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

  /** The dialect that the lowest name above the migrations says. */
  static Optional<Dialect> ofNames(Path directory) {
    return Folders.upwards(directory).stream()
        .flatMap(folder -> ofName(Folders.name(folder)).stream())
        .findFirst();
  }

  /** The dialect that the lowest name above the migrations says; else that of their texts. */
  static Dialect of(Path directory, List<SourceFile> files) {
    return ofNames(directory).orElseGet(() -> ofTexts(files));
  }

  /**
   * Whether the files are for ClickHouse or CockroachDB, whatever drivers the program around them
   * has.
   */
  static boolean isForeign(List<SourceFile> files) {
    return files.stream()
        .limit(SAMPLES)
        .map(SourceFile::text)
        .map(text -> SqlText.bare(text.substring(0, Math.min(text.length(), SAMPLE_LENGTH))))
        .anyMatch(text -> FOREIGN.matcher(text).find());
  }

  private static Dialect ofTexts(List<SourceFile> files) {
    int mysql = 0;
    int sqlite = 0;
    int other = 0;
    int postgresql = 0;
    for (int i = 0; i < files.size(); i++) {
      if (i < SAMPLES || i >= files.size() - SAMPLES) {
        String all = files.get(i).text();
        String sample = all.substring(0, Math.min(all.length(), SAMPLE_LENGTH));
        String text = SqlText.bare(sample);
        mysql += count(MYSQL, text);
        sqlite += count(SQLITE, text);
        other += count(OTHER, text);
        postgresql += count(POSTGRESQL, sample);
      }
    }
    int most = Math.max(Math.max(mysql, sqlite), Math.max(other, postgresql));
    if (most == postgresql) {
      return Dialect.POSTGRESQL;
    }
    return most == other ? Dialect.OTHER : most == mysql ? Dialect.MYSQL : Dialect.SQLITE;
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
