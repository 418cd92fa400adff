package dev.drydock.facts;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statements of a migration that came before one of them, summed up, so that a rule that asks
 * about them need not go through all of them for each.
 */
final class Earlier {
  private final Set<Long> lockTimeouts = new TreeSet<>();
  private final Set<Long> statementTimeouts = new TreeSet<>();
  private final Set<String> referenced = new TreeSet<>();
  private long transaction;

  EarlierFacts before(long itsTransaction) {
    return new EarlierFacts(
        List.copyOf(lockTimeouts),
        List.copyOf(statementTimeouts),
        transaction == itsTransaction ? List.copyOf(referenced) : List.of());
  }

  void add(StatementFacts statement) {
    if (statement.locks().stream().anyMatch(Earlier::blocksTable)) {
      lockTimeouts.add(statement.lockTimeoutMillis());
      statementTimeouts.add(statement.statementTimeoutMillis());
    }
    if (transaction != statement.transaction()) {
      transaction = statement.transaction();
      referenced.clear();
    }
    statement.constraints().stream()
        .filter(c -> c.event().equals("created") && c.after().type().equals("foreign key"))
        .filter(c -> !c.after().inherited() && c.referenced().existedBefore())
        .filter(c -> !c.referenced().name().equals(c.table().name()))
        .forEach(c -> referenced.add(c.referenced().name()));
  }

  private static boolean blocksTable(LockFacts lock) {
    return lock.blocksWrites()
        && lock.relation().existedBefore()
        && (lock.relation().kind().equals("table")
            || lock.relation().kind().equals("partitioned table"));
  }
}
