package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void findingsBelowTheThresholdPass() {
    Report everything = SampleReports.everything();
    Report lenient =
        new Report(
            "0.1.0",
            Severity.ERROR,
            everything.histories(),
            everything.findings().stream()
                .filter(finding -> finding.severity() != Severity.ERROR)
                .toList(),
            List.of(),
            Map.of(),
            List.of(),
            Map.of());

    assertThat(Verdict.line(lenient))
        .isEqualTo(
            "passed: 1 warning, 1 info (fails on error); 6 applied migrations replayed on"
                + " postgresql 17.11; drydock 0.1.0");
  }

  @Test
  void withoutAVerdictOnAllThereIsNone() {
    assertThat(Verdict.line(SampleOfUnjudged.report()))
        .isEqualTo(
            "no verdict: billing/migrations and 1 more were not judged; in the rest 1 error;"
                + " drydock 0.1.0");
    assertThat(
            Verdict.line(
                Report.none(
                    "0.1.0",
                    Severity.ERROR,
                    new Unjudged("", "no disk", Optional.empty(), "make room"))))
        .isEqualTo("no verdict: nothing was judged; drydock 0.1.0");
  }

  @Test
  void suppressedFindingsAreCountedWithoutOthers() {
    Report everything = SampleReports.everything();
    Report answered =
        new Report(
            "0.1.0",
            Severity.ERROR,
            everything.histories(),
            List.of(),
            everything.suppressed(),
            Map.of(),
            List.of(),
            Map.of());

    assertThat(Verdict.line(answered))
        .startsWith("passed: no findings in 4 pending migrations, 1 suppressed; ");
  }

  @Test
  void whereNoServerWasAskedNothingIsSaidToHaveBeenReplayed() {
    Report untried =
        new Report(
            "0.1.0",
            Severity.ERROR,
            List.of(history("a", "postgresql", "", 0)),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            Map.of());

    assertThat(Verdict.line(untried))
        .isEqualTo("passed: no findings in 1 pending migration; drydock 0.1.0");
  }

  @Test
  void historiesOfOneServerAreAddedUpAndServersAreNamed() {
    Report several =
        new Report(
            "0.1.0",
            Severity.ERROR,
            List.of(
                history("a", "postgresql", "17.11", 1),
                history("b", "postgresql", "17.11", 2),
                history("c", "mysql", "8.4.3", 1)),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            Map.of());

    assertThat(Verdict.line(several))
        .isEqualTo(
            "passed: no findings in 3 pending migrations; 1 applied migration replayed on mysql"
                + " 8.4.3 and 3 applied migrations replayed on postgresql 17.11; drydock 0.1.0");
  }

  private static HistoryReport history(
      String directory, String engine, String version, int applied) {
    return new HistoryReport(
        directory,
        "plain",
        "",
        engine,
        version,
        applied,
        List.of(SampleReports.quietMigration(applied + 1)));
  }
}
