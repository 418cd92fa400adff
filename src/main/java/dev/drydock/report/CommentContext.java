package dev.drydock.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a summary has to know beside the report.
 *
 * @param marker becomes its hidden first line; absent where nobody looks for it again, as in a job
 *     summary
 * @param previous the marker of the comment it takes the place of, for the comparison with the last
 *     push
 * @param notices what else a reader should know, a sentence each
 */
public record CommentContext(
    Optional<CommentMarker> marker,
    Optional<CommentMarker> previous,
    Links links,
    List<String> notices) {
  /** For a file that somebody pastes somewhere. */
  public static final CommentContext PLAIN =
      new CommentContext(Optional.empty(), Optional.empty(), Links.NONE, List.of());

  public CommentContext {
    Objects.requireNonNull(marker);
    Objects.requireNonNull(previous);
    Objects.requireNonNull(links);
    notices = List.copyOf(notices);
  }
}
