package dev.drydock.sql;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each statement of {@code syntax.txt}, with what is known of it drawn below. */
class PostgresPartsTest {

  private static final SyntaxReader READER = SyntaxReader.start(Duration.ofSeconds(30));

  @AfterAll
  static void stop() {
    READER.close();
  }

  /** A title, a statement, an underline for each part, the command with its flags. */
  private record Case(String title, String expected) {
    String sql() {
      return expected.lines().findFirst().orElseThrow();
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(resource().split("\n\n"))
        .map(
            block -> {
              String[] lines = block.strip().split("\n", 2);
              return new Case(lines[0].substring(2), lines[1] + "\n");
            });
  }

  private static String resource() {
    try (InputStream in = PostgresPartsTest.class.getResourceAsStream("syntax.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void partsStandWhereTheirWordsDo(Case example) {
    assertThat(drawn(example.sql())).isEqualTo(example.expected());
  }

  @Test
  void thereAreCases() {
    assertThat(cases()).hasSizeGreaterThan(40);
  }

  private static String drawn(String sql) {
    List<Statement> statements = Migrations.statements(sql).parsed(READER).list();
    assertThat(statements).hasSize(1);
    Syntax syntax = statements.get(0).syntax();
    StringBuilder lines = new StringBuilder(sql).append('\n');
    for (Syntax.Part part : syntax.parts()) {
      String underline = " ".repeat(part.start()) + "^".repeat(part.end() - part.start());
      lines
          .append((underline + " " + part.kind() + " " + part.name()).stripTrailing())
          .append('\n');
    }
    String flags = syntax.flags().stream().sorted().map(flag -> " " + flag).collect(joining());
    return lines.append("= ").append(syntax.command()).append(flags).append('\n').toString();
  }
}
