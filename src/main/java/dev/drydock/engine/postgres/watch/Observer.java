package dev.drydock.engine.postgres.watch;

import dev.drydock.engine.postgres.server.SeedCluster;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Relation;
import dev.drydock.replay.Session;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaObject;
import dev.drydock.sql.Prepared;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.postgresql.PGConnection;

/**
 * Watches the migrating session from two sides: the session itself, through functions that run with
 * the observer's rights, tells which locks it holds and what only it can see before the commit;
 * while it is busy, another session reads its locks.
 */
public final class Observer implements AutoCloseable {
  private final Connection watching;
  private final LockTable lockTable;
  private final Probe probe;
  private final CatalogReader reader;
  private final LiveSchema schema;

  private final HeldLocks held = new HeldLocks();
  private final Set<Long> written = new HashSet<>();

  /** Relations that the transaction made, which nobody else can see. */
  private final Set<Long> made = new HashSet<>();

  /** Its relations have oids from here on. */
  private long firstMade;

  private final Counters counters = new Counters();
  private final KeptStatements kept = new KeptStatements();
  private boolean countersUnread;
  private boolean settingsUnread;

  private Observer(
      Connection watching,
      LockTable lockTable,
      Probe probe,
      CatalogReader reader,
      LiveSchema schema) {
    this.watching = watching;
    this.lockTable = lockTable;
    this.probe = probe;
    this.reader = reader;
    this.schema = schema;
  }

  /**
   * Starts watching.
   *
   * @param migrating the session to watch
   * @param watching a session of the superuser in the same database
   * @param relations what {@link CatalogReader#relations(Connection)} is now, when another session
   *     tells it
   */
  public static Observer start(
      Connection migrating,
      Connection watching,
      int major,
      Optional<Later<List<SchemaObject>>> relations)
      throws SQLException {
    CatalogReader reader = new CatalogReader();
    Probe probe = new Probe(migrating, major, reader);
    List<SchemaObject> objects = new ArrayList<>();
    try (Statement statement = migrating.createStatement();
        // The session will ask for relations after each statement: it plans the queries here.
        ResultSet answer =
            statement.executeQuery(
                "select drydock.others(null), drydock.relations(%s), drydock.probe('{}')"
                    .formatted(relations.isPresent() ? "'{}'" : "drydock.user_relations()"))) {
      answer.next();
      objects.addAll(reader.others(answer.getString(1)));
      probe.remember(answer.getString(3));
      objects.addAll(
          relations.isPresent() ? relations.get().await() : reader.relations(answer.getString(2)));
    }
    try (Statement statement = watching.createStatement()) {
      for (String trigger : SeedCluster.EVENT_TRIGGERS) {
        // Always: session_replication_role = replica must not silence them.
        statement.execute("alter event trigger " + trigger + " enable always");
      }
    }
    int backend = migrating.unwrap(PGConnection.class).getBackendPID();
    LockTable locks = LockTable.open(watching, backend);
    return new Observer(watching, locks, probe, reader, new LiveSchema(reader, objects));
  }

  public LiveSchema schema() {
    return schema;
  }

  /** The table with that oid, when production has it and it is still there. */
  Optional<Relation> tableOfProduction(long oid) {
    return schema
        .relation(oid)
        .filter(Relation::existedBefore)
        .filter(Relation::isTable)
        .filter(relation -> schema.current().table(relation.id()).isPresent());
  }

  public Session session() {
    return probe.session();
  }

  /** The other role that the migration acted for when it was asked last. */
  public Optional<String> actingRole() {
    return probe.actingRole();
  }

  /** To be called before a migration of these statements. */
  public void expect(List<dev.drydock.sql.Statement> statements) throws SQLException {
    if (Timeouts.mayBeSet(statements)) {
      probe.expectLimits();
    }
  }

  /** To be called while the migrating session is idle, before it begins a transaction. */
  public void beforeTransaction() throws SQLException {
    forgetTransaction();
    probe.handCountersIn();
  }

  /** Whether nothing has to be asked between a BEGIN and the statement after it. */
  public boolean startsAtZero() {
    return probe.handsCountersIn();
  }

  /** To be called right after the migrating session began a transaction. */
  public void afterBegin() {
    countersUnread = !startsAtZero();
  }

  /** To be called when a transaction ended and the next one began with the same command. */
  public void afterChain() {
    forgetTransaction();
    countersUnread = true;
  }

