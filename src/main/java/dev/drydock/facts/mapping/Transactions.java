package dev.drydock.facts.mapping;

import dev.drydock.facts.LockFacts;
import dev.drydock.facts.RelationFacts;
import dev.drydock.facts.RewriteFacts;
import dev.drydock.facts.RowsFacts;
import dev.drydock.facts.ScanFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.facts.TableChange;
import dev.drydock.facts.TransactionFacts;
import dev.drydock.facts.WorkFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the statements of one migration by the transactions they ran in. */
final class Transactions {
  /**
   * Commands that may work through rows although the replay, whose tables are nearly empty, shows
   * no scan.
   */
  private static final Set<String> DATA_CHANGES =
      Set.of("UPDATE", "DELETE", "MERGE", "INSERT", "COPY", "DO", "SELECT", "CALL", "WITH");

  private static final int TOO_FEW = 2;

  private static final long FEW_ROWS = 100;

  private Transactions() {}

  /**
   * The transactions of at least two statements, each with its statements in order; those before
   * the first may stand in an earlier migration that the tool runs in the same one.
   */
  static List<List<StatementFacts>> of(List<StatementFacts> statements) {
    Map<Long, List<StatementFacts>> byNumber = new LinkedHashMap<>();
    for (StatementFacts statement : statements) {
      if (statement.inTransaction() && !statement.outcome().equals("not-reached")) {
        byNumber
            .computeIfAbsent(statement.transaction(), unused -> new ArrayList<>())
            .add(statement);
      }
    }
    return byNumber.values().stream()
        .filter(list -> list.size() >= TOO_FEW || !list.getFirst().heldBefore().isEmpty())
        .toList();
  }

  static TransactionFacts facts(List<StatementFacts> statements) {
    Map<String, LockFacts> strongest = new LinkedHashMap<>();
    for (StatementFacts statement : statements) {
      // What is taken later is stronger than what was held, or it would not be listed.
      statement.locks().stream()
          .filter(lock -> lock.relation().existedBefore() && !isIndex(lock.relation()))
          .forEach(lock -> strongest.put(lock.relation().name(), lock));
    }
    Set<String> referenced = new TreeSet<>();
    for (StatementFacts statement : statements) {
      statement.constraints().stream()
          .filter(c -> c.event().equals("created") && c.after().type().equals("foreign key"))
          .filter(c -> c.referenced().existedBefore())
          .forEach(c -> referenced.add(c.referenced().name()));
    }
    return new TransactionFacts(
        statements.getFirst().transaction(),
        statements,
        List.copyOf(strongest.values()),
        exclusive(statements),
        0,
        List.copyOf(referenced));
  }

  /**
   * The same, with what an earlier migration did in the same transaction, where that closed a table
   * and these close another one.
   *
   * @param before statements of the migrations before
   */
  static TransactionFacts facts(List<StatementFacts> before, List<StatementFacts> statements) {
    int closed = exclusive(before).size();
    List<StatementFacts> all = new ArrayList<>(before);
    all.addAll(statements);
    TransactionFacts whole = facts(all);
    boolean wider = closed > 0 && whole.exclusive().size() > closed;
    return wider ? whole : facts(statements);
  }

  /** What a finding on it is about: the same tables, whatever their order. */
  static String object(TransactionFacts facts) {
    return facts.exclusive().stream().sorted().collect(Collectors.joining(", "));
  }

  /** In the order of the statements; those that one statement closes by name. */
  private static List<String> exclusive(List<StatementFacts> statements) {
    return closing(statements)
        .flatMap(
            statement ->
                statement.locks().stream()
                    .filter(Transactions::closesTable)
                    .filter(lock -> !lock.inherited())
                    .map(lock -> lock.relation().name())
                    .sorted())
        .distinct()
        .toList();
  }

  /**
   * What a block or function was seen to close, as a transaction of its own.
   *
   * @param held the locks on those tables
   */
  static TransactionFacts within(StatementFacts statement, List<LockFacts> held, long commands) {
    return new TransactionFacts(
        statement.transaction(),
        List.of(statement),
        held,
        held.stream().map(lock -> lock.relation().name()).toList(),
        commands,
        List.of());
  }

  /** Whether several statements of it close tables, so that it is looked at as a whole. */
  static boolean closesInSteps(List<StatementFacts> statements) {
    return closing(statements).count() > 1;
  }

  /** The statement that takes the last of the locks a reader of the transaction should look at. */
  static StatementFacts lastToLock(List<StatementFacts> statements) {
    return closing(statements).reduce((first, second) -> second).orElseGet(statements::getLast);
  }

  /** The statements that close tables until the transaction ends. */
  private static Stream<StatementFacts> closing(List<StatementFacts> statements) {
    List<StatementFacts> closing = new ArrayList<>();
    int savepoint = 0;
    for (StatementFacts statement : statements) {
      if (statement.transactionControl().equals("savepoint")) {
        if (statement.command().equals("ROLLBACK")) {
          // Whichever savepoint it names, what was locked after the last one is given back.
          closing.subList(savepoint, closing.size()).clear();
        }
        savepoint = closing.size();
      } else if (statement.locks().stream().anyMatch(Transactions::closesTable)) {
        closing.add(statement);
      }
    }
    return closing.stream();
  }

