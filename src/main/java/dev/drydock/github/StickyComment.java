package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.report.CommentMarker;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The one summary comment of a pull request, which later runs edit. */
final class StickyComment {
  private final Api api;
  private final Authorship authorship;
  private final int pullRequest;

  StickyComment(Api api, Authorship authorship, int pullRequest) {
    this.api = api;
    this.authorship = authorship;
    this.pullRequest = pullRequest;
  }

  /** What became of it. */
  enum Result {
    CREATED,
    EDITED,
    /** It says so already. */
    UNCHANGED,
    /** A newer run was faster. */
    LEFT_TO_NEWER,
    /** There is nothing to say, and no comment that says otherwise. */
    NOT_NEEDED
  }

  private record Existing(long id, String body, CommentMarker marker) {}

  /**
   * Writes it.
   *
   * @param needed whether to make one when there is none
   * @param text the whole comment, given the marker of the one it takes the place of
   */
  Result write(CommentMarker marker, boolean needed, Function<Optional<CommentMarker>, String> text)
      throws IOException {
    Optional<Existing> existing = oldest(marker.id());
    if (existing.isPresent()) {
      if (marker.isOlderThan(existing.get().marker())) {
        return Result.LEFT_TO_NEWER;
      }
      return edit(existing.get(), text.apply(Optional.of(existing.get().marker())));
    }
    if (!needed) {
      return Result.NOT_NEEDED;
    }
    String body = text.apply(Optional.empty());
    long created =
        api.call(
                "POST",
                "/issues/%d/comments".formatted(pullRequest),
                Optional.of(Map.of("body", body)))
            .orThrow("summary comment")
            .json()
            .path("id")
            .asLong();
    return settle(created, marker, body);
  }

  /** Another run may have made one at the same time: the older comment stays, ours goes. */
  private Result settle(long created, CommentMarker marker, String body) throws IOException {
    Optional<Existing> first = oldest(marker.id());
    if (first.isEmpty() || first.get().id() >= created) {
      return Result.CREATED;
    }
    api.call("DELETE", "/issues/comments/%d".formatted(created), Optional.empty())
        .orThrow("summary comment");
    return marker.isOlderThan(first.get().marker())
        ? Result.LEFT_TO_NEWER
        : edit(first.get(), body);
  }

  private Result edit(Existing existing, String body) throws IOException {
    if (existing.body().equals(body)) {
      return Result.UNCHANGED;
    }
    api.call(
            "PATCH",
            "/issues/comments/%d".formatted(existing.id()),
            Optional.of(Map.of("body", body)))
        .orThrow("summary comment");
    return Result.EDITED;
  }

  private Optional<Existing> oldest(String id) throws IOException {
    List<JsonNode> comments = api.list("/issues/%d/comments".formatted(pullRequest));
    return comments.stream()
        .flatMap(
            comment ->
                CommentMarker.read(comment.path("body").asText(""))
                    .filter(marker -> marker.id().equals(id))
                    .filter(marker -> authorship.isOurs(comment))
                    .map(
                        marker ->
                            new Existing(
                                comment.path("id").asLong(),
                                comment.path("body").asText(""),
                                marker))
                    .stream())
        .min(Comparator.comparingLong(Existing::id));
  }
}
