package dev.drydock.cli;

import dev.drydock.github.Api;
import dev.drydock.github.Base;
import dev.drydock.github.Event;
import dev.drydock.github.GitHubException;
import dev.drydock.github.Publication;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.history.layout.Found;
import dev.drydock.lint.Lint;
import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Severity;
import dev.drydock.replay.ReplayException;
import dev.drydock.report.CheckTexts;
import dev.drydock.report.Colours;
import dev.drydock.report.CommentContext;
import dev.drydock.report.Format;
import dev.drydock.report.Printable;
import dev.drydock.report.Report;
import dev.drydock.report.SummaryComment;
import dev.drydock.report.SuppressedResults;
import dev.drydock.report.Unjudged;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.Checkout;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** What the GitHub Action runs: lints the change of the workflow's event and reports to GitHub. */
@Command(
    name = "action",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = {
      "Lints the change that a GitHub workflow runs for, and reports to where reviewers look. Everything it needs comes from"
          + " the environment of the workflow: docs/github-action.md lists the inputs."
    })
final class ActionCommand implements Callable<Integer> {
  private final Environment environment;
  private final Runner runner;

  ActionCommand(Environment environment) {
    this.environment = environment;
    this.runner = new Runner(environment);
  }

  @Override
  public Integer call() throws ReplayException, IOException {
    // However the run ends, a later step may ask. Of an output that is set twice the last holds.
    runner.outputs(Map.of("verdict", "none", "errors", "0", "warnings", "0", "infos", "0"));
    checkInputs();
    Event event = runner.event();
    Optional<String> from = Input.FROM.in(environment);
    if (from.isPresent()) {
      String number =
          Input.PULL_REQUEST
              .in(environment)
              .filter(text -> text.matches("\\d{1,9}"))
              .orElseThrow(
                  () ->
                      new UsageException(
                          "with the input from goes pull-request, the number of the pull request"));
      return new PostedReport(environment, runner)
          .post(runner.workspace().resolve(from.get()), Integer.parseInt(number));
    }
    try {
      checkEvent(event);
    } catch (UsageException e) {
      // The page of the run shows annotations, and of the log nothing.
      annotate(Report.none(Drydock.Version.text(), Severity.ERROR, unjudged(e)), true);
      environment.out().flush();
      throw e;
    }
    Optional<Api> api = runner.api(Input.TOKEN.in(environment));
    try {
      return lint(event, api);
    } catch (ReplayException e) {
      sayNothingJudged(Problem.unjudged(e), event, api);
      throw e;
    } catch (UsageException | PolicyException | SourceException | GitHubException e) {
      sayNothingJudged(unjudged(e), event, api);
      throw e;
    }
  }

  private void checkEvent(Event event) {
    if (event instanceof Event.PullRequest pull
        && pull.target()
        && !Input.ALLOW_PULL_REQUEST_TARGET.isOn(environment)) {
      throw new UsageException(
          "the event is pull_request_target, which runs with your secrets, and a replay would run the pull request's SQL beside them. Use the event pull_request; docs/github-action.md shows how to comment on pull requests from forks. To replay all the same, set allow-pull-request-target: true.");
    }
    if (event instanceof Event.Comment comment) {
      requireMoreThanTheDefault(comment);
    }
    for (Input file : List.of(Input.SARIF_FILE, Input.JSON_FILE, Input.REPORT_FILE)) {
      file.in(environment).ifPresent(this::output);
    }
  }

  private static Unjudged unjudged(RuntimeException e) {
    return new Unjudged("", e.getMessage(), Optional.empty(), "");
  }

  /** What would be refused after the replay is refused before it. */
  private void checkInputs() {
    String id = Input.ID.in(environment).orElseThrow();
    if (!Publication.Run.isId(id)) {
      throw new UsageException(
          "the input id is `%s`; it has up to 60 letters, digits, dots, dashes and underscores"
              .formatted(id));
    }
    for (Input flag : List.of(Input.COMMENT, Input.REVIEW, Input.CHECK, Input.SARIF_UPLOAD)) {
      flag.isOn(environment);
    }
  }

  private int lint(Event event, Optional<Api> api) throws ReplayException, IOException {
    Path root = root();
    requireCheckout(root);
    Settings settings = settings(root);
    // The engine starts before the checkout is looked at, and ends while the findings are judged.
    try (TerminalProgress progress = TerminalProgress.on(environment.err(), false);
        Lint lint =
            settings.start(environment, settings.bundledEngine(environment, false), progress)) {
      Report report;
      String linted;
      try (Checkout checkout = Checkout.open(root, settings.configuration().limits().file())) {
        lint.whileReplaying(this::warmUp);
        report = lint(lint, settings, checkout, root, event, api);
        linted = linted(checkout, event);
      } catch (SourceException e) {
        // What an input names and is not there is a mistake in the workflow.
        throw e.isMisnamed() ? new UsageException(e.getMessage()) : e;
      }
      // What comes now is no replay, and may take as long as GitHub does.
      progress.close();
      return report(report, linted, event, api);
    }
  }

