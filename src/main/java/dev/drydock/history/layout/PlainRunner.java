package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is known of the transactions of plain files: by the library that a project runs them with,
 * and by what stands in them.
 */
final class PlainRunner {
  private static final Pattern MAY_NEED_TRANSACTION =
      Pattern.compile("(?i)\\b(?:lock|savepoint)\\s");

  private static final Pattern NEEDS_TRANSACTION =
      Pattern.compile("(?i)(?:^|;)\\s*(?:lock\\s+[\\w\"]|savepoint\\s)");

  private static final Pattern OPENS_TRANSACTION =
      Pattern.compile("(?i)(?:^|;)\\s*(?:begin|start\\s+transaction)\\b");

  /** What says of a file that codd runs that it wants the transaction which it gets anyway. */
  private static final Pattern CODD = Pattern.compile("(?im)^--[ \\t]*codd:.*\\bin-txn\\b");

  /** ThomWright/postgres-migrations, and what was made of it. */
  private static final List<String> POSTGRES_MIGRATIONS =
      List.of("\"postgres-migrations\"", "\"pg-node-migrations\"");

  private static final String NOT_OF_POSTGRES_MIGRATIONS =
      "-- postgres-migrations disable-transaction";

  /** Where Clojure's dependencies are. */
  private static final List<String> CLOJURE = List.of("project.clj", "deps.edn");

  private static final String MIGRATUS = "migratus";
  private static final String NOT_OF_MIGRATUS = "-- :disable-transaction";

  /** What parts the statements of a file for Migratus and Ragtime, with a semicolon or without. */
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^[ \\t]*(--;;)[ \\t]*\\r?$");

  private PlainRunner() {}

  static Transaction transaction(SourceFile file, Script up, Surroundings around) {
    Path directory = Folders.of(file.path());
    String text = file.text();
    if (POSTGRES_MIGRATIONS.stream()
        .anyMatch(name -> around.mentions(directory, "package.json", name))) {
      return text.contains(NOT_OF_POSTGRES_MIGRATIONS)
          ? Transaction.IMPLICIT
          : Transaction.PER_MIGRATION;
    }
    if (CLOJURE.stream().anyMatch(name -> around.mentions(directory, name, MIGRATUS))) {
      return text.startsWith(NOT_OF_MIGRATUS) ? Transaction.NONE : Transaction.PER_MIGRATION;
    }
    return CODD.matcher(text).find() ? Transaction.PER_MIGRATION : transaction(up);
  }

  /** What the script alone tells. */
  static Transaction transaction(Script script) {
    return needsTransaction(script.text()) ? Transaction.PER_MIGRATION : Transaction.NONE;
  }

  /** Whether the server refuses the file unless what runs it opens a transaction. */
  private static boolean needsTransaction(String text) {
    if (!MAY_NEED_TRANSACTION.matcher(text).find()) {
      return false;
    }
    String bare = SqlText.bare(text);
    return NEEDS_TRANSACTION.matcher(bare).find() && !OPENS_TRANSACTION.matcher(bare).find();
  }

  /** The file with a semicolon where something else parts its statements. */
  static SourceFile divided(SourceFile file) {
    if (!file.text().contains("--;;")) {
      return file;
    }
    StringBuilder text = new StringBuilder(file.text());
    SEPARATOR
        .matcher(file.text())
        .results()
        .forEach(found -> text.replace(found.start(1), found.end(1), ";   "));
    return new SourceFile(file.path(), text.toString());
  }
}
