package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Suppression;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistinctTest {
  private static final String INDEX = "create index on orders (note);\n";

  private static Finding finding(int version, String before) {
    SourceFile file =
        new SourceFile(
            Path.of(SampleFiles.path("V%d__quiet.sql".formatted(version))), before + INDEX);
    return SampleReports.finding(
        SampleRules.BLOCKING_INDEX_BUILD,
        file.location(before.length(), before.length() + INDEX.length() - 2),
        "Writes on public.orders wait.",
        "public.orders",
        INDEX,
        List.of(),
        List.of(),
        Optional.empty(),
        "");
  }

  private static Report report(List<Finding> findings, List<Finding> suppressed, int migrations) {
    return new Report(
        "0.1.0",
        Severity.ERROR,
        List.of(
            SampleReports.history(
                IntStream.rangeClosed(1, migrations)
                    .mapToObj(SampleReports::quietMigration)
                    .toList())),
        findings,
        suppressed,
        SampleReports.asked(),
        List.of(),
        Map.of());
  }

  private static List<Fingerprint> fingerprints(Report report) {
    return report.findings().stream().map(Finding::fingerprint).toList();
  }

  @Test
  void aStatementThatStandsTwiceHasTwoFingerprints() {
    Report report = report(List.of(finding(1, INDEX), finding(1, "")), List.of(), 1);
    assertThat(fingerprints(report)).doesNotHaveDuplicates();
    assertThat(fingerprints(report).getFirst()).isEqualTo(finding(1, "").fingerprint());
    assertThat(fingerprints(report.besides(List.of("more")))).isEqualTo(fingerprints(report));
  }

  @Test
  void theyStayWhenLinesMove() {
    String lines = "-- a line\n\n";
    assertThat(
            fingerprints(
                report(List.of(finding(1, lines), finding(1, lines + INDEX)), List.of(), 1)))
        .isEqualTo(fingerprints(report(List.of(finding(1, ""), finding(1, INDEX)), List.of(), 1)));
  }

  @Test
  void theyStayWhenAMigrationIsAddedWhosePathComesBefore() {
    Fingerprint alone = finding(2, "").fingerprint();
    Report report = report(List.of(finding(2, ""), finding(10, "")), List.of(), 10);
    assertThat(report.findings())
        .as("sorted by path")
        .extracting(finding -> finding.location().file().getFileName().toString())
        .containsExactly("V10__quiet.sql", "V2__quiet.sql");
    assertThat(fingerprints(report)).last().isEqualTo(alone);
    assertThat(fingerprints(report)).first().isEqualTo(alone.ofEqual(2));
  }

  @Test
  void theyStayWhenOneIsAnswered() {
    Report before = report(List.of(finding(1, ""), finding(1, INDEX)), List.of(), 1);
    Finding answered =
        finding(1, "").suppressed(new Suppression("small", finding(1, "").location()));
    Report after = report(List.of(finding(1, INDEX)), List.of(answered), 1);
    assertThat(fingerprints(after)).containsExactly(fingerprints(before).getLast());
    assertThat(after.suppressed().getFirst().fingerprint())
        .isEqualTo(fingerprints(before).getFirst());
  }
}
