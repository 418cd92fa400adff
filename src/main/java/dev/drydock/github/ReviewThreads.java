package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.report.Report;
import dev.drydock.source.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Our comments on the lines of a pull request. */
final class ReviewThreads {
  private static final int MOST = 30;

  private final Api api;
  private final Authorship authorship;
  private final PullRequest pullRequest;

  ReviewThreads(Api api, Authorship authorship, PullRequest pullRequest) {
    this.api = api;
    this.authorship = authorship;
    this.pullRequest = pullRequest;
  }

  private record Ours(long id, String body, Marker marker) {}

  private record Anchor(String path, Lines lines) {}

  /**
   * What changed on the pull request.
   *
   * @param posted new comments
   * @param removed comments on what was fixed
   */
  record Result(int posted, int removed) {}

  /**
   * Comments on what is new, and takes back what is fixed.
   *
   * @param marker of this run
   */
  Result update(Report report, Marker marker) throws IOException {
    List<JsonNode> comments = api.list("/pulls/%d/comments".formatted(pullRequest.number()));
    List<Ours> ours = new ArrayList<>();
    Set<Long> answered = new HashSet<>();
    for (JsonNode comment : comments) {
      if (comment.hasNonNull("in_reply_to_id")) {
        answered.add(comment.path("in_reply_to_id").asLong());
      }
      String body = comment.path("body").asText("");
      Marker.of(body)
          .filter(known -> known.concerns(Marker.FINDING, marker.id()))
          .filter(known -> authorship.isOurs(comment))
          .ifPresent(known -> ours.add(new Ours(comment.path("id").asLong(), body, known)));
    }
    if (ours.stream().anyMatch(known -> known.marker().isNewerThan(marker))) {
      return new Result(0, 0);
    }
    Set<String> known = new HashSet<>();
    ours.forEach(comment -> known.addAll(comment.marker().fingerprints()));
    int posted = post(report, marker, known);
    Set<String> current = Comments.fingerprints(report.findings());
    int removed = 0;
    for (Ours comment : ours) {
      boolean open = !comment.marker().fingerprints().isEmpty();
      if (open && !comment.marker().hasAnyOf(current)) {
        takeBack(comment, answered.contains(comment.id()), marker);
        removed++;
      }
    }
    return new Result(posted, removed);
  }

  private void takeBack(Ours comment, boolean answered, Marker marker) throws IOException {
    String path = "/pulls/comments/%d".formatted(comment.id());
    if (!answered) {
      Api.Reply reply = api.call("DELETE", path, Optional.empty());
      if (reply.status() != 404) {
        reply.orThrow("review comment");
      }
      return;
    }
    String text = comment.body().substring(comment.body().indexOf('\n') + 1);
    String body =
        new Marker(
                    Marker.FINDING,
                    marker.id(),
                    marker.head(),
                    marker.run(),
                    marker.attempt(),
                    List.of())
                .text()
            + "Fixed in %s.\n\n<details><summary>What it was</summary>\n\n%s\n</details>\n"
                .formatted(marker.head(), text);
    api.call("PATCH", path, Optional.of(Map.of("body", body))).orThrow("review comment");
  }

  private int post(Report report, Marker marker, Set<String> known) throws IOException {
    Map<Anchor, List<Finding>> drafts = new LinkedHashMap<>();
    for (Finding finding : Comments.worstFirst(report.findings())) {
      boolean wanted = finding.severity().atLeast(Severity.WARNING);
      if (wanted && !known.contains(Marker.shortened(finding.fingerprint().value()))) {
        Optional<Anchor> anchor = anchor(finding, report);
        if (anchor.isPresent() && (drafts.containsKey(anchor.get()) || drafts.size() < MOST)) {
          drafts.computeIfAbsent(anchor.get(), any -> new ArrayList<>()).add(finding);
        }
      }
    }
    if (drafts.isEmpty()) {
      return 0;
    }
    List<Map<String, Object>> comments = new ArrayList<>();
    drafts.forEach((anchor, findings) -> comments.add(comment(anchor, findings, report, marker)));
    Api.Reply reply =
        api.call(
            "POST",
            "/pulls/%d/reviews".formatted(pullRequest.number()),
            Optional.of(
                Map.of(
                    "commit_id",
                    pullRequest.head(),
                    "event",
                    "COMMENT",
                    "body",
                    "Drydock has something to say about these migrations.",
                    "comments",
                    comments)));
    if (reply.status() != 422) {
      reply.orThrow("review");
      return comments.size();
    }
    int posted = 0;
    for (Map<String, Object> comment : comments) {
      Map<String, Object> single = new LinkedHashMap<>(comment);
      single.put("commit_id", pullRequest.head());
      Api.Reply one =
          api.call(
              "POST", "/pulls/%d/comments".formatted(pullRequest.number()), Optional.of(single));
      if (one.status() != 422) {
        one.orThrow("review comment");
        posted++;
      }
    }
    return posted;
  }

  private Optional<Anchor> anchor(Finding finding, Report report) throws IOException {
    String path = CheckRun.path(finding);
    Optional<SourceFile> text = Optional.ofNullable(report.files().get(finding.location().file()));
    return pullRequest
        .anchor(path, Lines.of(finding.location()), text)
        .map(lines -> new Anchor(path, lines));
  }

  private Map<String, Object> comment(
      Anchor anchor, List<Finding> findings, Report report, Marker marker) {
    Optional<SourceFile> file =
        Optional.ofNullable(report.files().get(findings.getFirst().location().file()));
    boolean same = Lines.of(findings.getFirst().location()).equals(anchor.lines());
    Map<String, Object> comment = new LinkedHashMap<>();
    comment.put("path", anchor.path());
    comment.put(
        "body",
        marker.with(List.copyOf(Comments.fingerprints(findings))).text()
            + Comments.inline(findings, file, same));
    comment.put("line", anchor.lines().last());
    comment.put("side", "RIGHT");
    if (anchor.lines().first() < anchor.lines().last()) {
      comment.put("start_line", anchor.lines().first());
      comment.put("start_side", "RIGHT");
    }
    return comment;
  }
}
