package dev.drydock.facts.mapping;

import dev.drydock.facts.ColumnChange;
import dev.drydock.facts.ConstraintChange;
import dev.drydock.facts.GrantChange;
import dev.drydock.facts.IndexChange;
import dev.drydock.facts.LockFacts;
import dev.drydock.facts.NoticeFacts;
import dev.drydock.facts.RewriteFacts;
import dev.drydock.facts.RoutineChange;
import dev.drydock.facts.RowErrorFacts;
import dev.drydock.facts.RowsFacts;
import dev.drydock.facts.ScanFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.facts.TableChange;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import dev.drydock.sql.TransactionControl;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the facts of a statement, and of each change it made. */
final class StatementMapper {
  private final FactMapper mapper;
  private final ChangeContext context;
  private final Map<Lock, Told> told = new IdentityHashMap<>();
  private List<LockFacts> lastHeld = List.of();

  /**
   * What a lock was told as.
   *
   * @param table the one it was on, or on an index of, as it was then
   */
  private record Told(Table table, LockFacts facts) {}

  StatementMapper(FactMapper mapper, ChangeContext context) {
    this.mapper = mapper;
    this.context = context;
  }

  /**
   * A statement with its effects.
   *
   * @param effects in the order of the observation; absent for what no rule can be asked about, and
   *     for what befell a partition when the table above stands for it
   */
  record Mapped(StatementFacts facts, List<List<EffectSubject>> effects) {}