  private void requireCheckout(Path root) {
    String directory = Input.WORKING_DIRECTORY.in(environment).orElse(".");
    if (!Files.isDirectory(root)) {
      throw new UsageException(
          "the input working-directory is `%s`, which is no directory of the workspace"
              .formatted(directory));
    }
    if (!Checkout.exists(root)) {
      throw new UsageException(
          "there is no checkout in the directory `%s` of the workspace; put a step with actions/checkout before this one, and where that has the input path, name the same with the input working-directory"
              .formatted(directory));
    }
  }

  /** Loads what the reports need, on one that is empty. */
  private void warmUp() {
    for (Format format : List.of(Format.TEXT, Format.SARIF, Format.JSON)) {
      format.render(Report.EMPTY, style(SuppressedResults.KEPT));
    }
    SummaryComment.render(Report.EMPTY, CommentContext.PLAIN, SummaryComment.COMMENT);
  }

  /** What an earlier push was told must not stand as if it were about this one. */
  private void sayNothingJudged(Unjudged why, Event event, Optional<Api> api) throws IOException {
    Severity failOn = Input.FAIL_ON.in(environment).flatMap(Severity::of).orElse(Severity.ERROR);
    Report report = Report.none(Drydock.Version.text(), failOn, why);
    outputs(report);
    publish(report, unlinted(event), event, api);
    environment.out().flush();
  }

  /** The commit that would have been linted, as far as the checkout tells. */
  private String unlinted(Event event) {
    try (Checkout checkout = Checkout.open(root(), FileTree.DEFAULT_LIMIT)) {
      return linted(checkout, event);
    } catch (SourceException e) {
      return runner.commit();
    }
  }

  private Path root() {
    return runner.workspace().resolve(Input.WORKING_DIRECTORY.in(environment).orElse("."));
  }

  private int report(Report report, String linted, Event event, Optional<Api> api)
      throws IOException {
    environment.out().print(Format.TEXT.render(report, style(SuppressedResults.KEPT)));
    outputs(report);
    publish(report, linted, event, api);
    environment.out().flush();
    return ExitStatus.of(report).code();
  }

  private void outputs(Report report) throws IOException {
    Map<String, String> outputs = files(report, style(SuppressedResults.KEPT));
    outputs.put(
        "verdict",
        switch (ExitStatus.of(report)) {
          case CLEAN -> "passed";
          case FINDINGS -> "failed";
          case USAGE, NO_VERDICT -> "none";
        });
    outputs.put("errors", Long.toString(report.count(Severity.ERROR)));
    outputs.put("warnings", Long.toString(report.count(Severity.WARNING)));
    outputs.put("infos", Long.toString(report.count(Severity.INFO)));
    runner.outputs(outputs);
  }

  private Settings settings(Path root) {
    Path top = Checkout.top(root).orElse(root);
    return Settings.read(
        environment,
        top,
        new Settings.Overrides(
            Input.CONFIG.in(environment).map(top::resolve),
            Input.ENGINE_VERSION.in(environment).map(major -> "postgresql@" + major),
            Input.FAIL_ON.in(environment),
            Input.LAYOUT.in(environment)));
  }

  private Report lint(
      Lint lint, Settings settings, Checkout checkout, Path root, Event event, Optional<Api> api)
      throws ReplayException {
    List<Path> directories =
        Input.DIR.lines(environment).stream()
            .map(directory -> checkout.relative(root, Path.of(directory)))
            .toList();
    Search search = settings.search(directories);
    Optional<String> head = Input.HEAD.in(environment);
    if (head.isEmpty() && event instanceof Event.PullRequest pull) {
      requireMoreThanTheTarget(checkout.head(), pull);
      requireItsTarget(checkout.head(), pull);
    }
    ChangeSet change =
        new Base(checkout, settings.configuration().limits().file(), api)
            .changes(event, Input.BASE.in(environment), head);
    Found found = new HistoryFinder(search.touched()).in(change);
    if (found.directories().isEmpty() && !search.directories().isEmpty()) {
      if (!found.passedOver().isEmpty()) {
        throw new UsageException(
            "%s; to read its files as another tool's, name that with the input layout"
                .formatted(found.passedOver().getFirst().described()));
      }
      if (!found.modules().isEmpty()) {
        throw new UsageException(found.modules().getFirst());
      }
      throw new UsageException(
          "there are no migrations in %s, neither before the change nor after it; name their directories with the input dir or in `.drydock.yml`"
              .formatted(
                  search.directories().stream()
                      .map(Path::toString)
                      .collect(Collectors.joining(", "))));
    }
    // What the change has for tools that are not known is news; what others left there is for the
    // log.
    found.passedOver().stream()
        .filter(over -> !over.touched())
        .map(over -> Printable.line("drydock: " + over.described() + ": left alone"))
        .forEach(environment.err()::println);
    return lint.runLast(
            found.histories(),
            settings.supplies(Optional.of(change), () -> checkout.commit(head.orElse("HEAD"))))
        .besides(found.unlooked())
        .judgedBy(settings.judging(change, checkout.commit(head.orElse("HEAD")), directories));
  }

