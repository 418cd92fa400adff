package dev.drydock.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The inputs of the action, as {@code action.yml} has them. */
enum Input {
  TOKEN("", "Token for GitHub's API; in action.yml the workflow's own, `${{ github.token }}`."),
  FAIL_ON(
      "",
      "Fail when a finding is at least this severe: `error`, `warning` or `info`. Default: as `.drydock.yml` says, else `error`."),
  CONFIG(
      "",
      "Configuration file, relative to the root of the repository. Default: `.drydock.yml` there."),
  DIR(
      "",
      "Directories to look for migrations in, a line each, relative to the working directory. Default: as `.drydock.yml` says, else everywhere."),
  LAYOUT("", "How the migrations are laid out. Default: recognised."),
  ENGINE_VERSION(
      "", "Major version of PostgreSQL to run on. Default: as `.drydock.yml` says, else 17."),
  BASE("", "Revision or commit id to compare with. Default: taken from the event."),
  HEAD(
      "",
      "Revision that holds the change, which has to be in the checkout. Default: what is checked out."),
  COMMENT("true", "Whether to keep one summary comment on the pull request."),
  REVIEW("true", "Whether to comment on the lines of new findings."),
  CHECK(
      "true",
      "Whether to make a check run with an annotation for each finding; without the permission, or with `false`, the log annotates the worst."),
  SARIF_UPLOAD("false", "Whether to upload the findings to code scanning."),
  SARIF_FILE("drydock.sarif", "Where to write the SARIF report, suppressed findings included."),
  JSON_FILE("drydock.json", "Where to write the JSON report, which `drydock report --from` posts."),
  REPORT_FILE("", "Where to write the text report too. Default: nowhere but the log."),
  ID(
      "drydock",
      "Tells the comments, check and code-scanning category of several uses of the action on one pull request apart."),
  ALLOW_PULL_REQUEST_TARGET(
      "false",
      "Whether to replay under `pull_request_target`, where the SQL of a stranger runs beside your secrets."),
  FROM(
      "",
      "Post this JSON report of a run without rights instead of linting; for workflows on `workflow_run`."),
  PULL_REQUEST("", "With `from`: the number of the pull request that the report is about."),
  WORKING_DIRECTORY(".", "Directory of the checkout, relative to the workspace.");

  private final String standard;
  private final String meaning;

  Input(String standard, String meaning) {
    this.standard = standard;
    this.meaning = meaning;
  }

  /** As {@code action.yml} spells it. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String standard() {
    return standard;
  }

  String meaning() {
    return meaning;
  }

  /** Its value, or the default; nothing when neither says anything. */
  Optional<String> in(Environment environment) {
    // The runner keeps dashes; some shells on the way drop such names, so both are read.
    String value = environment.variable("INPUT_" + name().replace('_', '-'));
    if (value.isBlank()) {
      value = environment.variable("INPUT_" + name());
    }
    String given = value.isBlank() ? standard : value.strip();
    return given.isEmpty() ? Optional.empty() : Optional.of(given);
  }

  /** The lines of its value that say something. */
  List<String> lines(Environment environment) {
    return in(environment).stream()
        .flatMap(String::lines)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  boolean isOn(Environment environment) {
    String value = in(environment).orElse("false").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new UsageException(
              "the input %s is true or false, not `%s`".formatted(id(), value));
    };
  }
}
