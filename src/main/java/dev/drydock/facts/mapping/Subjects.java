package dev.drydock.facts.mapping;

import dev.drydock.facts.ColumnChange;
import dev.drydock.facts.ConstraintChange;
import dev.drydock.facts.DeadlockFacts;
import dev.drydock.facts.DependentFacts;
import dev.drydock.facts.EngineFacts;
import dev.drydock.facts.ExtensionChange;
import dev.drydock.facts.GrantChange;
import dev.drydock.facts.IndexChange;
import dev.drydock.facts.LockFacts;
import dev.drydock.facts.MigrationFacts;
import dev.drydock.facts.NamespaceChange;
import dev.drydock.facts.NoticeFacts;
import dev.drydock.facts.NumberingFacts;
import dev.drydock.facts.PolicyChange;
import dev.drydock.facts.ProblemFacts;
import dev.drydock.facts.PublicationChange;
import dev.drydock.facts.RefusalFacts;
import dev.drydock.facts.RevertedFacts;
import dev.drydock.facts.RewriteFacts;
import dev.drydock.facts.RoleChange;
import dev.drydock.facts.RoutineChange;
import dev.drydock.facts.RowsFacts;
import dev.drydock.facts.ScanFacts;
import dev.drydock.facts.SequenceChange;
import dev.drydock.facts.SkippedFacts;
import dev.drydock.facts.StateFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.facts.SuppressionFacts;
import dev.drydock.facts.TableChange;
import dev.drydock.facts.TransactionFacts;
import dev.drydock.facts.TriggerChange;
import dev.drydock.facts.TypeChange;
import dev.drydock.facts.WorkFacts;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Layouts;
import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.schema.Function;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Type;
import dev.drydock.source.Location;
import dev.drydock.sql.Mention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
          Map.entry("view", TableChange.class),
          Map.entry("column", ColumnChange.class),
          Map.entry("index", IndexChange.class),
          Map.entry("constraint", ConstraintChange.class),
          Map.entry("trigger", TriggerChange.class),
          Map.entry("policy", PolicyChange.class),
          Map.entry("grant", GrantChange.class),
          Map.entry("sequence", SequenceChange.class),
          Map.entry("type", TypeChange.class),
          Map.entry("routine", RoutineChange.class),
          Map.entry("schema", NamespaceChange.class),
          Map.entry("publication", PublicationChange.class),
          Map.entry("role", RoleChange.class),
          Map.entry("extension", ExtensionChange.class),
          Map.entry("statement", StatementFacts.class),
          Map.entry("notice", NoticeFacts.class),
          Map.entry("skipped", SkippedFacts.class),
          Map.entry("reverted", RevertedFacts.class),
          Map.entry("transaction", TransactionFacts.class),
          Map.entry("work", WorkFacts.class),
          Map.entry("dependent", DependentFacts.class),
          Map.entry("numbering", NumberingFacts.class),
          Map.entry("refusal", RefusalFacts.class),
          Map.entry("deadlock", DeadlockFacts.class),
          Map.entry("migration", MigrationFacts.class),
          Map.entry("state", StateFacts.class),
          Map.entry("history", ProblemFacts.class),
          Map.entry("suppression", SuppressionFacts.class));

  private final ReplayedHistory replayed;
  private final FactMapper mapper;
  private final StatementMapper statements;
  private final List<Subject> subjects = new ArrayList<>();

  /** What the migrations so far did in each transaction, which a tool may give to several. */
  private final Map<Long, List<StatementFacts>> inTransactions = new HashMap<>();

  private Subjects(ReplayedHistory replayed, ChangeContext context) {
    this.replayed = replayed;
    this.mapper = new FactMapper(context);
    this.statements = new StatementMapper(mapper, context);
  }

  /** The server, for the variable {@code engine}. */
  public static EngineFacts engine(ReplayedHistory replayed) {
    String major = replayed.version().replaceAll("\\D.*", "");
    return new EngineFacts(
        replayed.engine(), replayed.version(), major.isEmpty() ? 0 : Long.parseLong(major));
  }

  /** All subjects of a history, in the order of its migrations. */
  public static List<Subject> of(ReplayedHistory replayed, TableSizes sizes) {
    ChangeContext context = new ChangeContext(replayed, sizes);
    Subjects all = new Subjects(replayed, context);
    replayed.history().problems().forEach(all::problem);
    replayed.migrations().forEach(all::migration);
    all.subjects.addAll(EndState.subjects(replayed, context, all.mapper));
    all.subjects.addAll(Dependents.subjects(replayed, context));
    all.subjects.addAll(Numberings.subjects(replayed));
    all.subjects.addAll(Refusals.subjects(replayed, context, all.mapper));
    all.subjects.addAll(LockOrder.subjects(replayed));
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
            Optional.empty(),
            problem.kind().id(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  private static String named(Transaction transaction) {
    return switch (transaction) {
      case PER_MIGRATION -> "migration";
      case IMPLICIT, DIVIDED -> "implicit";
      case NONE -> "none";
    };
  }

  private void migration(ReplayedMigration replayedMigration) {
    Migration migration = replayedMigration.migration();
    Earlier earlier = new Earlier();
    List<StatementMapper.Mapped> mapped =
        replayedMigration.observations().stream().map(o -> statements.map(o, earlier)).toList();
    List<StatementFacts> facts = mapped.stream().map(StatementMapper.Mapped::facts).toList();
    MigrationFacts whole = facts(replayedMigration, facts);
    subjects.add(
        new Subject(
            "migration",
            whole,
            migration.version().text(),
            replayedMigration.observations().isEmpty()
                ? Location.startOf(migration.file().path())
                : replayedMigration.observations().getFirst().statement().location(),
            Optional.empty(),
            Optional.of(migration.file()),
            migration.version().text(),
            Optional.empty(),
            Optional.of(whole),
            List.of(),
            List.of()));
    Set<Long> inSteps = new HashSet<>();
    for (List<StatementFacts> transaction : Transactions.of(facts)) {
      transaction(replayedMigration, transaction, whole);
      if (Transactions.closesInSteps(transaction)) {
        inSteps.add(transaction.getFirst().transaction());
      }
    }
    for (StatementFacts statement : facts) {
      if (statement.inTransaction()) {
        inTransactions
            .computeIfAbsent(statement.transaction(), number -> new ArrayList<>())
            .add(statement);
      }
    }
    for (int i = 0; i < mapped.size(); i++) {
      statement(replayedMigration.observations().get(i), mapped.get(i), whole, inSteps);
    }
  }

  private MigrationFacts facts(ReplayedMigration of, List<StatementFacts> statements) {
    Migration migration = of.migration();
    History history = replayed.history();
    Optional<Layout> tool = Layouts.byId(history.layout());
    return new MigrationFacts(
        migration.file().path().toString(),
        migration.version().text(),
        migration.description(),
        migration.version() instanceof Version.Repeatable,
        history.layout(),
        named(migration.transaction()),
        tool.filter(Layout::alwaysInTransaction).isPresent(),
        tool.flatMap(layout -> layout.outsideTransaction(migration, migration.file()))
            .map(told -> named(told.transaction()))
            .orElse(""),
        history.together(),
        migration.down().isPresent(),
        history.applied().size() + place(migration, history.pending()),
        isNothingBefore(of),
        statements);
  }

  /** What is none of them runs after all of them. */
  private static int place(Migration migration, List<Migration> pending) {
    int index = pending.indexOf(migration);
    return index < 0 ? pending.size() : index;
  }

  /** The tool's own table is there in every database. */
  private boolean isNothingBefore(ReplayedMigration migration) {
    Stream<SchemaObject> made =
        replayed.migrations().stream()
            .takeWhile(earlier -> earlier != migration)
            .flatMap(earlier -> earlier.observations().stream())
            .flatMap(Observation::changes)
            .map(SchemaChange::object);
    String own = replayed.history().prelude();
    return Stream.concat(replayed.base().objects(), made)
        .filter(o -> o instanceof Table || o instanceof Type || o instanceof Function)
        .allMatch(object -> Mention.of(object.name().local(), own));
  }

  private void transaction(
      ReplayedMigration replayedMigration, List<StatementFacts> transaction, MigrationFacts facts) {
    StatementFacts last = Transactions.lastToLock(transaction);
    List<StatementFacts> before = inTransactions.getOrDefault(last.transaction(), List.of());
    TransactionFacts whole = Transactions.facts(before, transaction);
    Observation at = replayedMigration.observations().get((int) last.number() - 1);
    subjects.add(subject("transaction", whole, Transactions.object(whole), at, last, facts));
    Transactions.firstToWork(transaction)
        .ifPresent(
            first -> {
              WorkFacts work = Transactions.work(transaction, first);
              Observation working = replayedMigration.observations().get((int) first.number() - 1);
              subjects.add(
                  subject("work", work, String.join(", ", work.tables()), working, first, facts));
            });
  }

  private static Subject subject(
      String each,
      Object facts,
      String object,
      Observation at,
      StatementFacts statement,
      MigrationFacts migration) {
    return new Place(at, statement, migration)
        .subject(each, facts, object, at.statement().location(), Optional.empty());
  }

  /**
   * @param inSteps numbers of the transactions that are looked at as a whole already
   */
  private void statement(
      Observation observation,
      StatementMapper.Mapped mapped,
      MigrationFacts migration,
      Set<Long> inSteps) {
    StatementFacts facts = mapped.facts();
    Place place = new Place(observation, facts, migration);
    subjects.add(
        place.subject(
            "statement", facts, facts.command(), FailurePlace.of(observation), Optional.empty()));
    for (NoticeFacts notice : new LinkedHashSet<>(facts.notices())) {
      subjects.add(
          place.subject(
              "notice",
              notice,
              notice.message(),
              NoticePlace.of(observation.statement(), notice),
              Optional.empty()));
    }
    for (Cause skipped : observation.skipped()) {
      subjects.add(place.skipped(skipped));
    }
    for (Cause reverted : observation.reverted()) {
      subjects.add(place.reverted(reverted));
    }
    for (int i = 0; i < observation.effects().size(); i++) {
      Effect effect = observation.effects().get(i);
      mapped.effects().get(i).stream()
          .filter(
              seen -> !seen.each().equals("transaction") || !inSteps.contains(facts.transaction()))
          .forEach(
              seen ->
                  subjects.add(
                      place.subject(
                          seen.each(),
                          seen.facts(),
                          seen.object(),
                          Pointer.at(
                              observation.statement(),
                              effect.cause(),
                              seen.parts(),
                              seen.word(),
                              seen.object(),
                              seen.actions()),
                          effect.cause())));
    }
  }
}
