package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rewrite that goes on in a later migration names things as they are called by then. */
class LaterNamesTest {
  private static final String TABLES =
      """
      create table people (id bigint primary key);
      create table orders (id bigint primary key, person bigint, note text);
      """;

  @TempDir Path directory;

  static Stream<Arguments> changes() {
    String checked = "alter table orders alter column note set not null;\n";
    String key = "alter table orders add constraint k foreign key (person) references people;\n";
    String once = "alter table orders add constraint once unique (note);\n";
    String index = "create index by_note on orders (note);\n";
    String written = "alter table orders add column at timestamptz default clock_timestamp();\n";
    String table = "alter table orders rename to sales;\n";
    String column = "alter table orders rename column note to words;\n";
    return Stream.of(
        Arguments.of(checked, ""),
        Arguments.of(checked, column),
        Arguments.of(checked, table),
        Arguments.of(key, ""),
        Arguments.of(key, "alter table orders rename constraint k to l;\n"),
        Arguments.of(key, "alter table orders drop column person;\n"),
        Arguments.of(once, ""),
        Arguments.of(once, column),
        Arguments.of(index, ""),
        Arguments.of(index, column),
        Arguments.of(index, table),
        Arguments.of(written, ""),
        Arguments.of(written, "alter table orders rename column at to since;\n"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void oneIsOfferedWhereTheyKeepTheirNames(String statement, String after) throws IOException {
    Files.writeString(directory.resolve("1_orders.up.sql"), TABLES);
    Files.writeString(
        directory.resolve("2_change.up.sql"), statement + after + "comment on table people is '';");

    CommandLineRun lint =
        CommandLineRun.in(directory, "lint", "2_change.up.sql", "--applied", "1_orders.up.sql");

    assertThat(lint.status()).as(lint.err()).isEqualTo(1);
    if (after.isEmpty()) {
      assertThat(lint.out()).contains("= instead:");
    } else {
      assertThat(lint.out()).doesNotContain("= instead:");
    }
  }
}
