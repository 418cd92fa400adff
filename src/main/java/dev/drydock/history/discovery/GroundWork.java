package dev.drydock.history.discovery;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Layouts;
import dev.drydock.history.layout.Role;
import dev.drydock.history.layout.SqlText;
import dev.drydock.history.layout.Surroundings;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Files that the user named as applied and that are none of the tool's migrations: a dump of the
 * schema, say, which the migrations stand on.
 *
 * @param layout reads those that have its marks
 * @param files sorted
 */
record GroundWork(Layout layout, List<Path> files, Surroundings around) {
  private static final Pattern TABLE =
      Pattern.compile(
          "(?i)\\bcreate\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(?:\"?\\w+\"?\\.)?\"?(\\w+)");

  GroundWork {
    files = List.copyOf(files);
  }

  /**
   * @param layout of the pending migrations, not yet fitted to files
   */
  static GroundWork of(Layout layout, FileTree applied, Set<Path> pending, Surroundings around) {
    List<Path> all = new ArrayList<>(pending);
    applied.files().stream().filter(file -> !pending.contains(file)).forEach(all::add);
    Layout fitted = layout.fittedToNamed(all.stream().sorted().toList(), around);
    boolean numbered = pending.stream().noneMatch(file -> hasNoNumber(fitted.role(file)));
    List<Path> files =
        applied.files().stream()
            .filter(file -> applied.isNamed(file) && !pending.contains(file))
            .filter(file -> !isMigration(fitted, file, numbered, around))
            .toList();
    return new GroundWork(fitted, files, around);
  }

  private static boolean isMigration(
      Layout layout, Path file, boolean numbered, Surroundings around) {
    if (layout.parts(file, around).filter(parts -> !parts.isEmpty()).isPresent()) {
      return true;
    }
    Role role = layout.role(file);
    return switch (role) {
      case Role.Forward forward ->
          !hasNoNumber(role) || !(numbered || isTakenForWantOfBetter(layout, file, forward));
      case Role.Backward backward -> true;
      case Role.Code code -> true;
      case Role.Event event -> true;
      case Role.Stray stray -> false;
      case Role.Other other -> false;
    };
  }

  /** Whether nothing in its version could be a number, be it compared as one or as text. */
  private static boolean hasNoNumber(Role role) {
    return role instanceof Role.Forward(Version.Versioned version, var words, var baseline)
        && version.numbers().isEmpty()
        && version.text().chars().limit(1).noneMatch(Character::isDigit);
  }

  /** Whether the tool would not run the file, and only its being named makes it a migration. */
  private static boolean isTakenForWantOfBetter(Layout layout, Path file, Role.Forward role) {
    return layout.isOrdered(role.version())
        && Layouts.byId(layout.id())
            .filter(tool -> tool.role(file) instanceof Role.Forward)
            .isEmpty();
  }

  /**
   * The history with these files before its applied migrations. A dump that has the tool's own
   * table is of the whole database, and has all that the tool makes.
   */
  History under(History history, FileTree applied) {
    List<Migration> all = new ArrayList<>();
    files.forEach(file -> all.add(migration(applied.read(file))));
    Set<String> own = tables(history.prelude());
    boolean whole =
        all.stream()
            .anyMatch(dump -> !Collections.disjoint(own, tables(SqlText.bare(dump.up().text()))));
    all.addAll(history.applied());
    History under = history.with(all, history.pending(), history.problems());
    return whole ? under.withoutPrelude() : under;
  }

  private static Set<String> tables(String sql) {
    return TABLE
        .matcher(sql)
        .results()
        .map(made -> made.group(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private Migration migration(SourceFile file) {
    boolean marked = layout.role(file.path()) instanceof Role.Forward;
    return new Migration(
        new Version.Repeatable(file.path().toString()),
        "",
        file,
        marked ? layout.up(file) : Script.whole(file),
        Optional.empty(),
        marked ? layout.transaction(file, around) : Transaction.NONE,
        false);
  }
}
