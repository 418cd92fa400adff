package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Fix;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One review comment about one finding.
 *
 * @param finding the finding it is about
 * @param file the file it stands at
 * @param startLine the first of its lines, from 1
 * @param endLine the last of its lines
 * @param body Markdown; a suggestion in it replaces exactly those lines
 */
public record InlineComment(Finding finding, Path file, int startLine, int endLine, String body) {
  private static final Pattern MARKER =
      Pattern.compile("<!-- drydock:v1 finding=([0-9a-f]{32}) -->");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40,64}");
  private static final int MOST_SUGGESTED = 4_000;
  private static final int LONGEST_QUOTED = 30_000;
  private static final String FIXED = "✅ **Fixed in ";

  public InlineComment {
    Objects.requireNonNull(finding);
    Objects.requireNonNull(file);
    Objects.requireNonNull(body);
  }

  /** The comment about a finding of {@code report}. */
  public static InlineComment of(Report report, Finding finding, Links links) {
    Optional<Suggestion> suggestion = finding.fix().flatMap(fix -> Suggestion.of(report, fix));
    FindingMarkdown markdown = new FindingMarkdown(report, links);
    StringBuilder body = new StringBuilder(marker(finding.fingerprint())).append("\n\n");
    body.append(
        "%s **%s** %s\n\n"
            .formatted(
                FindingMarkdown.dot(finding.severity()),
                links.named(finding.rule().id()),
                MarkdownText.sentence(finding.message())));
    body.append(markdown.observed(finding))
        .append(markdown.weighed(finding))
        .append(markdown.why(finding));
    if (suggestion.isPresent()) {
      body.append(suggestion.get().block());
    } else if (finding.fix().isPresent()) {
      body.append(markdown.sql(finding.fix().get()));
    } else if (links.rule(finding.rule().id()).isPresent()) {
      body.append("[What to do](<%s>)\n\n".formatted(links.rule(finding.rule().id()).get()));
    } else {
      body.append(markdown.recipe(finding));
    }
    body.append(markdown.preflight(finding));
    Location place = finding.location();
    return new InlineComment(
        finding,
        place.file(),
        suggestion.map(Suggestion::first).orElse(place.startLine()),
        suggestion.map(Suggestion::last).orElse(lastLine(place)),
        body.toString().stripTrailing() + "\n");
  }

  /** A span that ends before the first character of a line has nothing of that line. */
  private static int lastLine(Location place) {
    return place.endColumn() == 1 && place.endLine() > place.startLine()
        ? place.endLine() - 1
        : place.endLine();
  }

  /** The hidden first line. */
  static String marker(Fingerprint fingerprint) {
    String value = fingerprint.value();
    return "<!-- drydock:v1 finding=%s -->"
        .formatted(value.matches("[0-9a-f]{32}") ? value : "0".repeat(32));
  }

  /** The finding that a comment with that text is about; absent for any other text. */
  public static Optional<Fingerprint> read(String body) {
    Matcher marker = MARKER.matcher(body.lines().findFirst().orElse("").stripTrailing());
    return marker.matches() ? Optional.of(new Fingerprint(marker.group(1))) : Optional.empty();
  }

  /** Whether {@link #fixed} was said already. */
  public static boolean isFixed(String body) {
    return body.lines().limit(4).anyMatch(line -> line.startsWith(FIXED));
  }

  /**
   * A comment that somebody answered, after its finding is gone.
   *
   * @param body the comment as it stands
   * @param sha the commit without the finding
   */
  public static String fixed(String body, String sha) {
    if (!SHA.matcher(sha).matches()) {
      throw new IllegalArgumentException("not the hash of a commit: " + VisibleText.sentence(sha));
    }
    Optional<Fingerprint> about = read(body);
    if (isFixed(body) || about.isEmpty()) {
      return body;
    }
    String said = body.lines().skip(1).collect(java.util.stream.Collectors.joining("\n")).strip();
    // A suggestion would still offer its button.
    said = said.replaceAll("(?m)^(`{3,})suggestion$", "$1sql");
    String before =
        said.length() > LONGEST_QUOTED
            ? ""
            : "<details><summary>What it said</summary>\n\n" + said + "\n\n</details>\n";
    return marker(about.get()) + "\n\n" + FIXED + sha + ".**\n\n" + before;
  }

  /** The lines of a file, whole, as the fix leaves them. */
  private record Suggestion(int first, int last, String text) {

    /** Absent where a click would not be enough, or would put in what nobody can see. */
    static Optional<Suggestion> of(Report report, Fix fix) {
      Location span = fix.location();
      SourceFile file = report.files().get(span.file());
      if (file == null
          || !fix.follow().isBlank()
          || (fix.outsideTransaction() && !runsAlone(report, span))
          || lastLine(span) > file.lineCount()
          || fix.replacement().isBlank()) {
        return Optional.empty();
      }
      int last = lastLine(span);
      int start =
          Math.min(
              file.startOfLine(span.startLine()) + span.startColumn() - 1, file.text().length());
      int end =
          Math.clamp(
              (long) file.startOfLine(Math.min(span.endLine(), file.lineCount()))
                  + span.endColumn()
                  - 1,
              start,
              file.text().length());
      String before = file.text().substring(file.startOfLine(span.startLine()), start);
      int lineEnd = FrameLine.endOf(file, last);
      String after = end < lineEnd ? file.text().substring(end, lineEnd) : "";
      String text = (before + fix.replacement().strip() + after).replace("\r\n", "\n");
      boolean visible =
          text.codePoints().noneMatch(c -> c != '\n' && c != '\t' && VisibleText.hidden(c));
      return visible && text.length() <= MOST_SUGGESTED
          ? Optional.of(new Suggestion(span.startLine(), last, text))
          : Optional.empty();
    }

    /** Whether its migration runs that statement outside a transaction as it is. */
    private static boolean runsAlone(Report report, Location span) {
      return report.histories().stream()
          .flatMap(history -> history.migrations().stream())
          .flatMap(migration -> migration.steps().stream())
          .filter(step -> step.location().equals(span))
          .anyMatch(step -> !step.inTransaction());
    }

    String block() {
      int run = 3;
      while (text.contains("`".repeat(run))) {
        run++;
      }
      String fence = "`".repeat(run);
      return fence + "suggestion\n" + text + "\n" + fence + "\n\n";
    }
  }

  /** The comments about {@code findings}, the worst first. */
  public static List<InlineComment> all(Report report, List<Finding> findings, Links links) {
    return findings.stream()
        .sorted(
            java.util.Comparator.comparing(Finding::severity)
                .thenComparing(java.util.Comparator.naturalOrder()))
        .map(finding -> of(report, finding, links))
        .toList();
  }
}
