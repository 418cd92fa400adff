package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a file, whole, as a fix leaves them, which GitHub puts in at a click.
 *
 * @param first the first of the lines that it replaces, from 1
 * @param last the last of them
 */
record Suggestion(Path file, int first, int last, String text) {
  private static final int LONGEST = 4_000;
  private static final Pattern BLOCK = Pattern.compile("(?ms)^(`{3,})suggestion$.*?^\\1$");

  /** Absent where a click would not be enough, or would put in what nobody can see. */
  static Optional<Suggestion> of(Report report, Finding finding) {
    return finding.fix().flatMap(fix -> of(report, fix));
  }

  private static Optional<Suggestion> of(Report report, Fix fix) {
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
        Math.min(file.startOfLine(span.startLine()) + span.startColumn() - 1, file.text().length());
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
    return visible && text.length() <= LONGEST
        ? Optional.of(new Suggestion(span.file(), span.startLine(), last, text))
        : Optional.empty();
  }

  /** A span that ends before the first character of a line has nothing of that line. */
  static int lastLine(Location place) {
    return place.endColumn() == 1 && place.endLine() > place.startLine()
        ? place.endLine() - 1
        : place.endLine();
  }

  /** Whether its migration runs that statement outside a transaction as it is. */
  private static boolean runsAlone(Report report, Location span) {
    return report.migrations().stream()
        .flatMap(migration -> migration.steps().stream())
        .filter(step -> step.location().equals(span))
        .anyMatch(step -> !step.inTransaction());
  }

  String block() {
    String fence = MarkdownText.ticks(text, 3);
    return fence + "suggestion\n" + text + "\n" + fence + "\n\n";
  }

  /** The block of it in a comment. */
  static Optional<String> offered(String markdown) {
    Matcher block = BLOCK.matcher(markdown);
    return block.find() ? Optional.of(block.group()) : Optional.empty();
  }

  /** The same Markdown, which offers nothing at a click. */
  static String withdrawn(String markdown) {
    return markdown.replaceAll("(?m)^(`{3,})suggestion$", "$1sql");
  }
}
