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
    assertThat(statement("CREATE INDEX CONCURRENTLY i ON t (a)").syntax())
        .isEqualTo(new Syntax("CREATE INDEX", Set.of(Flag.CONCURRENTLY), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY i ON t ((",
        "CREATE INDEX CONCURRENTLY i ON t (a) b c d",
        "CREATE INDEX CONCURRENTLY i ON t (E'\\'')",
        "CREATE INDEX CONCURRENTLY i ON 'never closed",
        "CREATE INDEX CONCURRENTLY i /* never closed"
      })
  void theKeywordsAreLeftWhereTheGrammarRefuses(String sql) {
    assertThat(read(sql))
        .isEqualTo(new Syntax("CREATE INDEX", Set.of(Flag.CONCURRENTLY), List.of()));
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
