package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.Step;
import dev.drydock.report.HistoryReport.WorstLock;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InlineCommentTest {
  private static final String SHA = "1234567890abcdef1234567890abcdef12345678";
  private static final SourceFile FILE =
      new SourceFile(
          Path.of("db", "V1__x.sql"),
          "select 1;\n  create index i\n    on orders (a); -- why ```\nselect 2;\n");
  private static final Location STATEMENT =
      SampleReports.span(FILE, "create index i\n    on orders (a)");

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
        .contains("in a migration of its own that runs outside a transaction");
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

    String fixed = InlineComment.fixed(comment.body(), SHA);

    assertThat(fixed)
        .contains("✅ **Fixed in " + SHA + ".**")
        .contains("<details><summary>What it said</summary>")
        .doesNotContain("suggestion");
    assertThat(InlineComment.isFixed(fixed)).isTrue();
    assertThat(InlineComment.fixed(fixed, SHA)).isEqualTo(fixed);
    assertThat(InlineComment.read(fixed)).contains(comment.finding().fingerprint());
    assertThat(InlineComment.fixed("somebody else's", SHA)).isEqualTo("somebody else's");
    assertThatThrownBy(() -> InlineComment.fixed(comment.body(), "@octocat"))
        .hasMessage("not the hash of a commit: @octocat");
  }

  @Test
  void theWorstComesFirst() {
    Report report = SampleReports.everything();

    assertThat(InlineComment.all(report, report.findings(), Links.NONE))
        .extracting(comment -> comment.finding().severity())
        .isSorted()
        .hasSize(report.findings().size());
  }

  @Test
  void theRunnerGetsNoMoreCommandsThanItTakes() {
    assertThat(CheckTexts.workflowCommands(SampleReports.many(40, false)))
        .hasSize(CheckTexts.MOST_COMMANDS)
        .allMatch(command -> command.startsWith("::error file=db/migration/V10__many.sql,line="));
    assertThat(CheckTexts.annotations(SampleReports.many(40, false))).hasSize(40);
    assertThat(CheckTexts.title(SampleReports.everything()))
        .isEqualTo("5 errors, 1 warning, 1 info");
    assertThat(CheckTexts.title(SampleReports.clean())).isEqualTo("No findings");
  }

  private static InlineComment comment(Fix fix) {
    Finding finding = finding(fix);
    return InlineComment.of(report(finding, List.of()), finding, Links.NONE);
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
        report(finding, List.of(SampleReports.history(migrations))), finding, Links.NONE);
  }

  private static Finding finding(Fix fix) {
    return SampleReports.finding(
        SampleRules.BLOCKING_INDEX_BUILD,
        STATEMENT,
        "Writes on public.orders wait.",
        "public.orders",
        "create index i\n    on orders (a)",
        List.of("SHARE on public.orders: writes wait"),
        List.of(),
        Optional.of(fix),
        "");
  }

  private static Report report(Finding finding, List<HistoryReport> histories) {
    return new Report(
        "0.1.0",
        finding.severity(),
        histories,
        List.of(finding),
        List.of(),
        SampleReports.asked(),
        List.of(),
        Map.of(FILE.path(), FILE));
  }
}