  /** Refuses a checkout of the default branch, which is not what the comment is about. */
  private void requireMoreThanTheDefault(Event.Comment comment) {
    if (Input.HEAD.in(environment).isEmpty()
        && Checkout.exists(root())
        && unlinted(comment).equals(runner.commit())) {
      throw new UsageException(
          "the comment is on pull request %d, and the event issue_comment checks out the default branch, which holds nothing of it. Use the event pull_request. To lint when somebody asks, let the workflow see to it that you trust the pull request, whose SQL runs beside your secrets, and give actions/checkout `ref: refs/pull/%1$d/merge`"
              .formatted(comment.number()));
    }
  }

  /**
   * Refuses a checkout of the target branch, which holds nothing of the pull request: what is not
   * there has no findings, and those of earlier pushes would pass for fixed.
   */
  private void requireMoreThanTheTarget(Checkout.CommitIds tip, Event.PullRequest pull) {
    String id = tip.id();
    boolean target = id.equals(pull.base()) || (pull.target() && id.equals(runner.commit()));
    if (target && !id.equals(pull.head()) && !pull.isMergedIn(tip)) {
      throw new UsageException(
          "commit %s of the target branch is checked out%s, which holds nothing of the pull request; give actions/checkout `ref: ${{ github.event.pull_request.head.sha }}`"
              .formatted(id, pull.target() ? ", as pull_request_target does by default" : ""));
    }
  }

  /**
   * Refuses a merge with the branch that was the target before, in which the files of that branch
   * are.
   */
  private static void requireItsTarget(Checkout.CommitIds tip, Event.PullRequest pull) {
    if (pull.isMergedBeforeItsTarget(tip)) {
      throw new GitHubException(
          "The pull request has another target branch than before, and commit %s, which is checked out, is its merge with the former one. Close the pull request and open it again, or push to it: GitHub then merges it with the branch that it has now."
              .formatted(tip.id()));
    }
  }

  /**
   * The commit whose files are linted. What a job merged for itself GitHub does not know: that
   * stands for the event's own merge.
   */
  private String linted(Checkout checkout, Event event) {
    Optional<String> head = Input.HEAD.in(environment);
    if (head.isPresent()) {
      return checkout.ids(head.get()).id();
    }
    Checkout.CommitIds tip = checkout.head();
    String usual = runner.commit();
    boolean merged =
        event instanceof Event.PullRequest pull && !pull.target() && pull.isMergedIn(tip);
    return merged && !usual.isEmpty() ? usual : tip.id();
  }

  private Format.Style style(SuppressedResults suppressed) {
    String id = Input.ID.in(environment).orElse("drydock");
    return new Format.Style(
        environment.width(),
        Colours.NONE,
        id.equals("drydock") ? id : "drydock/" + id,
        suppressed,
        Optional.of(Drydock.HOME));
  }

  /** The files of the run, by the output that names each. */
  private Map<String, String> files(Report report, Format.Style style) throws IOException {
    Map<String, String> outputs = new LinkedHashMap<>();
    write(outputs, "sarif", Input.SARIF_FILE, Format.SARIF.render(report, style));
    write(outputs, "json", Input.JSON_FILE, Format.JSON.render(report, style));
    write(outputs, "report", Input.REPORT_FILE, Format.TEXT.render(report, style));
    return outputs;
  }

  private void write(Map<String, String> outputs, String output, Input input, String text)
      throws IOException {
    Optional<String> name = input.in(environment);
    if (name.isPresent()) {
      output(name.get()).write(text);
      outputs.put(output, name.get());
    } else {
      outputs.put(output, "");
    }
  }

  private OutputFile output(String name) {
    return OutputFile.contained(runner.workspace().resolve(name), runner.workspace());
  }

  private void publish(Report report, String linted, Event event, Optional<Api> api)
      throws IOException {
    boolean elsewhere = runner.isElsewhere(root(), linted, event);
    if (api.isEmpty()) {
      runner.summary(
          SummaryComment.render(report, CommentContext.PLAIN, SummaryComment.JOB_SUMMARY));
      annotate(report, elsewhere);
      return;
    }
    Publication publication =
        new Publication(
            api.get(),
            runner.run(Input.ID.in(environment).orElseThrow(), linted, elsewhere, event),
            event instanceof Event.PullRequest pull
                ? Optional.of(new Publication.Target(pull.number(), pull.head()))
                : Optional.empty());
    publication.comment(report, Input.REVIEW.isOn(environment), Input.COMMENT.isOn(environment));
    boolean annotated = Input.CHECK.isOn(environment) && publication.check(report);
    // Code scanning would take what is not there for fixed.
    if (Input.SARIF_UPLOAD.isOn(environment) && report.complete()) {
      publication.upload(Format.SARIF.render(report, style(SuppressedResults.LEFT_OUT)));
    }
    runner.end(publication, report);
    if (!annotated) {
      annotate(report, elsewhere);
    }
  }

  private void annotate(Report report, boolean elsewhere) {
    CheckTexts.workflowCommands(report, !elsewhere).forEach(environment.out()::println);
  }
}
