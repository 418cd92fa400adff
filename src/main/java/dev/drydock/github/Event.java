package dev.drydock.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.source.Checkout;
import java.util.regex.Pattern;

/** What made the workflow run, as far as it says which change to look at. */
public sealed interface Event {
  Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /**
   * A pull request was opened or got new commits.
   *
   * @param number as its address has it
   * @param base tip of the target branch, an id
   * @param head tip of the pull request's branch, an id
   * @param target whether the event is {@code pull_request_target}, which runs with secrets
   * @param retargeted whether the event is that it got another target branch
   */
  record PullRequest(int number, String base, String head, boolean target, boolean retargeted)
      implements Event {

    /** Whether a commit is a merge of it into the target branch that it had before. */
    public boolean isMergedBeforeItsTarget(Checkout.CommitIds commit) {
      return retargeted && isMergedIn(commit) && !commit.parents().getFirst().equals(base);
    }

    /** Whether a commit is a merge of it into something, as GitHub makes one. */
    public boolean isMergedIn(Checkout.CommitIds commit) {
      return commit.parents().size() == 2 && commit.parents().get(1).equals(head);
    }
  }

  /**
   * Commits were pushed to a branch.
   *
   * @param before its tip before; zeros for a new branch
   */
  record Push(String before, boolean forced, String defaultBranch) implements Event {
    boolean isNew() {
      return before.matches("0+");
    }
  }

  /** The merge queue asks whether a group of pull requests may be merged. */
  record MergeGroup(String base) implements Event {}

  /**
   * Another workflow ended; what it left behind may be posted now.
   *
   * @param headSha the commit it ran for
   */
  record WorkflowRun(String headSha) implements Event {}

  /** Somebody commented on a pull request; the workflow runs for the default branch. */
  record Comment(int number, String defaultBranch) implements Event {}

  /** Somebody or a clock started it. */
  record Other(String defaultBranch) implements Event {}

  /**
   * The event in a payload.
   *
   * @param name as in {@code GITHUB_EVENT_NAME}
   * @param json as in the file at {@code GITHUB_EVENT_PATH}
   * @throws GitHubException when the payload lacks what the event should have
   */
  static Event read(String name, String json) {
    JsonNode payload;
    try {
      payload = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new GitHubException(
          "The event payload is not JSON (line %d), so the change cannot be found. Check the file that GITHUB_EVENT_PATH names."
              .formatted(e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
    }
    String standard = payload.at("/repository/default_branch").asText("main");
    return switch (name) {
      case "pull_request",
          "pull_request_target",
          "pull_request_review",
          "pull_request_review_comment" -> {
        JsonNode pull = payload.path("pull_request");
        if (!pull.path("number").isInt()) {
          throw lacks(name, "pull_request.number");
        }
        yield new PullRequest(
            pull.path("number").intValue(),
            id(name, payload, "/pull_request/base/sha"),
            id(name, payload, "/pull_request/head/sha"),
            name.equals("pull_request_target"),
            payload.at("/changes/base").isObject());
      }
      case "push" ->
          payload.path("deleted").asBoolean()
              // Of a branch that is gone nothing is checked out: the run is on the default branch.
              ? new Other(standard)
              : new Push(
                  id(name, payload, "/before"), payload.path("forced").asBoolean(), standard);
      case "merge_group" -> new MergeGroup(id(name, payload, "/merge_group/base_sha"));
      case "workflow_run" -> new WorkflowRun(id(name, payload, "/workflow_run/head_sha"));
      case "issue_comment" ->
          payload.at("/issue/pull_request").isObject()
              ? new Comment(payload.at("/issue/number").asInt(), standard)
              : new Other(standard);
      default -> new Other(standard);
    };
  }

  private static String id(String name, JsonNode payload, String pointer) {
    String text = payload.at(pointer).asText("");
    if (!ID.matcher(text).matches()) {
      throw lacks(name, pointer.substring(1).replace('/', '.'));
    }
    return text;
  }

  private static GitHubException lacks(String name, String what) {
    return new GitHubException(
        "The payload of the event %s has no %s, so the change cannot be found. Check the file that GITHUB_EVENT_PATH names."
            .formatted(name, what));
  }
}