  /**
   * To be called after a SET in a transaction: it is not asked about at once, because SET
   * TRANSACTION is refused after any query, and ours is one.
   */
  public void afterSet() {
    settingsUnread = true;
  }

  /** To be called before any other statement in a transaction: asks what was put off. */
  public void beforeStatement() throws SQLException {
    if (countersUnread) {
      counters.read(probe.all().path("relations"));
    } else if (settingsUnread) {
      probe.ask(Set.of(), Set.of(), OtherObjects.NONE);
    }
    countersUnread = false;
    settingsUnread = false;
  }

  /**
   * To be called after the migrating session ended a transaction or changed a setting outside one.
   */
  public void afterTransaction() throws SQLException {
    probe.ended();
    forgetTransaction();
  }

  /**
   * Ends the migrating session's transaction as one of ours; {@link #afterTransaction()} is done
   * then.
   *
   * @throws SQLException when the commit is refused; the transaction is rolled back
   */
  public void commit() throws SQLException {
    probe.commit();
    forgetTransaction();
  }

  /** Forgets what the transaction held and did, now that it is over. */
  public void forgetTransaction() {
    held.clear();
    written.clear();
    made.clear();
    firstMade = schema.afterNewest();
    counters.clear();
    countersUnread = false;
    settingsUnread = false;
  }

  /** The locks that the transaction holds on what production has, strongest mode of each. */
  public List<Lock> held() {
    return held.onProduction(schema);
  }

  /** The strongest lock held on the relation, a lock of the weakest mode when none is. */
  Lock strongest(Relation relation) {
    return held.on(relation, schema);
  }

  /** What {@code statement} has been told since it was asked last. */
  public Said said(Statement statement) throws SQLException {
    return Said.to(statement, reader);
  }

  /**
   * The same of the migrating session's statement, knowing what a rollback inside a block or
   * function took back.
   */
  public Said saidInside(Statement statement) throws SQLException {
    Said said = said(statement);
    return said.isNested() ? said.settled(probe.standing(said.marks())) : said;
  }

  /**
   * What to ask the migrating session after a statement, for {@link #delta}. Of the relations its
   * transaction made it is asked only which are written to: nobody waits for them, and with all
   * their locks in each answer a transaction of many statements would cost the square of them.
   */
  public String lockQuestion() {
    return probe.lifting() + "select drydock.locks(" + firstMade + ")";
  }

  /** The locks of the migrating session, as another session sees them. */
  public LockTable lockTable() {
    return lockTable;
  }

  /**
   * What the statement just run did, inside the transaction it ran in.
   *
   * @param said what it made the server say
   * @param held the answer to {@link #lockQuestion()}
   */
  public Delta delta(dev.drydock.sql.Statement statement, Said said, String held)
      throws SQLException {
    return delta(statement, said, Locks.of(reader.parse(held)), Set.of(), Asking.IN_TRANSACTION);
  }

  /**
   * The same of a statement that was alone in its transaction, which is committed: to be followed
   * by {@link #forgetTransaction()}, once nobody asks for its locks any more.
   *
   * @throws SQLException also when the commit is refused; the transaction is rolled back
   */
  public Delta deltaAndCommit(dev.drydock.sql.Statement statement, Said said, String held)
      throws SQLException {
    return delta(statement, said, Locks.of(reader.parse(held)), Set.of(), Asking.COMMITTING);
  }

  /**
   * The same of a statement that ended its transactions itself, so that locks may have come and
   * gone unseen: where no event tells, every table is looked at again.
   *
   * @param locks those that were seen while it ran
   */
  public Delta deltaAfterwards(dev.drydock.sql.Statement statement, Said said, Locks locks)
      throws SQLException {
    Set<Long> all = new TreeSet<>();
    if (new Reach(statement, said.events()).isSilent()) {
      schema.current().tables().forEach(table -> all.add(Long.valueOf(table.id())));
    }
    return delta(statement, said, locks, all, Asking.AFTERWARDS);
  }

