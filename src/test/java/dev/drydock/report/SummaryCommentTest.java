package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.WorstLock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SummaryCommentTest {
  private static final String SHA = "1234567890abcdef1234567890abcdef12345678";
  private static final String REPOSITORY = "https://github.com/octo/shop";
  private static final Links LINKS =
      new Links(Optional.of(URI.create(REPOSITORY)), SHA, Optional.empty(), Set.of());

  @Property(tries = 60)
  void noReportIsLongerThanTheLimitAndEveryFenceAndFoldIsClosed(
      @ForAll @IntRange(min = 0, max = 700) int same,
      @ForAll @IntRange(min = 0, max = 73) int hostile,
      @ForAll @IntRange(min = SummaryComment.SMALLEST, max = 65_000) int limit) {
    Report many = SampleReports.many(same, false);
    Report all = HostileReports.all();
    List<Finding> findings = new ArrayList<>(many.findings());
    findings.addAll(all.findings().subList(0, Math.min(2 * hostile, all.findings().size())));
    Report report =
        new Report(
            all.toolVersion(),
            all.failOn(),
            all.histories(),
            findings,
            all.suppressed(),
            all.rules(),
            all.notices(),
            all.files());
    CommentMarker marker = CommentMarker.of("id", 1, 1, SHA, SampleReports.of(findings));

    String markdown =
        SummaryComment.render(
            report,
            new CommentContext(Optional.of(marker), Optional.of(marker), Links.NONE, List.of()),
            limit);

    assertThat(markdown.length()).isLessThanOrEqualTo(limit);
    ParsedComment.of(markdown).assertQuiet(List.of());
    assertThat(CommentMarker.read(markdown)).contains(marker);
  }

  @Property(tries = 60)
  void noTextHoweverItGrowsWhenItIsEscapedMakesACommentTooLong(
      @ForAll @Size(min = 1, max = 60) List<@From("growing") String> texts,
      @ForAll @IntRange(min = SummaryComment.SMALLEST, max = SummaryComment.COMMENT) int limit) {
    assertFits(texts, limit);
  }

  @Test
  void theHeadingCountsTheDirectoriesWithoutAVerdict() {
    assertThat(
            SummaryComment.render(
                SampleOfUnjudged.report(), CommentContext.PLAIN, SummaryComment.COMMENT))
        .startsWith("### ⚠️ No verdict on `billing/migrations` and 1 more; in the rest 1 error\n");
  }

  @Test
  void aFindingThatIsToldInOneLineAfterAFoldIsMarkdownAllTheSame() {
    for (int length : List.of(150, 1_000, 10_000)) {
      assertFits(List.of("@ ".repeat(length)), 24_374);
    }
  }

  private static void assertFits(List<String> texts, int limit) {
    Report report = HostileReports.of(texts);
    CommentMarker marker = CommentMarker.of("id", 1, 1, SHA, report);

    String markdown =
        SummaryComment.render(
            report,
            new CommentContext(Optional.of(marker), Optional.of(marker), LINKS, texts),
            limit);

    assertThat(markdown.length()).isLessThanOrEqualTo(limit);
    ParsedComment.of(markdown).assertQuiet(List.of(REPOSITORY + "/blob/" + SHA + "/"));
    assertThat(CommentMarker.read(markdown)).contains(marker);
  }

  /** A character, or a few, over and over: what is longer when it is spelled out, most of all. */
  @Provide
  Arbitrary<String> growing() {
    return Combinators.combine(
            Arbitraries.of(
                "\"", "@ ", "& ", "\u202e", "`", "``` ", "(", "( ", "<", "x", "表", "👩\u200d🚀"),
            Arbitraries.of(1, 150, 1_000, 10_000))
        .as(String::repeat);
  }

  @Test
  void aJobSummaryOfManyBytesIsShortenedToWhatGitHubShows() {
    String words = "表".repeat(100) + " ";
    List<Finding> findings = new ArrayList<>();
    for (Finding one : SampleReports.many(3_000, false).findings()) {
      findings.add(
          SampleReports.finding(
              findings.isEmpty() ? SampleRules.TABLE_REWRITE : one.rule(),
              one.location(),
              words.repeat(4),
              one.object(),
              one.statement(),
              List.of(words, words),
              List.of(),
              one.fix(),
              ""));
    }
    Report many = SampleReports.many(3_000, false);
    Report report =
        new Report(
            "0.1.0",
            many.failOn(),
            many.histories(),
            findings,
            List.of(),
            many.rules(),
            List.of(words),
            many.files());

    String whole = SummaryComment.render(report, CommentContext.PLAIN, Integer.MAX_VALUE);
    String markdown =
        SummaryComment.render(report, CommentContext.PLAIN, SummaryComment.JOB_SUMMARY);

    assertThat(bytes(whole)).isGreaterThan(3 << 20);
    assertThat(bytes(markdown)).isLessThanOrEqualTo(1 << 20);
    ParsedComment.of(markdown).assertQuiet(List.of());
    assertThat(markdown)
        .as("the worst stays whole")
        .contains("<details open><summary>🔴 " + words.strip())
        .contains("**Why**", "> Shortened to fit: ");
  }

  @Test
  void theLongestJobSummaryFitsWhateverItsCharactersTake() {
    // Three bytes are the most that a char of a string takes: what takes four has two of them.
    assertThat(3 * SummaryComment.JOB_SUMMARY).isLessThanOrEqualTo(1 << 20);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void whatIsLeftOutIsSaid() {
    Report report = SampleReports.many(700, false);

    String markdown = SummaryComment.render(report, CommentContext.PLAIN, SummaryComment.SMALLEST);

    assertThat(markdown)
        .contains(
            "> Shortened to fit: 649 findings are left out. The log and the JSON report have"
                + " everything.")
        .contains("and 649 more");
  }

  @Test
  void errorsKeepTheirDetailsWhenInfosDoNot() {
    Report report = SampleReports.everything();
    String whole = SummaryComment.render(report, CommentContext.PLAIN, SummaryComment.COMMENT);

    assertThat(whole).doesNotContain("Shortened");
    assertThat(whole.indexOf("🔴")).isLessThan(whole.indexOf("🔵"));
  }

  @Test
  void theComparisonWithTheLastPushCountsFindingsNotLines() {
    Report report = SampleReports.everything();
    List<Finding> before = new ArrayList<>(SampleReports.many(2, false).findings());
    before.add(report.findings().getFirst());
    CommentMarker previous = CommentMarker.of("", 1, 1, SHA, SampleReports.of(before));

    String markdown =
        SummaryComment.render(
            report,
            new CommentContext(Optional.empty(), Optional.of(previous), Links.NONE, List.of()),
            SummaryComment.COMMENT);

    assertThat(markdown).contains("Since the last push: 6 new, 2 fixed, 1 unchanged.");
    assertThat(markdown.split(" · \\*\\*new\\*\\*", -1)).hasSize(7);
  }

  @Test
  void theTableNamesMigrationsByWhatTellsThemApart() {
    String table =
        table("20240101000000_one", "20240102000000_a_name_that_nobody_could_read_in_a_cell");

    assertThat(table)
        .contains("| `20240101000000_one` |")
        .contains("| `20240102000000_a_name_that_nobod...ead_in_a_cell` |")
        .doesNotContain("migration.sql");
    assertThat(table("20240101000000_one")).contains("| `20240101000000_one/migration.sql` |");
  }

  private static String table(String... directories) {
    List<MigrationReport> migrations =
        Stream.of(directories)
            .map(
                name ->
                    new MigrationReport(
                        "prisma/%s/migration.sql".formatted(name),
                        name,
                        1,
                        new WorstLock("ACCESS EXCLUSIVE", "public.orders", "reads and writes"),
                        List.of(),
                        List.of(),
                        false))
            .toList();
    HistoryReport history =
        new HistoryReport("prisma", "prisma", "", "postgresql", "17.11", 1, migrations);
    Report report =
        new Report(
            "0.1.0",
            Severity.ERROR,
            List.of(history),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            Map.of());
    return SummaryComment.render(report, CommentContext.PLAIN, SummaryComment.COMMENT);
  }

  @Test
  void filesAndRulesAreLinked() {
    Links links =
        new Links(
            Optional.of(URI.create("https://github.com/octo/shop")),
            SHA,
            Optional.of(URI.create("https://example.org/rules/")),
            Set.of("table-rewrite"));

    String markdown =
        SummaryComment.render(
            SampleReports.everything(),
            new CommentContext(Optional.empty(), Optional.empty(), links, List.of()),
            SummaryComment.COMMENT);

    assertThat(markdown)
        .contains(
            "[`db/migration/V8__quantity.sql:1`](<https://github.com/octo/shop/blob/"
                + SHA
                + "/db/migration/V8__quantity.sql#L1-L2>) ·"
                + " [`table-rewrite`](<https://example.org/rules/table-rewrite.md>)");
  }

  @Test
  void aLimitThatHoldsNothingIsRefused() {
    assertThatThrownBy(
            () -> SummaryComment.render(SampleReports.clean(), CommentContext.PLAIN, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a comment needs at least 20000 characters");
  }

  @Test
  void aMarkerReadsBackAndKnowsWhichRunIsNewer() {
    Report report = SampleReports.everything();
    CommentMarker marker = CommentMarker.of("a b --> c", 12, 2, SHA, report);

    assertThat(CommentMarker.read(marker.write() + "\n\ntext")).contains(marker);
    assertThat(CommentMarker.read("text\n" + marker.write())).isEmpty();
    assertThat(report.findings()).allMatch(marker::has);
    assertThat(marker.isOlderThan(CommentMarker.of("", 13, 1, SHA, report))).isTrue();
    assertThat(marker.isOlderThan(CommentMarker.of("", 12, 3, SHA, report))).isTrue();
    assertThat(marker.isOlderThan(marker)).isFalse();
  }

  @Test
  void aMarkerWithMoreFindingsThanItHoldsIsNotCompleteAndComparesNothing() {
    Report report = SampleReports.many(1_200, false);
    CommentMarker marker = CommentMarker.of("", 1, 1, SHA, report);

    assertThat(marker.complete()).isFalse();
    assertThat(CommentMarker.read(marker.write())).contains(marker);
    assertThat(
            SummaryComment.render(
                report,
                new CommentContext(Optional.of(marker), Optional.of(marker), Links.NONE, List.of()),
                SummaryComment.COMMENT))
        .doesNotContain("Since the last push");
  }
}
