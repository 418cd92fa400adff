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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.github.HttpException;

/** Our comments on the lines of a pull request, one for each place that has findings. */
final class ReviewThreads {
  private static final int UNPROCESSABLE = 422;

  private final Api api;
  private final Authorship authorship;
  private final PullRequest pullRequest;
  private final Author author;
  private boolean tookNone;

  /**
   * @param author who signs this run's comments
   */
  ReviewThreads(Api api, Authorship authorship, PullRequest pullRequest, Author author) {
    this.api = api;
    this.authorship = authorship;
    this.pullRequest = pullRequest;
    this.author = author;
  }

  /**
   * A comment that stands.
   *
   * @param node what GraphQL calls it
   * @param about the findings it was written about
   * @param lines those it stands at; absent when a push has changed them
   * @param answered whether somebody replied, below it or in it
   */
  private record Ours(
      long id,
      String node,
      String body,
      List<Fingerprint> about,
      Author by,
      Optional<Lines> lines,
      boolean answered) {
    boolean isOpen() {
      return !InlineComment.isClosed(body);
    }
  }

  /** What a report makes of the comments that stand. */
  private static final class Plan {
    /** By the comment, what it is to be about; nothing when all of that is fixed. */
    final Map<Ours, Set<Fingerprint>> standing = new LinkedHashMap<>();

    final List<List<Finding>> fresh = new ArrayList<>();

    Plan(Report report, List<Ours> open) {
      Map<Fingerprint, Finding> current = byFingerprint(report);
      Set<Fingerprint> told = new HashSet<>();
      for (Ours comment : open) {
        Set<Fingerprint> left = new LinkedHashSet<>(comment.about());
        // A request that was sent twice may have left two comments on one finding.
        left.removeIf(one -> !current.containsKey(one) || !told.add(one));
        standing.put(comment, left);
      }
      List<Finding> wanted =
          current.values().stream()
              .filter(
                  finding ->
                      finding.severity().atLeast(Severity.WARNING)
                          // What fails the job is worth a line, however mild.
                          || finding.severity().atLeast(report.failOn()))
              .toList();
      for (List<Finding> place : InlineComment.places(report, wanted)) {
        List<Finding> untold =
            place.stream().filter(finding -> !told.contains(finding.fingerprint())).toList();
        Optional<Set<Fingerprint>> here =
            standing.values().stream()
                .filter(one -> place.stream().map(Finding::fingerprint).anyMatch(one::contains))
                .findFirst();
        if (here.isPresent()) {
          untold.stream()
              .limit(Math.max(0, InlineComment.MOST - here.get().size()))
              .forEach(finding -> here.get().add(finding.fingerprint()));
        } else {
          fresh.add(untold);
        }
      }
    }
  }

  /**
   * Comments on what is new, and takes back what is fixed; a newer run's comments stay.
   *
   * @throws IOException also when GitHub took none of what is new
   */
  void update(Report report, Links links) throws IOException {
    renew(report, links);
    if (tookNone) {
      throw new HttpException("", UNPROCESSABLE, "", "review comments");
    }
  }

  private void renew(Report report, Links links) throws IOException {
    List<Ours> ours = ours();
    if (ours.stream().anyMatch(comment -> comment.by().isNewerThan(author))
        || pullRequest.isOvertaken()) {
      return;
    }
    List<Ours> open = ours.stream().filter(Ours::isOpen).collect(Collectors.toList());
    List<Ours> lost = lost(open, report, links);
    open.removeAll(lost);
    Map<Fingerprint, Finding> current = byFingerprint(report);
    Plan plan = new Plan(report, open);
    CommentRoom room = new CommentRoom();
    plan.standing.values().stream()
        .filter(left -> !left.isEmpty())
        .forEach(left -> room.take(left.stream().map(current::get).toList()));
    boolean posted = post(report, links, plan.fresh, room);
    for (Ours comment : lost) {
      delete(comment);
    }
    if (posted) {
      settle(report, ours);
    }
    if (!report.complete()) {
      // What was not judged is not fixed.
      return;
    }
    for (Map.Entry<Ours, Set<Fingerprint>> each : plan.standing.entrySet()) {
      Ours comment = each.getKey();
      Set<Fingerprint> left = each.getValue();
      if (comment.by().equals(author)) {
        // Said in this very run, by another use of the action: what that saw is not known here.
        continue;
      }
      if (left.isEmpty()) {
        takeBack(comment, report);
      } else {
        List<Finding> findings = left.stream().map(current::get).toList();
        edit(comment, InlineComment.of(report, findings, links), report);
      }
    }
  }