  /**
   * @param earlier the statements of the migration before it; brought up to date with this one
   */
  Mapped map(Observation o, Earlier earlier) {
    RelationSubjects relations = new RelationSubjects(mapper, context, o);
    List<LockFacts> heldBefore = heldBefore(o, relations);
    List<Optional<EffectSubject>> effects = new ArrayList<>(relations.effects());
    List<Object> onRelations = facts(effects);
    // A lock taken now is stronger than the one held before, or it would not be listed.
    List<LockFacts> held = new ArrayList<>(only(onRelations, LockFacts.class));
    held.addAll(heldBefore);
    ChangeSubjects changes =
        new ChangeSubjects(
            mapper,
            context,
            o,
            held,
            only(onRelations, ScanFacts.class),
            only(onRelations, RewriteFacts.class));
    fill(effects, o, Effect.SchemaChanged.class, changed -> changes.of(changed.change()));
    StatementFacts statement =
        statement(o, facts(effects), heldBefore, held, changes.cascaded(), earlier);
    fill(effects, o, Effect.TablesClosed.class, closed -> relations.closed(closed, statement));
    earlier.add(
        statement,
        o.statement().syntax(),
        o.statement().transactionControl(),
        DeferredChecks.after(o));
    List<List<EffectSubject>> all = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      List<EffectSubject> of = new ArrayList<>(effects.get(i).stream().toList());
      if (o.effects().get(i) instanceof Effect.SchemaChanged changed) {
        of.addAll(changes.besides(changed.change()));
      }
      if (o.effects().get(i) instanceof Effect.TableRewritten rewrite && !of.isEmpty()) {
        of.addAll(changes.replaced(relations.standsFor(rewrite)));
      }
      all.add(of);
    }
    return new Mapped(statement, all);
  }

  private static <E extends Effect> void fill(
      List<Optional<EffectSubject>> subjects,
      Observation o,
      Class<E> type,
      Function<E, Optional<EffectSubject>> subject) {
    for (int i = 0; i < subjects.size(); i++) {
      if (type.isInstance(o.effects().get(i))) {
        subjects.set(i, subject.apply(type.cast(o.effects().get(i))));
      }
    }
  }

  /**
   * @param facts of its effects
   * @param held the strongest lock on each relation while it ran
   */
  private StatementFacts statement(
      Observation o,
      List<Object> facts,
      List<LockFacts> heldBefore,
      List<LockFacts> held,
      List<String> cascaded,
      Earlier earlier) {
    Syntax syntax = o.statement().syntax();
    List<TableChange> relations = only(facts, TableChange.class);
    List<ColumnChange> columns = only(facts, ColumnChange.class);
    List<String> names = syntax.names("relation");
    List<String> actions = syntax.names("action");
    return new StatementFacts(
        syntax.command(),
        o.commands(),
        actions,
        names,
        o.statement().index() + 1L,
        o.outcome().id(),
        FactMapper.error(o.outcome()),
        o.notices().stream()
            .map(n -> new NoticeFacts(n.severity(), n.sqlState(), n.message()))
            .toList(),
        control(o.statement().transactionControl()),
        o.inTransaction(),
        o.transaction(),
        syntax.has(Syntax.Flag.CONCURRENTLY),
        syntax.has(Syntax.Flag.IF_EXISTS),
        syntax.has(Syntax.Flag.IF_NOT_EXISTS),
        Cascade.isIn(o),
        syntax.has(Syntax.Flag.NOT_VALID),
        syntax.has(Syntax.Flag.USING_INDEX),
        syntax.has(Syntax.Flag.USING_EXPRESSION),
        syntax.has(Syntax.Flag.RESTRICTED),
        syntax.has(Syntax.Flag.WRITTEN_OUT),
        isQualified(o.statement()),
        FactMapper.millis(o.session().lockTimeout()),
        FactMapper.millis(o.session().statementTimeout()),
        FactMapper.millis(o.session().idleTimeout()),
        o.session().applicationName(),
        only(facts, LockFacts.class),
        heldBefore,
        only(facts, RewriteFacts.class),
        only(facts, ScanFacts.class),
        only(facts, RowsFacts.class),
        relations.stream().filter(t -> !isView(t)).toList(),
        relations.stream().filter(StatementMapper::isView).toList(),
        only(facts, RoutineChange.class),
        columns,
        only(facts, IndexChange.class),
        only(facts, ConstraintChange.class),
        cascaded,
        earlier.altered(
            syntax.command(),
            actions,
            ofItsTable(held, o.statement()),
            heldBefore.stream().map(lock -> lock.relation().name()).collect(Collectors.toSet()),
            passed(facts),
            columns),
        rowError(o),
        only(facts, GrantChange.class),
        syntax.names("setting").stream().findFirst().orElse(""),
        syntax.names("value").stream().findFirst().orElse(""),
        earlier.before(o.transaction()),
        new KeptResults(context.base(), context.end()).ofSearch(o.statement().text()),
        LastingNames.are(o, context.end()),
        o.abandoned(),
        o.statement().text());
  }

  /**
   * The tables whose rows an ALTER TABLE writes anew or checks: in one pass, whatever it does
   * besides. A foreign key is checked by a query of its own.
   */
  private static Set<String> passed(List<Object> facts) {
    Set<String> keys =
        only(facts, ConstraintChange.class).stream()
            .filter(c -> c.event().equals("created") && c.after().type().equals("foreign key"))
            .map(c -> c.table().name())
            .collect(Collectors.toSet());
    return Stream.concat(
            only(facts, RewriteFacts.class).stream().map(rewrite -> rewrite.relation().name()),
            only(facts, ScanFacts.class).stream()
                .filter(scan -> scan.reason().equals("validation"))
                .map(scan -> scan.relation().name())
                .filter(table -> !keys.contains(table)))
        .collect(Collectors.toSet());
  }

  private static String control(TransactionControl control) {
    return control == TransactionControl.NONE ? "" : control.name().toLowerCase(Locale.ROOT);
  }

  /** The list of the statement before, where that held the same. */
  private List<LockFacts> heldBefore(Observation o, RelationSubjects relations) {
    List<LockFacts> held =
        o.heldBefore().stream()
            // For a table that the transaction dropped nobody waits to any end.
            .filter(
                lock ->
                    !lock.relation().isTable()
                        || o.schema().table(lock.relation().id()).isPresent())
            .map(lock -> held(lock, o.schema(), relations))
            .toList();
    if (!held.equals(lastHeld)) {
      lastHeld = held;
    }
    return lastHeld;
  }

  /**
   * The same as before, where the table is: those of a long transaction are told again and again.
   */
  private LockFacts held(Lock lock, Schema schema, RelationSubjects relations) {
    Relation relation = lock.relation();
    Optional<Table> table =
        schema.table(relation.table().isEmpty() ? relation.id() : relation.table());
    Told known = told.get(lock);
    if (known == null || known.table() != table.orElse(null)) {
      LockFacts facts = relations.lock(lock, "");
      if (table.isEmpty() || !table.get().parents().isEmpty()) {
        return facts;
      }
      known = new Told(table.get(), facts);
      told.put(lock, known);
    }
    return known.facts();
  }

  private RowErrorFacts rowError(Observation o) {
    boolean known = !context.followsCode(o.statement().migration());
    return o.onRow()
        .map(
            refused ->
                new RowErrorFacts(
                    refused.failed().sqlState(),
                    refused.failed().message(),
                    refused.certain() && known && !(refused.across() && context.comesApart())))
        .orElse(new RowErrorFacts("", "", false));
  }

  private static boolean isView(TableChange change) {
    return change.before().kind().endsWith("view") || change.after().kind().endsWith("view");
  }

  private static List<Object> facts(List<Optional<EffectSubject>> subjects) {
    return subjects.stream().flatMap(Optional::stream).map(EffectSubject::facts).toList();
  }

  private static <T> List<T> only(List<Object> changes, Class<T> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * The locks on what the statement names first. The transaction may hold one on a table of the
   * same name in another schema: where none is written that tells them apart, there is none.
   */
  private static List<LockFacts> ofItsTable(List<LockFacts> held, Statement statement) {
    Optional<Syntax.Part> table = statement.syntax().parts("relation").findFirst();
    String written = table.map(statement::text).map(StatementMapper::bare).orElse("");
    List<LockFacts> locks =
        held.stream()
            .filter(
                lock -> table.filter(t -> t.name().equals(lock.relation().localName())).isPresent())
            .filter(
                lock ->
                    !written.contains(".")
                        || written.equalsIgnoreCase(bare(lock.relation().name())))
            .toList();
    return locks.stream().map(lock -> lock.relation().name()).distinct().count() == 1
        ? locks
        : List.of();
  }

  private static String bare(String name) {
    return name.replaceAll("[\"\\s]", "");
  }

  private static boolean isQualified(Statement statement) {
    return statement
        .syntax()
        .parts("relation")
        .allMatch(part -> statement.text(part).contains("."));
  }
}
