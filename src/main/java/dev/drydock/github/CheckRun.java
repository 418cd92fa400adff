package dev.drydock.github;

import dev.drydock.report.CheckTexts;
import dev.drydock.report.Report;
import dev.drydock.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRunBuilder.Annotation;
import org.kohsuke.github.GHCheckRunBuilder.Output;

/** The check run of a commit, with an annotation for each finding. */
final class CheckRun {
  private final Api api;
  private final Optional<PullRequest> pullRequest;

  /**
   * @param pullRequest present when the check is for the tip of its branch, and what was linted may
   *     be another commit
   */
  CheckRun(Api api, Optional<PullRequest> pullRequest) {
    this.api = api;
    this.pullRequest = pullRequest;
  }

  /**
   * Makes it; the library sends fifty annotations at a time, as many as GitHub takes.
   *
   * @param annotations on files of the commit
   * @param id tells it from the check runs of other uses of the action
   * @param commit whose check it is
   * @param summary Markdown, at most 65,000 characters
   */
  void create(
      Report report,
      List<CheckTexts.Annotation> annotations,
      String id,
      String commit,
      String summary)
      throws IOException {
    Output output = new Output(CheckTexts.title(report), summary);
    for (CheckTexts.Annotation from : annotations) {
      output.add(annotation(from, place(from, report)));
    }
    api.repository()
        .createCheckRun(id.equals("drydock") ? "Drydock" : "Drydock (%s)".formatted(id), commit)
        .withStatus(GHCheckRun.Status.COMPLETED)
        .withConclusion(
            report.failed() || !report.complete()
                ? GHCheckRun.Conclusion.FAILURE
                : GHCheckRun.Conclusion.SUCCESS)
        .add(output)
        .create();
  }

  /** The lines in the commit that is checked. */
  private Lines place(CheckTexts.Annotation from, Report report) throws IOException {
    Lines linted = new Lines(from.startLine(), from.endLine());
    SourceFile text = report.files().get(Path.of(from.path()));
    return pullRequest.isPresent() && text != null
        ? pullRequest.get().near(from.path(), linted, text)
        : linted;
  }

  private static Annotation annotation(CheckTexts.Annotation from, Lines place) {
    Annotation annotation =
        new Annotation(
                from.path(), place.first(), place.last(), level(from.level()), from.message())
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
