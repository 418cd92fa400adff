package dev.drydock.report;

import dev.drydock.report.HistoryReport.MigrationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pending migrations of a history, a row each: the worst lock, who waits, what is copied. */
final class MigrationTable {
  private static final String NOTHING = "-";
  private static final String INDENT = "  ";

  /** In a longer table the migrations that hurt nobody are counted, not listed. */
  private static final int MOST_QUIET_ROWS = 20;

  private static final List<String> HEAD =
      List.of("migration", "worst lock", "on", "who waits", "heavy work");

  /**
   * What each column gives where the terminal is narrow: the names of the files first, which have
   * much in common. A mode that is cut is no mode, so what is not a name is only broken at blanks.
   */
  private static final List<TextGrid.Giving> GIVING =
      List.of(
          new TextGrid.Giving(1, 24, false),
          new TextGrid.Giving(5, 12, true),
          new TextGrid.Giving(4, 20, false),
          new TextGrid.Giving(3, 9, true),
          new TextGrid.Giving(2, 16, true));

  private MigrationTable() {}

  static List<String> lines(HistoryReport history, int width, Colours colours) {
    List<String> lines = new ArrayList<>();
    lines.add(Ink.STRONG.on(title(history), colours));
    long quiet = history.migrations().stream().filter(MigrationReport::isQuiet).count();
    boolean counted = quiet > MOST_QUIET_ROWS;
    List<MigrationReport> shown =
        history.migrations().stream()
            .filter(migration -> !counted || !migration.isQuiet())
            .toList();
    if (!shown.isEmpty()) {
      String ending = ending(history);
      List<List<String>> rows = rows(history, shown, ending, "");
      // What all have in common is the first to go.
      lines.addAll(
          grid(rows).fits(width - INDENT.length())
              ? drawn(rows, width, colours)
              : drawn(
                  rows(
                      history,
                      shown,
                      ending.isEmpty() ? shared(history, shown) : ending,
                      schema(shown)),
                  width,
                  colours));
    }
    if (counted) {
      lines.add(
          INDENT
              + (shown.isEmpty() ? "" : "and ")
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

  /**
   * What says nothing because each of them has it: {@code /migration.sql}, where each has a
   * directory of its own.
   */
  static String ending(HistoryReport history) {
    List<String> files =
        history.migrations().stream().map(MigrationReport::file).distinct().toList();
    if (files.size() < 2) {
      return "";
    }
    String ending = files.getFirst().substring(files.getFirst().lastIndexOf('/') + 1);
    return files.stream().allMatch(file -> file.endsWith("/" + ending)) ? "/" + ending : "";
  }

  /** What all names have in common: all of it where a single file holds all that is shown. */
  private static String shared(HistoryReport history, List<MigrationReport> shown) {
    boolean one = shown.stream().map(MigrationReport::file).distinct().count() == 1;
    return one && shown.stream().noneMatch(migration -> history.within(migration).isEmpty())
        ? MigrationRows.below(history.directory(), shown.getFirst().file())
        : extension(shown);
  }

  /** What follows the first dot of all names and says nothing, such as {@code .up.sql}. */
  private static String extension(List<MigrationReport> migrations) {
    Set<String> extensions =
        migrations.stream()
            .map(migration -> migration.file().substring(migration.file().lastIndexOf('/') + 1))
            .map(name -> name.indexOf('.') > 0 ? name.substring(name.indexOf('.')) : "")
            .collect(Collectors.toSet());
    boolean several = migrations.stream().map(MigrationReport::file).distinct().count() > 1;
    return several && extensions.size() == 1 ? extensions.iterator().next() : "";
  }

  /** The schema of all relations in these rows, with its dot; empty where there are several. */
  private static String schema(List<MigrationReport> migrations) {
    Set<String> schemas =
        migrations.stream()
            .flatMap(
                migration ->
                    Stream.of(
                            Stream.of(migration.worstLock().relation()),
                            migration.rewrites().stream(),
                            migration.scans().stream())
                        .flatMap(relations -> relations))
            .filter(relation -> !relation.isEmpty())
            .map(relation -> relation.substring(0, relation.indexOf('.') + 1))
            .collect(Collectors.toSet());
    return schemas.size() == 1 && !schemas.iterator().next().startsWith("\"")
        ? schemas.iterator().next()
        : "";
  }

  private static List<List<String>> rows(
      HistoryReport history, List<MigrationReport> migrations, String ending, String schema) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    migrations.forEach(migration -> rows.add(row(history, migration, ending, schema)));
    return rows;
  }

  private static List<String> row(
      HistoryReport history, MigrationReport migration, String ending, String schema) {
    String name = MigrationRows.below(history.directory(), migration.file());
    String told = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    return List.of(
        VisibleText.line((told + history.within(migration)).strip()) + outcome(migration),
        cell(migration.worstLock().mode()),
        cell(without(schema, migration.worstLock().relation())),
        // What did not run to its end was not seen to let everybody through.
        migration.failed() && migration.worstLock().mode().isEmpty()
            ? NOTHING
            : cell(migration.worstLock().blocks()),
        cell(work(migration, schema)));
  }

  private static String outcome(MigrationReport migration) {
    if (!migration.failed()) {
      return "";
    }
    if (!migration.reached()) {
      return " (not reached)";
    }
    return migration.judged() ? " (fails)" : " (not judged)";
  }

  private static String work(MigrationReport migration, String schema) {
    List<String> work = new ArrayList<>();
    String locked = migration.worstLock().relation();
    for (String relation : migration.rewrites()) {
      work.add(relation.equals(locked) ? "rewrite" : "rewrite of " + without(schema, relation));
    }
    for (String relation : migration.scans()) {
      work.add(relation.equals(locked) ? "scan" : "scan of " + without(schema, relation));
    }
    return String.join(", ", work);
  }

  private static String without(String schema, String relation) {
    return relation.startsWith(schema) ? relation.substring(schema.length()) : relation;
  }

  private static String cell(String text) {
    return text.isEmpty() ? NOTHING : VisibleText.line(text);
  }

  private static List<String> drawn(List<List<String>> rows, int width, Colours colours) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : grid(rows).lines(width - INDENT.length())) {
      boolean head = lines.isEmpty();
      row.forEach(line -> lines.add(INDENT + (head ? Ink.FAINT.on(line, colours) : line)));
    }
    return lines;
  }

  private static TextGrid grid(List<List<String>> rows) {
    List<Integer> columns = columns(rows);
    return new TextGrid(
        rows.stream().map(row -> columns.stream().map(row::get).toList()).toList(),
        columns.stream().map(GIVING::get).toList());
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
}
