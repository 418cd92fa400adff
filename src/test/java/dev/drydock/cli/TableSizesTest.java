package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.engine.postgres.TestServers;
import dev.drydock.source.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the query on a server to what every report says, and what a change may do about it. */
class TableSizesTest {
  private static final String TABLES =
      """
      create table stock (id bigint primary key, note text);
      create table orders (id bigint primary key, note text);
      create table other (id bigint primary key, note text);
      """;
  private static final String CHANGE =
      """
      create index stock_note on stock (note);
      update orders set note = upper(note);
      create index other_note on other (note);
      """;
  private static final String SIZES =
      """
      {
        "version": 1,
        "captured": "2026-01-31T12:00:00Z",
        "server": "PostgreSQL 16.4",
        "tables": [
          {"schema": "public", "table": "orders", "rows": 3000000, "bytes": 356515840},
          {"schema": "public", "table": "stock", "rows": 300, "bytes": 81920}
        ]
      }
      """;

  @TempDir Path directory;

  @BeforeEach
  void migrations() throws IOException {
    write("db/1_tables.sql", TABLES);
    write("db/2_change.sql", CHANGE);
  }

  @Test
  void whatProductionAnswersIsWhatTheReportSays() throws Exception {
    CommandLineRun stats = CommandLineRun.in(directory, "stats");
    List<String> production =
        List.of(
            TABLES,
            "insert into stock select generate_series(1, 300), 'x'",
            "insert into orders select generate_series(1, 20000), 'x'",
            "insert into other select generate_series(1, 3000), 'x'",
            "analyze");
    String answer = TestServers.answers(17, production, stats.out()).getFirst();
    write(".drydock-sizes.json", answer);
    write(
        ".drydock.yml", "table-sizes: {small: {rows: 1000}, large: {rows: 15000, bytes: 50MB}}\n");
    String day = new ObjectMapper().readTree(answer).path("captured").asText().substring(0, 10);

    CommandLineRun lint = lint("--newest", "1");

    assertThat(lint.out())
        .contains("info[blocking-index-build]: Building index stock_note")
        .contains("On " + day)
        .contains("about 300 rows (")
        .contains("error[unrestricted-update]: UPDATE changes every row of public.orders")
        .contains("about 20,000 rows (1.")
        .contains("error[blocking-index-build]: Building index other_note")
        .contains("about 3,000 rows (");
    assertThat(stats.status()).isZero();
    assertThat(lint.status()).isEqualTo(1);
  }

  @Test
  void theTextSaysTheSizeAndWhatItChanged() throws IOException {
    write(".drydock-sizes.json", SIZES);

    String text = lint("db/2_change.sql", "--applied", "db/1_tables.sql").out();

    assertThat(text)
        .contains(
            """
            info[blocking-index-build]: Building index stock_note holds SHARE on public.stock: writes wait until
            the whole table has been read. On 2026-01-31 production had about 300 rows (80 KB) in public.stock.
            """)
        .contains(
            """
              = observed: SHARE on public.stock: writes wait
                          full scan of public.stock under SHARE
              = weighed:  info instead of error: the table is small. The locks still have to be got: behind a
                          long transaction, everybody who comes later waits too.
            """)
        .contains("error[unrestricted-update]: UPDATE changes every row of public.orders")
        .contains("production had about 3 million rows (340 MB) in public.orders.")
        .contains("  = weighed:  error instead of warning: the table is large.\n")
        // A table the file does not have is reported as without the file.
        .contains(
            "error[blocking-index-build]: Building index other_note holds SHARE on public.other")
        .doesNotContain("in public.other.");
    assertThat(text.split("= weighed", -1)).hasSize(3);
  }

  @Test
  void theOtherReportsSayItToo() throws IOException {
    write(".drydock-sizes.json", SIZES);
    CommandLineRun lint =
        lint(
            "--newest",
            "1",
            "--format",
            "markdown",
            "--report",
            "json=r.json",
            "--report",
            "sarif=r.sarif");

    assertThat(lint.out())
        .contains(
            "On 2026-01-31 production had about 300 rows (80 KB) in <code>public.stock</code>.</summary>")
        .contains("**Weighed** info instead of error: the table is small.");
    JsonNode json = new ObjectMapper().readTree(directory.resolve("r.json").toFile());
    assertThat(json.at("/findings/0/weighed").toString())
        .isEqualTo(
            "[{\"scale\":\"small\",\"otherwise\":\"error\",\"captured\":\"2026-01-31T12:00:00Z\","
                + "\"tables\":[{\"name\":\"public.stock\",\"rows\":300,\"bytes\":81920}]}]");
    JsonNode sarif = new ObjectMapper().readTree(directory.resolve("r.sarif").toFile());
    JsonNode result = sarif.at("/runs/0/results/0");
    assertThat(result.path("level").asText()).isEqualTo("note");
    assertThat(result.at("/message/text").asText())
        .contains("production had about 300 rows (80 KB) in public.stock.")
        .contains(" Weighed: info instead of error: the table is small.");
    assertThat(result.path("properties").toString())
        .isEqualTo(
            "{\"sizesCaptured\":\"2026-01-31T12:00:00Z\",\"scale\":\"small\","
                + "\"severityWithoutSizes\":\"error\",\"tableSizes\":[{\"table\":\"public.stock\","
                + "\"rows\":300,\"bytes\":81920}]}");
  }

  @Test
  void withoutTheFileNothingIsWeighed() throws IOException {
    CommandLineRun lint = lint("--newest", "1", "--report", "json=r.json");

    assertThat(lint.out())
        .contains("[blocking-index-build]: Building index stock_note")
        .doesNotContain("weighed")
        .doesNotContain("production had");
    assertThat(Files.readString(directory.resolve("r.json"))).doesNotContain("\"weighed\"");
  }

  @Test
  void aChangeThatMakesItsTablesSmallIsToldSo() throws IOException {
    Files.delete(directory.resolve("db/2_change.sql"));
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write(".drydock-sizes.json", SIZES).commit("base");
      repository.ref("refs/remotes/origin/main", "HEAD").branch("feature");
      repository.write(
          ".drydock-sizes.json",
          SIZES.replace("3000000, \"bytes\": 356515840", "3, \"bytes\": 8192"));
      repository.write("db/2_change.sql", CHANGE).commit("change");
    }

    CommandLineRun lint = lint();

    assertThat(lint.out())
        .contains("error[unrestricted-update]")
        .contains(
            "note: .drydock-sizes.json is altered by this change: the sizes from before it were used\n");
    assertThat(lint.status()).isEqualTo(1);
  }

  @Test
  void aMalformedFileIsNamedWithItsPlaceAndNothingOfItIsACommand() throws IOException {
    write(".drydock-sizes.json", "{\"\\n::error::\\u001b[2J##[error]\": 1}");

    CommandLineRun lint = lint("--newest", "1");

    assertThat(lint.status()).isEqualTo(2);
    assertThat(lint.err())
        .startsWith("drydock: .drydock-sizes.json:1:2: the file of table sizes has no key `\n")
        .contains("\n\\u003a:error::\\u001b[2J\\u0023#[error]`; there are")
        .doesNotContain("\u001b", "\n::");
  }

  private CommandLineRun lint(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "lint";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandLineRun.in(directory, all);
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
