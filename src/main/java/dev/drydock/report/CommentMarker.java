package dev.drydock.report;

import dev.drydock.policy.Finding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden first line of a summary comment: which comment it is, which run wrote it, and which
 * findings that run had.
 *
 * @param id the comment's, so that several can live on one pull request
 * @param run number of the workflow run
 * @param attempt of that run, from 1
 * @param headSha the commit that was linted
 * @param complete whether {@code findings} are all
 * @param findings the first 12 hexadecimal digits of each finding's fingerprint, sorted
 */
public record CommentMarker(
    String id, long run, int attempt, String headSha, boolean complete, List<String> findings) {
  /** A comment has room for that many; with more there is no comparison. */
  static final int MOST_FINDINGS = 1_000;

  /** Of a comment that is the only one. */
  public static final String USUAL_ID = "drydock";

  private static final int KEY = 12;
  private static final String BEGINNING = "<!-- drydock:v1 ";
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]*");

  /** Nothing but what {@link #write} makes, so that no text can pretend to more. */
  private static final Pattern LINE =
      Pattern.compile(
          "<!-- drydock:v1 id=([A-Za-z0-9_-]{0,400}) run=(\\d{1,18})\\.(\\d{1,9})"
              + " head=([0-9a-f]{0,64}) all=([01]) findings=([0-9a-f]{0,12000}) -->");

  public CommentMarker {
    Objects.requireNonNull(id);
    if (id.length() > 100) {
      throw new IllegalArgumentException("an id has at most 100 characters");
    }
    if (run < 0 || attempt < 0) {
      throw new IllegalArgumentException("runs and attempts are counted from 0");
    }
    if (headSha.length() > 64 || !HEXADECIMAL.matcher(headSha).matches()) {
      throw new IllegalArgumentException("not a hash: " + VisibleText.sentence(headSha));
    }
    findings = List.copyOf(new TreeSet<>(findings));
    if (findings.size() > MOST_FINDINGS
        || findings.stream()
            .anyMatch(f -> f.length() != KEY || !HEXADECIMAL.matcher(f).matches())) {
      throw new IllegalArgumentException("not the keys of at most 1000 findings");
    }
  }

  /** The marker for a comment about {@code report}. */
  public static CommentMarker of(String id, long run, int attempt, String headSha, Report report) {
    TreeSet<String> keys = new TreeSet<>();
    report.findings().forEach(finding -> keys.add(key(finding)));
    return new CommentMarker(
        id,
        run,
        attempt,
        headSha,
        keys.size() <= MOST_FINDINGS && report.complete(),
        keys.stream().limit(MOST_FINDINGS).toList());
  }

  /** What stands for a finding in {@link #findings}. */
  static String key(Finding finding) {
    String value = finding.fingerprint().value();
    return HEXADECIMAL.matcher(value).matches() && value.length() >= KEY
        ? value.substring(0, KEY)
        : "0".repeat(KEY);
  }

  /** Whether the run that wrote it had that finding. */
  public boolean has(Finding finding) {
    return findings.contains(key(finding));
  }

  /** Whether another marker is of a later run, which this one must not overwrite. */
  public boolean isOlderThan(CommentMarker other) {
    return run < other.run || (run == other.run && attempt < other.attempt);
  }

  /** Whether another marker is of the same run, so that another use of the action wrote it. */
  public boolean isOfSameRun(CommentMarker other) {
    return run == other.run && attempt == other.attempt;
  }

  /** One line, without a line break. */
  public String write() {
    return "<!-- drydock:v1 id=%s run=%d.%d head=%s all=%d findings=%s -->"
        .formatted(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(id.getBytes(StandardCharsets.UTF_8)),
            run,
            attempt,
            headSha,
            complete ? 1 : 0,
            String.join("", findings));
  }

  /**
   * Where the line with the marker begins, below what a person has written above it; nothing where
   * that has a block of code, in which anybody's text may stand.
   */
  public static OptionalInt below(String comment) {
    int at = comment.startsWith(BEGINNING) ? 0 : comment.indexOf("\n" + BEGINNING) + 1;
    String above = comment.substring(0, at);
    return comment.startsWith(BEGINNING, at) && !above.contains("```") && !above.contains("~~~")
        ? OptionalInt.of(at)
        : OptionalInt.empty();
  }

  /**
   * The marker that a comment begins with; absent for any other text, however much it resembles
   * one.
   */
  public static Optional<CommentMarker> read(String comment) {
    int end = comment.indexOf('\n');
    Matcher line = LINE.matcher((end < 0 ? comment : comment.substring(0, end)).stripTrailing());
    if (!line.matches() || line.group(6).length() % KEY != 0) {
      return Optional.empty();
    }
    List<String> keys =
        List.of(line.group(6).isEmpty() ? new String[0] : line.group(6).split("(?<=\\G.{12})"));
    try {
      return Optional.of(
          new CommentMarker(
              new String(Base64.getUrlDecoder().decode(line.group(1)), StandardCharsets.UTF_8),
              Long.parseLong(line.group(2)),
              Integer.parseInt(line.group(3)),
              line.group(4),
              line.group(5).equals("1"),
              keys));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
