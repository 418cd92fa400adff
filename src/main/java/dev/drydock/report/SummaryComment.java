package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.report.HistoryReport.MigrationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A report as the one comment on a pull request that is edited with every push. */
public final class SummaryComment {
  /** Characters of a comment; GitHub refuses more than 65,536. */
  public static final int COMMENT = 65_000;

  /** Characters that, whatever they are, take no more than the 1 MiB of a job summary. */
  public static final int JOB_SUMMARY = 349_000;

  /** Fewer characters than this hold no marker and no verdict. */
  public static final int SMALLEST = 20_000;

  private static final int MOST_OPEN = 3;
  private static final int RESERVED = 600;
  private static final int MOST_ROWS = 30;
  private static final int MOST_NOTICES = 20;

  private final Report report;
  private final CommentContext context;
  private final FindingMarkdown markdown;
  private final Set<String> explained = new HashSet<>();

  private SummaryComment(Report report, CommentContext context) {
    this.report = report;
    this.context = context;
    this.markdown = new FindingMarkdown(report, context.links());
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
    document.add(head());
    List<MigrationReport> migrations =
        report.histories().stream().flatMap(history -> history.migrations().stream()).toList();
    int table =
        document.add(
            table(migrations, Integer.MAX_VALUE),
            table(migrations, MOST_ROWS),
            table(migrations, 8));
    List<Finding> worstFirst =
        report.findings().stream()
            .sorted(
                Comparator.comparing(Finding::severity).thenComparing(Comparator.naturalOrder()))
            .toList();
    List<Integer> told = new ArrayList<>();
    int errors = 0;
    for (Finding finding : worstFirst) {
      boolean open = finding.severity() == Severity.ERROR && errors++ < MOST_OPEN;
      told.add(
          document.add(full(finding, open), brief(finding, open), "* " + line(finding) + "\n", ""));
    }
    if (!worstFirst.isEmpty()) {
      document.add("\n");
    }
    int locks = document.add(locks(migrations), "");
    int schema = document.add(schema(migrations), "");
    int suppressed = document.add(suppressed(Integer.MAX_VALUE), suppressed(10));
    int notices = document.add(notices(Integer.MAX_VALUE), notices(MOST_NOTICES));
    String foot = foot();

    List<Integer> infos = of(worstFirst, told, Severity.INFO);
    List<Integer> warnings = of(worstFirst, told, Severity.WARNING);
    List<Integer> blockers = of(worstFirst, told, Severity.ERROR);
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
    boolean shortened = document.fit(limit - foot.length() - RESERVED);
    return document.text() + (shortened ? leftOut(document, told) : "") + foot;
  }

  private static void shorten(Shortening document, List<Integer> parts, int form) {
    parts.reversed().forEach(part -> document.then(part, form));
  }

