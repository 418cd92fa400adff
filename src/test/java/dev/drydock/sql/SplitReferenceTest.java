package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The splitter against two that are not ours: pgCodeKeeper's grammar, which reads a script as a
 * whole, and the server's own parser.
 *
 * <p>The scripts in {@code scripts/} are always compared. The system property {@code
 * drydock.sql.corpus} names a directory with more, {@code drydock.sql.server} ({@code host:port},
 * user postgres, no password) a server to ask.
 */
class SplitReferenceTest {

  private static final String CORPUS = "drydock.sql.corpus";
  private static final String SERVER = "drydock.sql.server";

  /** The server's code for a statement in a failed transaction: parsed, and not run. */
  private static final String NOT_RUN = "25P02";

  static List<Path> scripts() throws IOException, URISyntaxException {
    return sqlFiles(Path.of(SplitReferenceTest.class.getResource("scripts").toURI()));
  }

  private static List<Path> sqlFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  /** Without a byte order mark, which to the grammar is no part of a statement either. */
  private static String read(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The statements as the grammar finds them, empty when it refuses the script. */
  private static Optional<List<String>> byGrammar(String script) {
    return PostgresGrammar.parseScript(script)
        .map(
            trees ->
                trees.stream()
                    .map(tree -> script.substring(Details.start(tree), Details.end(tree)))
                    .toList());
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theGrammarFindsTheSameStatements(Path file) throws IOException {
    String script = read(file);

    assertThat(byGrammar(script)).contains(PostgresSplitterTest.statements(script));
  }

  @Test
  void theScriptsAreNotFew() throws IOException, URISyntaxException {
    int statements = 0;
    for (Path file : scripts()) {
      statements += PostgresSplitterTest.statements(read(file)).size();
    }
    assertThat(statements).isGreaterThan(60);
  }

  @Tag("long")
  @Test
  @EnabledIfSystemProperty(named = CORPUS, matches = ".+")
  void theGrammarFindsTheSameStatementsInRealScripts() throws IOException {
    List<String> differing = new ArrayList<>();
    int compared = 0;
    for (Path file : sqlFiles(Path.of(System.getProperty(CORPUS)))) {
      String script = read(file);
      Optional<List<String>> expected = byGrammar(script);
      compared += expected.map(List::size).orElse(0);
      if (expected.isPresent() && !expected.get().equals(PostgresSplitterTest.statements(script))) {
        differing.add(file.toString());
      }
    }
    assertThat(differing).isEmpty();
    assertThat(compared).isPositive();
  }

  @Tag("long")
  @Test
  @EnabledIfSystemProperty(named = CORPUS, matches = ".+")
  @EnabledIfSystemProperty(named = SERVER, matches = ".+")
  void theServerAcceptsEachStatementWhereItAcceptsTheScript() throws IOException {
    String[] server = System.getProperty(SERVER).split(":");
    List<String> differing = new ArrayList<>();
    int accepted = 0;
    try (PostgresWire wire = PostgresWire.open(server[0], Integer.parseInt(server[1]))) {
      // In a failed transaction the server parses all it is sent and runs nothing.
      wire.query("BEGIN; SELECT 1/0");
      for (Path file : sqlFiles(Path.of(System.getProperty(CORPUS)))) {
        String script = read(file);
        List<Fragment> fragments = PostgresSplitterTest.fragments(script);
        if (fragments.stream().anyMatch(fragment -> fragment.kind() != Statement.Kind.SQL)) {
          continue;
        }
        boolean whole = wire.query("SELECT 1;" + script).equals(Optional.of(NOT_RUN));
        boolean each = true;
        for (String statement : PostgresSplitterTest.statements(script)) {
          each &= isOneStatement(wire, statement);
          accepted += each ? 1 : 0;
        }
        if (whole != each) {
          differing.add(file.toString());
        }
      }
    }
    assertThat(differing).isEmpty();
    assertThat(accepted).isPositive();
  }

  /** COMMIT and ROLLBACK are parsed without a word even there; two statements are an error. */
  private static boolean isOneStatement(PostgresWire wire, String sql) throws IOException {
    return wire.parse(sql).map(NOT_RUN::equals).orElse(true);
  }
}
