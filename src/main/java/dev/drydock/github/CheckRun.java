package dev.drydock.github;

import dev.drydock.report.CheckTexts;
import dev.drydock.report.Report;
import java.io.IOException;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRunBuilder.Annotation;
import org.kohsuke.github.GHCheckRunBuilder.Output;

/** The check run of a commit, with an annotation for each finding. */
final class CheckRun {
  private final Api api;

  CheckRun(Api api) {
    this.api = api;
  }

  /**
   * Makes it; the library sends fifty annotations at a time, as many as GitHub takes.
   *
   * @param id tells it from the check runs of other uses of the action
   * @param commit whose check it is
   * @param summary Markdown, at most 65,000 characters
   */
  void create(Report report, String id, String commit, String summary) throws IOException {
    Output output = new Output(CheckTexts.title(report), summary);
    CheckTexts.annotations(report).forEach(annotation -> output.add(annotation(annotation)));
    api.repository()
        .createCheckRun(id.equals("drydock") ? "Drydock" : "Drydock (%s)".formatted(id), commit)
        .withStatus(GHCheckRun.Status.COMPLETED)
        .withConclusion(
            report.failed() ? GHCheckRun.Conclusion.FAILURE : GHCheckRun.Conclusion.SUCCESS)
        .add(output)
        .create();
  }

  private static Annotation annotation(CheckTexts.Annotation from) {
    Annotation annotation =
        new Annotation(
                from.path(), from.startLine(), from.endLine(), level(from.level()), from.message())
            .withTitle(from.title());
    if (!from.rawDetails().isEmpty()) {
      annotation.withRawDetails(from.rawDetails());
    }
    from.startColumn().ifPresent(annotation::withStartColumn);
    from.endColumn().ifPresent(annotation::withEndColumn);
    return annotation;
  }

  private static GHCheckRun.AnnotationLevel level(CheckTexts.Level level) {
    return switch (level) {
      case FAILURE -> GHCheckRun.AnnotationLevel.FAILURE;
      case WARNING -> GHCheckRun.AnnotationLevel.WARNING;
      case NOTICE -> GHCheckRun.AnnotationLevel.NOTICE;
    };
  }
}
