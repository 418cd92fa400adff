package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.report.HistoryReport.MigrationReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A report as the one comment on a pull request that is edited with every push. */
public final class SummaryComment {
  /** Characters of a comment; GitHub refuses more than 65,536. */
  public static final int COMMENT = 65_000;

  /** Characters that, whatever they are, take no more than the 1 MiB of a job summary. */
  public static final int JOB_SUMMARY = 349_000;

  /** Fewer characters than this hold no marker and no verdict. */
  public static final int SMALLEST = 20_000;

  /** The worst; what the others are about stands on their fold. */
  private static final int MOST_OPEN = 1;

  private static final int MOST_UNJUDGED = 3;

  private static final int RESERVED = 600;
  private static final int MOST_NOTICES = 20;

  /** More findings of one rule than this are listed below the first. */
  private static final int MOST_ALIKE = 3;

  /**
   * A finding, or several of one rule, in the document.
   *
   * @param leftOut how many findings each form of the part does not show
   */
  private record Told(int part, Severity severity, List<Integer> leftOut) {}

  private final Report report;
  private final CommentContext context;
  private final FindingMarkdown markdown;
  private final MigrationRows rows;

  /** Rules whose why was said. */
  private final Set<String> explained = new HashSet<>();

  /** What to do, by rule, that was said. */
  private final Set<List<String>> advised = new HashSet<>();

  private SummaryComment(Report report, CommentContext context) {
    this.report = report;
    this.context = context;
    this.markdown = new FindingMarkdown(report, context.links());
    this.rows = new MigrationRows(report);
  }

  /**
   * The comment, ended by a line break.
   *
   * @param limit characters, at least {@value #SMALLEST}; to keep it, what matters least is
   *     shortened first, and the comment says so
   */
  public static String render(Report report, CommentContext context, int limit) {
    if (limit < SMALLEST) {
      throw new IllegalArgumentException("a comment needs at least 20000 characters");
    }
    return new SummaryComment(report, context).write(limit);
  }

  private String write(int limit) {
    Shortening document = new Shortening();
    SummaryHead head = new SummaryHead(report, context);
    document.add(head.heading());
    document.add(unjudged());
    int replayed = document.add(head.alteration() + head.replayed(), "");
    document.add(head.comparison());
    List<MigrationReport> migrations = report.migrations();
    int table =
        document.add(
            rows.table(migrations, Integer.MAX_VALUE),
            rows.table(migrations, MigrationRows.MOST),
            rows.table(migrations, 8),
            "");
    Parts parts =
        new Parts(
            replayed,
            table,
            tell(document),
            document.add(locks(migrations), ""),
            document.add(schema(migrations), ""),
            document.add(suppressed(Integer.MAX_VALUE), suppressed(10), ""),
            document.add(notices(Integer.MAX_VALUE), notices(MOST_NOTICES), ""));
    parts.shorten(document);
    String foot = "\n" + foot();
    boolean shortened = document.fit(limit - foot.length() - RESERVED);
    return document.text() + (shortened ? leftOut(document, parts.told()) : "") + foot;
  }

  /** The parts of the document that have shorter forms. */
  private record Parts(
      int replayed,
      int table,
      List<Told> told,
      int locks,
      int schema,
      int suppressed,
      int notices) {

    /** Says in which order they give way: what matters least does first. */
    void shorten(Shortening document) {
      List<Told> infos = of(Severity.INFO);
      List<Told> warnings = of(Severity.WARNING);
      List<Told> blockers = of(Severity.ERROR);
      shorten(document, infos, 2);
      document.then(schema, 1);
      shorten(document, warnings, 1);
      document.then(locks, 1);
      document.then(suppressed, 1);
      document.then(notices, 1);
      shorten(document, warnings, 2);
      shorten(document, blockers, 1);
      document.then(table, 1);
      shorten(document, blockers, 2);
      shorten(document, infos, 3);
      shorten(document, warnings, 3);
      document.then(table, 2);
      shorten(document, blockers, 3);
      // What is left is longer only when a stranger's words are: the verdict stays.
      document.then(suppressed, 2);
      document.then(notices, 2);
      document.then(table, 3);
      document.then(replayed, 1);
    }

    private List<Told> of(Severity severity) {
      return told.stream()
          .filter(
              one ->
                  one.severity() == severity
                      || (one.severity() == Severity.OFF && severity == Severity.INFO))
          .toList();
    }

    private static void shorten(Shortening document, List<Told> told, int form) {
      told.reversed().forEach(one -> document.then(one.part(), form));
    }
  }

