package dev.drydock.lint;

import dev.drydock.history.CodeMigration;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts SQL that the user wrote in the place of migrations. */
final class StandIns {
  private static final Path ROOT = Path.of("");

  private StandIns() {}

  /**
   * The history with the stand-ins among its migrations.
   *
   * @param standIns by the path of the migration each takes the place of
   */
  static History put(History history, Map<Path, SourceFile> standIns) {
    List<Migration> applied = new ArrayList<>(history.applied());
    List<Migration> pending = new ArrayList<>(history.pending());
    List<Integrity> problems = new ArrayList<>(history.problems());
    Set<Path> put = new HashSet<>();
    // New SQL is what a review is about: nothing else is judged in its place.
    replace(applied, standIns);
    for (CodeMigration code : history.code()) {
      // A file may hold several, and what takes its place stands for all of them.
      Optional.ofNullable(standIns.get(code.file()))
          .filter(file -> put.add(code.file()))
          .ifPresent(
              file -> {
                insert(code.pending() ? pending : applied, migration(code, file));
                problems.removeIf(
                    problem ->
                        code.pending()
                            && problem.kind() == Integrity.Kind.NOT_SQL
                            && problem.location().file().equals(code.file()));
              });
    }
    return history.with(applied, pending, problems);
  }

  /** Why some of those for the directory of a history are not put, a sentence each. */
  static List<String> notPut(History history, Map<Path, SourceFile> standIns) {
    Set<Path> pending = paths(history.pending());
    Set<Path> replaceable = new HashSet<>(paths(history.applied()));
    history.code().forEach(code -> replaceable.add(code.file()));
    Set<Path> all = new HashSet<>(pending);
    all.addAll(replaceable);
    return standIns.keySet().stream()
        .filter(file -> isBeside(file, all, history.directory()) && !replaceable.contains(file))
        .sorted()
        .map(
            file ->
                pending.contains(file)
                    ? "%s is new SQL and was run as it is: `stand-ins:` in .drydock.yml is for what databases have, and for what is not SQL"
                        .formatted(file)
                    : "%s, which `stand-ins:` in .drydock.yml names, is none of the migrations in %s, so nothing was put in its place"
                        .formatted(
                            file,
                            history.directory().equals(ROOT) ? "the root" : history.directory()))
        .toList();
  }

  /** Below the root lies what is of other histories, too. */
  private static boolean isBeside(Path file, Set<Path> migrations, Path directory) {
    return directory.equals(ROOT)
        ? migrations.stream().anyMatch(of -> Objects.equals(of.getParent(), file.getParent()))
        : file.startsWith(directory);
  }

  private static Set<Path> paths(List<Migration> migrations) {
    return migrations.stream()
        .map(migration -> migration.file().path())
        .collect(Collectors.toSet());
  }

  /** What a file of SQL takes the place of may be several migrations of one file. */
  private static void replace(List<Migration> migrations, Map<Path, SourceFile> standIns) {
    Set<Path> put = new HashSet<>();
    for (Migration migration : List.copyOf(migrations)) {
      Path path = migration.file().path();
      SourceFile file = standIns.get(path);
      if (file == null) {
        continue;
      }
      if (put.add(path)) {
        migrations.set(migrations.indexOf(migration), migration(migration, file));
      } else {
        migrations.remove(migration);
      }
    }
  }

  private static Migration migration(Migration replaced, SourceFile file) {
    return new Migration(
        replaced.version(),
        replaced.description(),
        file,
        Script.whole(file),
        Optional.empty(),
        replaced.transaction(),
        false);
  }

  private static Migration migration(CodeMigration code, SourceFile file) {
    return new Migration(
        code.version(),
        code.file().getFileName().toString(),
        file,
        Script.whole(file),
        Optional.empty(),
        Transaction.PER_MIGRATION,
        false);
  }

  private static void insert(List<Migration> migrations, Migration standIn) {
    int index = 0;
    while (index < migrations.size()
        && migrations.get(index).version().compareTo(standIn.version()) < 0) {
      index++;
    }
    migrations.add(index, standIn);
  }
}
