package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.source.Location;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What a check run, its annotations, and the runner's log say about a report. */
public final class CheckTexts {
  private static final String NO_VERDICT = "No verdict";

  private static final int MOST_TITLE = 255;
  private static final int MOST_MESSAGE = 3_500;
  private static final int MOST_DETAILS = 60_000;

  /** The runner drops more errors, or warnings, of a step without a word. */
  public static final int MOST_COMMANDS = 10;

  private CheckTexts() {}

  /** How GitHub draws an annotation. */
  public enum Level {
    FAILURE,
    WARNING,
    NOTICE
  }

  /**
   * One annotation of a check run; plain text throughout.
   *
   * @param path with {@code /}, relative to the root of the checkout
   * @param startLine from 1
   * @param endLine from 1, the last line included
   * @param startColumn absent unless it is about one line, as GitHub asks
   * @param endColumn of the last character, absent with the first
   * @param rawDetails evidence, why and what to do
   */
  public record Annotation(
      String path,
      int startLine,
      int endLine,
      OptionalInt startColumn,
      OptionalInt endColumn,
      Level level,
      String title,
      String message,
      String rawDetails) {
    public Annotation {
      Objects.requireNonNull(path);
      Objects.requireNonNull(startColumn);
      Objects.requireNonNull(endColumn);
      Objects.requireNonNull(level);
      Objects.requireNonNull(title);
      Objects.requireNonNull(message);
      Objects.requireNonNull(rawDetails);
    }
  }

  /** The title of the check run. */
  public static String title(Report report) {
    String counts =
        (report.findings().isEmpty() ? "No findings" : Verdict.counts(report))
            + SummaryHead.accepted(report);
    return VisibleText.cut(report.complete() ? counts : NO_VERDICT, MOST_TITLE);
  }

  /** An annotation for each place without a verdict and each finding, the worst first. */
  public static List<Annotation> annotations(Report report) {
    return Stream.concat(
            report.unjudged().stream().flatMap(why -> annotation(why).stream()),
            report.worstFirst().stream().map(finding -> annotation(report, finding)))
        .toList();
  }

  private static Optional<Annotation> annotation(Unjudged why) {
    return why.location()
        .map(
            place ->
                annotation(
                    place,
                    Level.FAILURE,
                    NO_VERDICT,
                    message(why),
                    VisibleText.cut(VisibleText.sentence(why.remedy()), MOST_DETAILS)));
  }

  private static String message(Unjudged why) {
    return why.message().isBlank()
        ? NO_VERDICT
        : VisibleText.cut(VisibleText.sentence(why.message()), MOST_MESSAGE);
  }

  private static Annotation annotation(Report report, Finding finding) {
    return annotation(
        finding.location(),
        level(finding.severity()),
        title(finding),
        finding.message().isBlank()
            ? title(finding)
            : VisibleText.cut(VisibleText.sentence(finding.message()), MOST_MESSAGE),
        details(report, finding));
  }

  private static Annotation annotation(
      Location place, Level level, String title, String message, String rawDetails) {
    boolean oneLine =
        place.startLine() == place.endLine() && place.endColumn() > place.startColumn();
    return new Annotation(
        JsonReports.path(place.file()),
        place.startLine(),
        place.endLine(),
        oneLine ? OptionalInt.of(place.startColumn()) : OptionalInt.empty(),
        oneLine ? OptionalInt.of(place.endColumn() - 1) : OptionalInt.empty(),
        level,
        title,
        message,
        rawDetails);
  }

  private static Level level(Severity severity) {
    return switch (severity) {
      case ERROR -> Level.FAILURE;
      case WARNING -> Level.WARNING;
      case INFO, OFF -> Level.NOTICE;
    };
  }

  private static String title(Finding finding) {
    return VisibleText.cut(
        VisibleText.line(finding.rule().id()) + ": " + VisibleText.sentence(finding.rule().title()),
        MOST_TITLE);
  }

  private static String details(Report report, Finding finding) {
    List<String> lines = new ArrayList<>();
    finding.evidence().stream().limit(20).map(VisibleText::sentence).forEach(lines::add);
    SizeEffect.of(finding).ifPresent(lines::add);
    section(lines, "Why", Prose.lines(finding.rule().why(), 100));
    section(lines, "What to do", Prose.lines(finding.recipe(), 100));
    finding
        .fix()
        .ifPresent(
            fix -> {
              section(
                  lines,
                  fix.outsideTransaction()
                      ? "Instead, " + VisibleText.sentence(report.outsideTransaction(fix))
                      : "Instead",
                  SuggestedChange.textLines(fix.replacement()));
              section(lines, "Then, in a later migration", SuggestedChange.textLines(fix.follow()));
            });
    section(lines, "Ask production first", SuggestedChange.textLines(finding.preflight()));
    return VisibleText.cut(
        String.join("\n", lines.stream().map(LogCommands::disarmed).toList()), MOST_DETAILS);
  }

  private static void section(List<String> lines, String heading, List<String> body) {
    if (!body.isEmpty()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(heading + ":");
      lines.addAll(body);
    }
  }

  /**
   * Commands for the log of a step, a line each, that make the runner annotate: the worst first,
   * and no more of a kind than it takes.
   *
   * @param linked whether the repository of the workflow has the files
   */
  public static List<String> workflowCommands(Report report, boolean linked) {
    Map<Level, Integer> written = new EnumMap<>(Level.class);
    List<String> commands = new ArrayList<>();
    for (Unjudged why : report.unjudged()) {
      if (why.location().isEmpty()) {
        written.merge(Level.FAILURE, 1, Integer::sum);
        commands.add("::error title=%s::%s".formatted(NO_VERDICT, data(message(why))));
      }
    }
    for (Annotation one : annotations(report)) {
      if (written.merge(one.level(), 1, Integer::sum) <= MOST_COMMANDS) {
        commands.add(command(one, linked));
      }
    }
    return commands;
  }

  private static String command(Annotation one, boolean linked) {
    StringBuilder command = new StringBuilder("::");
    command.append(
        switch (one.level()) {
          case FAILURE -> "error";
          case WARNING -> "warning";
          case NOTICE -> "notice";
        });
    if (linked) {
      command.append(" file=").append(property(one.path()));
      command.append(",line=").append(one.startLine()).append(",endLine=").append(one.endLine());
      one.startColumn().ifPresent(column -> command.append(",col=").append(column));
      one.endColumn().ifPresent(column -> command.append(",endColumn=").append(column));
      command.append(",title=").append(property(one.title()));
      return command.append("::").append(data(one.message())).toString();
    }
    String place = one.path() + ":" + one.startLine() + ": ";
    command.append(" title=").append(property(one.title()));
    return command.append("::").append(data(place + one.message())).toString();
  }

  /** What the runner decodes again in the text of a command. */
  private static String data(String text) {
    return LogCommands.disarmedInside(VisibleText.line(text)).replace("%", "%25");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
