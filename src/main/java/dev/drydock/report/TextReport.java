package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Related;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A report for people at a terminal. */
final class TextReport {
  private static final int NARROWEST = 40;
  private static final int MOST_EVIDENCE = 8;
  private static final int MOST_RELATED = 5;
  private static final int MOST_OTHERS = 30;

  /** More findings than these that say the same at one place are told in one. */
  private static final int MOST_ALIKE = 3;

  private static final int MOST_SQL_LINES = 16;
  private static final int LONGEST_LABEL = "observed".length();

  private final Report report;
  private final int width;
  private final Colours colours;
  private final StringBuilder out = new StringBuilder();

  /** Rules whose why was said: once is enough. */
  private final Set<String> explained = new HashSet<>();

  /** What to do, by rule, that was said. */
  private final Set<List<String>> advised = new HashSet<>();

  private TextReport(Report report, int width, Colours colours) {
    this.report = report;
    this.width = Math.max(width, NARROWEST);
    this.colours = colours;
  }

  /**
   * @param width cells of the terminal; less than {@value #NARROWEST} is taken as that
   */
  static String render(Report report, int width, Colours colours) {
    TextReport text = new TextReport(report, width, colours);
    text.write();
    return text.out.toString();
  }

  private void write() {
    report.unjudged().forEach(this::write);
    for (List<Finding> alike : alike()) {
      write(alike.getFirst(), alike.subList(1, alike.size()));
      line("");
    }
    List<String> notices = report.told();
    for (String notice : notices) {
      hanging(Ink.INFO.on("note", colours) + ": ", "note: ".length(), notice);
    }
    if (!report.findings().isEmpty()) {
      if (!notices.isEmpty()) {
        line("");
      }
      writeTables();
      writeHint();
    }
    Ink ink = report.failed() || !report.complete() ? Ink.ERROR : Ink.ADDED;
    String verdict = Verdict.line(report);
    int word = Verdict.word(report).length();
    line(ink.on(verdict.substring(0, word), colours) + verdict.substring(word));
  }

  private void writeTables() {
    for (HistoryReport history : report.histories()) {
      if (!history.migrations().isEmpty()) {
        MigrationTable.lines(history, width, colours).forEach(this::line);
        line("");
      }
    }
  }

  private void writeHint() {
    Acceptance.example(report)
        .ifPresent(
            example -> {
              line(
                  "To accept a finding, say why above its statement, or at the top of the file for all of it:");
              line(
                  Ink.STRONG.on(
                      "  -- drydock:allow " + VisibleText.line(example.rule().id()) + ": REASON",
                      colours));
              line("");
            });
  }

  /**
   * The findings in their order; those of many things at one place, and those that say the same of
   * many things in one statement, in one list.
   */
  private List<List<Finding>> alike() {
    List<List<Finding>> all = new ArrayList<>(atOnePlace());
    Set<Finding> listed = Collections.newSetFromMap(new IdentityHashMap<>());
    all.forEach(listed::addAll);
    all.addAll(
        AlikeFindings.together(
            report, report.findings().stream().filter(f -> !listed.contains(f)).toList()));
    all.sort(Comparator.comparing(List::getFirst));
    return all;
  }

