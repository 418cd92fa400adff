package dev.drydock.engine.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Relation;
import dev.drydock.replay.ServerNotice;
import dev.drydock.replay.Session;
import dev.drydock.schema.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * Watches the migrating session from two sides: another session reads which locks it holds, and the
 * session itself, through functions that run with the observer's rights, tells what only it can see
 * before the commit.
 */
final class Observer implements AutoCloseable {
  /**
   * From here on a session can be told to hand in its counters, so that a transaction starts at
   * zero.
   */
  private static final int FLUSHABLE = 15;

  private static final String FLUSH = "pg_catalog.pg_stat_force_next_flush()";

  /** Commands that report no event, and those that may run such a command. */
  private static final Set<String> WITHOUT_EVENTS =
      Set.of(
          "TRUNCATE TABLE",
          "CLUSTER",
          "REINDEX",
          "REFRESH MATERIALIZED VIEW",
          "VACUUM",
          "DO",
          "CALL",
          "SELECT",
          "EXECUTE");

  private final Connection migrating;
  private final Connection watching;
  private final PreparedStatement heldLocks;
  private final int backend;
  private final int major;
  private final CatalogReader reader;
  private final LiveSchema schema;

  private final Map<Long, LockMode> held = new LinkedHashMap<>();
  private final Set<Long> written = new HashSet<>();
  private final Map<Long, long[]> counters = new HashMap<>();
  private Session session = new Session("0", "0", "0", "");
  private String role = "none";

  /** Whether the counters were handed in when the last transaction ended. */
  private boolean flushed;

  /**
   * What changed on the server's side since the statement before.
   *
   * @param locks the mode newly held on each relation, where it is stronger than before
   * @param events what the event triggers reported
   * @param writes the relations a data change touched for the first time in its transaction, also
   *     when it found no row
   * @param scans how many scans began on each relation
   * @param rows inserted, updated and deleted rows of each relation
   * @param counted the counters of each relation as they stand now: scans begun, rows inserted,
   *     updated and deleted
   * @param writing the relations on which ROW EXCLUSIVE is held now
   * @param oneTransaction whether all of it happened in the transaction that is still open
   * @param touched ids of the objects that were read again
   * @param before the schema before the statement
   */
  record Delta(
      Map<Long, LockMode> locks,
      List<DdlEvent> events,
      Set<Long> writes,
      Map<Long, Long> scans,
      Map<Long, long[]> rows,
      Map<Long, long[]> counted,
      Set<Long> writing,
      boolean oneTransaction,
      Set<String> touched,
      Schema before) {}

  /**
   * The locks of a session.
   *
   * @param strongest the strongest mode on each relation
   * @param writing the relations on which ROW EXCLUSIVE is among the modes
   */
  record Locks(Map<Long, LockMode> strongest, Set<Long> writing) {
    Locks() {
      this(new LinkedHashMap<>(), new HashSet<>());
    }

    private void add(long relation, LockMode mode) {
      strongest.merge(relation, mode, LockMode::stronger);
      if (mode == LockMode.ROW_EXCLUSIVE) {
        writing.add(relation);
      }
    }

    void addAll(Locks other) {
      other.strongest.forEach(
          (relation, mode) -> strongest.merge(relation, mode, LockMode::stronger));
      writing.addAll(other.writing);
    }
  }

  private Observer(
      Connection migrating,
      Connection watching,
      PreparedStatement heldLocks,
      int backend,
      int major,
      CatalogReader reader,
      LiveSchema schema) {
    this.migrating = migrating;
    this.watching = watching;
    this.heldLocks = heldLocks;
    this.backend = backend;
    this.major = major;
    this.reader = reader;
    this.schema = schema;
  }

  /**
   * Reads the schema as it is and starts watching.
   *
   * @param migrating the session to watch
   * @param watching a session of the superuser in the same database
   */
  static Observer start(Connection migrating, Connection watching, int major) throws SQLException {
    CatalogReader reader = new CatalogReader();
    String relations;
    String others;
    // In the session that will ask again after each statement: it plans the queries here.
    try (Statement statement = migrating.createStatement();
        ResultSet answer =
            statement.executeQuery(
                "select drydock.relations(drydock.user_relations()), drydock.others()")) {
      answer.next();
      relations = answer.getString(1);
      others = answer.getString(2);
    }
    try (Statement statement = watching.createStatement()) {
      for (String trigger : List.of("command_end", "drop", "rewrite")) {
        // Always: session_replication_role = replica must not silence them.
        statement.execute("alter event trigger drydock_" + trigger + " enable always");
      }
    }
    PreparedStatement heldLocks =
        watching.prepareStatement(
            "select relation::bigint, mode, granted from pg_catalog.pg_locks where pid = ? and locktype = 'relation'"
                + " and relation >= 16384 and mode <> 'SIReadLock'");
    int backend = migrating.unwrap(PGConnection.class).getBackendPID();
    return new Observer(
        migrating,
        watching,
        heldLocks,
        backend,
        major,
        reader,
        new LiveSchema(reader, relations, others));
  }

