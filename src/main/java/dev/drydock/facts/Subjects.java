package dev.drydock.facts;

import dev.drydock.history.Integrity;
import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.schema.Schema;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything about one replayed history that rules can be asked about. */
public final class Subjects {
  /** The kinds of subject and the record each binds to the variable of its name. */
  public static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("lock", LockFacts.class),
          Map.entry("rewrite", RewriteFacts.class),
          Map.entry("scan", ScanFacts.class),
          Map.entry("rows", RowsFacts.class),
          Map.entry("table", TableChange.class),
          Map.entry("column", ColumnChange.class),
          Map.entry("index", IndexChange.class),
          Map.entry("constraint", ConstraintChange.class),
          Map.entry("statement", StatementFacts.class),
          Map.entry("transaction", TransactionFacts.class),
          Map.entry("work", WorkFacts.class),
          Map.entry("migration", MigrationFacts.class),
          Map.entry("history", ProblemFacts.class),
          Map.entry("suppression", SuppressionFacts.class));

  private final ReplayedHistory replayed;
  private final FactMapper mapper;
  private final List<Subject> subjects = new ArrayList<>();

  private Subjects(ReplayedHistory replayed) {
    this.replayed = replayed;
    this.mapper = new FactMapper(replayed.base());
  }

  /** The server, for the variable {@code engine}. */
  public static EngineFacts engine(ReplayedHistory replayed) {
    String major = replayed.version().replaceAll("\\D.*", "");
    return new EngineFacts(
        replayed.engine(), replayed.version(), major.isEmpty() ? 0 : Long.parseLong(major));
  }

  /** All subjects of a history, in the order of its migrations. */
  public static List<Subject> of(ReplayedHistory replayed) {
    Subjects all = new Subjects(replayed);
    replayed.history().problems().forEach(all::problem);
    replayed.migrations().forEach(all::migration);
    return List.copyOf(all.subjects);
  }

  private void problem(Integrity problem) {
    subjects.add(
        new Subject(
            "history",
            new ProblemFacts(
                problem.kind().id(),
                problem.subject(),
                problem.detail(),
                replayed.history().layout(),
                replayed.history().directory().toString()),
            problem.subject(),
            problem.location(),
            Optional.empty(),
            problem.kind().id(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  private void migration(ReplayedMigration replayedMigration) {
    List<StatementFacts> statements =
        replayedMigration.observations().stream()
            .map(o -> mapper.statement(o, replayed.end()))
            .toList();
    var migration = replayedMigration.migration();
    MigrationFacts facts =
        new MigrationFacts(
            migration.file().path().toString(),
            migration.version().text(),
            migration.description(),
            migration.version() instanceof dev.drydock.history.Version.Repeatable,
            replayed.history().layout(),
            switch (migration.transaction()) {
              case PER_MIGRATION -> "migration";
              case IMPLICIT -> "implicit";
              case NONE -> "none";
            },
            migration.down().isPresent(),
            statements);
    subjects.add(
        new Subject(
            "migration",
            facts,
            migration.version().text(),
            replayedMigration.observations().isEmpty()
                ? Location.startOf(migration.file().path())
                : replayedMigration.observations().get(0).statement().location(),
            Optional.of(migration.file()),
            migration.version().text(),
            Optional.empty(),
            Optional.of(facts),
            List.of(),
            List.of()));
    for (List<StatementFacts> transaction : Transactions.of(statements)) {
      transaction(replayedMigration, transaction, facts);
    }
    for (int i = 0; i < statements.size(); i++) {
      new StatementSubjects(replayedMigration.observations().get(i), statements.get(i), facts)
          .add();
    }
  }

  private void transaction(
      ReplayedMigration replayedMigration, List<StatementFacts> transaction, MigrationFacts facts) {
    StatementFacts last = Transactions.lastToLock(transaction);
    TransactionFacts whole = Transactions.facts(transaction);
    Observation at = replayedMigration.observations().get((int) last.number() - 1);
    subjects.add(
        new StatementSubjects(at, last, facts)
            .subject(
                "transaction",
                whole,
                String.join(", ", whole.exclusive()),
                at.statement().location(),
                Optional.empty()));
    Transactions.firstToWork(transaction)
        .ifPresent(
            first -> {
              WorkFacts work = Transactions.work(transaction, first);
              Observation working = replayedMigration.observations().get((int) first.number() - 1);
              subjects.add(
                  new StatementSubjects(working, first, facts)
                      .subject(
                          "work",
                          work,
                          String.join(", ", work.tables()),
                          working.statement().location(),
                          Optional.empty()));
            });
  }

  /** The subjects that one statement gives rise to. */
  private final class StatementSubjects {
    private final Observation observation;
    private final Statement statement;
    private final StatementFacts facts;
    private final MigrationFacts migration;
    private final Schema after;
    private final List<String> evidence;

    StatementSubjects(Observation observation, StatementFacts facts, MigrationFacts migration) {
      this.observation = observation;
      this.statement = observation.statement();
      this.facts = facts;
      this.migration = migration;
      this.after = observation.schema();
      this.evidence = Evidences.of(observation);
    }

    void add() {
      subjects.add(
          subject(
              "statement", facts, facts.command(), FailurePlace.of(observation), Optional.empty()));
      ChangeSubjects changes =
          new ChangeSubjects(
              mapper, observation, held(facts), facts.scans(), facts.rewrites(), replayed.end());
      for (Effect effect : observation.effects()) {
        String command = effect.cause().map(Cause::command).orElse(facts.command());
        switch (effect) {
          case Effect.LockTaken taken ->
              subjects.add(
                  subject(
                      "lock",
                      mapper.lock(taken.lock(), after, command),
                      taken.lock().relation().name().toString(),
                      at(effect, taken.lock().relation().name().local()),
                      effect.cause()));
          case Effect.TableRewritten rewrite ->
              subjects.add(
                  subject(
                      "rewrite",
                      mapper.rewrite(rewrite, after, command),
                      rewrite.relation().name().toString(),
                      at(effect, rewrite.relation().name().local()),
                      effect.cause()));
          case Effect.TableScanned scan ->
              subjects.add(
                  subject(
                      "scan",
                      mapper.scan(scan, after, command),
                      scan.relation().name().toString(),
                      at(effect, scan.relation().name().local()),
                      effect.cause()));
          case Effect.RowsChanged rows ->
              subjects.add(
                  subject(
                      "rows",
                      mapper.rows(rows, after, command),
                      rows.relation().name().toString(),
                      at(effect, rows.relation().name().local()),
                      effect.cause()));
          case Effect.SchemaChanged changed ->
              changes
                  .of(changed.change())
                  .ifPresent(
                      change ->
                          subjects.add(
                              subject(
                                  change.each(),
                                  change.facts(),
                                  change.object(),
                                  Pointer.at(
                                      statement, effect.cause(), change.parts(), change.word()),
                                  effect.cause())));
        }
      }
    }

    private static List<LockFacts> held(StatementFacts facts) {
      List<LockFacts> held = new ArrayList<>(facts.locks());
      held.addAll(facts.heldBefore());
      return held;
    }

    /** An effect on a relation is of the whole statement, unless it names others besides. */
    private Location at(Effect effect, String relation) {
      long named =
          statement.syntax().parts().stream().filter(p -> p.kind().equals("relation")).count();
      return Pointer.at(
          statement, effect.cause(), named > 1 ? List.of("relation") : List.of(), relation);
    }

    private Subject subject(
        String each, Object record, String object, Location location, Optional<Cause> cause) {
      List<Subject.Place> related = new ArrayList<>();
      cause
          .filter(c -> !c.function().isEmpty())
          .flatMap(Cause::location)
          .ifPresent(place -> related.add(new Subject.Place(place, "runs here")));
      return new Subject(
          each,
          record,
          object,
          location,
          Optional.of(statement.migration().file()),
          statement.text(),
          Optional.of(facts),
          Optional.of(migration),
          evidence,
          related);
    }
  }
}
