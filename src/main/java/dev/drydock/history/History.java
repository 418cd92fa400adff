package dev.drydock.history;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The migrations of one directory, in the order their tool applies them, divided into what
 * production already has and what this change adds.
 *
 * @param layout id of the layout that recognised it, e.g. {@code flyway}
 * @param directory the directory the migrations lie in, relative to the root of the checkout
 * @param placeholders what the tool puts into scripts; absent when it leaves them alone
 * @param prelude SQL that the tool itself runs before the first migration (its bookkeeping table),
 *     or empty
 * @param session SQL that the tool runs in each of its sessions, or empty
 * @param code migrations that are not SQL, in the order of their versions
 * @param together whether the tool runs all that it finds new in one transaction
 * @param apart whether the pending migrations came in changes of their own, with releases in
 *     between
 * @param callbacks scripts that the tool runs around the migrations, by event and then by name
 * @param altered what the change alters of what runs before its migrations, a few words each
 */
public record History(
    String layout,
    Path directory,
    Dialect dialect,
    List<Migration> applied,
    List<Migration> pending,
    List<Integrity> problems,
    Optional<Placeholders> placeholders,
    String prelude,
    String session,
    List<CodeMigration> code,
    boolean together,
    boolean apart,
    List<Callback> callbacks,
    List<String> altered) {
  public History {
    Objects.requireNonNull(layout);
    Objects.requireNonNull(directory);
    Objects.requireNonNull(dialect);
    applied = List.copyOf(applied);
    pending = List.copyOf(pending);
    problems = List.copyOf(problems);
    Objects.requireNonNull(placeholders);
    Objects.requireNonNull(prelude);
    Objects.requireNonNull(session);
    code = List.copyOf(code);
    callbacks = List.copyOf(callbacks);
    altered = List.copyOf(altered);
  }

  /** A history whose tool runs SQL migrations and nothing else. */
  public History(
      String layout,
      Path directory,
      Dialect dialect,
      List<Migration> applied,
      List<Migration> pending,
      List<Integrity> problems,
      Optional<Placeholders> placeholders,
      String prelude) {
    this(
        layout,
        directory,
        dialect,
        applied,
        pending,
        problems,
        placeholders,
        prelude,
        "",
        List.of(),
        false,
        false,
        List.of(),
        List.of());
  }

  /** The same history in a database in which the tool has been before. */
  public History withoutPrelude() {
    return with(applied, pending, problems, "");
  }

  /** The same history with other migrations. */
  public History with(
      List<Migration> otherApplied, List<Migration> otherPending, List<Integrity> otherProblems) {
    return with(otherApplied, otherPending, otherProblems, prelude);
  }

  private History with(
      List<Migration> otherApplied,
      List<Migration> otherPending,
      List<Integrity> otherProblems,
      String otherPrelude) {
    return new History(
        layout,
        directory,
        dialect,
        otherApplied,
        otherPending,
        otherProblems,
        placeholders,
        otherPrelude,
        session,
        code,
        together,
        apart,
        callbacks,
        altered);
  }
}