  LiveSchema schema() {
    return schema;
  }

  /** The table with that oid, when production has it and it is still there. */
  Optional<Relation> tableOfProduction(long oid) {
    return schema
        .relation(oid)
        .filter(Relation::existedBefore)
        .filter(relation -> relation.kind().endsWith("table"))
        .filter(relation -> schema.current().table(relation.id()).isPresent());
  }

  Session session() {
    return session;
  }

  int backend() {
    return backend;
  }

  /** Whether the migration acted for no other role when it was asked last. */
  boolean actsAsItself() {
    return role.equals("none");
  }

  /** To be called while the migrating session is idle, before it begins a transaction. */
  void beforeTransaction() throws SQLException {
    held.clear();
    written.clear();
    counters.clear();
    if (major >= FLUSHABLE && !flushed) {
      run("select " + FLUSH);
    }
    flushed = false;
  }

  /** To be called right after the migrating session began a transaction. */
  void afterBegin() throws SQLException {
    if (major < FLUSHABLE) {
      JsonNode all = probe("select drydock.probe(drydock.user_relations())");
      for (JsonNode relation : all.path("relations")) {
        counters.put(relation.get(0).asLong(), counts(relation, 5));
      }
    }
  }

  /**
   * To be called after the migrating session ended a transaction or changed a setting outside one.
   */
  void afterTransaction() throws SQLException {
    end("");
  }

  /**
   * Ends the migrating session's transaction as one of ours; {@link #afterTransaction()} is done
   * then.
   *
   * @throws SQLException when the commit is refused; the transaction is rolled back
   */
  void commit() throws SQLException {
    // In one message, which saves a round trip for each statement that commits by itself.
    end("commit; ");
  }

  private void end(String command) throws SQLException {
    String columns = major >= FLUSHABLE ? "drydock.probe('{}'), " + FLUSH : "drydock.probe('{}')";
    probe(command + "select " + columns);
    held.clear();
    written.clear();
    counters.clear();
    flushed = true;
  }

  /** The locks the transaction holds, strongest mode of each relation. */
  List<Lock> held() {
    List<Lock> locks = new ArrayList<>();
    held.forEach(
        (oid, mode) -> schema.relation(oid).ifPresent(relation -> locks.add(mode.on(relation))));
    return locks;
  }

  /** The strongest lock held on the relation, a lock of the weakest mode when none is. */
  Lock strongest(Relation relation) {
    return held.getOrDefault(Long.parseLong(relation.id()), LockMode.ACCESS_SHARE).on(relation);
  }

  /**
   * What a statement made the server say.
   *
   * @param events the reports of the event triggers
   * @param notices everything else
   */
  record Said(List<DdlEvent> events, List<ServerNotice> notices) {}

  /** What {@code statement} has been told since it was asked last. */
  Said said(Statement statement) throws SQLException {
    List<DdlEvent> events = new ArrayList<>();
    List<ServerNotice> notices = new ArrayList<>();
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      if (warning instanceof PSQLWarning notice && notice.getServerErrorMessage() != null) {
        ServerErrorMessage message = notice.getServerErrorMessage();
        if (DdlEvent.isFrom(message)) {
          events.add(DdlEvent.of(reader.parse(message.getDetail())));
        } else {
          notices.add(
              new ServerNotice(
                  text(message.getSeverity()),
                  text(message.getSQLState()),
                  text(message.getMessage())));
        }
      }
    }
    statement.clearWarnings();
    return new Said(events, notices);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  /**
   * The locks the migrating session holds now or, when {@code waiting}, also those it waits for.
   */
  Locks locks(boolean waiting) throws SQLException {
    Locks locks = new Locks();
    heldLocks.setInt(1, backend);
    try (ResultSet rows = heldLocks.executeQuery()) {
      while (rows.next()) {
        if (waiting || rows.getBoolean(3)) {
          locks.add(rows.getLong(1), LockMode.ofCatalog(rows.getString(2)));
        }
      }
    }
    return locks;
  }