  private String unjudged() {
    StringBuilder out = new StringBuilder();
    report.unjudged().stream().limit(MOST_UNJUDGED).map(markdown::unjudged).forEach(out::append);
    if (report.unjudged().size() > MOST_UNJUDGED) {
      out.append("And %d more.\n\n".formatted(report.unjudged().size() - MOST_UNJUDGED));
    }
    return out.toString();
  }

  /** Those of one rule are told once, and then listed. */
  private List<Told> tell(Shortening document) {
    Map<String, List<Finding>> groups = new LinkedHashMap<>();
    for (Finding finding : report.worstFirst()) {
      groups
          .computeIfAbsent(
              finding.severity() + " " + finding.rule().id(), unused -> new ArrayList<>())
          .add(finding);
    }
    List<Told> told = new ArrayList<>();
    int errors = 0;
    for (List<Finding> group : groups.values()) {
      List<List<Finding>> together = AlikeFindings.together(report, group);
      int each = together.size() > MOST_ALIKE ? 1 : together.size();
      for (List<Finding> alike : together.subList(0, each)) {
        boolean error = alike.getFirst().severity() == Severity.ERROR;
        told.add(told(document, alike, error && errors++ < MOST_OPEN));
      }
      if (each < together.size()) {
        told.add(
            listed(
                document,
                together.subList(each, together.size()).stream().flatMap(List::stream).toList()));
      }
    }
    return told;
  }

  /**
   * @param alike a finding, and those of which the same is to be said
   */
  private Told told(Shortening document, List<Finding> alike, boolean open) {
    Finding finding = alike.getFirst();
    List<Finding> others = alike.subList(1, alike.size());
    int unnamed = Math.max(0, others.size() - FindingMarkdown.MOST_OTHERS);
    return new Told(
        document.add(
            full(finding, others, open),
            brief(finding, others, open),
            // Right after a fold it would belong to that one's HTML, and not be Markdown.
            "\n* " + line(finding) + "\n\n",
            ""),
        finding.severity(),
        List.of(unnamed, unnamed, others.size(), alike.size()));
  }

  private Told listed(Shortening document, List<Finding> rest) {
    int all = rest.size();
    return new Told(
        document.add(listed(rest, all), listed(rest, 50), listed(rest, 5), listed(rest, 0)),
        rest.getFirst().severity(),
        List.of(0, Math.max(0, all - 50), Math.max(0, all - 5), all));
  }

  private String listed(List<Finding> findings, int most) {
    if (most == 0) {
      return "";
    }
    return folded(
        "%s %d more of "
            .formatted(FindingMarkdown.dot(findings.getFirst().severity()), findings.size()),
        findings.getFirst().rule().id(),
        MarkdownText.list(findings, most, this::line));
  }

  private static String leftOut(Shortening document, List<Told> told) {
    long without =
        told.stream().mapToLong(one -> one.leftOut().get(document.form(one.part()))).sum();
    String what =
        without == 0
            ? "details are left out"
            : Verdict.plural(without, "finding is", "findings are") + " left out";
    return "\n> Shortened to fit: " + what + ". The log and the JSON report have everything.\n";
  }

  private String full(Finding finding, List<Finding> others, boolean open) {
    StringBuilder body = new StringBuilder();
    body.append(place(finding)).append(markdown.code(finding));
    body.append(FindingMarkdown.also(finding, others)).append(markdown.observed(finding));
    body.append(markdown.weighed(finding));
    if (explained.add(finding.rule().id())) {
      body.append(markdown.why(finding));
    }
    body.append(
        advised.add(List.of(finding.rule().id(), finding.recipe()))
            ? markdown.fix(finding)
            : finding.fix().map(markdown::sql).orElse(""));
    body.append(markdown.preflight(finding)).append(markdown.related(finding));
    return FindingMarkdown.details(finding, open, migration(finding, open), body.toString());
  }