  /** The first statement that works while a table is closed to all, or else to writers. */
  static Optional<StatementFacts> firstToWork(List<StatementFacts> statements) {
    return statements.stream()
        .filter(Transactions::worksWhileClosed)
        .findFirst()
        .or(
            () ->
                statements.stream()
                    .filter(s -> works(s) && !keptFromWriters(statements, s).isEmpty())
                    .findFirst());
  }

  static WorkFacts work(List<StatementFacts> statements, StatementFacts first) {
    List<LockFacts> closed =
        first.heldBefore().stream()
            .filter(Transactions::closes)
            .filter(lock -> !lock.inherited())
            .toList();
    boolean toAll = !closed.isEmpty();
    List<LockFacts> held = toAll ? closed : keptFromWriters(statements, first);
    return new WorkFacts(
        first.command(),
        first.number(),
        statements.stream()
            .filter(
                toAll
                    ? Transactions::worksWhileClosed
                    : s -> works(s) && !keptFromWriters(statements, s).isEmpty())
            .count(),
        held.getFirst().mode(),
        blocks(held),
        held.stream().map(lock -> lock.relation().name()).sorted().toList());
  }

  /** Who waits for those locks, in words. */
  static String blocks(List<LockFacts> held) {
    if (held.stream().noneMatch(LockFacts::blocksReads)) {
      return "writes";
    }
    // A materialized view has no other writers.
    return held.stream().allMatch(lock -> lock.relation().kind().equals("materialized view"))
        ? "reads and refreshes"
        : "reads and writes";
  }

  /**
   * Tables that only readers come to while the statement runs, because one before it made a trigger
   * or a foreign key. Whoever locks a table or switches a trigger off keeps writers out on purpose,
   * and of a plain index build, which alone takes SHARE, that is told by itself.
   */
  private static List<LockFacts> keptFromWriters(
      List<StatementFacts> statements, StatementFacts statement) {
    Set<String> locked =
        statements.stream()
            .filter(earlier -> earlier.number() < statement.number())
            .filter(earlier -> !earlier.command().equals("LOCK TABLE"))
            .filter(earlier -> earlier.actions().stream().noneMatch(Transactions::switchesTrigger))
            .flatMap(earlier -> earlier.locks().stream())
            .filter(lock -> keepsWritersOut(lock) && !lock.mode().equals("SHARE"))
            .map(lock -> lock.relation().name())
            .collect(Collectors.toSet());
    return statement.heldBefore().stream()
        .filter(Transactions::keepsWritersOut)
        .filter(lock -> locked.contains(lock.relation().name()))
        .toList();
  }

  private static boolean switchesTrigger(String action) {
    return action.startsWith("DISABLE ") || action.startsWith("ENABLE ");
  }

  private static boolean keepsWritersOut(LockFacts lock) {
    return lock.blocksWrites()
        && !lock.blocksReads()
        && !lock.inherited()
        && lock.relation().existedBefore()
        && lock.relation().kind().endsWith("table");
  }

  private static boolean closesTable(LockFacts lock) {
    return closes(lock) && lock.relation().kind().endsWith("table");
  }

  /** Whether readers wait for it: those of a view wait as those of a table do. */
  private static boolean closes(LockFacts lock) {
    return lock.blocksReads()
        && lock.relation().existedBefore()
        && (lock.relation().kind().endsWith("table") || lock.relation().kind().endsWith("view"));
  }

  private static boolean worksWhileClosed(StatementFacts statement) {
    return statement.heldBefore().stream().anyMatch(Transactions::closes) && works(statement);
  }

  private static boolean works(StatementFacts s) {
    // Of a table that the transaction has emptied there is nothing to read.
    Predicate<RelationFacts> ours =
        relation -> relation.existedBefore() && !s.earlier().truncated().contains(relation.name());
    boolean few = addsFewRows(s) || changesOneRow(s);
    return s.scans().stream()
            // By a key the one row is looked up, as soon as there are more.
            .filter(scan -> !(few && scan.reason().equals("query")))
            .map(ScanFacts::relation)
            .anyMatch(ours)
        || s.rewrites().stream()
            .filter(rewrite -> !rewrite.reason().equals("truncate"))
            .map(RewriteFacts::relation)
            .anyMatch(ours)
        || s.indexes().stream()
            .anyMatch(
                i ->
                    i.event().equals("created")
                        && i.table().existedBefore()
                        && !s.earlier().truncated().contains(i.table().name())
                        && !i.withTable()
                        && !i.after().partitioned()
                        && s.command().equals("CREATE INDEX"))
        || fillsView(s)
        || (DATA_CHANGES.contains(s.command())
            && !few
            && s.rows().stream().map(RowsFacts::relation).anyMatch(RelationFacts::existedBefore));
  }

  /** Such as that of a version into the table of a migration tool: as quick in production. */
  private static boolean addsFewRows(StatementFacts s) {
    return s.writtenOut() && s.rows().stream().mapToLong(RowsFacts::inserted).sum() <= FEW_ROWS;
  }

  private static boolean changesOneRow(StatementFacts s) {
    return !s.rows().isEmpty() && s.rows().stream().allMatch(RowsFacts::single);
  }

  /** Runs the query of a materialized view, which by an index shows no scan. */
  private static boolean fillsView(StatementFacts s) {
    return s.views().stream()
        .filter(view -> view.event().equals("created"))
        .map(TableChange::after)
        .anyMatch(view -> view.kind().equals("materialized view") && view.filled());
  }

  private static boolean isIndex(RelationFacts relation) {
    return relation.kind().endsWith("index");
  }
}