  /** Whether the migrating session waits for a lock. */
  boolean waits() throws SQLException {
    heldLocks.setInt(1, backend);
    try (ResultSet rows = heldLocks.executeQuery()) {
      while (rows.next()) {
        if (!rows.getBoolean(3)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * What the statement just run did, inside the transaction it ran in.
   *
   * @param events what its event triggers reported
   */
  Delta delta(dev.drydock.sql.Statement statement, List<DdlEvent> events) throws SQLException {
    return delta(statement, events, locks(false), Set.of(), true);
  }

  /**
   * The same of a statement that ended its transactions itself, so that locks may have come and
   * gone unseen: where no event tells, every table is looked at again.
   *
   * @param locks those that were seen while it ran
   */
  Delta deltaAfterwards(dev.drydock.sql.Statement statement, List<DdlEvent> events, Locks locks)
      throws SQLException {
    Set<Long> all = new TreeSet<>();
    if (maySilentlyChange(statement, events)) {
      schema.current().tables().forEach(table -> all.add(Long.valueOf(table.id())));
    }
    return delta(statement, events, locks, all, false);
  }

  /**
   * @param besides relations to look at again, whatever lock was seen on them
   */
  private Delta delta(
      dev.drydock.sql.Statement statement,
      List<DdlEvent> events,
      Locks locks,
      Set<Long> besides,
      boolean oneTransaction)
      throws SQLException {
    Map<Long, LockMode> now = locks.strongest();
    Set<Long> writes = new TreeSet<>();
    locks.writing().stream().filter(written::add).forEach(writes::add);
    Map<Long, LockMode> taken = new LinkedHashMap<>();
    now.forEach(
        (oid, mode) -> {
          LockMode earlier = held.get(oid);
          if (earlier == null || mode.compareTo(earlier) > 0) {
            taken.put(oid, mode);
            held.put(oid, mode);
          }
        });
    Set<Long> mentioned = new TreeSet<>(now.keySet());
    mentioned.addAll(besides);
    for (DdlEvent event : events) {
      if (event.catalog() == DdlEvent.RELATIONS && event.object() > 0) {
        mentioned.add(event.object());
      }
    }
    // What was locked before keeps its definition unless an event names it, and so does what is
    // only
    // read or written; the rest is read again.
    boolean silent = maySilentlyChange(statement, events);
    Set<Long> touched = new TreeSet<>();
    for (long oid : mentioned) {
      LockMode mode = silent ? now.get(oid) : taken.get(oid);
      boolean named = !now.containsKey(oid) || named(oid, events);
      if (named || (mode != null && mode.compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) >= 0)) {
        touched.add(schema.owner(oid));
      }
    }
    Schema before = schema.current();
    if (events.stream().anyMatch(Observer::changesGrants)) {
      before.tables().map(table -> Long.valueOf(table.id())).forEach(touched::add);
    }
    Answer answer =
        ask(
            mentioned,
            touched,
            events.stream().anyMatch(e -> changesOthers(e) || changesGrants(e)));
    schema.remember(answer.probe().path("relations"));
    // An index the schema did not know yet: now its table is known too.
    Set<Long> late = new TreeSet<>();
    for (JsonNode relation : answer.probe().path("relations")) {
      long table = relation.get(9).asLong();
      if (table != 0 && touched.contains(relation.get(0).asLong()) && !touched.contains(table)) {
        late.add(table);
      }
    }
    Set<String> read =
        new LinkedHashSet<>(schema.update(touched, answer.relations(), answer.others()));
    if (!late.isEmpty()) {
      read.addAll(schema.update(late, ask(Set.of(), late, false).relations(), Optional.empty()));
    }
    Map<Long, Long> scans = new LinkedHashMap<>();
    Map<Long, long[]> rows = new LinkedHashMap<>();
    Map<Long, long[]> all = new HashMap<>();
    for (JsonNode relation : answer.probe().path("relations")) {
      long oid = relation.get(0).asLong();
      long[] counted = counts(relation, 5);
      long[] earlier = counters.getOrDefault(oid, new long[counted.length]);
      counters.put(oid, counted);
      all.put(oid, counted);
      if (counted[0] > earlier[0]) {
        scans.put(oid, counted[0] - earlier[0]);
      }
      long[] changed = {counted[1] - earlier[1], counted[2] - earlier[2], counted[3] - earlier[3]};
      if (changed[0] > 0 || changed[1] > 0 || changed[2] > 0) {
        rows.put(oid, changed);
      }
    }
    return new Delta(
        taken,
        List.copyOf(events),
        writes,
        scans,
        rows,
        all,
        locks.writing(),
        oneTransaction,
        read,
        before);
  }

  /** Takes schemas, types and functions as they are now, so that no statement is held to it. */
  void readOthersAgain() throws SQLException {
    schema.update(Set.of(), "{}", ask(Set.of(), Set.of(), true).others());
  }

  /** Takes the locks and the schema as they are now, whatever they were before. */
  void readAgain() throws SQLException {
    held.clear();
    held.putAll(locks(false).strongest());
    Set<Long> all = new TreeSet<>();
    schema
        .current()
        .objects()
        .filter(LiveSchema::isRelation)
        .forEach(o -> all.add(Long.valueOf(o.id())));
    try (Statement statement = migrating.createStatement();
        ResultSet answer =
            statement.executeQuery(
                "select pg_catalog.unnest(drydock.user_relations())::pg_catalog.int8")) {
      while (answer.next()) {
        all.add(answer.getLong(1));
      }
    }
    Answer answer = ask(Set.of(), all, true);
    schema.update(all, answer.relations(), answer.others());
  }

  private static boolean named(long oid, List<DdlEvent> events) {
    return events.stream()
        .anyMatch(event -> event.catalog() == DdlEvent.RELATIONS && event.object() == oid);
  }

  /**
   * Whether the statement may have changed a relation that it locked no further and no event names:
   * some commands have no events, a block may run them, and the event of a trigger, a policy or a
   * dropped constraint does not name its table.
   */
  private static boolean maySilentlyChange(
      dev.drydock.sql.Statement statement, List<DdlEvent> events) {
    return WITHOUT_EVENTS.contains(statement.syntax().command())
        || events.stream()
            .anyMatch(
                e ->
                    DdlEvent.HANGING_ON_A_TABLE.contains(e.catalog())
                        || (e.kind().equals("drop") && e.catalog() != DdlEvent.RELATIONS));
  }

  private record Answer(JsonNode probe, String relations, Optional<String> others) {}

  private Answer ask(Set<Long> mentioned, Set<Long> touched, boolean others) throws SQLException {
    String sql =
        "select drydock.probe(%s), %s, %s"
            .formatted(
                array(mentioned),
                touched.isEmpty() ? "'{}'" : "drydock.relations(" + array(touched) + ")",
                others ? "drydock.others()" : "null");
    try (Statement statement = migrating.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      JsonNode probe = reader.parse(answer.getString(1));
      remember(probe);
      return new Answer(
          probe, answer.getString(2), others ? Optional.of(answer.getString(3)) : Optional.empty());
    }
  }

  /**
   * @param script ends with a query whose first column is the probe
   */
  private JsonNode probe(String script) throws SQLException {
    try (Statement statement = migrating.createStatement()) {
      boolean rows = statement.execute(script);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      ResultSet answer = statement.getResultSet();
      answer.next();
      JsonNode probe = reader.parse(answer.getString(1));
      remember(probe);
      return probe;
    }
  }

  private void remember(JsonNode probe) {
    role = probe.path("role").asText();
    session =
        new Session(
            probe.path("lock_timeout").asText(),
            probe.path("statement_timeout").asText(),
            probe.path("idle_timeout").asText(),
            // What Drydock calls itself is not what the migration does.
            probe.path("application_name").asText().replaceFirst("^drydock$", ""));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = migrating.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Before 18 these take no lock on the table, and the event does not name it. */
  private static boolean changesGrants(DdlEvent event) {
    return event.tag().equals("GRANT") || event.tag().equals("REVOKE");
  }

  private static boolean changesOthers(DdlEvent event) {
    return DdlEvent.OTHERS.contains(event.catalog()) || event.type().equals("domain constraint");
  }

  /** Scans begun, rows inserted, updated and deleted, as they stand from {@code index} on. */
  static long[] counts(JsonNode relation, int index) {
    long[] counts = new long[4];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = relation.get(index + i).asLong();
    }
    return counts;
  }

  private static String array(Set<Long> oids) {
    return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'"));
  }

  @Override
  public void close() throws SQLException {
    heldLocks.close();
    watching.close();
  }
}
