package dev.drydock.github;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of each comment of ours, which readers do not see and by which the next run knows
 * it.
 *
 * @param kind {@code summary} or {@code finding}
 * @param id the input of that name: several runs on one pull request have one each
 * @param head the commit the comment was written for
 * @param run id of the workflow run, which grows with time
 * @param attempt from 1
 * @param fingerprints of the findings it speaks of, shortened
 */
record Marker(
    String kind, String id, String head, long run, int attempt, List<String> fingerprints) {
  static final String SUMMARY = "summary";
  static final String FINDING = "finding";
  private static final int SHORT = 16;

  /** More would take the room of the text. */
  private static final int MOST = 600;

  private static final Pattern FORM =
      Pattern.compile(
          "<!-- drydock:v1 kind=(summary|finding) id=([\\w.-]{1,60}) head=([0-9a-f]{0,64})"
              + " run=(\\d{1,18})\\.(\\d{1,6}) fp=([0-9a-f,]*) -->");

  Marker {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(id);
    Objects.requireNonNull(head);
    fingerprints = fingerprints.stream().map(Marker::shortened).distinct().limit(MOST).toList();
  }

  static String shortened(String fingerprint) {
    return fingerprint.length() > SHORT ? fingerprint.substring(0, SHORT) : fingerprint;
  }

  /** The marker a comment begins with; one further down was put there by somebody else. */
  static Optional<Marker> of(String body) {
    Matcher matcher = FORM.matcher(body);
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    return Optional.of(
        new Marker(
            matcher.group(1),
            matcher.group(2),
            matcher.group(3),
            Long.parseLong(matcher.group(4)),
            Integer.parseInt(matcher.group(5)),
            matcher.group(6).isEmpty() ? List.of() : List.of(matcher.group(6).split(","))));
  }

  boolean isNewerThan(Marker other) {
    return run != other.run ? run > other.run : attempt > other.attempt;
  }

  boolean concerns(String ofKind, String ofId) {
    return kind.equals(ofKind) && id.equals(ofId);
  }

  boolean hasAnyOf(Set<String> shortFingerprints) {
    return fingerprints.stream().anyMatch(shortFingerprints::contains);
  }

  Marker with(List<String> others) {
    return new Marker(kind, id, head, run, attempt, others);
  }

  String text() {
    return "<!-- drydock:v1 kind=%s id=%s head=%s run=%d.%d fp=%s -->\n"
        .formatted(kind, id, head, run, attempt, String.join(",", fingerprints));
  }
}
