package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Related;
import dev.drydock.policy.Severity;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The paragraphs that tell a finding in Markdown, for a summary and for a review comment. */
final class FindingMarkdown {
  /** Things named of which the same is to be said. */
  static final int MOST_OTHERS = 30;

  private static final int MOST_EVIDENCE = 6;
  private static final int MOST_RELATED = 4;
  private static final int MOST_CODE_LINES = 12;
  private static final int MOST_SQL_LINES = 24;

  /** Characters of a recipe that is told whole: a list of three steps, or a few sentences. */
  private static final int WHOLE_RECIPE = 640;

  private final Report report;
  private final Links links;

  FindingMarkdown(Report report, Links links) {
    this.report = report;
    this.links = links;
  }

  static String dot(Severity severity) {
    return switch (severity) {
      case ERROR -> "🔴";
      case WARNING -> "🟡";
      case INFO, OFF -> "🔵";
    };
  }

  /** All about it, below its message. */
  static String details(Finding finding, boolean open, String body) {
    return details(finding, open, "", body);
  }

  /**
   * @param place where it is, to be read without opening what is folded; may be empty
   */
  static String details(Finding finding, boolean open, String place, String body) {
    return "<details%s><summary>%s %s%s</summary>\n\n%s</details>\n"
        .formatted(
            open ? " open" : "",
            dot(finding.severity()),
            MarkdownText.htmlSentence(finding.message()),
            place.isEmpty() ? "" : " <code>" + MarkdownText.html(place) + "</code>",
            body);
  }

  /** The lines it is about, numbered; empty when it is about a file as a whole. */
  String code(Finding finding) {
    Location place = finding.location();
    return finding.statement().isEmpty() && place.equals(Location.startOf(place.file()))
        ? ""
        : code(place);
  }

  private String code(Location place) {
    SourceFile file = report.files().get(place.file());
    if (file == null) {
      return "";
    }
    int first = Math.min(place.startLine(), file.lineCount());
    int last = Math.min(place.endLine(), file.lineCount());
    int shown = Math.min(last, first + MOST_CODE_LINES - 1);
    int digits = Integer.toString(shown).length();
    List<String> lines = new ArrayList<>();
    for (int line = first; line <= shown; line++) {
      int from = file.startOfLine(line);
      String text = FrameLine.of(file, line, from, from, 160).text();
      lines.add(("%" + digits + "d  %s").formatted(line, text));
    }
    if (shown < last) {
      lines.add(VisibleText.GAP);
    }
    return MarkdownText.fence("sql", lines) + "\n";
  }

  /** What could not be judged, why, and what to do. */
  String unjudged(Unjudged why) {
    String place =
        why.location()
            .map(links::place)
            .or(
                () ->
                    Optional.of(why.directory()).filter(d -> !d.isEmpty()).map(MarkdownText::code))
            .map(" %s: "::formatted)
            .orElse(" ");
    return "**Not judged**%s%s\n\n%s%s"
        .formatted(
            place,
            MarkdownText.sentence(why.message()),
            why.location().map(this::code).orElse(""),
            why.remedies().isEmpty()
                ? ""
                : why.remedies().stream()
                    .map(MarkdownText::spans)
                    .collect(Collectors.joining("\n\n", "**What to do**: ", "\n\n")));
  }

  String observed(Finding finding) {
    if (finding.evidence().isEmpty()) {
      return "";
    }
    if (finding.evidence().size() == 1) {
      return "**Observed** " + MarkdownText.sentence(finding.evidence().getFirst()) + "\n\n";
    }
    return "**Observed**\n"
        + MarkdownText.list(finding.evidence(), MOST_EVIDENCE, MarkdownText::sentence);
  }

  /**
   * What else the same is said of.
   *
   * @param others told together with the finding
   */
  static String also(Finding finding, List<Finding> others) {
    if (others.isEmpty()) {
      return "";
    }
    List<String> named =
        others.stream()
            .limit(MOST_OTHERS)
            .map(other -> MarkdownText.sentence(AlikeFindings.named(finding, other)))
            .toList();
    int left = others.size() - named.size();
    return "**Also** %s%s\n\n"
        .formatted(String.join(", ", named), left == 0 ? "" : ", and %d more".formatted(left));
  }

  String weighed(Finding finding) {
    return SizeEffect.of(finding)
        .map(effect -> "**Weighed** " + MarkdownText.sentence(effect) + "\n\n")
        .orElse("");
  }

  String related(Finding finding) {
    if (finding.related().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("**See also**\n");
    for (Related place :
        finding.related().subList(0, Math.min(MOST_RELATED, finding.related().size()))) {
      out.append(
          "* %s: %s\n"
              .formatted(links.place(place.location()), MarkdownText.sentence(place.message())));
    }
    return out.append('\n').toString();
  }

  String why(Finding finding) {
    String why = Prose.firstParagraph(finding.rule().why());
    return why.isBlank() ? "" : "**Why**" + after(MarkdownText.prose(why)) + "\n";
  }

  /** On the line of its label, unless it begins with what has to begin a line. */
  private static String after(String prose) {
    return (prose.startsWith("```") || prose.matches("(?s)(\\*|\\d{1,9}[.)]) .*") ? "\n\n" : " ")
        + prose;
  }

  /** The SQL to write instead, and where; the beginning of the recipe when there is none. */
  String fix(Finding finding) {
    return finding.fix().map(this::sql).orElseGet(() -> beginning(finding));
  }

  /** The recipe, or the beginning of a long one. */
  private String beginning(Finding finding) {
    String recipe = finding.recipe().strip();
    String told = recipe.length() <= WHOLE_RECIPE ? recipe : Prose.firstStep(recipe);
    if (told.isEmpty()) {
      return "";
    }
    String said = after(MarkdownText.prose(told)).stripTrailing();
    boolean more = told.length() < recipe.length();
    // A list or a block of code cannot be gone on with.
    String join = said.contains("\n") ? "\n\n" : " ";
    return "**What to do**" + said + (more ? join + rest(finding) : "") + "\n\n";
  }

  private String rest(Finding finding) {
    String id = finding.rule().id();
    return links
        .rule(id)
        .map(page -> "[More about it](<" + page + ">)")
        .orElseGet(() -> "More: " + MarkdownText.code("drydock explain " + id));
  }

  String sql(Fix fix) {
    StringBuilder out = new StringBuilder();
    out.append(
        fix.outsideTransaction()
            ? "**Instead**, %s\n\n".formatted(MarkdownText.words(report.outsideTransaction(fix)))
            : "**Instead**\n\n");
    out.append(block(fix.replacement()));
    if (!fix.follow().isBlank()) {
      out.append("**Then**, in a later migration:\n\n").append(block(fix.follow()));
    }
    return out.toString();
  }

  String preflight(Finding finding) {
    return finding.preflight().isBlank()
        ? ""
        : "**Ask production first.** What this finds stands in the way:\n\n"
            + block(finding.preflight());
  }

  static String block(String sql) {
    List<String> lines = new ArrayList<>(SuggestedChange.textLines(sql));
    if (lines.size() > MOST_SQL_LINES) {
      int more = lines.size() - MOST_SQL_LINES;
      lines.subList(MOST_SQL_LINES, lines.size()).clear();
      lines.add("-- and %d more lines".formatted(more));
    }
    return MarkdownText.fence("sql", lines) + "\n";
  }
}
