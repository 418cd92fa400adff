package dev.drydock.github;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.HttpException;

/** Why GitHub did not do what it was asked, in few words. */
final class Refusal {
  /** GitHub cannot do anything with what it was sent, or has it no more, or it is too much. */
  private static final Set<Integer> FINAL = Set.of(400, 410, 413, 422);

  private Refusal() {}

  /** The status of its answer; none when there was no answer. */
  static OptionalInt status(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException http && http.getResponseCode() > 0) {
        return OptionalInt.of(http.getResponseCode());
      }
      if (cause instanceof GHFileNotFoundException) {
        return OptionalInt.of(404);
      }
    }
    return OptionalInt.empty();
  }

  /** Whether a token that may do more would be answered: to one that may not, there is nothing. */
  static boolean isForbidden(IOException e) {
    OptionalInt status = status(e);
    return status.isPresent() && (status.getAsInt() == 403 || status.getAsInt() == 404);
  }

  /** Whether the same request would be refused again, whoever sends it. */
  static boolean isFinal(IOException e) {
    OptionalInt status = status(e);
    return status.isPresent() && FINAL.contains(status.getAsInt());
  }

  /** Not the body of the answer, which may hold anything. */
  static String of(IOException e) {
    OptionalInt status = status(e);
    if (status.isPresent()) {
      return "status " + status.getAsInt();
    }
    // Of a request without an answer the library says no more than that.
    Throwable why = e instanceof HttpException && e.getCause() != null ? e.getCause() : e;
    return why.getMessage() == null ? why.getClass().getSimpleName() : firstLine(why.getMessage());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
