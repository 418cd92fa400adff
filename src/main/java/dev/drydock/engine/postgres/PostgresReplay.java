package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.ExtensionStubs;
import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.server.OwnRoles;
import dev.drydock.engine.postgres.server.Rights;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.engine.postgres.server.Watchdog;
import dev.drydock.engine.postgres.watch.CatalogReader;
import dev.drydock.engine.postgres.watch.Later;
import dev.drydock.engine.postgres.watch.Observer;
import dev.drydock.history.Migration;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import dev.drydock.replay.ScriptedMigration;
import dev.drydock.replay.SequenceBehind;
import dev.drydock.replay.Trial;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.sql.Statement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The replay of one history in a database of its own on a PostgreSQL server. */
final class PostgresReplay implements Replay {
  /** ALTER DATABASE or ROLE ... SET, wherever it stands: in a DO block it is a string. */
  private static final Pattern SETS_DEFAULTS =
      Pattern.compile("\\balter\\s+(?:database|role|user)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern MAKES_DATABASES =
      Pattern.compile("\\bcreate\\s+database\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern MAKES_ROLES =
      Pattern.compile("\\b(?:role|user|group)\\b", Pattern.CASE_INSENSITIVE);

  /** From about here on it takes longer to read them than to plan how. */
  private static final int MANY_RELATIONS = 50;

  private final Server server;
  private final ReplayPlan plan;
  private final String database;
  private final Watchdog watchdog;
  private final Repairs repairs;
  private final GuardedWork guarded;
  private final CanaryRows canaries;
  private final Trials trials;
  private final Numbering numbering;
  private final Preconditions preconditions = new Preconditions();
  private final List<SchemaChange> changes = new ArrayList<>();
  private final Optional<Keeping> keeping;
  private final int standing;
  private MigratingSession session;
  private Observer observer;
  private ObservedRun observed;

  private PostgresReplay(
      Server server,
      ReplayPlan plan,
      String database,
      Watchdog watchdog,
      MigratingSession session,
      Optional<BaseStates.Kept> begun,
      Optional<Keeping> keeping) {
    this.server = server;
    this.plan = plan;
    this.database = database;
    this.watchdog = watchdog;
    this.repairs =
        new Repairs(
            server,
            database,
            plan.trusted(),
            this::asMigrator,
            new ToolTables(plan.prelude()),
            begun.map(BaseStates.Kept::repairs).orElse(Repairs.Done.NOTHING));
    this.guarded = new GuardedWork(server, database, watchdog);
    this.canaries = new CanaryRows(this::asMigrator, guarded);
    this.trials = new Trials(server, database, watchdog);
    this.numbering = new Numbering(canaries, guarded);
    this.session = session;
    this.standing = begun.map(BaseStates.Kept::applied).orElse(0);
    this.keeping = keeping;
  }

  /** What is done with the state after the applied migrations. */
  interface Keeping {
    /**
     * @throws ReplayException when the server is not as it was before
     */
    void keep(Repairs.Done repairs) throws ReplayException;
  }

  /**
   * Makes the database and connects to it.
   *
   * @param begun the state the server began in, when it was not a new one
   * @param keeping has the server for itself while it works
   * @throws ReplayException when the server refuses
   */
  static PostgresReplay open(
      Server server,
      ReplayPlan plan,
      String name,
      Optional<BaseStates.Kept> begun,
      Optional<Keeping> keeping)
      throws ReplayException {
    try {
      String database = server.createDatabase(name);
      Watchdog watchdog = Watchdog.start(server, database, plan.runLimit(), plan.diskLimit());
      if (!plan.trusted()) {
        try (Connection inside = server.connectAdmin(database)) {
          Rights.distrust(server, inside);
        }
      }
      MigratingSession session = MigratingSession.open(server, database, plan, watchdog);
      if (begun.isEmpty() && !plan.prelude().isBlank()) {
        if (server.ownRoles().isPresent()) {
          server.ownRoles().get().run(session, plan.prelude());
        } else {
          session.run(plan.prelude());
        }
        session.close();
        // What it set for the database counts from the next connection on.
        session = MigratingSession.open(server, database, plan, watchdog);
      }
      return new PostgresReplay(server, plan, database, watchdog, session, begun, keeping);
    } catch (SQLException e) {
      throw BrokenReplay.of("the database to replay in could not be made", server, e);
    }
  }

  /** Runs Drydock's own SQL in a session of the migrating role's that is there for it alone. */
  private void asMigrator(String sql) throws SQLException {
    try (MigratingSession own = MigratingSession.open(server, database, plan, watchdog)) {
      own.run(sql, plan.statementLimit());
    }
  }

  @Override
  public int standing() {
    return standing;
  }

  @Override
  public void apply(List<ScriptedMigration> migrations) throws ReplayException {
    // A function made by the first of them can make roles in any later one.
    int mayMakeRoles =
        server.ownRoles().isPresent() ? firstToMakeRoles(migrations) : migrations.size();
    int done = 0;
    try {
      while (done < migrations.size()) {
        List<ScriptedMigration> batch =
            migrations.subList(done, Math.max(done, mayMakeRoles)).stream()
                .takeWhile(next -> AppliedBatch.suits(next) && !says(next, SETS_DEFAULTS))
                .toList();
        done += AppliedBatch.run(session, batch, plan.runLimit());
        if (done < migrations.size()) {
          applyAlone(
              migrations.get(done), done >= mayMakeRoles ? server.ownRoles() : Optional.empty());
          done++;
        }
      }
    } catch (SQLException e) {
      Migration failed = migrations.get(done).migration();
      throw BrokenReplay.of(
          "the replay of %s broke off".formatted(failed.file().path()), server, e);
    } finally {
      boolean mayHave = mayMakeRoles < migrations.size();
      server.ownRoles().ifPresent(roles -> roles.afterApplied(mayHave));
    }
  }

  private static int firstToMakeRoles(List<ScriptedMigration> migrations) {
    int first = 0;
    while (first < migrations.size() && !says(migrations.get(first), MAKES_ROLES)) {
      first++;
    }
    return first;
  }

  private static boolean says(ScriptedMigration scripted, Pattern pattern) {
    return pattern.matcher(scripted.migration().up().text()).find();
  }

  private void applyAlone(ScriptedMigration scripted, Optional<OwnRoles> roles)
      throws SQLException, ReplayException {
    Migration migration = scripted.migration();
    if (!preconditions.hold(migration, session, plan.statementLimit())) {
      return;
    }
    leaveTemplate(migration);
    if (roles.isPresent()) {
      roles.get().before();
    }
    AppliedRun run = new AppliedRun(session, repairs, roles, plan.runLimit());
    new ScriptRun(session, migration.transaction(), scripted.statements(), run).run();
    if (run.failure().isPresent() && !(migration.up().mayFail() && session.isUsable())) {
      throw refused(migration, run.failed(), run.failure().get());
    }
    session.reset();
    if (says(scripted, SETS_DEFAULTS)) {
      // They count from the next connection on.
      session.close();
      session = MigratingSession.open(server, database, plan, watchdog);
    }
  }

  private void leaveTemplate(Migration migration) throws SQLException {
    if (MAKES_DATABASES.matcher(migration.up().text()).find()) {
      server.leaveTemplate();
    }
  }

  private ReplayException refused(Migration migration, Statement statement, SQLException failure) {
    if (!session.isUsable() && !(failure instanceof MigratingSession.LimitPassed)) {
      return BrokenReplay.of(
          "the replay of %s broke off".formatted(migration.file().path()), server, failure);
    }
    if (ObservedRun.DISK_FULL.equals(failure.getSQLState())) {
      server.lacksRoom();
    }
    ServerError error = ServerError.of(failure, statement);
    return new ReplayException(
        "the applied migration %s does not replay: %s"
            .formatted(migration.file().path(), error.sentence()),
        Optional.of(error.location()),
        Remedies.seen(server, database, repairs, statement, failure)
            .orElseGet(() -> Remedies.forApplied(error, statement.text())),
        failure);
  }

  @Override
  public void startObserving(List<Migration> pending) throws ReplayException {
    try {
      Optional<Later<List<SchemaObject>>> relations = lastWords(session);
      if (keeping.isPresent()) {
        if (relations.isPresent()) {
          relations.get().await();
        }
        keeping.get().keep(repairs.done());
      }
      Connection watching = server.connectAdmin(database);
      Rights.distrust(server, watching);
      session = MigratingSession.open(server, database, plan, watchdog);
      observer = Observer.start(session.connection(), watching, server.major(), relations);
      String change =
          pending.stream()
              .map(migration -> migration.up().text())
              .collect(Collectors.joining("\n"));
      Optional<Connection> planting = Optional.of(watching).filter(superuser -> plan.trusted());
      canaries.plant(planting, observer.schema().base(), change);
      numbering.before(change);
      trials.before(observer.schema().base(), change);
      observed =
          new ObservedRun(
              server,
              database,
              session,
              observer,
              repairs,
              preconditions,
              canaries,
              plan.statementLimit());
    } catch (SQLException e) {
      throw BrokenReplay.of("the state after the applied migrations could not be read", server, e);
    }
  }

  /**
   * Has the session that ran the applied migrations tell what they made, and closes it: of much, it
   * takes longest of all that has to be done now, and goes on while the other sessions are opened.
   * Of little, the next session tells sooner than two of them plan to.
   */
  private static Optional<Later<List<SchemaObject>>> lastWords(MigratingSession trusted)
      throws SQLException {
    if (CatalogReader.count(trusted.connection()) < MANY_RELATIONS) {
      trusted.close();
      return Optional.empty();
    }
    return Optional.of(
        Later.start(
            () -> {
              try (trusted) {
                return CatalogReader.relations(trusted.connection());
              }
            }));
  }

  @Override
  public List<Observation> observe(List<ScriptedMigration> together) throws ReplayException {
    try {
      for (ScriptedMigration scripted : together) {
        leaveTemplate(scripted.migration());
      }
      Migration first = together.getFirst().migration();
      if (!observed.ended() && !preconditions.holdNoted(first, session, plan.statementLimit())) {
        return observed.passOver(together);
      }
      List<Observation> observations =
          new SkippedTrials(guarded, observer).tried(observed.run(together));
      if (observations.stream().anyMatch(ObservedRun::lackedRoom)) {
        server.lacksRoom();
      }
      if (session.isUsable()) {
        session.reset();
      } else if (!observed.ended()) {
        throw new SQLException("the connection to the server was lost", "08006");
      }
      observations.stream().flatMap(Observation::changes).forEach(changes::add);
      return observations;
    } catch (SQLException e) {
      Path file = together.getFirst().migration().file().path();
      throw BrokenReplay.of("the run of %s broke off".formatted(file), server, e);
    }
  }

  @Override
  public List<Trial> trials() throws ReplayException {
    if (observed.ended()) {
      return List.of();
    }
    try {
      return trials.after(observer.schema().base(), observer.schema().current(), changes);
    } catch (SQLException e) {
      throw BrokenReplay.of("what uses the changed objects could not be tried", server, e);
    }
  }

  @Override
  public List<SequenceBehind> sequencesBehind() throws ReplayException {
    if (observed.ended()) {
      return List.of();
    }
    try {
      return numbering.after(observer.schema().base(), observer.schema().current());
    } catch (SQLException e) {
      throw BrokenReplay.of("where the sequences stand could not be read", server, e);
    }
  }

  @Override
  public boolean finds(String query) throws ReplayException {
    try (java.sql.Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    } catch (SQLException e) {
      throw new ReplayException(
          "the query `%s` fails: %s".formatted(query, ServerError.words(e)),
          Optional.empty(),
          "correct the query",
          e);
    }
  }

  @Override
  public Schema base() {
    return observer.schema().base();
  }

  @Override
  public List<String> notices() {
    List<String> all = new ArrayList<>(repairs.notices());
    all.addAll(preconditions.notices());
    server.ownRoles().map(OwnRoles::notices).ifPresent(all::addAll);
    canaries.notice().ifPresent(all::add);
    if (observer != null) {
      all.addAll(ExtensionStubs.notices(observer.schema().current(), plan.prelude()));
    }
    return all;
  }

  @Override
  public void close() {
    watchdog.close();
    try {
      session.close();
      if (observer != null) {
        observer.close();
      }
      if (server.isAlive()) {
        server.dropDatabase(database);
      }
    } catch (SQLException e) {
      // The server goes away after this, and the database with it.
      return;
    }
  }
}
