package dev.drydock.sql;

import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Script;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the statements of a migration, and those of the files that it has psql run in between. */
final class StatementReader {
  /** Files within files: no more than these, for one may have itself run. */
  private static final int DEEPEST = 10;

  /** Of all files, in characters: one that runs another one twice, and so on, grows fast. */
  private static final int LONGEST = 20_000_000;

  private final Migration migration;
  private final PsqlScript psql;
  private final List<Statement> statements = new ArrayList<>();
  private final List<Directive> directives = new ArrayList<>();
  private int length;

  StatementReader(Migration migration, Optional<Placeholders> placeholders) {
    this.migration = migration;
    this.psql = new PsqlScript(placeholders);
  }

  List<Statement> statements() {
    return statements;
  }

  List<Directive> directives() {
    return directives;
  }

  void read() {
    read(migration, migration.up(), 0);
  }

  /**
   * @param from what the statements are said to be of, which has their file
   */
  private void read(Migration from, Script script, int depth) {
    String file = script.file().text();
    List<Fragment> fragments = new ArrayList<>();
    new PostgresSplitter(file, script.start(), script.end()).forEachRemaining(fragments::add);
    DirectiveReader.Directives read = DirectiveReader.read(script, fragments);
    directives.addAll(read.all());
    for (Fragment fragment : fragments) {
      if (fragment.isEmpty()) {
        continue;
      }
      String text = file.substring(fragment.textStart(), fragment.textEnd());
      for (PsqlScript.Piece piece : psql.runs(fragment.kind(), text)) {
        Optional<SourceFile> included = included(script, fragment, piece, depth);
        if (included.isPresent()) {
          read(included.get(), depth + 1);
          continue;
        }
        int start = fragment.textStart() + piece.start();
        statements.add(
            new Statement(
                from,
                statements.size(),
                fragment.kind(),
                piece.text(),
                start,
                piece.sql(),
                file.substring(fragment.dataStart(), fragment.dataEnd()),
                script.file().location(start, start + piece.text().length()),
                SyntaxReader.keywords(fragment.kind(), piece.sql().sql()),
                read.applyingTo(fragment)));
      }
    }
  }

  private Optional<SourceFile> included(
      Script script, Fragment fragment, PsqlScript.Piece piece, int depth) {
    if (fragment.kind() != Statement.Kind.META || migration.up().included().isEmpty()) {
      return Optional.empty();
    }
    return PsqlCommand.includes(piece.text())
        .flatMap(name -> migration.up().included(script.file().path(), name))
        .filter(file -> depth < DEEPEST && length + file.text().length() <= LONGEST);
  }

  private void read(SourceFile file, int depth) {
    length += file.text().length();
    Migration part =
        new Migration(
            migration.version(),
            migration.description(),
            file,
            Script.whole(file),
            Optional.empty(),
            migration.transaction(),
            migration.placeholders());
    read(part, part.up(), depth);
    psql.goOn();
  }
}
