package dev.drydock.facts.mapping;

import dev.drydock.facts.ColumnChange;
import dev.drydock.facts.EarlierFacts;
import dev.drydock.facts.LockFacts;
import dev.drydock.facts.RowsFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.sql.Syntax;
import dev.drydock.sql.TransactionControl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The statements of a migration that came before one of them, summed up, so that a rule that asks
 * about them need not go through all of them for each.
 */
final class Earlier {
  /**
   * Actions that ALTER TABLE takes only by themselves or once, or that should not share its lock.
   */
  private static final Pattern STANDS_ALONE =
      Pattern.compile("RENAME|SET SCHEMA|ATTACH|DETACH|VALIDATE|SET (?:UN)?LOGGED");

  private static final Pattern SWITCHES = Pattern.compile("(?:ENABLE|DISABLE) ");

  /** For whom a trigger or rule is switched on. */
  private static final Pattern MODE = Pattern.compile("^ENABLE (?:ALWAYS|REPLICA) ");

  private static final Pattern DROPS_OF_COLUMN = Pattern.compile(" DROP (?:NOT NULL|DEFAULT)$");

  /** The values that an error is about, which come after what it says of any. */
  private static final Pattern DETAIL = Pattern.compile(" \\((?=Key|Failing)");

  /** What ALTER TABLE statements have altered and nothing else has touched since, by table. */
  private final Map<String, Altered> altered = new TreeMap<>();

  /**
   * How an ALTER TABLE altered a table.
   *
   * @param lock the lock it took
   * @param columns names of the columns that were there before and are other ones now
   * @param switched what it switched on or off: {@code ENABLE TRIGGER}, {@code DISABLE RULE}
   * @param passes whether it went through the rows in the pass that all its actions share
   */
  private record Altered(String lock, Set<String> columns, Set<String> switched, boolean passes) {
    /** Whether one statement could do both, and nobody would wait who does not now. */
    boolean goesWith(Altered later) {
      return lock.equals(later.lock)
          && Collections.disjoint(columns, later.columns)
          && later.switched.stream().noneMatch(action -> switched.contains(opposite(action)));
    }

    Altered and(Altered later) {
      return new Altered(
          later.lock,
          joined(columns, later.columns),
          joined(switched, later.switched),
          passes || later.passes);
    }

    private static Set<String> joined(Set<String> one, Set<String> other) {
      Set<String> both = new TreeSet<>(one);
      both.addAll(other);
      return both;
    }

    private static String opposite(String action) {
      return action.startsWith("ENABLE ")
          ? action.replaceFirst("ENABLE", "DISABLE")
          : action.replaceFirst("DISABLE", "ENABLE");
    }
  }

  private final Set<Long> lockTimeouts = new TreeSet<>();
  private final Set<Long> statementTimeouts = new TreeSet<>();
  private final Set<String> referenced = new TreeSet<>();
  private final Set<String> filled = new TreeSet<>();
  private final Set<String> changed = new TreeSet<>();
  private final Set<String> clearedAway = new TreeSet<>();
  private final Set<String> emptied = new TreeSet<>();
  private final Set<String> truncated = new TreeSet<>();
  private final Set<String> unchecked = new TreeSet<>();
  private final Set<String> refusals = new TreeSet<>();
  private final Set<String> alteredAgain = new TreeSet<>();
  private long transaction;

  /** The sum for a statement of that transaction, {@link #altered} apart. */
  EarlierFacts before(long itsTransaction) {
    boolean same = transaction == itsTransaction;
    return new EarlierFacts(
        List.copyOf(lockTimeouts),
        List.copyOf(statementTimeouts),
        same ? List.copyOf(referenced) : List.of(),
        List.copyOf(filled),
        List.copyOf(changed),
        same ? List.copyOf(emptied) : List.of(),
        same ? List.copyOf(truncated) : List.of(),
        same ? List.copyOf(unchecked) : List.of(),
        List.copyOf(refusals),
        List.copyOf(clearedAway),
        List.copyOf(alteredAgain));
  }

  /**
   * The tables a statement alters that one before it altered too, where one could have done both,
   * and would have taken a lock less that somebody waits for or gone through the rows once less.
   *
   * @param actions the sub-commands of an ALTER TABLE
   * @param held the locks on its own table
   * @param kept names of the tables that its transaction had locked before it
   * @param passed names of the tables whose rows it went through in the pass that all its actions
   *     share
   */
  List<String> altered(
      String command,
      List<String> actions,
      List<LockFacts> held,
      Set<String> kept,
      Set<String> passed,
      List<ColumnChange> columns) {
    if (!command.equals("ALTER TABLE")) {
      return List.of();
    }
    List<LockFacts> locks =
        held.stream()
            .filter(lock -> lock.relation().existedBefore())
            .filter(lock -> lock.relation().kind().endsWith("table"))
            .toList();
    if (actions.stream().anyMatch(Earlier::standsAlone)) {
      locks.forEach(lock -> altered.remove(lock.relation().name()));
      return List.of();
    }
    List<ColumnChange> changes =
        columns.stream().filter(column -> column.event().equals("altered")).toList();
    Set<String> changed = changes.stream().map(ColumnChange::name).collect(Collectors.toSet());
    Set<String> switched =
        actions.stream()
            .filter(action -> SWITCHES.matcher(action).lookingAt())
            .map(action -> MODE.matcher(action).replaceFirst("ENABLE "))
            .collect(Collectors.toSet());
    List<String> again = new ArrayList<>();
    for (LockFacts lock : locks) {
      String table = lock.relation().name();
      Altered now = new Altered(lock.mode(), changed, switched, passed.contains(table));
      Altered before = altered.get(table);
      boolean together = before != null && before.goesWith(now);
      altered.put(table, together ? before.and(now) : now);
      // What the transaction has locked already, it does not wait for again.
      boolean spares = !kept.contains(table) || before != null && before.passes() && now.passes();
      if (together && lock.blocksWrites() && spares) {
        again.add(table);
      }
    }
    return changes.stream().allMatch(ColumnChange::existedBefore) ? again : List.of();
  }

