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
import java.util.Optional;
import java.util.Set;

/** Puts SQL that the user wrote in the place of migrations that are not SQL. */
final class StandIns {
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
