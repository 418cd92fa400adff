package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableSizesQueryTest {
  private static final List<String> PRODUCTION =
      List.of(
          "create table orders (id bigint primary key, note text)",
          "insert into orders select i, repeat('x', 100) from generate_series(1, 20000) i",
          "create table empty_one (id int)",
          "create table never_analysed (id int)",
          "alter table never_analysed set (autovacuum_enabled = false)",
          "insert into never_analysed select generate_series(1, 1000)",
          "create table events (at date, id int) partition by range (at)",
          "create table events_1 partition of events for values from ('2025-01-01') to ('2026-01-01')",
          "create table events_2 partition of events for values from ('2026-01-01') to ('2027-01-01')"
              + " partition by range (id)",
          "create table events_2a partition of events_2 for values from (0) to (1000000)",
          "insert into events select '2025-05-05', generate_series(1, 3000)",
          "insert into events select '2026-05-05', generate_series(1, 5000)",
          "create table parent (id int)",
          "create table child () inherits (parent)",
          "insert into child select generate_series(1, 700)",
          "create schema \"a.b\"",
          "create table \"a.b\".\"c\"\"d\\e\nf\" (id int)",
          "create materialized view totals as select count(*) from orders",
          "create view seen as select 1",
          "create temporary table passing (id int)",
          "analyze orders, empty_one, events, events_1, events_2a, child, parent, totals");

  static Stream<Integer> majors() {
    return TestServers.majors().stream();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void everyTableIsThereWithAllThatIsBelowIt(int major) throws Exception {
    List<String> answers = TestServers.answers(major, PRODUCTION, PostgresEngine.tableSizesQuery());

    assertThat(answers).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(answers.getFirst());
    assertThat(json.path("version").asInt()).isEqualTo(1);
    assertThat(Instant.parse(json.path("captured").asText()))
        .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
    assertThat(json.path("server").asText()).startsWith("PostgreSQL " + major + ".");
    List<String> rows = new ArrayList<>();
    json.path("tables")
        .forEach(
            table ->
                rows.add(
                    "%s.%s %s"
                        .formatted(
                            table.path("schema").asText(),
                            table.path("table").asText(),
                            table.path("rows"))));
    assertThat(rows)
        .containsExactly(
            "a.b.c\"d\\e\nf 0",
            "public.child 700",
            "public.empty_one 0",
            "public.events 8000",
            "public.events_1 3000",
            "public.events_2 5000",
            "public.events_2a 5000",
            "public.never_analysed null",
            "public.orders 20000",
            "public.parent 700",
            "public.totals 1");
    assertThat(bytes(json, "orders")).isBetween(2_000_000L, 8_000_000L);
    assertThat(bytes(json, "never_analysed")).isPositive();
    assertThat(bytes(json, "events"))
        .isPositive()
        .isEqualTo(bytes(json, "events_1") + bytes(json, "events_2"));
    assertThat(bytes(json, "events_2")).isEqualTo(bytes(json, "events_2a"));
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aTableThatGrewSinceItWasAnalysedIsEstimatedFromItsPages(int major) throws Exception {
    List<String> grown =
        List.of(
            "create table t (id int)",
            "alter table t set (autovacuum_enabled = false)",
            "insert into t select generate_series(1, 10000)",
            "analyze t",
            "insert into t select generate_series(1, 30000)");

    String answer = TestServers.answers(major, grown, PostgresEngine.tableSizesQuery()).getFirst();

    assertThat(new ObjectMapper().readTree(answer).at("/tables/0/rows").asLong())
        .isBetween(39_000L, 41_000L);
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aDatabaseWithoutTablesHasAnEmptyList(int major) throws Exception {
    assertThat(TestServers.answers(major, List.of(), PostgresEngine.tableSizesQuery()).getFirst())
        .endsWith("\"tables\": [\n  ]\n}");
  }

  @ParameterizedTest
  @MethodSource("majors")
  void nothingIsWritten(int major) throws Exception {
    List<String> answers =
        TestServers.answers(
            major,
            List.of(),
            PostgresEngine.tableSizesQuery()
                + "select current_setting('default_transaction_read_only')");

    assertThat(answers).last().isEqualTo("on");
  }

  private static long bytes(JsonNode json, String table) {
    for (JsonNode one : json.path("tables")) {
      if (one.path("table").asText().equals(table)) {
        return one.path("bytes").asLong();
      }
    }
    throw new AssertionError(table);
  }
}
