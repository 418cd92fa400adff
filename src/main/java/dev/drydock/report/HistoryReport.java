package dev.drydock.report;

import dev.drydock.source.Location;
import java.util.List;
import java.util.Objects;

/**
 * One history and what its pending migrations were seen to do.
 *
 * @param directory relative to the root of the checkout
 * @param layout e.g. {@code flyway}
 * @param outsideTransaction where a statement is to be run that must not run in a transaction, e.g.
 *     {@code in a migration of its own that runs outside a transaction}, and how the tool is told
 *     so; empty when nobody knows
 * @param engine e.g. {@code postgresql}
 * @param engineVersion in full; empty when nothing was run, because no migration is new
 * @param applied how many migrations the base has
 */
public record HistoryReport(
    String directory,
    String layout,
    String outsideTransaction,
    String engine,
    String engineVersion,
    int applied,
    List<MigrationReport> migrations) {

  /**
   * A pending migration in one row.
   *
   * @param file its path
   * @param version as its tool shows it
   * @param statements how many it has
   * @param worstLock the lock that blocks most on a relation production has
   * @param rewrites names of the relations it rewrites that production has
   * @param scans names of the tables it reads in full while writes wait
   * @param failed whether a statement of it did not succeed
   * @param steps its statements, in order
   * @param changes what it leaves behind in the schema, in order
   */
  public record MigrationReport(
      String file,
      String version,
      int statements,
      WorstLock worstLock,
      List<String> rewrites,
      List<String> scans,
      boolean failed,
      List<Step> steps,
      List<Change> changes) {
    public MigrationReport {
      Objects.requireNonNull(file);
      Objects.requireNonNull(version);
      Objects.requireNonNull(worstLock);
      rewrites = List.copyOf(rewrites);
      scans = List.copyOf(scans);
      steps = List.copyOf(steps);
      changes = List.copyOf(changes);
    }

    /** Whether the run came to it at all: an earlier failure leaves the migrations after it out. */
    public boolean reached() {
      return steps.isEmpty() || steps.stream().anyMatch(Step::reached);
    }

    /** Whether it was run as it stands: what has yet to be filled in could not be. */
    boolean judged() {
      return steps.stream().noneMatch(step -> step.outcome().equals(Step.NOT_JUDGED));
    }

    /** Whether nobody waits for it and it copies and reads nothing in full. */
    boolean isQuiet() {
      return worstLock.mode().isEmpty() && rewrites.isEmpty() && scans.isEmpty() && !failed;
    }

    /** A migration of which no more is told than its row. */
    public MigrationReport(
        String file,
        String version,
        int statements,
        WorstLock worstLock,
        List<String> rewrites,
        List<String> scans,
        boolean failed) {
      this(file, version, statements, worstLock, rewrites, scans, failed, List.of(), List.of());
    }
  }

  /**
   * One statement of a migration.
   *
   * @param command its command tag, e.g. {@code ALTER TABLE}; empty when it never ran
   * @param transaction which transaction of the run it belongs to, counted from 1
   * @param inTransaction whether that transaction holds, or could hold, more than this statement
   * @param outcome {@code succeeded}, {@code failed}, {@code refused}, {@code stopped}, {@code
   *     not-reached} or {@code not-judged}: it looks like a template, and the server refuses it as
   *     it stands
   * @param locks those it took, on tables production has, for which somebody waits
   */
  public record Step(
      Location location,
      String command,
      int transaction,
      boolean inTransaction,
      String outcome,
      List<WorstLock> locks) {
    public static final String NOT_JUDGED = "not-judged";

    public Step {
      Objects.requireNonNull(location);
      Objects.requireNonNull(command);
      Objects.requireNonNull(outcome);
      locks = List.copyOf(locks);
    }

    /** Whether the run came to it. */
    boolean reached() {
      return !outcome.equals("not-reached");
    }

    /** Whether the run came to it and did not get past it. */
    boolean stopped() {
      return reached() && !outcome.equals("succeeded");
    }
  }

  /**
   * What became of one object of the schema.
   *
   * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
   * @param kind e.g. {@code table}, {@code column}, {@code index}
   * @param table the table it hangs on, qualified; empty for what hangs on none
   * @param name its own name, qualified when it hangs on no table
   * @param before what it was, e.g. {@code integer not null}, or its old name; may be empty
   * @param after what it is; may be empty
   * @param refersTo the table a foreign key points to; empty otherwise
   */
  public record Change(
      String event,
      String kind,
      String table,
      String name,
      String before,
      String after,
      String refersTo) {
    public Change {
      Objects.requireNonNull(event);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(table);
      Objects.requireNonNull(name);
      Objects.requireNonNull(before);
      Objects.requireNonNull(after);
      Objects.requireNonNull(refersTo);
    }
  }

  /**
   * A lock and who waits for it.
   *
   * @param mode e.g. {@code ACCESS EXCLUSIVE}; empty when nothing production has is locked against
   *     anyone
   * @param relation qualified name; empty with the mode
   * @param blocks {@code reads and writes}, {@code writes}, {@code schema changes} or {@code
   *     nobody}
   */
  public record WorstLock(String mode, String relation, String blocks) {
    public static final WorstLock NONE = new WorstLock("", "", "nobody");
  }

  public HistoryReport {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(layout);
    Objects.requireNonNull(outsideTransaction);
    Objects.requireNonNull(engine);
    Objects.requireNonNull(engineVersion);
    migrations = List.copyOf(migrations);
  }

  /** A migration by its path below the directory, and by more where a file holds several. */
  String name(MigrationReport migration) {
    return MigrationRows.below(directory, migration.file()) + within(migration);
  }

  /** What tells a migration from others of its file; empty where none of them is pending. */
  String within(MigrationReport migration) {
    boolean several =
        migrations.stream()
            .anyMatch(
                other ->
                    other.file().equals(migration.file())
                        && !other.version().equals(migration.version()));
    return several ? " " + migration.version() : "";
  }

  /** Whether anything was run. */
  boolean replayed() {
    return !engineVersion.isEmpty();
  }
}
