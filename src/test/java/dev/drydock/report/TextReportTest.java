package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Finding;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {
  private static final String EVERYTHING =
      TextReport.render(SampleReports.everything(), 100, Colours.NONE);

  @Test
  void everyFindingHasItsSeverityRuleMessageAndPlace() {
    for (Finding finding : SampleReports.everything().findings()) {
      String onOneLine = EVERYTHING.replaceAll("\\s+", " ");
      assertThat(onOneLine)
          .contains(
              "%s[%s]: %s --> %s"
                  .formatted(
                      finding.severity().id(),
                      finding.rule().id(),
                      finding.message(),
                      finding.location()));
    }
    Golden.equal("everything.txt", EVERYTHING);
  }

  @Test
  void aRuleIsExplainedTheFirstTimeOnly() {
    assertThat(EVERYTHING)
        .containsOnlyOnce("= why:      A plain `CREATE INDEX` reads the whole table")
        .containsOnlyOnce("= fix:      Build the index with `CONCURRENTLY`")
        .containsOnlyOnce("= help:     drydock explain blocking-index-build");
  }

  @Test
  void whatToDoIsSaidForEachCaseOfARule() {
    Report sample = SampleReports.everything();
    Finding first =
        sample.findings().stream()
            .filter(finding -> finding.rule().equals(SampleRules.TABLE_REWRITE))
            .findFirst()
            .orElseThrow();
    Finding other = inCase(first, "Build it on each partition.");

    String text = TextReport.render(with(List.of(first, other, other)), 100, Colours.NONE);

    assertThat(text)
        .containsOnlyOnce("= why: ")
        .containsOnlyOnce("= fix:      Build it on each partition.")
        .containsOnlyOnce("= help:     drydock explain");
  }

  @Test
  void whatIsSaidOfManyThingsAtOnePlaceIsSaidOnce() {
    Finding first =
        SampleReports.everything().findings().stream()
            .filter(finding -> finding.fix().isEmpty() && finding.preflight().isBlank())
            .findFirst()
            .orElseThrow();
    List<Finding> three = Stream.of("public.a", "public.b", "public.c").map(about(first)).toList();
    List<Finding> four =
        Stream.of("public.d", "public.b", "public.c", "public.a").map(about(first)).toList();

    assertThat(TextReport.render(with(three), 100, Colours.NONE))
        .doesNotContain("= also:")
        .contains("[%s]: About public.b".formatted(first.rule().id()));
    assertThat(TextReport.render(with(four), 100, Colours.NONE))
        .containsOnlyOnce("[%s]: About public.a".formatted(first.rule().id()))
        .doesNotContain("About public.b")
        .containsPattern("= also: +public\\.b\n +public\\.c\n +public\\.d\n");
  }

  private static Report with(List<Finding> findings) {
    Report sample = SampleReports.everything();
    return new Report(
        sample.toolVersion(),
        sample.failOn(),
        sample.histories(),
        findings,
        List.of(),
        sample.rules(),
        List.of(),
        sample.files());
  }

  private static Finding inCase(Finding finding, String recipe) {
    return of(finding, finding.message(), finding.object(), recipe);
  }

  private static Function<String, Finding> about(Finding finding) {
    return object -> of(finding, "About " + object, object, finding.recipe());
  }

  private static Finding of(Finding finding, String message, String object, String recipe) {
    return new Finding(
        finding.rule(),
        finding.severity(),
        finding.location(),
        message,
        object,
        finding.statement(),
        finding.evidence(),
        finding.related(),
        recipe,
        finding.fix(),
        finding.preflight(),
        finding.fingerprint(),
        finding.suppression(),
        finding.weighed());
  }

  @Test
  void onlyTheFirstParagraphOfTheWhyIsPrinted() {
    assertThat(EVERYTHING)
        .contains("= why:      Some changes cannot be made to rows where they lie.")
        .doesNotContain("It ran the statement and the server reported a rewrite.");
  }

  @Test
  void whatWasSeenIsListed() {
    assertThat(EVERYTHING)
        .contains(
            """
              = observed: ACCESS EXCLUSIVE on public.orders: reads and writes wait
                          rewrite of table public.orders
            """);
  }

  @Test
  void aSuggestionIsADiffOfTheLinesThatChange() {
    assertThat(EVERYTHING)
        .contains(
            """
              = instead:
            7 -   foreign key (customer_id) references customers (id);
            7 +   foreign key (customer_id) references customers (id) not valid;
              = then:     in a later migration
              + alter table orders validate constraint orders_customer_fk;
            """);
  }

  @Test
  void howToSuppressIsSaidOnceAndAboutAStatement() {
    assertThat(EVERYTHING)
        .containsOnlyOnce("drydock:allow")
        .contains("  -- drydock:allow blocking-index-build: REASON\n");
  }

  @Test
  void theTableHasARowForEachMigration() {
    assertThat(EVERYTHING)
        .contains(
            """
            db/migration (flyway, postgresql 17.11)
              migration                   worst lock           on             who waits         heavy work
              V7__orders_by_customer.sql  SHARE ROW EXCLUSIVE  public.orders  writes            scan
              V8__quantity.sql            ACCESS EXCLUSIVE     public.orders  reads and writes  rewrite
              V9__broken.sql (fails)      -                    -              -                 -
              R__views.sql                -                    -              nobody            -
            """);
  }

  @Test
  void theLastLineIsTheVerdict() {
    assertThat(EVERYTHING)
        .endsWith(
            "\nfailed: 5 errors, 1 warning, 1 info, 1 suppressed (fails on error); 6 applied"
                + " migrations replayed on postgresql 17.11; drydock 0.1.0\n");
  }

  @Test
  void noticesArePrinted() {
    assertThat(EVERYTHING)
        .contains(
            "\nnote: The extension postgis is not available here and was replaced by a stub.\n");
  }

  @Test
  void withoutFindingsThereIsOneLine() {
    assertThat(TextReport.render(SampleReports.clean(), 100, Colours.NONE))
        .isEqualTo(
            "passed: no findings in 2 pending migrations; 6 applied migrations replayed on"
                + " postgresql 17.11; drydock 0.1.0\n");
    assertThat(TextReport.render(SampleReports.nothingPending(), 100, Colours.NONE))
        .isEqualTo("passed: no pending migrations; drydock 0.1.0\n");
  }

  @Test
  void coloursChangeNothingButTheColour() {
    String coloured = TextReport.render(SampleReports.everything(), 100, Colours.ANSI);

    assertThat(coloured)
        .contains("\u001b[1;31merror[blocking-index-build]\u001b[0m")
        .contains("\u001b[1;31mfailed\u001b[0m: 5 errors");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(EVERYTHING);
  }

  @Test
  void thereAreNoControlSequencesWithoutColours() {
    assertThat(EVERYTHING).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 140})
  void nothingButTheVerdictAndSqlIsWiderThanTheTerminal(int width) {
    List<String> lines =
        TextReport.render(SampleReports.everything(), width, Colours.NONE).lines().toList();

    for (String line : lines.subList(0, lines.size() - 1)) {
      boolean sql = line.matches("^ *\\d* *[-+|] .*");
      boolean place = line.startsWith(" --> ") || line.contains("references customers");
      boolean hint = line.startsWith("To accept");
      if (!sql && !place && !hint) {
        assertThat(DisplayWidth.of(line)).as(line).isLessThanOrEqualTo(width);
      }
    }
  }

  @Test
  void nothingInAMigrationReachesTheTerminalUnseen() {
    String text = TextReport.render(HostileReports.all(), 100, Colours.NONE);

    assertThat(text.codePoints().filter(c -> c != '\n' && VisibleText.hidden(c)).toArray())
        .isEmpty();
    assertThat(text.lines().filter(line -> line.startsWith("error[")))
        .hasSize(HostileReports.all().findings().size())
        .allMatch(line -> line.startsWith("error[blocking-index-build]: "));
    assertThat(text.lines().filter(line -> line.startsWith("passed"))).isEmpty();
    assertThat(text.lines().filter(line -> line.strip().startsWith("::"))).isEmpty();
    assertThat(text).doesNotContain("##[").doesNotContain("##vso[");
    assertThat(text.lines().map(String::length).max(Integer::compare).orElseThrow())
        .as("no identifier floods the terminal")
        .isLessThan(3_000);
  }
}