  private List<List<Finding>> atOnePlace() {
    record Group(
        Location location, String rule, Severity severity, String recipe, boolean ownSql) {}
    Map<Group, List<Finding>> groups = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      Group group =
          new Group(
              finding.location(),
              finding.rule().id(),
              finding.severity(),
              finding.recipe(),
              finding.fix().isPresent() || !finding.preflight().isBlank());
      groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(finding);
    }
    return groups.entrySet().stream()
        // SQL of its own has to be shown, and a few are not much to read.
        .filter(group -> !group.getKey().ownSql() && group.getValue().size() > MOST_ALIKE)
        .map(Map.Entry::getValue)
        .toList();
  }

  private void write(Unjudged why) {
    headline(Ink.ERROR, "no verdict", VisibleText.sentence(why.message()));
    int gutter = why.location().map(place -> write(place, "", Ink.ERROR)).orElse(2);
    if (!why.remedies().isEmpty()) {
      new Notes(gutter).list("fix", why.remedies());
    }
    line("");
  }

  /**
   * @param others of which the same is to be said
   */
  private void write(Finding finding, List<Finding> others) {
    Rule rule = finding.rule();
    Ink ink = Ink.of(finding.severity());
    String label = finding.severity().id() + "[" + VisibleText.line(rule.id()) + "]";
    headline(ink, label, VisibleText.sentence(finding.message()));

    int gutter = write(finding.location(), finding.statement(), ink);
    Notes notes = new Notes(gutter);
    notes.list(
        "also",
        limited(
            others.stream().map(other -> AlikeFindings.named(finding, other)).toList(),
            MOST_OTHERS));
    notes.list("observed", limited(finding.evidence(), MOST_EVIDENCE));
    SizeEffect.of(finding).ifPresent(effect -> notes.list("weighed", List.of(effect)));
    notes.list("see", related(finding.related()));
    if (explained.add(rule.id())) {
      notes.prose("why", Prose.firstParagraph(rule.why()));
    }
    if (advised.add(List.of(rule.id(), finding.recipe()))) {
      notes.prose("fix", finding.recipe());
    } else {
      notes.list("help", List.of("drydock explain " + VisibleText.line(rule.id())));
    }
    if (!finding.preflight().isBlank()) {
      notes.list("check", List.of("on production, before this is merged"));
      sql(gutter, 0, "|", Ink.GUTTER, SuggestedChange.textLines(finding.preflight()));
    }
    finding.fix().ifPresent(fix -> suggest(notes, gutter, fix));
  }

  /** A place and what stands there; returns where the bar beside it is. */
  private int write(Location place, String statement, Ink ink) {
    Optional<CodeFrame> frame = frame(place, statement, ink);
    int gutter = frame.map(CodeFrame::gutter).orElse(2);
    line(
        " ".repeat(gutter - 1)
            + Ink.GUTTER.on("-->", colours)
            + " "
            + VisibleText.line(place.toString()));
    frame.ifPresent(
        code -> {
          code.draw().forEach(this::line);
          bar(gutter);
        });
    return gutter;
  }

  /**
   * A finding about a file as a whole points at its first character, and there is nothing to see.
   */
  private Optional<CodeFrame> frame(Location place, String statement, Ink ink) {
    if (statement.isEmpty() && place.equals(Location.startOf(place.file()))) {
      return Optional.empty();
    }
    return Optional.ofNullable(report.files().get(place.file()))
        .map(file -> new CodeFrame(file, place, statement, width, ink, colours));
  }

  private void headline(Ink ink, String label, String message) {
    String first = label + ": ";
    List<String> lines = Prose.wrapped(first + message, width);
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i);
      line(
          i == 0 && text.startsWith(label)
              ? ink.on(label, colours) + Ink.STRONG.on(text.substring(label.length()), colours)
              : Ink.STRONG.on(text, colours));
    }
  }

  private static List<String> related(List<Related> related) {
    return limited(
        related.stream().map(place -> place.location() + ": " + place.message()).toList(),
        MOST_RELATED);
  }

  private static List<String> limited(List<String> lines, int most) {
    if (lines.size() <= most) {
      return lines;
    }
    List<String> kept = new ArrayList<>(lines.subList(0, most));
    kept.add("and %d more".formatted(lines.size() - most));
    return kept;
  }

  private void suggest(Notes notes, int gutter, Fix fix) {
    Optional<SourceFile> file = Optional.ofNullable(report.files().get(fix.location().file()));
    SuggestedChange change = SuggestedChange.of(fix, file);
    if (!change.added().isEmpty() || !change.removed().isEmpty()) {
      notes.list(
          "instead", List.of(fix.outsideTransaction() ? report.outsideTransaction(fix) : ""));
      sql(gutter, change.firstLine(), "-", Ink.REMOVED, change.removed());
      sql(gutter, change.firstLine(), "+", Ink.ADDED, change.added());
    }
    if (!fix.follow().isBlank()) {
      notes.list("then", List.of("in a later migration"));
      sql(gutter, 0, "+", Ink.ADDED, SuggestedChange.textLines(fix.follow()));
    }
  }

  /**
   * Lines of SQL where the code of a frame stands.
   *
   * @param firstLine number of the first in its file; 0 when they are in none yet
   */
  private void sql(int gutter, int firstLine, String sign, Ink ink, List<String> sql) {
    int last = sql.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (last >= MOST_SQL_LINES && i == MOST_SQL_LINES - 2) {
        line(" ".repeat(gutter) + ink.on(sign, colours) + " " + VisibleText.GAP);
        i = last;
      }
      String number = firstLine == 0 ? "" : (firstLine + i) + " ";
      line(
          Ink.GUTTER.on(" ".repeat(Math.max(0, gutter - number.length())) + number, colours)
              + ink.on(sign, colours)
              + " "
              + (ink == Ink.GUTTER ? sql.get(i) : ink.on(sql.get(i), colours)));
    }
  }

  private void bar(int gutter) {
    line(Ink.GUTTER.on(" ".repeat(gutter) + "|", colours));
  }

  private void hanging(String label, int indent, String text) {
    String before = label;
    for (String part : Prose.wrapped(VisibleText.sentence(text), width - indent)) {
      line((before + part).stripTrailing());
      before = " ".repeat(indent);
    }
  }

  private void line(String text) {
    out.append(LogCommands.disarmed(text)).append('\n');
  }

  /** The notes below a frame, aligned with its bar. */
  private final class Notes {
    private final int gutter;

    Notes(int gutter) {
      this.gutter = gutter;
    }

    void list(String label, List<String> lines) {
      String before = head(label);
      for (String text : lines) {
        hanging(before, indent(), text);
        before = " ".repeat(indent());
      }
    }

    void prose(String label, String markdown) {
      String before = head(label);
      for (String text : Prose.lines(markdown, width - indent())) {
        line((before + text).stripTrailing());
        before = " ".repeat(indent());
      }
    }

    private String head(String label) {
      return " ".repeat(gutter)
          + Ink.GUTTER.on("=", colours)
          + " "
          + Ink.STRONG.on(label + ":", colours)
          + " ".repeat(LONGEST_LABEL + 1 - label.length());
    }

    private int indent() {
      return gutter + LONGEST_LABEL + 4;
    }
  }
}