  private static List<Integer> of(List<Finding> findings, List<Integer> told, Severity severity) {
    List<Integer> parts = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Severity one = findings.get(i).severity();
      if (one == severity || (one == Severity.OFF && severity == Severity.INFO)) {
        parts.add(told.get(i));
      }
    }
    return parts;
  }

  private static String leftOut(Shortening document, List<Integer> told) {
    long without = document.at(told, 3);
    long short_ = document.at(told, 2) - without;
    List<String> what = new ArrayList<>();
    if (without > 0) {
      what.add(Verdict.plural(without, "finding is", "findings are") + " left out");
    }
    if (short_ > 0) {
      what.add(Verdict.plural(short_, "finding is", "findings are") + " told in one line");
    }
    if (what.isEmpty()) {
      what.add("some details are left out");
    }
    return "> Shortened to fit: "
        + String.join(", ", what)
        + ". The log and the JSON report have everything.\n\n";
  }

  private String head() {
    StringBuilder head = new StringBuilder();
    context.marker().ifPresent(marker -> head.append(marker.write()).append("\n\n"));
    head.append("### ").append(verdict()).append("\n\n");
    String replayed = replayed();
    if (!replayed.isEmpty()) {
      head.append(replayed).append("\n\n");
    }
    comparison().ifPresent(text -> head.append(text).append("\n\n"));
    return head.toString();
  }

  private String verdict() {
    long pending = pending();
    String migrations = Verdict.plural(pending, "pending migration", "pending migrations");
    if (report.findings().isEmpty()) {
      return pending == 0 ? "✅ No pending migrations" : "✅ No findings in " + migrations;
    }
    boolean fails =
        report.histories().stream()
            .flatMap(history -> history.migrations().stream())
            .anyMatch(MigrationReport::failed);
    String counts = Verdict.counts(report) + (pending == 0 ? "" : " in " + migrations);
    if (!report.failed()) {
      return "✅ Nothing that blocks: " + counts;
    }
    return fails ? "❌ A migration fails: " + counts : "❌ " + counts;
  }

  private long pending() {
    return report.histories().stream().mapToLong(history -> history.migrations().size()).sum();
  }

  private String replayed() {
    List<String> replayed = new ArrayList<>();
    for (HistoryReport history :
        report.histories().subList(0, Math.min(5, report.histories().size()))) {
      if (!history.engineVersion().isEmpty()) {
        replayed.add(
            "%s on %s %s after %s"
                .formatted(
                    MarkdownText.code(history.directory().isEmpty() ? "." : history.directory()),
                    MarkdownText.sentence(engine(history.engine())),
                    MarkdownText.sentence(history.engineVersion()),
                    Verdict.plural(history.applied(), "applied migration", "applied migrations")));
      }
    }
    return replayed.isEmpty() ? "" : "Ran " + String.join(", ", replayed) + ".";
  }

  private static String engine(String name) {
    return name.equals("postgresql") ? "PostgreSQL" : name;
  }

  private Optional<String> comparison() {
    return context
        .previous()
        .filter(CommentMarker::complete)
        .map(
            before -> {
              Set<String> now = new HashSet<>();
              report.findings().forEach(finding -> now.add(CommentMarker.key(finding)));
              long unchanged = now.stream().filter(before.findings()::contains).count();
              long fixed = before.findings().stream().filter(key -> !now.contains(key)).count();
              return "Since the last push: %d new, %d fixed, %d unchanged."
                  .formatted(now.size() - unchanged, fixed, unchanged);
            });
  }

  private String table(List<MigrationReport> migrations, int most) {
    List<MigrationReport> loud =
        migrations.stream().filter(Predicate.not(this::quiet)).limit(most).toList();
    // A pull request in which nothing happens needs no table that says so.
    if (loud.isEmpty()) {
      return "";
    }
    StringBuilder table =
        new StringBuilder(
            "| Migration | Findings | Worst lock | Who waits | Heavy work |\n|:--|:--|:--|:--|:--|\n");
    List<MigrationReport> rows = migrations.size() <= Math.min(most, MOST_ROWS) ? migrations : loud;
    for (MigrationReport migration : rows) {
      String lock = migration.worstLock().mode();
      table.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  MarkdownText.cell(name(migration)),
                  counts(migration),
                  lock.isEmpty()
                      ? "none"
                      : sentence(lock)
                          + " on "
                          + MarkdownText.cell(migration.worstLock().relation()),
                  lock.isEmpty() ? "nobody" : sentence(migration.worstLock().blocks()),
                  work(migration)));
    }
    if (rows.size() < migrations.size()) {
      table.append(
          "| and %s | | | | |\n"
              .formatted(
                  Verdict.plural(
                      migrations.size() - rows.size(), "more migration", "more migrations")));
    }
    return table.append('\n').toString();
  }

  private static String sentence(String text) {
    return MarkdownText.sentence(text.replace("|", "\\u007c"));
  }

  private boolean quiet(MigrationReport migration) {
    return migration.worstLock().mode().isEmpty()
        && migration.rewrites().isEmpty()
        && migration.scans().isEmpty()
        && !migration.failed()
        && counts(migration).equals("none");
  }

  private String name(MigrationReport migration) {
    for (HistoryReport history : report.histories()) {
      String directory = history.directory() + "/";
      if (history.migrations().contains(migration) && migration.file().startsWith(directory)) {
        return migration.file().substring(directory.length());
      }
    }
    return migration.file();
  }

  private String counts(MigrationReport migration) {
    List<String> counts = new ArrayList<>();
    Path file = Path.of(migration.file());
    for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
      long count =
          report.findings().stream()
              .filter(f -> f.severity() == severity && f.location().file().equals(file))
              .count();
      if (count > 0) {
        counts.add(FindingMarkdown.dot(severity) + " " + count);
      }
    }
    return counts.isEmpty() ? "none" : String.join(" ", counts);
  }

  private static String work(MigrationReport migration) {
    List<String> work = new ArrayList<>();
    if (migration.failed()) {
      work.add("**fails**");
    }
    add(work, "rewrite", migration.rewrites(), migration.worstLock().relation());
    add(work, "scan", migration.scans(), migration.worstLock().relation());
    return work.isEmpty() ? "none" : String.join(", ", work);
  }

  private static void add(List<String> work, String kind, List<String> relations, String locked) {
    for (String relation : relations.subList(0, Math.min(4, relations.size()))) {
      work.add(relation.equals(locked) ? kind : kind + " of " + MarkdownText.cell(relation));
    }
    if (relations.size() > 4) {
      work.add("%d more".formatted(relations.size() - 4));
    }
  }

  private String full(Finding finding, boolean open) {
    boolean first = explained.add(finding.rule().id());
    StringBuilder body = new StringBuilder();
    body.append(place(finding)).append(markdown.code(finding)).append(markdown.observed(finding));
    if (first) {
      body.append(markdown.why(finding));
    }
    body.append(first ? markdown.fix(finding) : finding.fix().map(markdown::sql).orElse(""));
    body.append(markdown.preflight(finding)).append(markdown.related(finding));
    return details(finding, open, body.toString());
  }

  private String brief(Finding finding, boolean open) {
    return details(
        finding,
        open,
        place(finding) + markdown.observed(finding) + finding.fix().map(markdown::sql).orElse(""));
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

  private static String details(Finding finding, boolean open, String body) {
    return "<details%s><summary>%s %s</summary>\n\n%s</details>\n"
        .formatted(
            open ? " open" : "",
            FindingMarkdown.dot(finding.severity()),
            MarkdownText.htmlSentence(finding.message()),
            body);
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
        .filter(Predicate.not(this::quiet))
        .limit(5)
        .forEach(
            migration -> {
              String timeline = MigrationDiagrams.timeline(migration);
              if (!timeline.isEmpty()) {
                out.append(folded("Locks over time in ", name(migration), timeline));
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
                    .append(MarkdownText.code(name(migration)))
                    .append("**\n\n")
                    .append(changes)
                    .append(MigrationDiagrams.entities(migration));
              }
            });
    return out.isEmpty() ? "" : folded("Schema change", "", out.toString());
  }

  private static String folded(String title, String name, String body) {
    return "<details><summary>%s%s</summary>\n\n%s</details>\n"
        .formatted(
            title, name.isEmpty() ? "" : "<code>" + MarkdownText.html(name) + "</code>", body);
  }

  private String suppressed(int most) {
    if (report.suppressed().isEmpty()) {
      return "";
    }
    StringBuilder list = new StringBuilder();
    report.suppressed().stream()
        .limit(most)
        .forEach(
            finding ->
                list.append(
                    "* %s %s: %s\n"
                        .formatted(
                            context.links().place(finding.location()),
                            MarkdownText.code(finding.rule().id()),
                            finding
                                .suppression()
                                .map(by -> MarkdownText.sentence(by.reason()))
                                .orElse(""))));
    if (report.suppressed().size() > most) {
      list.append("* and %d more\n".formatted(report.suppressed().size() - most));
    }
    return folded(
        Verdict.plural(report.suppressed().size(), "accepted finding", "accepted findings"),
        "",
        list.append('\n').toString());
  }

  private String notices(int most) {
    List<String> notices = new ArrayList<>(report.notices());
    notices.addAll(context.notices());
    notices.removeIf(String::isBlank);
    if (notices.isEmpty()) {
      return "";
    }
    StringBuilder list = new StringBuilder();
    notices.stream()
        .limit(most)
        .forEach(notice -> list.append("* ").append(MarkdownText.sentence(notice)).append('\n'));
    if (notices.size() > most) {
      list.append("* and %d more\n".formatted(notices.size() - most));
    }
    return folded(
        "What the replay could not show (%d)".formatted(notices.size()),
        "",
        list.append('\n').toString());
  }

  private String foot() {
    StringBuilder foot = new StringBuilder();
    if (!report.findings().isEmpty()) {
      Finding example =
          report.findings().stream()
              .filter(finding -> !finding.statement().isEmpty())
              .findFirst()
              .orElse(report.findings().getFirst());
      foot.append("\nTo accept a finding, write above its statement: ")
          .append(MarkdownText.code("-- drydock:allow " + example.rule().id() + ": REASON"))
          .append("\n");
    }
    return foot.append("\n<sub>Drydock ")
        .append(MarkdownText.html(MarkdownText.sentence(report.toolVersion()).replace("`", "")))
        .append("</sub>\n")
        .toString();
  }
}
