package dev.drydock.report;

import dev.drydock.report.HistoryReport.MigrationReport;
import java.util.ArrayList;
import java.util.List;

/** The pending migrations of a history, a row each: the worst lock, who waits, what is copied. */
final class MigrationTable {
  private static final String NOTHING = "-";
  private static final String BETWEEN = "  ";
  private static final String INDENT = "  ";

  /** In a longer table the migrations that hurt nobody are counted, not listed. */
  private static final int MOST_QUIET_ROWS = 20;

  private static final int NARROWEST = 12;
  private static final List<String> HEAD =
      List.of("migration", "worst lock", "on", "who waits", "heavy work");

  private MigrationTable() {}

  static List<String> lines(HistoryReport history, int width, Colours colours) {
    List<String> lines = new ArrayList<>();
    lines.add(Ink.STRONG.on(title(history), colours));
    long quiet = history.migrations().stream().filter(MigrationTable::quiet).count();
    boolean counted = quiet > MOST_QUIET_ROWS;
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    String ending = ending(history);
    for (MigrationReport migration : history.migrations()) {
      if (!counted || !quiet(migration)) {
        rows.add(row(migration, history.directory(), ending));
      }
    }
    if (rows.size() > 1) {
      lines.addAll(drawn(rows, width, colours));
    }
    if (counted) {
      lines.add(
          INDENT
              + (rows.size() > 1 ? "and " : "")
              + Verdict.plural(quiet, "migration", "migrations")
              + " for which nobody waits");
    }
    return lines;
  }

  private static String title(HistoryReport history) {
    return "%s (%s, %s)"
        .formatted(
            VisibleText.sentence(history.directory().isEmpty() ? "." : history.directory()),
            VisibleText.line(history.layout()),
            VisibleText.line(history.engine() + " " + history.engineVersion()));
  }

  private static boolean quiet(MigrationReport migration) {
    return migration.worstLock().mode().isEmpty()
        && migration.rewrites().isEmpty()
        && migration.scans().isEmpty()
        && !migration.failed();
  }

  /**
   * What says nothing because each of them has it: {@code /migration.sql}, where each has a
   * directory of its own.
   */
  private static String ending(HistoryReport history) {
    List<String> files = history.migrations().stream().map(MigrationReport::file).toList();
    if (files.size() < 2) {
      return "";
    }
    String ending = files.getFirst().substring(files.getFirst().lastIndexOf('/') + 1);
    return files.stream().allMatch(file -> file.endsWith("/" + ending)) ? "/" + ending : "";
  }

  private static List<String> row(MigrationReport migration, String directory, String ending) {
    String file = migration.file();
    String name =
        !directory.isEmpty() && file.startsWith(directory + "/")
            ? file.substring(directory.length() + 1)
            : file;
    return List.of(
        VisibleText.line(name.substring(0, name.length() - ending.length())) + outcome(migration),
        cell(migration.worstLock().mode()),
        cell(migration.worstLock().relation()),
        cell(migration.worstLock().blocks()),
        cell(work(migration)));
  }

  private static String outcome(MigrationReport migration) {
    if (!migration.failed()) {
      return "";
    }
    return migration.reached() ? " (fails)" : " (not reached)";
  }

  private static String work(MigrationReport migration) {
    List<String> work = new ArrayList<>();
    String locked = migration.worstLock().relation();
    for (String relation : migration.rewrites()) {
      work.add(relation.equals(locked) ? "rewrite" : "rewrite of " + relation);
    }
    for (String relation : migration.scans()) {
      work.add(relation.equals(locked) ? "scan" : "scan of " + relation);
    }
    return String.join(", ", work);
  }

  private static String cell(String text) {
    return text.isEmpty() ? NOTHING : VisibleText.line(text);
  }

  private static List<String> drawn(List<List<String>> rows, int width, Colours colours) {
    List<Integer> columns = columns(rows);
    int[] widths = widths(rows, columns, width - INDENT.length());
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(INDENT);
      for (int i = 0; i < widths.length; i++) {
        String text = DisplayWidth.fitted(row.get(columns.get(i)), widths[i]);
        line.append(i == 0 ? "" : BETWEEN).append(DisplayWidth.padded(text, widths[i]));
      }
      String drawn = line.toString().stripTrailing();
      lines.add(lines.isEmpty() ? Ink.FAINT.on(drawn, colours) : drawn);
    }
    return lines;
  }

  /** The columns that say something in at least one row. */
  private static List<Integer> columns(List<List<String>> rows) {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < HEAD.size(); i++) {
      int column = i;
      if (rows.stream().skip(1).anyMatch(row -> !row.get(column).equals(NOTHING))) {
        columns.add(i);
      }
    }
    return columns;
  }

  /** As wide as the widest cell; where that is too much, the widest columns give. */
  private static int[] widths(List<List<String>> rows, List<Integer> columns, int width) {
    int[] widths = new int[columns.size()];
    int total = BETWEEN.length() * (widths.length - 1);
    for (int i = 0; i < widths.length; i++) {
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(columns.get(i))));
      }
      total += widths[i];
    }
    int narrowest = Math.clamp(width / widths.length - BETWEEN.length(), 4, NARROWEST);
    while (total > width) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        if (widths[i] > widths[widest]) {
          widest = i;
        }
      }
      if (widths[widest] <= narrowest) {
        break;
      }
      int second = narrowest;
      for (int i = 0; i < widths.length; i++) {
        if (i != widest) {
          second = Math.max(second, widths[i]);
        }
      }
      int cut = Math.min(total - width, Math.max(1, widths[widest] - second));
      widths[widest] -= cut;
      total -= cut;
    }
    return widths;
  }
}
