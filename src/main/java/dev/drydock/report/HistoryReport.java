package dev.drydock.report;

import java.util.List;
import java.util.Objects;

/**
 * One history and what its pending migrations were seen to do.
 *
 * @param directory relative to the root of the checkout
 * @param layout e.g. {@code flyway}
 * @param engine e.g. {@code postgresql}
 * @param engineVersion in full
 * @param applied how many migrations were replayed as the base
 */
public record HistoryReport(
    String directory,
    String layout,
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
   */
  public record MigrationReport(
      String file,
      String version,
      int statements,
      WorstLock worstLock,
      List<String> rewrites,
      List<String> scans,
      boolean failed) {
    public MigrationReport {
      Objects.requireNonNull(file);
      Objects.requireNonNull(version);
      Objects.requireNonNull(worstLock);
      rewrites = List.copyOf(rewrites);
      scans = List.copyOf(scans);
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
    Objects.requireNonNull(engine);
    Objects.requireNonNull(engineVersion);
    migrations = List.copyOf(migrations);
  }
}
