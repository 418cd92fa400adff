package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Severity;
import dev.drydock.report.InlineComment;
import dev.drydock.report.Links;
import dev.drydock.report.Report;
import dev.drydock.source.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Our comments on the lines of a pull request. */
final class ReviewThreads {
  private static final int MOST = 30;

  private final Api api;
  private final Authorship authorship;
  private final PullRequest pullRequest;
  private final Author author;

  /**
   * @param author who signs this run's comments
   */
  ReviewThreads(Api api, Authorship authorship, PullRequest pullRequest, Author author) {
    this.api = api;
    this.authorship = authorship;
    this.pullRequest = pullRequest;
    this.author = author;
  }

  private record Ours(long id, String body, Fingerprint about, Author by) {
    boolean isOpen() {
      return !InlineComment.isFixed(body);
    }
  }

  /** Comments on what is new, and takes back what is fixed; a newer run's comments stay. */
  void update(Report report, Links links) throws IOException {
    List<Ours> ours = new ArrayList<>();
    Set<Long> answered = new HashSet<>();
    for (JsonNode comment : api.list("/pulls/%d/comments".formatted(pullRequest.number()))) {
      if (comment.hasNonNull("in_reply_to_id")) {
        answered.add(comment.path("in_reply_to_id").asLong());
      }
      ours(comment).ifPresent(ours::add);
    }
    if (ours.stream().anyMatch(comment -> comment.by().isNewerThan(author))) {
      return;
    }
    ours.sort(Comparator.comparingLong(Ours::id));
    Set<Fingerprint> current =
        report.findings().stream().map(Finding::fingerprint).collect(Collectors.toSet());
    Set<Fingerprint> known = new HashSet<>();
    List<Ours> outdated = new ArrayList<>();
    for (Ours comment : ours) {
      // A request that was sent twice may have left two comments on one finding.
      if (comment.isOpen() && !(current.contains(comment.about()) && known.add(comment.about()))) {
        outdated.add(comment);
      }
    }
    post(report, links, known);
    for (Ours comment : outdated) {
      takeBack(comment, answered.contains(comment.id()));
    }
  }

  private Optional<Ours> ours(JsonNode comment) {
    String body = comment.path("body").asText("");
    Optional<Author> by = Author.of(body).filter(other -> other.id().equals(author.id()));
    Optional<Fingerprint> about = InlineComment.read(body);
    return by.isPresent() && about.isPresent() && authorship.isOurs(comment)
        ? Optional.of(new Ours(comment.path("id").asLong(), body, about.get(), by.get()))
        : Optional.empty();
  }

  private void takeBack(Ours comment, boolean answered) throws IOException {
    String path = "/pulls/comments/%d".formatted(comment.id());
    if (answered) {
      String body = InlineComment.fixed(Author.unsigned(comment.body()), pullRequest.head());
      api.call("PATCH", path, Optional.of(Map.of("body", author.sign(body))))
          .orThrow("review comment");
      return;
    }
    Api.Reply reply = api.call("DELETE", path, Optional.empty());
    if (reply.status() != 404) {
      reply.orThrow("review comment");
    }
  }

  private void post(Report report, Links links, Set<Fingerprint> known) throws IOException {
    List<Finding> wanted =
        report.findings().stream()
            .filter(finding -> finding.severity().atLeast(Severity.WARNING))
            .filter(finding -> !known.contains(finding.fingerprint()))
            .toList();
    List<Map<String, Object>> comments = new ArrayList<>();
    for (InlineComment comment : InlineComment.all(report, wanted, links)) {
      Optional<SourceFile> text = Optional.ofNullable(report.files().get(comment.file()));
      Lines linted = new Lines(comment.startLine(), comment.endLine());
      Optional<Lines> lines = pullRequest.anchor(PullRequest.path(comment.file()), linted, text);
      if (lines.isPresent()
          // Those that stand from earlier pushes count: the rest is in the summary.
          && known.size() < MOST
          && known.add(comment.finding().fingerprint())) {
        comments.add(draft(comment, linted, lines.get()));
      }
    }
    if (comments.isEmpty()) {
      return;
    }
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
                    // What a review says itself cannot be deleted, and would stay when its comments
                    // are gone.
                    "body",
                    "",
                    "comments",
                    comments)));
    if (reply.status() != 422) {
      reply.orThrow("review");
      return;
    }
    // One bad place makes GitHub refuse them all; the summary has what is refused alone too.
    for (Map<String, Object> comment : comments) {
      Map<String, Object> single = new LinkedHashMap<>(comment);
      single.put("commit_id", pullRequest.head());
      Api.Reply one =
          api.call(
              "POST", "/pulls/%d/comments".formatted(pullRequest.number()), Optional.of(single));
      if (one.status() != 422) {
        one.orThrow("review comment");
      }
    }
  }

  private Map<String, Object> draft(InlineComment comment, Lines linted, Lines lines) {
    boolean whole = lines.last() - lines.first() == linted.last() - linted.first();
    // A suggestion replaces the comment's lines, so on fewer of them it would be a wrong one.
    String body =
        whole ? comment.body() : comment.body().replaceAll("(?m)^(`{3,})suggestion$", "$1sql");
    Map<String, Object> draft = new LinkedHashMap<>();
    draft.put("path", PullRequest.path(comment.file()));
    draft.put("body", author.sign(body));
    draft.put("line", lines.last());
    draft.put("side", "RIGHT");
    if (lines.first() < lines.last()) {
      draft.put("start_line", lines.first());
      draft.put("start_side", "RIGHT");
    }
    return draft;
  }
}
