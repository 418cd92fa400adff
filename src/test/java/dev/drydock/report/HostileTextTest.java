package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Related;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Suppression;
import dev.drydock.policy.Weighed;
import dev.drydock.report.HistoryReport.Change;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.Step;
import dev.drydock.report.HistoryReport.WorstLock;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in a migration, or in a report of one, can speak for Drydock in any output. */
class HostileTextTest {
  private static final String SHA = "1234567890abcdef1234567890abcdef12345678";
  private static final URI REPOSITORY = URI.create("https://github.com/octo/shop");
  private static final URI PAGES = URI.create("https://example.org/rules/");
  private static final Links LINKS =
      new Links(Optional.of(REPOSITORY), SHA, Optional.of(PAGES), Set.of("table-rewrite"));

  static Stream<String> corpus() {
    return HostileReports.CORPUS.stream();
  }

  @Test
  void theCorpusIsLarge() {
    assertThat(HostileReports.CORPUS).hasSizeGreaterThanOrEqualTo(100).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../other/x.sql", "db/../../../x.sql", "db/./x.sql", "/x.sql"})
  void aPathThatABrowserWouldRewriteIsNoLink(String path) {
    assertThat(LINKS.place(new Location(Path.of(path), 1, 1, 1, 2))).isEqualTo("`" + path + ":1`");
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void aSummarySaysNothingOfItsOwn(String hostile) {
    Report report = report(hostile);
    String id = hostile.substring(0, Math.min(40, hostile.length()));
    CommentMarker marker =
        CommentMarker.of(id.replaceAll("[\ud800-\udfff]", ""), 7, 1, SHA, report);
    CommentMarker before = CommentMarker.of("x", 6, 1, SHA, Report.EMPTY);
    String markdown =
        SummaryComment.render(
            report,
            new CommentContext(Optional.of(marker), Optional.of(before), LINKS, List.of(hostile)),
            SummaryComment.COMMENT);

    ParsedComment comment = ParsedComment.of(markdown);
    comment.assertQuiet(List.of(REPOSITORY + "/blob/" + SHA + "/", PAGES.toString()));
    assertThat(comment.headings()).isEqualTo(1);
    assertThat(comment.rows()).containsExactly(5, 5);
    assertThat(comment.comments()).isEqualTo(1);
    assertThat(CommentMarker.read(markdown)).contains(marker);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void aSummaryWithoutLinksSaysNothingOfItsOwn(String hostile) {
    String markdown = Format.MARKDOWN.render(report(hostile), Format.Style.PLAIN);

    ParsedComment comment = ParsedComment.of(markdown);
    comment.assertQuiet(List.of());
    assertThat(comment.comments()).isZero();
    assertThat(CommentMarker.read(markdown)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void aReviewCommentSaysNothingOfItsOwn(String hostile) {
    Report report = report(hostile);
    List<List<Finding>> places = new ArrayList<>(InlineComment.places(report, report.findings()));
    assertThat(places).as("both are about one place").hasSize(1);
    report.findings().forEach(finding -> places.add(List.of(finding)));
    for (List<Finding> place : places) {
      InlineComment inline = InlineComment.of(report, place, LINKS);
      for (String body :
          List.of(
              inline.body(),
              InlineComment.closed(inline.body(), InlineComment.Ending.FIXED, SHA))) {
        ParsedComment comment = ParsedComment.of(body.replace(SHA, ""));
        comment.assertQuiet(List.of(PAGES.toString()));
        assertThat(comment.headings()).isZero();
        assertThat(comment.comments()).isEqualTo(place.size());
        assertThat(comment.fences().stream().filter("suggestion"::equals).count())
            .isLessThanOrEqualTo(body.equals(inline.body()) ? 1 : 0);
        assertThat(InlineComment.read(body))
            .isEqualTo(inline.findings().stream().map(Finding::fingerprint).toList());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void aCommandToTheRunnerIsOneAndNoMore(String hostile) {
    for (String command : CheckTexts.workflowCommands(report(hostile), true)) {
      assertThat(command)
          .matches(
              "::(error|warning|notice) (file=[^:,]*,line=\\d+,endLine=\\d+(,col=\\d+,endColumn=\\d+)?,)?"
                  + "title=[^:,]*::.*")
          .doesNotContainPattern("%(?!25|3A|2C)")
          .doesNotContain("##[", "##vso[");
      assertThat(command.codePoints().filter(VisibleText::hidden)).isEmpty();
      assertThat(command.length()).isLessThan(4_096 + 1_500);
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void anAnnotationIsPlainAndWithinTheLimits(String hostile) {
    for (CheckTexts.Annotation one : CheckTexts.annotations(report(hostile))) {
      assertThat(one.title()).isNotEmpty().hasSizeLessThanOrEqualTo(255);
      assertThat(one.message()).isNotEmpty().hasSizeLessThanOrEqualTo(64_000);
      assertThat(one.rawDetails()).hasSizeLessThanOrEqualTo(64_000);
      assertThat((one.title() + one.message() + one.rawDetails()).codePoints())
          .noneMatch(c -> c != '\n' && VisibleText.hidden(c));
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void theOtherFormatsHoldNothingThatATerminalOrARunnerObeys(String hostile) throws Exception {
    Report report = report(hostile);
    for (Format format : List.of(Format.TEXT, Format.JSON, Format.SARIF)) {
      String text = format.render(report, Format.Style.PLAIN);
      assertThat(text.codePoints().filter(c -> c != '\n' && VisibleText.hidden(c))).isEmpty();
      assertThat(text).doesNotContain("##[", "##vso[").doesNotContainPattern("(?m)^\\s*::");
    }
    Report read = JsonReports.read(JsonReports.render(report));
    assertThat(Format.MARKDOWN.render(read, Format.Style.PLAIN))
        .isEqualTo(Format.MARKDOWN.render(report, Format.Style.PLAIN));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void noTextIsTakenForAMarker(String hostile) {
    assertThat(CommentMarker.read("x" + hostile)).isEmpty();
    assertThat(InlineComment.read("x" + hostile)).isEmpty();
    assertThat(InlineComment.isClosed(hostile)).isFalse();
  }

  /** A report in which every text but the layout is {@code hostile}. */
  private static Report report(String hostile) {
    Rule rule =
        new Rule(
            hostile.isBlank() ? "x" : hostile,
            hostile,
            Severity.ERROR,
            List.of("postgresql"),
            List.of(hostile),
            List.of(),
            List.of(),
            "index",
            hostile,
            hostile,
            Map.of(),
            hostile,
            hostile + "\n\n" + hostile,
            List.of(
                new Rule.Recipe(
                    "",
                    "Do `this`: "
                        + hostile
                        + "\n\n* "
                        + hostile
                        + "\n\n```sql\n"
                        + hostile
                        + "\n```\n")),
            List.of(),
            hostile,
            List.of(),
            List.of());
    String statement = "create index \"" + hostile + "\" on t (a)";
    String text = "-- x\n" + statement + ";\n";
    String name = hostile.replace("\u0000", "").replace("/", "").replaceAll("[\ud800-\udfff]", "");
    SourceFile file =
        new SourceFile(Path.of("db", "1" + name.substring(0, Math.min(60, name.length()))), text);
    Location place = file.location(5, 5 + statement.length());
    Fix single = new Fix(place, "create\n" + hostile, "", false);
    Fix both = new Fix(place, hostile, hostile, true);
    WorstLock lock = new WorstLock(hostile, hostile, hostile);
    List<Step> steps =
        List.of(
            new Step(place, hostile, 1, true, "succeeded", List.of(lock)),
            new Step(place, hostile, 1, true, "succeeded", List.of(lock)));
    List<Change> changes =
        List.of(
            new Change("created", "table", "", hostile, "", "", ""),
            new Change("created", "column", hostile, hostile, "", hostile, ""),
            new Change("created", "foreign key", hostile, hostile, "", hostile, "t" + hostile),
            new Change("altered", hostile, hostile, hostile, hostile, "x" + hostile, ""));
    MigrationReport migration =
        new MigrationReport(
            JsonReports.path(file.path()),
            hostile,
            2,
            new WorstLock("SHARE" + hostile, hostile, hostile),
            List.of(hostile),
            List.of(hostile, "t"),
            true,
            steps,
            changes);
    Finding first = finding(rule, place, hostile, statement, Optional.of(single), "1");
    return new Report(
        hostile,
        Severity.ERROR,
        List.of(
            new Unjudged("db" + hostile, hostile, Optional.of(place), hostile),
            new Unjudged("", hostile, Optional.empty(), hostile)),
        List.of(
            new HistoryReport(
                "db" + hostile, hostile, hostile, hostile, "1" + hostile, 3, List.of(migration))),
        List.of(first, finding(rule, place, hostile + " 2", statement, Optional.of(both), "2")),
        List.of(first.suppressed(new Suppression(hostile, place))),
        Map.of(rule, Severity.ERROR),
        List.of(hostile),
        Map.of(file.path(), file));
  }

  private static Finding finding(
      Rule rule, Location place, String hostile, String statement, Optional<Fix> fix, String id) {
    return new Finding(
        rule,
        Severity.ERROR,
        place,
        hostile,
        hostile,
        statement,
        List.of(hostile, "SHARE on " + hostile + ": writes wait"),
        List.of(new Related(place, hostile)),
        rule.fix(),
        fix,
        hostile,
        Fingerprint.of("rule" + id, hostile, statement),
        Optional.empty(),
        Optional.of(
            new Weighed(
                Weighed.Scale.LARGE,
                Severity.WARNING,
                Instant.EPOCH,
                List.of(new Weighed.Table(hostile, 1, 2)))));
  }
}
