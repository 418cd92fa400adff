package dev.drydock.github;

import java.io.IOException;
import java.util.OptionalInt;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.HttpException;

/** Why GitHub did not do what it was asked, in few words. */
final class Refusal {
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