  /**
   * ALTER TABLE drops first and adds later, whatever the order it is told in, and what others drop
   * in between may have held what it drops; and what the statement before added has to be there.
   * What a column alone is rid of holds nothing.
   */
  private static boolean standsAlone(String action) {
    return STANDS_ALONE.matcher(action).lookingAt()
        || action.contains("DROP") && !DROPS_OF_COLUMN.matcher(action).find();
  }

  /**
   * Takes a statement in, which is then one that came before.
   *
   * @param deferred names of the tables that have checks to come after it
   */
  void add(
      StatementFacts statement, Syntax syntax, TransactionControl control, Set<String> deferred) {
    if (statement.ifExists()) {
      syntax.parts().forEach(part -> clearedAway.add(part.kind() + " " + part.name()));
    }
    if (!statement.command().equals("ALTER TABLE")) {
      forget(statement, control);
    }
    if (statement.locks().stream().anyMatch(Earlier::blocksTable)) {
      lockTimeouts.add(statement.lockTimeoutMillis());
      statementTimeouts.add(statement.statementTimeoutMillis());
    }
    if (statement.outcome().equals("refused")) {
      refusals.add(DETAIL.split(statement.error().message(), 2)[0]);
    }
    if (statement.outcome().equals("succeeded")) {
      alteredAgain.addAll(statement.alteredEarlier());
    }
    statement.rows().stream()
        .filter(given -> given.command().equals("INSERT"))
        .forEach(given -> filled.add(given.relation().name()));
    statement.rows().stream()
        .filter(row -> !row.command().equals("INSERT"))
        .map(
            row ->
                "%s %s%s"
                    .formatted(
                        row.command(), row.single() ? "one row of " : "", row.relation().name()))
        .forEach(changed::add);
    if (transaction != statement.transaction()) {
      transaction = statement.transaction();
      referenced.clear();
      unchecked.clear();
      refill();
    }
    // To a savepoint: what was emptied since has its rows again.
    if (control == TransactionControl.SAVEPOINT && statement.command().equals("ROLLBACK")) {
      refill();
    }
    empty(statement);
    if (statement.command().equals("SET CONSTRAINTS")) {
      unchecked.clear();
    }
    unchecked.addAll(deferred);
    statement.constraints().stream()
        .filter(c -> c.event().equals("created") && c.after().type().equals("foreign key"))
        .filter(c -> !c.after().inherited() && c.referenced().existedBefore())
        .filter(c -> !c.referenced().name().equals(c.table().name()))
        .forEach(c -> referenced.add(c.referenced().name()));
  }

  private void refill() {
    emptied.clear();
    truncated.clear();
  }

  private void empty(StatementFacts statement) {
    statement.rewrites().stream()
        .filter(rewrite -> rewrite.reason().equals("truncate"))
        .map(rewrite -> rewrite.relation().name())
        .forEach(
            name -> {
              emptied.add(name);
              truncated.add(name);
            });
    for (RowsFacts changed : statement.rows()) {
      if (changed.command().equals("DELETE") && changed.named() && !changed.restricted()) {
        emptied.add(changed.relation().name());
      } else if (!changed.command().equals("UPDATE") && !changed.command().equals("DELETE")) {
        emptied.remove(changed.relation().name());
        if (!(statement.writtenOut() && changed.named())) {
          truncated.remove(changed.relation().name());
        }
      }
    }
  }

  /** What has been touched in another way cannot be altered together with what came before. */
  private void forget(StatementFacts statement, TransactionControl control) {
    if (control != TransactionControl.NONE) {
      altered.clear();
    }
    statement.locks().forEach(lock -> altered.remove(lock.relation().name()));
    statement.rows().forEach(changed -> altered.remove(changed.relation().name()));
    statement.indexes().forEach(index -> altered.remove(index.table().name()));
  }

  private static boolean blocksTable(LockFacts lock) {
    return lock.blocksWrites()
        && lock.relation().existedBefore()
        && (lock.relation().kind().equals("table")
            || lock.relation().kind().equals("partitioned table"));
  }
}
