package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.report.CommentMarker;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The one summary comment of a pull request, which later runs edit. */
final class StickyComment {
  /** As GitHub takes it. */
  private static final int LONGEST = 65_536;

  private final Api api;
  private final Authorship authorship;
  private final PullRequest pullRequest;

  StickyComment(Api api, Authorship authorship, PullRequest pullRequest) {
    this.api = api;
    this.authorship = authorship;
    this.pullRequest = pullRequest;
  }

  /**
   * One that stands.
   *
   * @param above what a person has written above our text
   */
  private record Existing(long id, String body, String above, CommentMarker marker) {
    boolean isAsWritten() {
      return above.isEmpty();
    }
  }

  /**
   * Writes it, unless a newer run was faster, or there is none yet and a push has come since.
   *
   * @param needed whether to make one when there is none
   * @param text the whole comment, given the marker of the one it takes the place of
   */
  void write(CommentMarker marker, boolean needed, Function<Optional<CommentMarker>, String> text)
      throws IOException {
    Optional<Existing> existing = oldest(marker.id());
    if (existing.isPresent()) {
      if (!marker.isOlderThan(existing.get().marker())) {
        edit(existing.get(), text.apply(Optional.of(existing.get().marker())));
      }
    } else if (needed && !pullRequest.isOvertaken()) {
      String body = text.apply(Optional.empty());
      long created =
          api.call(
                  "POST",
                  "/issues/%d/comments".formatted(pullRequest.number()),
                  Optional.of(Map.of("body", body)))
              .orThrow("summary comment")
              .json()
              .path("id")
              .asLong();
      settle(created, marker, text);
    }
  }

  /** Another run may have made one at the same time: the older comment stays, ours goes. */
  private void settle(
      long created, CommentMarker marker, Function<Optional<CommentMarker>, String> text)
      throws IOException {
    Optional<Existing> first = oldest(marker.id());
    if (first.isEmpty() || first.get().id() >= created) {
      return;
    }
    api.call("DELETE", "/issues/comments/%d".formatted(created), Optional.empty())
        .orThrow("summary comment");
    if (!marker.isOlderThan(first.get().marker())) {
      edit(first.get(), text.apply(Optional.of(first.get().marker())));
    }
  }

  private void edit(Existing existing, String text) throws IOException {
    boolean fits = existing.above().length() + text.length() <= LONGEST;
    String body = fits ? existing.above() + text : text;
    if (!existing.body().equals(body)) {
      api.call(
              "PATCH",
              "/issues/comments/%d".formatted(existing.id()),
              Optional.of(Map.of("body", body)))
          .orThrow("summary comment");
    }
  }

  private Optional<Existing> oldest(String id) throws IOException {
    List<JsonNode> comments = api.list("/issues/%d/comments".formatted(pullRequest.number()));
    return comments.stream()
        .flatMap(comment -> existing(comment).stream())
        .filter(existing -> existing.marker().id().equals(id))
        .min(
            // What another tool of the same login repeats of a stranger's words is no better.
            Comparator.comparing((Existing existing) -> !existing.isAsWritten())
                .thenComparingLong(Existing::id));
  }

  private Optional<Existing> existing(JsonNode comment) {
    String body = comment.path("body").asText("");
    OptionalInt at = CommentMarker.below(body);
    return at.isEmpty()
        ? Optional.empty()
        : CommentMarker.read(body.substring(at.getAsInt()))
            .filter(unused -> authorship.isOurs(comment))
            .map(
                marker ->
                    new Existing(
                        comment.path("id").asLong(),
                        body,
                        body.substring(0, at.getAsInt()),
                        marker));
  }
}