  /**
   * Comments whose lines a push has changed, or whose file it has renamed, so that GitHub folds
   * them away, while what they say holds at other lines. One that people have answered or resolved
   * stays where they did.
   */
  private List<Ours> lost(List<Ours> open, Report report, Links links) throws IOException {
    Map<Fingerprint, Finding> current = byFingerprint(report);
    List<Ours> lost = new ArrayList<>();
    for (Ours comment : open) {
      List<Finding> left =
          comment.about().stream().filter(current::containsKey).map(current::get).toList();
      if (comment.lines().isEmpty()
          && !comment.answered()
          && !left.isEmpty()
          && anchor(InlineComment.of(report, left, links), report).isPresent()) {
        lost.add(comment);
      }
    }
    Set<String> resolved = lost.isEmpty() ? Set.of() : pullRequest.resolved();
    lost.removeIf(comment -> resolved.contains(comment.node()));
    return lost;
  }

  /**
   * Another run may have said the same at the same time: what was said first stays.
   *
   * @param before what stood before this run said anything
   */
  private void settle(Report report, List<Ours> before) throws IOException {
    Set<Long> others = before.stream().map(Ours::id).collect(Collectors.toSet());
    List<Ours> open = ours().stream().filter(Ours::isOpen).toList();
    for (Map.Entry<Ours, Set<Fingerprint>> each : new Plan(report, open).standing.entrySet()) {
      Ours comment = each.getKey();
      if (each.getValue().isEmpty()
          && comment.by().equals(author)
          && !others.contains(comment.id())) {
        delete(comment);
      }
    }
  }

  private static Map<Fingerprint, Finding> byFingerprint(Report report) {
    Map<Fingerprint, Finding> all = new HashMap<>();
    report.findings().forEach(finding -> all.put(finding.fingerprint(), finding));
    return all;
  }

  /** All of ours, in the order in which they were made. */
  private List<Ours> ours() throws IOException {
    List<JsonNode> comments = api.list("/pulls/%d/comments".formatted(pullRequest.number()));
    Set<Long> answered = new HashSet<>();
    comments.forEach(comment -> answered.add(comment.path("in_reply_to_id").asLong()));
    return comments.stream()
        .flatMap(comment -> ours(comment, answered).stream())
        .sorted(Comparator.comparingLong(Ours::id))
        .toList();
  }

  private Optional<Ours> ours(JsonNode comment, Set<Long> answered) {
    String body = comment.path("body").asText("");
    Optional<Author> by = Author.of(body).filter(other -> other.id().equals(author.id()));
    List<Fingerprint> about = InlineComment.read(body);
    long id = comment.path("id").asLong();
    int last = comment.path("line").asInt(0);
    Optional<Lines> lines =
        last == 0
            ? Optional.empty()
            : Optional.of(new Lines(comment.path("start_line").asInt(last), last));
    return by.isPresent() && !about.isEmpty() && authorship.isOurs(comment)
        ? Optional.of(
            new Ours(
                id,
                comment.path("node_id").asText(""),
                body,
                about,
                by.get(),
                lines,
                answered.contains(id) || Author.isWrittenBelow(body)))
        : Optional.empty();
  }

  private void takeBack(Ours comment, Report report) throws IOException {
    if (comment.answered()) {
      patch(
          comment,
          InlineComment.closed(
              Author.unsigned(comment.body()),
              InlineComment.Ending.of(comment.about(), report),
              pullRequest.head()));
    } else {
      delete(comment);
    }
  }

  private void delete(Ours comment) throws IOException {
    Api.Reply reply =
        api.call("DELETE", "/pulls/comments/%d".formatted(comment.id()), Optional.empty());
    if (reply.status() != 404) {
      reply.orThrow("review comment");
    }
  }

