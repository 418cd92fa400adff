package dev.drydock.cli;

import dev.drydock.github.Api;
import dev.drydock.github.Connector;
import dev.drydock.github.EnvironmentProxies;
import dev.drydock.github.Event;
import dev.drydock.github.Publication;
import dev.drydock.report.Report;
import dev.drydock.source.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GitHub Actions runner around a run: what it says in the environment, and the files it reads.
 */
final class Runner {
  /** As actions/checkout names a repository, over https or ssh: its server and its name. */
  private static final Pattern HOSTED =
      Pattern.compile(
          "(?:\\w+://)?(?:[^/@]+@)?([^/:@]+)(?::\\d+(?=/))?[/:]([^/]+/[^/]+?)(?:\\.git)?/?");

  private final Environment environment;

  Runner(Environment environment) {
    this.environment = environment;
  }

  Path workspace() {
    String workspace = environment.variable("GITHUB_WORKSPACE");
    return workspace.isEmpty() ? environment.directory() : Path.of(workspace);
  }

  Event event() throws IOException {
    String name = environment.variable("GITHUB_EVENT_NAME");
    String file = environment.variable("GITHUB_EVENT_PATH");
    if (name.isEmpty() || file.isEmpty()) {
      throw new UsageException(
          "GITHUB_EVENT_NAME or GITHUB_EVENT_PATH is not set: this command is what the GitHub Action runs. On a terminal, use `drydock lint`.");
    }
    return Event.read(name, Files.readString(Path.of(file)));
  }

  /** GitHub, when there is a token. */
  Optional<Api> api(Optional<String> token) {
    String repository = environment.variable("GITHUB_REPOSITORY");
    if (token.isEmpty() || repository.isEmpty()) {
      return Optional.empty();
    }
    String endpoint = or("GITHUB_API_URL", "https://api.github.com");
    EnvironmentProxies proxies = new EnvironmentProxies(environment.variables());
    if (proxies.haveLogin()) {
      environment.allowPasswordsForTunnels();
    }
    return Optional.of(
        new Api(
            new Connector(Clock.systemUTC(), Connector.Patience.USUAL, proxies),
            URI.create(endpoint),
            URI.create(or("GITHUB_GRAPHQL_URL", endpoint.replaceAll("/v3/?$", "") + "/graphql")),
            repository,
            token.get()));
  }

  /**
   * This run.
   *
   * @param id the input of that name
   * @param linted the commit that its report is about
   * @param elsewhere whether that is a submodule's or another repository's
   */
  Publication.Run run(String id, String linted, boolean elsewhere, Event event) {
    return new Publication.Run(
        id,
        number("GITHUB_RUN_ID"),
        (int) number("GITHUB_RUN_ATTEMPT"),
        linted,
        elsewhere ? Optional.of(commit()) : Optional.empty(),
        ref(linted, event),
        URI.create(server() + "/" + environment.variable("GITHUB_REPOSITORY")),
        event instanceof Event.WorkflowRun);
  }

  /**
   * Whether a checkout is a submodule's or another repository's than the workflow's. Of a fork's,
   * the workflow's own has the commits of pull requests.
   */
  boolean isElsewhere(Path root, String linted, Event event) {
    return Checkout.isModule(root)
        || (ref(linted, event).isEmpty()
            && Checkout.origin(root).filter(this::isAnothers).isPresent());
  }

  /** What lies on another server may be a copy. */
  private boolean isAnothers(String origin) {
    Matcher address = HOSTED.matcher(origin);
    return address.matches()
        && address.group(1).equalsIgnoreCase(URI.create(server()).getHost())
        && !address.group(2).equalsIgnoreCase(environment.variable("GITHUB_REPOSITORY"));
  }

  private String server() {
    return or("GITHUB_SERVER_URL", "https://github.com");
  }

  /** The commit that the event is about; of a pull request, GitHub's own merge of it. */
  String commit() {
    return environment.variable("GITHUB_SHA");
  }

  /** What a commit is the tip of, as far as the event tells. */
  private Optional<String> ref(String linted, Event event) {
    if (linted.equals(commit())) {
      return Optional.of(environment.variable("GITHUB_REF")).filter(ref -> !ref.isEmpty());
    }
    return event instanceof Event.PullRequest pull && linted.equals(pull.head())
        ? Optional.of("refs/pull/%d/head".formatted(pull.number()))
        : Optional.empty();
  }

  private long number(String name) {
    try {
      return Long.parseLong(environment.variable(name));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String or(String name, String standard) {
    String value = environment.variable(name);
    return value.isEmpty() ? standard : value;
  }

  /** Sets outputs of the step; each is one line. */
  void outputs(Map<String, String> values) {
    StringBuilder lines = new StringBuilder();
    values.forEach(
        (name, value) ->
            lines.append(name).append('=').append(value.replaceAll("[\\r\\n]", " ")).append('\n'));
    append("GITHUB_OUTPUT", lines.toString());
  }

  /** Writes the summary of the job, and what went wrong with what was published. */
  void end(Publication publication, Report report) {
    summary(publication.jobSummary(report));
    publication
        .warnings()
        .forEach(warning -> environment.out().println("drydock: warning: " + warning));
  }

  void summary(String markdown) {
    append("GITHUB_STEP_SUMMARY", markdown);
  }

  private void append(String variable, String text) {
    String file = environment.variable(variable);
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(Path.of(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      environment.say(
          "warning: %s cannot be written, which %s names: %s. The verdict is unchanged."
              .formatted(file, variable, Problem.of(e)));
    }
  }
}
