package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.history.Placeholders;
import dev.drydock.source.Location;
import dev.drydock.sql.Syntax.Flag;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxReaderTest {

  private static final SyntaxReader READER = SyntaxReader.start(Duration.ofSeconds(30));

  @AfterAll
  static void stop() {
    READER.close();
  }

  private static Statement statement(String sql) {
    return Migrations.statements(sql).list().get(0);
  }

  private static Syntax read(String sql) {
    return READER.read(statement(sql));
  }

  @Test
  void nothingIsParsedUntilAsked() {
    assertThat(statement("CREATE UNIQUE INDEX i ON t (a)").syntax())
        .isEqualTo(new Syntax("CREATE INDEX", Set.of(Flag.UNIQUE), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE UNIQUE INDEX i ON t ((",
        "CREATE UNIQUE INDEX i ON t (a) b c d",
        "CREATE UNIQUE INDEX i ON t (E'\\'')",
        "CREATE UNIQUE INDEX i ON 'never closed",
        "CREATE UNIQUE INDEX i /* never closed"
      })
  void theKeywordsAreLeftWhereTheGrammarRefuses(String sql) {
    assertThat(read(sql)).isEqualTo(new Syntax("CREATE INDEX", Set.of(Flag.UNIQUE), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true                                   | all
          (TRUE)                                 | all
          1 = 1                                  | all
          1 <> 2                                 | all
          2 > 1.5 and 'a' = 'a'                  | all
          NOT (1 = 2)                            | all
          a = 1 OR 1 = 1                         | all
          id = id                                | all
          a IS NULL OR a IS NOT NULL             | all
          true = true /* all */                  | all
          id IN (SELECT id FROM t)               | all
          t.id in (select "id" from public.T x)  | all
          id IN (SELECT id FROM t LIMIT 10)      | some
          id IN (SELECT id FROM t WHERE a = 2)   | some
          id IN (SELECT id FROM u)               | some
          id IN (SELECT a FROM t)                | some
          id IN (SELECT DISTINCT ON (a) id FROM t) | some
          id NOT IN (SELECT id FROM t)           | some
          false                                  | none
          1 = 2                                  | none
          1 = 0 AND a = 1                        | none
          NULL IS NOT NULL                       | none
          1 = 0 OR a = 1                         | some
          a = 1                                  | some
          a = b                                  | some
          a IS NOT NULL                          | some
          a IS NULL OR b IS NOT NULL             | some
          1 = 1 AND a                            | some
          EXISTS (SELECT 1)                      | some
          a @> '{1}' AND E'\\'' = ANY (b)        | some
          CURRENT OF c                           | some
          """)
  void aConditionIsMetByAllRowsOrSomeOrNone(String condition, String rows) {
    Set<Flag> expected =
        switch (rows) {
          case "all" -> Set.of();
          case "none" -> Set.of(Flag.RESTRICTED, Flag.CHANGES_NOTHING);
          default -> Set.of(Flag.RESTRICTED);
        };

    assertThat(read("DELETE FROM t WHERE " + condition).flags()).isEqualTo(expected);
    assertThat(read("UPDATE t SET a = 1 WHERE " + condition).flags()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO t VALUES (1), (2) ON CONFLICT DO NOTHING | true
          INSERT INTO t (a) DEFAULT VALUES                     | true
          INSERT INTO t SELECT 1                               | false
          INSERT INTO t VALUES ((SELECT max(a) FROM u))        | false
          INSERT INTO t TABLE u                                | false
          WITH x AS (SELECT 1) INSERT INTO t VALUES (1)        | false
          """)
  void rowsThatStandInAnInsertAreToldFromThoseOfAQuery(String sql, boolean writtenOut) {
    assertThat(read(sql).flags().contains(Flag.WRITTEN_OUT)).isEqualTo(writtenOut);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id IS NOT NULL                      | not null id
          t.id IS NOT NULL                    | not null id
          (t."Id" IS NOT NULL) AND b IS NULL  | not null Id,null b
          (id IS NOT NULL) AND true           | not null id
          id IS NOT NULL AND a = 2            |
          id IS NOT NULL OR a = 2             |
          id IS NULL                          | null id
          id IS NULL AND a = 2                |
          id IS NULL OR b IS NOT NULL         |
          NOT (id IS NOT NULL)                |
          """)
  void aConditionThatOnlyAsksForValuesOrNoneNamesTheirColumns(String condition, String tests) {
    List<String> expected = tests == null ? List.of() : List.of(tests.split(","));

    for (String changing :
        List.of("DELETE FROM t", "UPDATE t SET a = 1", "UPDATE u AS t SET a = 1")) {
      assertThat(read(changing + " WHERE " + condition).parts())
          .filteredOn(part -> part.kind().endsWith("null"))
          .extracting(part -> part.kind() + " " + part.name())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id = 5                              | id
          t."Id" = '5'::uuid AND (b = 'x')    | Id,b
          id = 5 AND a > 2                    | id
          -5 = id                             | id
          t.id IN ('5') AND 'x' = b           | id,b
          id IN (5, 6)                        |
          id NOT IN (5)                       |
          id IN (SELECT 1)                    |
          id IN (a)                           |
          id = 5 OR a = 2                     |
          id = a                              |
          id = (SELECT 1)                     |
          NOT id = 5                          |
          id <> 5                             |
          """)
  void aConditionThatGivesColumnsAValueNamesThem(String condition, String columns) {
    List<String> expected = columns == null ? List.of() : List.of(columns.split(","));

    for (String changing : List.of("DELETE FROM t", "UPDATE t SET a = 1")) {
      assertThat(read(changing + " WHERE " + condition).parts())
          .filteredOn(part -> part.kind().equals("given"))
          .extracting(Syntax.Part::name)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void anUpdateOfAllRowsNamesTheColumnsItGivesAConstant() {
    assertThat(
            read("UPDATE t SET a = 'x', b = -1.5::numeric(10, 2), c = now(), d = c, e = e'\\n'")
                .parts())
        .filteredOn(part -> part.kind().equals("same"))
        .extracting(Syntax.Part::name)
        .containsExactly("a", "b", "c");
    for (String other :
        List.of(
            "UPDATE t SET a = 1 WHERE b",
            "UPDATE t SET a[1] = 1",
            "UPDATE t SET a = 1 FROM u",
            "UPDATE ONLY t SET a = 1",
            "UPDATE t SET (a, b) = (1, 2)",
            "UPDATE t SET a = 'x' || b",
            "WITH x AS (SELECT 1) UPDATE t SET a = 1",
            "UPDATE t SET a = 1 WHERE CURRENT OF c")) {
      assertThat(read(other).parts()).extracting(Syntax.Part::kind).doesNotContain("same");
    }
  }

  @Test
  void noConditionRestrictsNothing() {
    assertThat(read("DELETE FROM t").flags()).isEmpty();
    assertThat(read("UPDATE t SET a = (SELECT 1 WHERE b)").flags()).isEmpty();
    assertThat(read("WITH x AS (DELETE FROM a WHERE b RETURNING *) DELETE FROM c").flags())
        .isEmpty();
  }

  @Test
  void namesAreFoldedAndCutOffAsTheServerDoes() {
    String sql =
        "ALTER TABLE ÀB.\"C\"\"d\" ADD COLUMN U&\"\\0061\\+01F600\" int, DROP " + "X".repeat(70);

    assertThat(read(sql).parts())
        .extracting(Syntax.Part::name)
        .containsExactly(
            "C\"d", "ADD COLUMN", "a\uD83D\uDE00", "a\uD83D\uDE00", "DROP COLUMN", "x".repeat(63));
    assertThat(Identifier.fold("À" + "É".repeat(40))).isEqualTo("À" + "É".repeat(30));
  }

  @Test
  void partsAreFoundInTheFileAroundPlaceholders() {
    String text = "-- x\nALTER TABLE ${schema}.t ADD COLUMN ${column} ${type};";
    Map<String, String> values = Map.of("schema", "app", "column", "note", "type", "varchar(200)");

    Statement statement =
        Statements.of(Migrations.of(text), Optional.of(new Placeholders.Braced(values)))
            .parsed(READER)
            .list()
            .get(0);

    assertThat(statement.syntax().parts())
        .extracting(part -> part.name() + " at " + words(text, statement.location(part)))
        .containsExactly(
            "t at ${schema}.t",
            "ADD COLUMN at ADD COLUMN ${column} ${type}",
            "note at ${column} ${type}",
            "note at ${type}");
  }

  /** What stands at {@code location}, which lies on one line. */
  private static String words(String text, Location location) {
    return text.lines()
        .toList()
        .get(location.startLine() - 1)
        .substring(location.startColumn() - 1, location.endColumn() - 1);
  }

  @Test
  void psqlCommandsAreNamedByTheirFirstWord() {
    assertThat(read("\\connect app").command()).isEqualTo("\\connect");
    assertThat(read("\\").command()).isEqualTo("\\");
  }

  @Test
  void aBombOfParenthesesNeverReachesAParser() {
    String open = "(".repeat(100_000);

    assertThat(read("CREATE VIEW v AS SELECT " + open).command()).isEqualTo("CREATE VIEW");
    assertThat(Nesting.isDeeperThan(SyntaxReader.DEEPEST, "SELECT " + open)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOT ", "- ", "[", "CASE WHEN ", "f(", "NOT -", "@-(("})
  void whatAParserDescendsForCountsAsDepth(String piece) {
    assertThat(Nesting.isDeeperThan(200, "SELECT " + piece.repeat(300))).isTrue();
    assertThat(Nesting.isDeeperThan(200, "SELECT " + piece.repeat(20))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(1), ", "a = 1 AND ", "CASE WHEN a THEN 1 END, ", "'((((' || ", "/* ((( */ 1, "})
  void whatIsClosedAgainIsNotDepth(String piece) {
    assertThat(Nesting.isDeeperThan(200, "SELECT " + piece.repeat(300))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a JOIN ", "a NATURAL JOIN ", "1 UNION SELECT ", "b COLLATE "})
  void longChainsEndInAnAnswer(String piece) {
    String sql = "CREATE VIEW v AS SELECT " + piece.repeat(10_000) + "1";

    assertThat(read(sql).command()).isEqualTo("CREATE VIEW");
    assertThat(read("DROP TABLE t").parts()).hasSize(1);
  }

  @Test
  void aVeryLongStatementIsNotParsed() {
    String sql = "INSERT INTO t VALUES " + "(1), ".repeat(SyntaxReader.LONGEST / 5) + "(1)";

    assertThat(read(sql)).isEqualTo(new Syntax("INSERT", Set.of(Flag.WRITTEN_OUT), List.of()));
  }

  private static final Syntax KEYWORDS =
      new Syntax("DROP TABLE", Set.of(Flag.IF_EXISTS), List.of());

  private static Syntax readBy(SyntaxReader reader) {
    return reader.read(statement("DROP TABLE IF EXISTS t"));
  }

  @Test
  void aParserThatWillNotEndIsLeftBehind() {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger started = new AtomicInteger();
    SyntaxReader.Parser deaf =
        (sql, details, condition) -> {
          started.incrementAndGet();
          while (!over.get()) {
            Thread.onSpinWait();
          }
        };
    try (SyntaxReader reader = SyntaxReader.start(Duration.ofMillis(100), deaf)) {
      // On a busy machine the time may be over before a thread has begun.
      while (started.get() < 2) {
        assertThat(readBy(reader)).isEqualTo(KEYWORDS);
      }
    } finally {
      over.set(true);
    }
  }

  @Test
  void aParserThatTakesTooLongIsInterrupted() {
    CountDownLatch interrupted = new CountDownLatch(1);
    SyntaxReader.Parser slow =
        (sql, details, condition) -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        };
    try (SyntaxReader reader = SyntaxReader.start(Duration.ofMillis(100), slow)) {
      while (interrupted.getCount() > 0) {
        assertThat(readBy(reader)).isEqualTo(KEYWORDS);
      }
    }
  }

  @Test
  void whateverAParserThrowsCostsTheDetailAlone() {
    List<Supplier<? extends Throwable>> failures =
        List.of(IllegalStateException::new, StackOverflowError::new, OutOfMemoryError::new);
    for (Supplier<? extends Throwable> failure : failures) {
      SyntaxReader.Parser failing =
          (sql, details, condition) -> {
            details.flag(Flag.CASCADE);
            raise(failure.get());
          };
      try (SyntaxReader reader = SyntaxReader.start(Duration.ofSeconds(30), failing)) {
        assertThat(readBy(reader)).isEqualTo(KEYWORDS);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void aStackThatOverflowsIsNoMatter() {
    SyntaxReader.Parser bottomless = (sql, details, condition) -> descend(1);
    try (SyntaxReader reader = SyntaxReader.start(Duration.ofSeconds(30), bottomless)) {
      assertThat(readBy(reader)).isEqualTo(KEYWORDS);
    }
  }

  private static int descend(int depth) {
    return descend(depth + 1) + 1;
  }

  @Test
  void theGrammarStopsWhenInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> PostgresGrammar.parse("SELECT 1"))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusalsAreSilent() {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      read("DROP nonsense §§ 'x");
      read("UPDATE t SET a = 1 WHERE § ? ??");
    } finally {
      System.setErr(before);
    }
    assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
