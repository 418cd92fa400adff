package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Severity;
import dev.drydock.report.Golden;
import dev.drydock.report.InlineComment;
import dev.drydock.report.JsonReports;
import dev.drydock.report.Links;
import dev.drydock.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reviewer reads in the usual situations, from real runs. */
class CommentSituationsTest {
  private static final Path SITUATIONS =
      Path.of("src/test/resources/dev/drydock/cli/comments").toAbsolutePath();

  @Test
  void aCleanChangeIsToldInTwoLinesAndAFold() throws IOException {
    String markdown = linted("clean", 0);

    assertThat(markdown)
        .startsWith("### ✅ No findings in 1 pending migration\n")
        .doesNotContain("| Migration |", "<details open", "To accept");
    Golden.equal(SITUATIONS.resolve("clean/comment.md"), markdown);
  }

  @Test
  void aBlockerIsOpenWithWhatWasSeenAndWhatToDo() throws IOException {
    String markdown = linted("blocker", 1);

    assertThat(markdown)
        .startsWith("### ❌ 1 error in 1 pending migration\n")
        .contains("ACCESS EXCLUSIVE on `public.orders` | reads and writes | rewrite |")
        .contains("<details open><summary>🔴 ALTER TABLE writes every row of")
        .contains("* rewrite of table `public.orders`")
        .contains("line 3 ACCESS EXCLUSIVE on public.orders :crit, 1000, 3000")
        .contains(
            "- column public.orders.quantity integer not null\n+ column public.orders.quantity bigint");
    Golden.equal(SITUATIONS.resolve("blocker/comment.md"), markdown);
  }

  @Test
  void fortyFindingsAreToldByRuleTheErrorsFirst() throws IOException {
    String markdown = linted("forty", 1);

    assertThat(markdown)
        .contains("<details><summary>🔴 23 more of <code>blocking-index-build</code></summary>")
        .doesNotContain("Shortened");
    assertThat(markdown.split("<details open>", -1)).as("only the worst is open").hasSize(2);
    Golden.equal(SITUATIONS.resolve("forty/comment.md"), markdown);
  }

  @Test
  void aMigrationThatFailsIsSaidInTheServersWords() throws IOException {
    String markdown = linted("failing", 1);

    assertThat(markdown)
        .startsWith("### ❌ A migration fails: 1 error in 1 pending migration\n")
        .contains("type &quot;nummeric&quot; does not exist")
        .contains("| **fails** |")
        // Nobody can accept it.
        .doesNotContain("drydock:allow");
    Golden.equal(SITUATIONS.resolve("failing/comment.md"), markdown);
  }

  @Test
  void whatStopsTheRunIsToldFirstAndNothingIsClaimedOfWhatWasNotRun() throws IOException {
    String markdown = linted("stopped", 1);

    assertThat(markdown)
        .contains(
            "after 1 applied migration. 2 migrations after the failure were not run.\n",
            "| `V10__totals.sql` | 🔴\u00a01 | – | – | **fails** |",
            "| `V11__clean_up.sql` | – | – | – | not reached |",
            "<details open><summary>🔴 ALTER TABLE fails: column &quot;total&quot;",
            "until the whole table has been read. <code>V2__emails.sql:1</code></summary>");
    Golden.equal(SITUATIONS.resolve("stopped/comment.md"), markdown);
  }

  @Test
  void aBaseThatDoesNotReplayIsNoVerdictWithItsPlaceAndTheWayOut() throws IOException {
    String markdown = linted("unjudged", 3);

    assertThat(markdown)
        .startsWith(
            """
            ### ⚠️ No verdict on `pending`

            **Not judged** `applied/V2__refunds.sql:4`: the applied migration\
            """)
        .contains("type \"`refund_reason`\" does not exist", "4    reason refund_reason")
        .doesNotContain("✅", "drydock:allow");
    Golden.equal(SITUATIONS.resolve("unjudged/comment.md"), markdown);
  }

  @Test
  void aPlaceIsOneCommentAndASuggestionIsReadyToClick() throws Exception {
    Report report = JsonReports.read(linted("review", 1, "json"));
    List<InlineComment> comments =
        InlineComment.places(
                report,
                report.findings().stream()
                    .filter(finding -> finding.severity().atLeast(Severity.WARNING))
                    .toList())
            .stream()
            .map(place -> InlineComment.of(report, place, Links.NONE))
            .toList();

    assertThat(comments).extracting(InlineComment::endLine).containsExactly(3, 4);
    assertThat(comments.getFirst().body())
        .contains("🔴 **`table-rewrite`**", "<details><summary>🔴 Column quantity of")
        .doesNotContain("suggestion");
    assertThat(comments.getLast().body())
        .contains("```suggestion\nalter table orders add column gift jsonb;\n```");
    for (InlineComment comment : comments) {
      Golden.equal(
          SITUATIONS.resolve("review/line-%d.md".formatted(comment.endLine())), comment.body());
    }
  }

  private static String linted(String situation, int status) throws IOException {
    return linted(situation, status, "markdown");
  }

  private static String linted(String situation, int status, String format) throws IOException {
    Path directory = SITUATIONS.resolve(situation);
    List<String> arguments = new ArrayList<>(List.of("lint"));
    try (Stream<Path> files = Files.list(directory.resolve("pending"))) {
      files.sorted().map(file -> directory.relativize(file).toString()).forEach(arguments::add);
    }
    arguments.addAll(List.of("--applied", "applied", "--format", format));
    CommandLineRun run = CommandLineRun.in(directory, false, arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    return run.out();
  }
}