  private String brief(Finding finding, List<Finding> others, boolean open) {
    return FindingMarkdown.details(
        finding,
        open,
        migration(finding, open),
        place(finding)
            + FindingMarkdown.also(finding, others)
            + markdown.observed(finding)
            + markdown.weighed(finding)
            + finding.fix().map(markdown::sql).orElse(""));
  }

  /** Of several migrations, the one that a fold is about. */
  private String migration(Finding finding, boolean open) {
    return open || report.migrations().size() < 2 ? "" : rows.place(finding.location());
  }

  private String place(Finding finding) {
    String fresh =
        context.previous().filter(CommentMarker::complete).filter(m -> !m.has(finding)).isPresent()
            ? " · **new**"
            : "";
    return "%s · %s%s\n\n"
        .formatted(
            context.links().place(finding.location()),
            context.links().named(finding.rule().id()),
            fresh);
  }

  private String line(Finding finding) {
    return "%s %s %s"
        .formatted(
            FindingMarkdown.dot(finding.severity()),
            context.links().place(finding.location()),
            MarkdownText.sentence(finding.message()));
  }

  private String locks(List<MigrationReport> migrations) {
    StringBuilder out = new StringBuilder();
    migrations.stream()
        .filter(Predicate.not(rows::quiet))
        .limit(5)
        .forEach(
            migration -> {
              String timeline = MigrationDiagrams.timeline(migration);
              if (!timeline.isEmpty()) {
                out.append(folded("Locks over time in ", rows.name(migration), timeline));
              }
            });
    return out.toString();
  }

  private String schema(List<MigrationReport> migrations) {
    StringBuilder out = new StringBuilder();
    migrations.stream()
        .limit(10)
        .forEach(
            migration -> {
              String changes = MigrationDiagrams.changes(migration);
              if (!changes.isEmpty()) {
                out.append("**")
                    .append(MarkdownText.code(rows.name(migration)))
                    .append("**\n\n")
                    .append(changes)
                    .append(MigrationDiagrams.entities(migration));
              }
            });
    return out.isEmpty() ? "" : folded("Schema change", "", out.toString());
  }

  private static String folded(String title, String name, String body) {
    return folded(false, title, name, body);
  }

  private static String folded(boolean open, String title, String name, String body) {
    return "<details%s><summary>%s%s</summary>\n\n%s</details>\n"
        .formatted(
            open ? " open" : "",
            title,
            name.isEmpty() ? "" : "<code>" + MarkdownText.html(name) + "</code>",
            body);
  }

  private String suppressed(int most) {
    if (report.suppressed().isEmpty()) {
      return "";
    }
    return folded(
        Verdict.plural(report.suppressed().size(), "accepted finding", "accepted findings"),
        "",
        MarkdownText.list(
            report.suppressed(),
            most,
            finding ->
                "%s %s: %s"
                    .formatted(
                        context.links().place(finding.location()),
                        MarkdownText.code(finding.rule().id()),
                        finding
                            .suppression()
                            .map(by -> MarkdownText.sentence(by.reason()))
                            .orElse(""))));
  }

  private String notices(int most) {
    // Where nothing was looked at, that is the news.
    boolean open =
        report.findings().isEmpty() && report.migrations().isEmpty() && report.complete();
    return notices(
            open, "What the replay could not show", report.notices(), most, MarkdownText::sentence)
        + notices(
            false,
            "What was not published as it should be",
            context.notices(),
            most,
            MarkdownText::spans);
  }

  private static String notices(
      boolean open, String title, List<String> all, int most, Function<String, String> told) {
    List<String> notices = all.stream().filter(notice -> !notice.isBlank()).toList();
    return notices.isEmpty()
        ? ""
        : folded(
            open,
            "%s (%d)".formatted(title, notices.size()),
            "",
            MarkdownText.list(notices, most, told));
  }

  private String foot() {
    StringBuilder foot = new StringBuilder();
    Acceptance.example(report)
        .ifPresent(
            example ->
                foot.append("To accept a finding, write above its statement: ")
                    .append(
                        MarkdownText.code("-- drydock:allow " + example.rule().id() + ": REASON"))
                    .append("\n"));
    return foot.append("\n<sub>Drydock ")
        .append(MarkdownText.code(report.toolVersion()))
        .append("</sub>\n")
        .toString();
  }
}
