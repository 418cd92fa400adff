package dev.drydock.github;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.report.Report;
import java.io.IOException;
import java.util.List;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRunBuilder;
import org.kohsuke.github.GHCheckRunBuilder.Annotation;
import org.kohsuke.github.GHCheckRunBuilder.Output;

/** The check run of a commit, with an annotation for each finding. */
final class CheckRun {
  private static final int LONGEST_MESSAGE = 4000;
  private static final int LONGEST_SUMMARY = 60_000;
  private static final int LONGEST_TITLE = 200;

  private final Api api;

  CheckRun(Api api) {
    this.api = api;
  }

  /**
   * Makes it; the library sends fifty annotations at a time, as many as GitHub takes.
   *
   * @param id tells it from the check runs of other uses of the action
   * @param commit whose check it is
   */
  void create(Report report, String id, String commit, String summary) throws IOException {
    Output output =
        new Output(
            report.failed() ? "Migrations would hurt" : "Migrations are fine",
            summary.length() > LONGEST_SUMMARY
                ? "The summary is too long for a check; it is in the job summary."
                : summary);
    List<Finding> findings = Comments.worstFirst(report.findings());
    findings.forEach(finding -> output.add(annotation(finding)));
    GHCheckRunBuilder builder =
        api.repository()
            .createCheckRun(id.equals("drydock") ? "Drydock" : "Drydock (%s)".formatted(id), commit)
            .withStatus(GHCheckRun.Status.COMPLETED)
            .withConclusion(
                report.failed() ? GHCheckRun.Conclusion.FAILURE : GHCheckRun.Conclusion.SUCCESS)
            .add(output);
    builder.create();
  }

  private static Annotation annotation(Finding finding) {
    Lines lines = Lines.of(finding.location());
    String message = finding.message();
    return new Annotation(
            path(finding),
            lines.first(),
            lines.last(),
            level(finding.severity()),
            message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
        .withTitle(
            finding
                .rule()
                .id()
                .substring(0, Math.min(LONGEST_TITLE, finding.rule().id().length())));
  }

  static String path(Finding finding) {
    return finding.location().file().toString().replace('\\', '/');
  }

  private static GHCheckRun.AnnotationLevel level(Severity severity) {
    return switch (severity) {
      case ERROR -> GHCheckRun.AnnotationLevel.FAILURE;
      case WARNING -> GHCheckRun.AnnotationLevel.WARNING;
      case INFO, OFF -> GHCheckRun.AnnotationLevel.NOTICE;
    };
  }
}
