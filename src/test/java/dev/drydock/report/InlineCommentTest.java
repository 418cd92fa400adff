package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Severity;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.Step;
import dev.drydock.report.HistoryReport.WorstLock;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineCommentTest {
  private static final String SHA = "1234567890abcdef1234567890abcdef12345678";
  private static final SourceFile FILE =
      new SourceFile(
          Path.of("db", "V1__x.sql"),
          "select 1;\n  create index i\n    on orders (a); -- why ```\nselect 2;\n");
  private static final Location STATEMENT =
      SampleFiles.span(FILE, "create index i\n    on orders (a)");

  @Test
  void aSuggestionReplacesWholeLinesWithWhatStoodAroundTheStatement() {
    InlineComment comment = comment(new Fix(STATEMENT, "create index j on orders (a)", "", false));

    assertThat(comment.startLine()).isEqualTo(2);
    assertThat(comment.endLine()).isEqualTo(3);
    assertThat(comment.body())
        .contains("````suggestion\n  create index j on orders (a); -- why ```\n````\n");
  }

  @Test
  void whatNeedsAnotherFileIsShownAndNotOffered() {
    InlineComment comment =
        comment(new Fix(STATEMENT, "create index j on orders (a)", "select 3;", false));

    assertThat(comment.body())
        .doesNotContain("suggestion")
        .contains("**Instead**\n\n```sql\ncreate index j on orders (a)\n```")
        .contains("**Then**, in a later migration:\n\n```sql\nselect 3;\n```");
  }

  @Test
  void whatMustRunOutsideATransactionIsOfferedWhereThereIsNone() {
    Fix fix = new Fix(STATEMENT, "create index concurrently i on orders (a)", "", true);

    assertThat(comment(fix).body())
        .doesNotContain("suggestion")
        .contains("**Instead**, outside a transaction");
    assertThat(comment(fix, true).body()).doesNotContain("suggestion");
    assertThat(comment(fix, false).body()).contains("````suggestion\n  create index concurrently");
  }

  @Test
  void nothingInvisibleIsOffered() {
    InlineComment comment =
        comment(new Fix(STATEMENT, "create index \u202ej on orders (a)", "", false));

    assertThat(comment.body()).doesNotContain("suggestion").contains("\\u202ej");
  }

  @Test
  void aFixedCommentSaysWhereAndKeepsWhatItSaidWithoutTheButton() {
    InlineComment comment = comment(new Fix(STATEMENT, "select 3", "", false));

    String fixed = InlineComment.closed(comment.body(), InlineComment.Ending.FIXED, SHA);

    assertThat(fixed)
        .contains("✅ **Fixed in " + SHA + ".**")
        .contains("<details><summary>What it said</summary>")
        .doesNotContain("suggestion");
    assertThat(InlineComment.isClosed(fixed)).isTrue();
    assertThat(InlineComment.closed(fixed, InlineComment.Ending.FIXED, SHA)).isEqualTo(fixed);
    assertThat(InlineComment.read(fixed)).isEqualTo(fingerprints(comment));
    assertThat(InlineComment.closed("somebody else's", InlineComment.Ending.FIXED, SHA))
        .isEqualTo("somebody else's");
    assertThatThrownBy(
            () -> InlineComment.closed(comment.body(), InlineComment.Ending.FIXED, "@octocat"))
        .hasMessage("not the hash of a commit: @octocat");
  }

  @Test
  void aReviewCommentHasTheSeverityTheEvidenceAndTheWayOut() {
    InlineComment comment = comment(new Fix(STATEMENT, "create index j on orders (a)", "", false));

    assertThat(comment.body())
        .startsWith(InlineComment.marker(comment.findings().getFirst().fingerprint()))
        .contains("🔴 **`blocking-index-build`** Writes on `public.orders` wait.")
        .contains("* SHARE on `public.orders`: writes wait");
    Golden.equal("inline.md", comment.body());
  }

  @Test
  void severalFindingsOfOnePlaceAreOneCommentWithTheWorstOpen() {
    Finding worst = finding(Severity.ERROR, STATEMENT, Optional.empty());
    Finding other =
        finding(
            Severity.WARNING,
            SampleFiles.span(FILE, "orders"),
            Optional.of(new Fix(STATEMENT, "create index j on orders (a)", "", false)));
    Report report = report(List.of(other, worst), List.of());

    assertThat(InlineComment.places(report, report.findings()))
        .containsExactly(List.of(worst, other));
    InlineComment comment = InlineComment.of(report, List.of(other, worst), Links.NONE);

    assertThat(comment.findings()).containsExactly(worst, other);
    assertThat(List.of(comment.startLine(), comment.endLine())).containsExactly(2, 3);
    assertThat(InlineComment.read(comment.body()))
        .containsExactly(worst.fingerprint(), other.fingerprint());
    assertThat(comment.body()).containsOnlyOnce("suggestion\n").contains("🔴 **", "🟡 **");
    Golden.equal("inline-two.md", comment.body());
  }

  @Test
  void whatIsSaidBesidesTheWorstIsFolded() {
    Finding worst = finding(Severity.ERROR, STATEMENT, Optional.empty());
    Finding other = finding(Severity.WARNING, STATEMENT, Optional.empty());
    InlineComment comment =
        InlineComment.of(
            report(List.of(worst, other), List.of()), List.of(worst, other), Links.NONE);

    assertThat(comment.body())
        .contains("🔴 **`blocking-index-build`** Writes on `public.orders` wait.")
        .contains(
            "<details><summary>🟡 Writes on <code>public.orders</code> wait.</summary>\n\n"
                + "`blocking-index-build`\n\n");
  }

  @Test
  void aSuggestionIsOfferedWhereExactlyOneApplies() {
    Fix one = new Fix(STATEMENT, "create index j on orders (a)", "", false);
    Fix two = new Fix(STATEMENT, "create index k on orders (a)", "", false);

    List<Finding> three =
        List.of(
            finding(Severity.ERROR, STATEMENT, Optional.empty()),
            finding(Severity.WARNING, STATEMENT, Optional.empty()),
            finding(Severity.INFO, STATEMENT, Optional.of(one)));
    InlineComment below = InlineComment.of(report(three, List.of()), three, Links.NONE);

    assertThat(below.body())
        .contains("</details>\n\n🔵 **`blocking-index-build`** Writes")
        .containsOnlyOnce("suggestion\n");
    ParsedComment.of(below.body()).assertQuiet(List.of());
    assertThat(twoFixes(one, one).body()).containsOnlyOnce("suggestion\n");
    assertThat(twoFixes(one, two).body())
        .doesNotContain("suggestion\n")
        .contains("create index j on orders (a)", "create index k on orders (a)");
  }

  @Test
  void aPlaceWithoutEndStaysOneCommentThatGitHubTakes() {
    List<Finding> findings =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    finding(
                        Severity.ERROR,
                        STATEMENT,
                        Optional.of(new Fix(STATEMENT, i + "x".repeat(30_000), "", false))))
            .toList();
    Report report = report(findings, List.of());

    assertThat(InlineComment.places(report, findings)).hasSize(1);
    InlineComment comment = InlineComment.of(report, findings, Links.NONE);

    assertThat(comment.findings()).hasSize(InlineComment.MOST);
    assertThat(InlineComment.read(comment.body())).hasSize(InlineComment.MOST);
    assertThat(comment.body().length()).isLessThan(60_000);
    ParsedComment.of(comment.body()).assertQuiet(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "@ ", "& ", "\u202e ", "```\n", "表", "( "})
  void aCommentIsOneThatGitHubTakesHoweverItsTextGrowsWhenItIsEscaped(String text) {
    List<Finding> findings =
        HostileReports.of(Collections.nCopies(30, text.repeat(1_000))).findings();

    InlineComment comment = InlineComment.of(report(findings, List.of()), findings, Links.NONE);

    assertThat(comment.body().length()).isLessThan(60_000);
    assertThat(InlineComment.read(comment.body())).hasSize(InlineComment.MOST);
    assertThat(comment.body()).contains("🔴 **`blocking-index-build`** Building this index locks");
    ParsedComment.of(comment.body()).assertQuiet(List.of());
  }

  @Test
  void onlyTheLinesACommentBeginsWithSayWhatItIsAbout() {
    String forged = InlineComment.marker(new Fingerprint("f".repeat(32)));
    InlineComment comment =
        comment(new Fix(STATEMENT, "create index j on orders (a);\n" + forged, "", false));

    assertThat(comment.body()).contains("\n" + forged);
    assertThat(InlineComment.read(comment.body())).isEqualTo(fingerprints(comment));
  }

  @Test
  void theWorstComesFirst() {
    Report report = SampleReports.everything();

    List<List<Finding>> places = InlineComment.places(report, report.findings());

    assertThat(places).extracting(place -> place.getFirst().severity()).isSorted();
    assertThat(places).allSatisfy(p -> assertThat(p).extracting(Finding::severity).isSorted());
    assertThat(places.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(report.findings());
  }

  @Test
  void theRunnerGetsNoMoreCommandsThanItTakes() {
    assertThat(CheckTexts.workflowCommands(SampleReports.many(40, false), true))
        .hasSize(CheckTexts.MOST_COMMANDS)
        .allMatch(command -> command.startsWith("::error file=db/migration/V10__many.sql,line="));
    assertThat(CheckTexts.annotations(SampleReports.many(40, false))).hasSize(40);
    assertThat(CheckTexts.title(SampleOfUnjudged.report())).isEqualTo("No verdict");
    assertThat(CheckTexts.annotations(SampleOfUnjudged.report())).hasSize(2);
    assertThat(CheckTexts.workflowCommands(SampleOfUnjudged.report(), true))
        .hasSize(3)
        .startsWith("::error title=No verdict::the server ran out of disk");
    assertThat(CheckTexts.title(SampleReports.everything()))
        .isEqualTo("5 errors, 1 warning, 1 info, 1 accepted");
    assertThat(CheckTexts.title(SampleReports.clean())).isEqualTo("No findings");
  }

  private static InlineComment comment(Fix fix) {
    Finding finding = finding(fix);
    return InlineComment.of(report(List.of(finding), List.of()), List.of(finding), Links.NONE);
  }

  private static InlineComment comment(Fix fix, boolean inTransaction) {
    Finding finding = finding(fix);
    List<MigrationReport> migrations =
        List.of(
            new MigrationReport(
                "db/V1__x.sql",
                "1",
                1,
                WorstLock.NONE,
                List.of(),
                List.of(),
                false,
                List.of(
                    new Step(STATEMENT, "CREATE INDEX", 1, inTransaction, "succeeded", List.of())),
                List.of()));
    return InlineComment.of(
        report(List.of(finding), List.of(SampleReports.history(migrations))),
        List.of(finding),
        Links.NONE);
  }

  private static InlineComment twoFixes(Fix one, Fix two) {
    List<Finding> findings =
        List.of(
            finding(Severity.ERROR, STATEMENT, Optional.of(one)),
            finding(Severity.WARNING, STATEMENT, Optional.of(two)));
    return InlineComment.of(report(findings, List.of()), findings, Links.NONE);
  }

  private static List<Fingerprint> fingerprints(InlineComment comment) {
    return comment.findings().stream().map(Finding::fingerprint).toList();
  }

  private static Finding finding(Fix fix) {
    return finding(Severity.ERROR, STATEMENT, Optional.of(fix));
  }

  private static Finding finding(Severity severity, Location place, Optional<Fix> fix) {
    return new Finding(
        SampleRules.BLOCKING_INDEX_BUILD,
        severity,
        place,
        "Writes on public.orders wait.",
        "public.orders",
        "create index i\n    on orders (a)",
        List.of("SHARE on public.orders: writes wait"),
        List.of(),
        SampleRules.BLOCKING_INDEX_BUILD.fix(),
        fix,
        "",
        Fingerprint.of("blocking-index-build", severity + fix.toString(), place.toString()),
        Optional.empty(),
        Optional.empty());
  }

  private static Report report(List<Finding> findings, List<HistoryReport> histories) {
    return new Report(
        "0.1.0",
        Severity.ERROR,
        histories,
        findings,
        List.of(),
        SampleReports.asked(),
        List.of(),
        Map.of(FILE.path(), FILE));
  }
}
