package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.WorstLock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationTableTest {
  private static final MigrationReport LOUD =
      new MigrationReport(
          "db/migration/V20260102030405__a_rather_long_description_of_a_change.sql",
          "20260102030405",
          1,
          new WorstLock("ACCESS EXCLUSIVE", "public.orders", "reads and writes"),
          List.of("public.orders", "public.order_items"),
          List.of("public.customers"),
          false);

  @Test
  void workOnOtherTablesNamesThem() {
    assertThat(lines(List.of(LOUD), 200).getLast())
        .endsWith("rewrite, rewrite of public.order_items, scan of public.customers");
  }

  @Test
  void theWidestColumnsGiveWhenTheTerminalIsNarrow() {
    List<String> lines = lines(List.of(LOUD), 100);

    assertThat(lines).allMatch(line -> line.length() <= 100);
    assertThat(lines.getLast())
        .contains("ACCESS EXCLUSIVE  public.orders  reads and writes")
        .contains("V2026")
        .contains("...");
  }

  @Test
  void columnsThatSayNothingAreLeftOut() {
    assertThat(lines(List.of(SampleReports.quietMigration(1)), 100))
        .containsExactly(
            "db/migration (flyway, postgresql 17.11)",
            "  migration      who waits",
            "  V1__quiet.sql  nobody");
  }

  @Test
  void manyMigrationsThatHurtNobodyAreCounted() {
    List<MigrationReport> migrations =
        Stream.concat(
                Stream.of(LOUD), IntStream.range(0, 300).mapToObj(SampleReports::quietMigration))
            .toList();

    assertThat(lines(migrations, 200))
        .hasSize(4)
        .last()
        .isEqualTo("  and 300 migrations for which nobody waits");
  }

  private static List<String> lines(List<MigrationReport> migrations, int width) {
    return MigrationTable.lines(SampleReports.history(migrations), width, Colours.NONE);
  }
}
