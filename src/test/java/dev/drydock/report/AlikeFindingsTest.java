package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Severity;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of many columns in one statement is said once, with their names. */
class AlikeFindingsTest {
  private static final String FIRST =
      "alter table orders\n  alter a drop not null,\n  alter column_b drop not null,\n  alter c drop not null";
  private static final String SECOND = "alter table orders alter d drop not null";
  private static final SourceFile FILE =
      SampleFiles.file("V3__nullable.sql", FIRST + ";\n" + SECOND + ";\n");

  private static final Finding A = about("public.orders.a", FIRST, "alter a drop not null");
  private static final Finding B =
      about("public.orders.column_b", FIRST, "alter column_b drop not null");
  private static final Finding C = about("public.orders.c", FIRST, "alter c drop not null");
  private static final Finding D = about("public.orders.d", SECOND, "alter d drop not null");

  @Test
  void inTheTextTheOthersAreNamedWithTheirLines() {
    String text = TextReport.render(report(A, B, C, D), 100, Colours.NONE);

    assertThat(text)
        .contains(": Column a of public.orders may be a null.\n")
        .contains(": Column d of public.orders may be a null.\n")
        .doesNotContain("Column column_b of", "Column c of")
        .contains("= also:     public.orders.column_b (line 3)\n")
        .contains("            public.orders.c (line 4)\n")
        .contains("4 warnings");
  }

  @Test
  void twoAreToldEachByItself() {
    assertThat(TextReport.render(report(A, B), 100, Colours.NONE))
        .contains(": Column a of ", ": Column column_b of ")
        .doesNotContain("also:");
  }

  @Test
  void otherWordsAreNotTheSame() {
    Finding other =
        of(
            C.object(),
            FIRST,
            "alter c drop not null",
            "Column c of public.orders may be gone.",
            "");
    Finding elsewhere = about("billing.orders.c", FIRST, "alter c drop not null");
    Finding asked =
        of(C.object(), FIRST, "alter c drop not null", C.message(), "select * from public.orders");

    assertThat(together(A, B, other)).hasSize(3);
    assertThat(together(A, B, elsewhere)).hasSize(3);
    assertThat(together(A, B, asked)).hasSize(3);
    assertThat(together(A, B, D)).hasSize(3);
    assertThat(together(A, B, C)).containsExactly(List.of(A, B, C));
  }

  @Test
  void onThePullRequestThereIsOneCommentAtTheFirst() {
    Report report = report(A, B, C, D);
    List<List<Finding>> places = InlineComment.places(report, report.findings());

    assertThat(places).containsExactly(List.of(A, B, C), List.of(D));
    InlineComment comment = InlineComment.of(report, places.getFirst(), Links.NONE);

    assertThat(List.of(comment.startLine(), comment.endLine())).containsExactly(2, 2);
    assertThat(InlineComment.read(comment.body()))
        .containsExactly(A.fingerprint(), B.fingerprint(), C.fingerprint());
    assertThat(comment.body())
        .contains("**Also** `public.orders.column_b` (line 3), `public.orders.c` (line 4)\n")
        .containsOnlyOnce("**Why**");
    ParsedComment.of(comment.body()).assertQuiet(List.of());
  }

  @Test
  void theSummaryNamesThemToo() {
    String summary =
        SummaryComment.render(report(A, B, C, D), CommentContext.PLAIN, SummaryComment.COMMENT);

    assertThat(summary)
        .contains("**Also** `public.orders.column_b` (line 3), `public.orders.c` (line 4)\n")
        .doesNotContain("Column c of", "more of");
    ParsedComment.of(summary).assertQuiet(List.of());
  }

  private static List<List<Finding>> together(Finding... findings) {
    return AlikeFindings.together(report(findings), List.of(findings));
  }

  private static Finding about(String object, String statement, String words) {
    String column = object.substring(object.lastIndexOf('.') + 1);
    String table = object.substring(0, object.lastIndexOf('.'));
    return of(
        object, statement, words, "Column " + column + " of " + table + " may be a null.", "");
  }

  private static Finding of(
      String object, String statement, String words, String message, String preflight) {
    Location place = SampleFiles.span(FILE, words);
    return new Finding(
        SampleRules.TABLE_REWRITE,
        Severity.WARNING,
        place,
        message,
        object,
        statement,
        List.of(),
        List.of(),
        "Leave it.",
        Optional.empty(),
        preflight,
        Fingerprint.of("table-rewrite", object, statement),
        Optional.empty(),
        Optional.empty());
  }

  private static Report report(Finding... findings) {
    return new Report(
        "0.1.0",
        Severity.ERROR,
        List.of(),
        List.of(findings),
        List.of(),
        SampleReports.asked(),
        List.of(),
        SampleFiles.files(FILE));
  }
}
