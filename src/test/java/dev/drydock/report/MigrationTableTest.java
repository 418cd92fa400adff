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
    assertThat(lines.get(2))
        .contains("ACCESS EXCLUSIVE  orders")
        .contains("V2026")
        .contains("...")
        .endsWith("rewrite, rewrite of");
  }

  @Test
  void ofWhatLiesBesideTheDirectoryThePathBelowBothIsShown() {
    assertThat(MigrationRows.below("db/common", "db/common/V1__a.sql")).isEqualTo("V1__a.sql");
    assertThat(MigrationRows.below("db/common", "db/postgres/V2__b.sql"))
        .isEqualTo("postgres/V2__b.sql");
    assertThat(MigrationRows.below("db", "java/V3__c.sql")).isEqualTo("java/V3__c.sql");
    assertThat(MigrationRows.below("", "V4__d.sql")).isEqualTo("V4__d.sql");
  }

  private static MigrationReport in(String file, String mode, String relation, String work) {
    return new MigrationReport(
        "db/migration/" + file,
        "1",
        1,
        new WorstLock(mode, relation, mode.startsWith("ACC") ? "reads and writes" : "writes"),
        List.of(),
        work.isEmpty() ? List.of() : List.of(work),
        false);
  }

  private static final List<MigrationReport> SEVERAL =
      List.of(
          in(
              "20240102030405_make_the_note_of_orders_required.up.sql",
              "ACCESS EXCLUSIVE",
              "public.subscription_billing_periods",
              "public.subscription_billing_periods"),
          in(
              "20240102030406_shares.up.sql",
              "SHARE UPDATE EXCLUSIVE",
              "public.orders",
              "public.customers"));

  @Test
  void migrationsOfOneFileAreToldApartByTheirVersions() {
    List<MigrationReport> inOneFile =
        List.of(version("ann:1"), version("bob:2"), in("b.sql", "", "", ""));

    assertThat(lines(inOneFile, 170)).anyMatch(line -> line.startsWith("  a.sql ann:1 "));
    assertThat(lines(inOneFile.subList(0, 2), 40)).anyMatch(line -> line.startsWith("  bob:2 "));
  }

  private static MigrationReport version(String version) {
    return new MigrationReport(
        "db/migration/a.sql",
        version,
        1,
        new WorstLock("SHARE", "public.orders", "writes"),
        List.of(),
        List.of(),
        false);
  }

  @Test
  void whereThereIsRoomAllIsShown() {
    assertThat(lines(SEVERAL, 170))
        .contains(
            "  20240102030405_make_the_note_of_orders_required.up.sql  ACCESS EXCLUSIVE        public.subscription_billing_periods  reads and writes  scan",
            "  20240102030406_shares.up.sql                            SHARE UPDATE EXCLUSIVE  public.orders                        writes            scan of public.customers");
  }

  @Test
  void namesOfFilesLoseTheirMiddleBeforeAnythingElseIsTouched() {
    assertThat(lines(SEVERAL, 120))
        .containsExactly(
            "db/migration (flyway, postgresql 17.11)",
            "  migration                    worst lock              on                            who waits         heavy work",
            "  20240102..._orders_required  ACCESS EXCLUSIVE        subscription_billing_periods  reads and writes  scan",
            "  20240102030406_shares        SHARE UPDATE EXCLUSIVE  orders                        writes            scan of customers");
  }

  @Test
  void modesAreBrokenAndNeverCut() {
    assertThat(lines(SEVERAL, 100))
        .containsExactly(
            "db/migration (flyway, postgresql 17.11)",
            "  migration                 worst lock              on                         who waits  heavy work",
            "  2024010...rders_required  ACCESS EXCLUSIVE        subscrip...illing_periods  reads and  scan",
            "                                                                               writes",
            "  20240102030406_shares     SHARE UPDATE EXCLUSIVE  orders                     writes     scan of",
            "                                                                                          customers");
    assertThat(lines(SEVERAL, 80))
        .containsExactly(
            "db/migration (flyway, postgresql 17.11)",
            "  migration            worst lock    on                    who waits  heavy work",
            "  202401...s_required  ACCESS        subscr...ing_periods  reads and  scan",
            "                       EXCLUSIVE                           writes",
            "  202401...406_shares  SHARE UPDATE  orders                writes     scan of",
            "                       EXCLUSIVE                                      customers");
  }

  @Test
  void theSchemaStaysWhereThereAreSeveral() {
    List<String> lines =
        lines(
            List.of(
                in("1_a_rather_long_description_of_a_change.sql", "SHARE", "public.orders", ""),
                in("2_b.sql", "SHARE", "audit.orders", "")),
            70);

    assertThat(lines).anyMatch(line -> line.contains("SHARE       public.orders  writes"));
    assertThat(lines).anyMatch(line -> line.contains("SHARE       audit.orders   writes"));
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
