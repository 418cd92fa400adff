package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A report of a stranger may be as long as its limit, and must not keep a job busy for hours. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HugeReportTest {
  @Test
  void aRuleOfMegabytesIsCut() {
    assertThat(MarkdownText.prose("```\n".repeat(4_000_000))).hasSizeLessThan(100_000);
    assertThat(MarkdownText.prose("1. a\n".repeat(3_000_000))).hasSizeLessThan(100_000);
  }

  @Test
  void aPathOfManyDirectoriesIsFoundInNoTime() {
    String deep = "a/".repeat(500_000) + "b";
    assertThat(MigrationRows.below(deep, "c.sql")).isEqualTo("c.sql");
    assertThat(MigrationRows.below(deep, deep + "/c.sql")).isEqualTo("c.sql");
    assertThat(MigrationRows.below("db/one", "db/only/c.sql")).isEqualTo("only/c.sql");
    assertThat(MigrationRows.below("", "db/c.sql")).isEqualTo("db/c.sql");
  }

  @Test
  void thousandsOfFindingsOfOneStatementThatDifferAreTold() {
    SourceFile file = SampleFiles.file("V1__a.sql", "select 1;\n");
    List<Finding> findings =
        IntStream.range(0, 20_000)
            .mapToObj(
                i ->
                    SampleReports.finding(
                        SampleRules.NAMING,
                        file.location(0, 8),
                        "x " + i,
                        "public.t" + i,
                        "select 1",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        ""))
            .toList();
    Report report =
        new Report(
            "0.1.0",
            Severity.ERROR,
            List.of(),
            findings,
            List.of(),
            Map.of(),
            List.of(),
            SampleFiles.files(file));
    assertThat(AlikeFindings.together(report, report.findings())).hasSize(20_000);
  }
}