  /**
   * Some of what it was about is fixed, there is more to say at its place, or what it says is no
   * longer so: another statement may have come before its own.
   */
  private void edit(Ours comment, InlineComment now, Report report) throws IOException {
    // It stays at its lines, which its suggestion would replace.
    boolean offers =
        anchor(now, report)
            .filter(comment.lines().stream().toList()::contains)
            .filter(lines -> whole(now, lines))
            .isPresent();
    String body = (offers ? now : now.withoutSuggestion()).body();
    Set<Fingerprint> left = new HashSet<>();
    now.findings().forEach(finding -> left.add(finding.fingerprint()));
    List<Fingerprint> gone = comment.about().stream().filter(one -> !left.contains(one)).toList();
    if (comment.answered() && !gone.isEmpty()) {
      body +=
          InlineComment.partlyClosed(
              gone.size(), InlineComment.Ending.of(gone, report), pullRequest.head());
    } else if (comment.answered() && left.equals(Set.copyOf(comment.about()))) {
      // People have answered to what it says.
      body = InlineComment.answered(Author.unsigned(comment.body()), body);
    }
    if (!Author.unsigned(comment.body()).strip().equals(body.strip())) {
      patch(comment, body);
    }
  }

  private void patch(Ours comment, String body) throws IOException {
    api.call(
            "PATCH",
            "/pulls/comments/%d".formatted(comment.id()),
            Optional.of(Map.of("body", author.sign(body))))
        .orThrow("review comment");
  }

  /** Whether there was anything to post; what there is no room for is in the summary. */
  private boolean post(Report report, Links links, List<List<Finding>> places, CommentRoom room)
      throws IOException {
    List<Map<String, Object>> comments = new ArrayList<>();
    for (List<Finding> place : places) {
      if (!room.isThereFor(place)) {
        continue;
      }
      InlineComment comment = InlineComment.of(report, place, links);
      Optional<Lines> lines = anchor(comment, report);
      if (lines.isPresent()) {
        comments.add(draft(comment, lines.get()));
        room.take(place);
      }
    }
    if (comments.isEmpty()) {
      return false;
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
    if (reply.status() == UNPROCESSABLE) {
      postOneByOne(comments);
    } else {
      reply.orThrow("review");
    }
    return true;
  }

  /** One bad place makes GitHub refuse them all; the summary has what is refused alone too. */
  private void postOneByOne(List<Map<String, Object>> comments) throws IOException {
    tookNone = true;
    for (Map<String, Object> comment : comments) {
      Map<String, Object> single = new LinkedHashMap<>(comment);
      single.put("commit_id", pullRequest.head());
      Api.Reply one =
          api.call(
              "POST", "/pulls/%d/comments".formatted(pullRequest.number()), Optional.of(single));
      if (one.status() != UNPROCESSABLE) {
        one.orThrow("review comment");
        tookNone = false;
      }
    }
  }

  /** Its lines in the diff that reviewers see; nothing when they are not there. */
  private Optional<Lines> anchor(InlineComment comment, Report report) throws IOException {
    Optional<SourceFile> text = Optional.ofNullable(report.files().get(comment.file()));
    Lines linted = new Lines(comment.startLine(), comment.endLine());
    return pullRequest.anchor(PullRequest.path(comment.file()), linted, text);
  }

  private static boolean whole(InlineComment comment, Lines lines) {
    return lines.last() - lines.first() == comment.endLine() - comment.startLine();
  }

  private Map<String, Object> draft(InlineComment comment, Lines lines) {
    // A suggestion replaces the comment's lines, so on fewer of them it would be a wrong one.
    InlineComment shown = whole(comment, lines) ? comment : comment.withoutSuggestion();
    Map<String, Object> draft = new LinkedHashMap<>();
    draft.put("path", PullRequest.path(shown.file()));
    draft.put("body", author.sign(shown.body()));
    draft.put("line", lines.last());
    draft.put("side", "RIGHT");
    if (lines.first() < lines.last()) {
      draft.put("start_line", lines.first());
      draft.put("start_side", "RIGHT");
    }
    return draft;
  }
}