  /**
   * @param besides relations to look at again, whatever lock was seen on them
   */
  private Delta delta(
      dev.drydock.sql.Statement statement, Said said, Locks locks, Set<Long> besides, Asking asking)
      throws SQLException {
    List<DdlEvent> events = said.events();
    Map<Long, LockMode> now = locks.strongest();
    kept.add(statement);
    Set<Long> writes = new TreeSet<>(locks.writing());
    writes.removeIf(
        oid -> !written.add(oid) || KeptStatements.explain(oid, name(oid), statement, events));
    Map<Long, LockMode> taken = held.take(now);
    Reach reach = new Reach(statement, events);
    Set<Long> mentioned = new TreeSet<>(besides);
    mentioned.addAll(reach.ids());
    // What was taken back has been counted all the same.
    mentioned.addAll(new Reach(statement, said.undone()).ids());
    made.stream().filter(oid -> reach.names(oid, schema.current())).forEach(mentioned::add);
    now.keySet().stream()
        .filter(oid -> taken.containsKey(oid) || mayConcern(oid, locks, reach))
        .forEach(mentioned::add);
    Set<Long> touched = reach.touched(mentioned, now, taken, schema);
    Schema before = schema.current();
    OtherObjects others = reach.toOthers(before);
    Probe.Answer answer =
        asking == Asking.COMMITTING
            ? probe.askAndCommit(mentioned, touched, others)
            : probe.ask(mentioned, touched, others);
    schema.remember(answer.probe().path("relations"));
    Set<Long> late = answer.tablesBeside(touched);
    Set<String> read =
        new LinkedHashSet<>(
            schema.update(
                touched, answer.relations(), others, answer.others(), schema.drops(events)));
    if (!late.isEmpty()) {
      read.addAll(readRelations(late, schema.drops(events)));
    }
    if (reach.renamesSchema()) {
      // What is in it has another name now, and the next statement about it had no part in that.
      Set<Long> all = schema.relations();
      readRelations(all, schema.drops(events));
    }
    touched.addAll(late);
    touched.stream().filter(oid -> oid >= firstMade).forEach(made::add);
    if (asking == Asking.AFTERWARDS) {
      taken.putAll(held.take(Effects.locksProved(statement, before, schema, read)));
    }
    Counters.Rise rise = counters.read(answer.probe().path("relations"));
    return new Delta(
        taken,
        List.copyOf(events),
        writes,
        rise.scans(),
        rise.rows(),
        rise.counted(),
        locks.writing(),
        asking != Asking.AFTERWARDS,
        read,
        before);
  }

  /**
   * Whether the statement may have done something to a relation that was locked before as it is
   * now. One that is closed is reached by DDL that names it, and by what takes another lock on it:
   * asked of after each statement, all that a long transaction closed would cost the square of
   * them.
   */
  private boolean mayConcern(long oid, Locks locks, Reach reach) {
    return !made.contains(oid)
        && (locks.weaker().contains(oid)
            || !reach.tellsAll()
            || reach.names(schema.owner(oid), schema.current()));
  }

  private Set<String> readRelations(Set<Long> oids, Predicate<String> dropped) throws SQLException {
    Probe.Answer answer = probe.ask(Set.of(), oids, OtherObjects.NONE);
    return schema.update(oids, answer.relations(), OtherObjects.NONE, answer.others(), dropped);
  }

  private String name(long oid) {
    return schema.relation(oid).map(relation -> relation.name().local()).orElse("");
  }

  /** What an EXECUTE runs; empty for any other statement. */
  Optional<Prepared> executed(dev.drydock.sql.Statement statement) {
    return kept.executedBy(statement);
  }

  /** Takes schemas, types and functions as they are now, so that no statement is held to it. */
  public void readOthersAgain() throws SQLException {
    Probe.Answer answer = probe.ask(Set.of(), Set.of(), OtherObjects.ALL);
    schema.update(Set.of(), "{}", OtherObjects.ALL, answer.others(), unused -> true);
  }

  /** Takes the locks and the schema as they are now, whatever they were before. */
  public void readAgain() throws SQLException {
    held.replace(lockTable.held().strongest());
    Set<Long> all = schema.relations();
    all.addAll(probe.userRelations());
    Probe.Answer answer = probe.ask(Set.of(), all, OtherObjects.ALL);
    schema.update(all, answer.relations(), OtherObjects.ALL, answer.others(), unused -> true);
    made.removeIf(oid -> schema.current().object(String.valueOf(oid)).isEmpty());
  }

  /**
   * To be called after a statement that production would not run in this transaction: its locks are
   * not told, and what it did is taken as it is.
   */
  public void disown() throws SQLException {
    held.disown(lockTable.held().strongest());
    readAgain();
    countersUnread = true;
  }

  @Override
  public void close() throws SQLException {
    lockTable.close();
    watching.close();
  }
}
