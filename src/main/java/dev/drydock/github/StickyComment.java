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

  private record Existing(long id, String body, CommentMarker marker) {}

  /**
   * Writes it, unless a newer run was faster.
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
    } else if (needed) {
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

  private void edit(Existing existing, String body) throws IOException {
    if (!existing.body().equals(body)) {
      api.call(
              "PATCH",
              "/issues/comments/%d".formatted(existing.id()),
              Optional.of(Map.of("body", body)))
          .orThrow("summary comment");
    }
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
