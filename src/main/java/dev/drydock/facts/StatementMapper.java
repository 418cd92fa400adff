package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Relation;
import dev.drydock.replay.ScanReason;
import dev.drydock.schema.Schema;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import dev.drydock.sql.SyntaxReader;
import dev.drydock.sql.TransactionControl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes the facts of a statement, and of each change it made. */
final class StatementMapper {
  private static final Pattern VALIDATES =
      Pattern.compile("\\bVALIDATE\\s+CONSTRAINT\\b", Pattern.CASE_INSENSITIVE);

  private final FactMapper mapper;
  private final ChangeContext context;
  private List<LockFacts> lastHeld = List.of();

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
    Schema schema = o.schema();
    String own = o.statement().syntax().command();
    Ancestry ancestry = new Ancestry(o, id -> mapper.known(id, schema));
    List<LockFacts> heldBefore = heldBefore(o, ancestry);
    List<Optional<EffectSubject>> effects = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Effect effect : o.effects()) {
      String command = effect.cause().map(Cause::command).orElse(own);
      effects.add(
          switch (effect) {
            case Effect.LockTaken taken ->
                Optional.of(
                    onRelation(
                        "lock",
                        lock(taken.lock(), schema, command, ancestry),
                        taken.lock().relation(),
                        o));
            case Effect.TableRewritten rewrite ->
                rewrite(rewrite, o, command, ancestry).filter(facts -> seen.add(facts.facts()));
            case Effect.TableScanned scan ->
                scan(scan, o, command, ancestry).filter(facts -> seen.add(facts.facts()));
            case Effect.RowsChanged rows ->
                Optional.of(onRelation("rows", rows(rows, o, command), rows.relation(), o));
            case Effect.WorkedUnderLock work -> work(work, o, command, ancestry);
            case Effect.TablesClosed unused -> Optional.empty();
            case Effect.SchemaChanged unused -> Optional.empty();
          });
    }
    List<Object> onRelations =
        effects.stream().flatMap(Optional::stream).map(EffectSubject::facts).toList();
    List<LockFacts> locks = only(onRelations, LockFacts.class);
    List<RewriteFacts> rewrites = only(onRelations, RewriteFacts.class);
    List<ScanFacts> scans = only(onRelations, ScanFacts.class);
    List<RowsFacts> rows = only(onRelations, RowsFacts.class);
    // A lock taken now is stronger than the one held before, or it would not be listed.
    List<LockFacts> held = new ArrayList<>(locks);
    held.addAll(heldBefore);
    ChangeSubjects subjects = new ChangeSubjects(mapper, context, o, held, scans, rewrites);
    for (int i = 0; i < effects.size(); i++) {
      if (o.effects().get(i) instanceof Effect.SchemaChanged changed) {
        effects.set(i, subjects.of(changed.change()));
      }
    }
    List<Object> facts =
        effects.stream().flatMap(Optional::stream).map(EffectSubject::facts).toList();
    List<TableChange> relations = only(facts, TableChange.class);
    List<ColumnChange> columns = only(facts, ColumnChange.class);
    List<IndexChange> indexes = only(facts, IndexChange.class);
    Syntax syntax = o.statement().syntax();
    List<String> names = syntax.names("relation");
    StatementFacts statement =
        new StatementFacts(
            own,
            o.commands(),
            syntax.names("action"),
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
            syntax.flags().contains(Syntax.Flag.CONCURRENTLY),
            syntax.flags().contains(Syntax.Flag.IF_EXISTS),
            syntax.flags().contains(Syntax.Flag.IF_NOT_EXISTS),
            syntax.flags().contains(Syntax.Flag.CASCADE),
            syntax.flags().contains(Syntax.Flag.NOT_VALID),
            syntax.flags().contains(Syntax.Flag.USING_INDEX),
            syntax.flags().contains(Syntax.Flag.USING_EXPRESSION),
            syntax.flags().contains(Syntax.Flag.RESTRICTED),
            syntax.flags().contains(Syntax.Flag.WRITTEN_OUT),
            isQualified(o.statement()),
            FactMapper.millis(o.session().lockTimeout()),
            FactMapper.millis(o.session().statementTimeout()),
            FactMapper.millis(o.session().idleTimeout()),
            o.session().applicationName(),
            locks,
            heldBefore,
            rewrites,
            scans,
            rows,
            relations.stream().filter(t -> !isView(t)).toList(),
            relations.stream().filter(StatementMapper::isView).toList(),
            only(facts, RoutineChange.class),
            columns,
            indexes,
            only(facts, ConstraintChange.class),
            cascades(o) ? subjects.cascaded() : List.of(),
            earlier.altered(own, names, syntax.names("action"), held, columns),
            rowError(o),
            only(facts, GrantChange.class),
            syntax.names("setting").stream().findFirst().orElse(""),
            syntax.names("value").stream().findFirst().orElse(""),
            earlier.before(o.transaction()),
            o.abandoned(),
            o.statement().text());
    for (int i = 0; i < effects.size(); i++) {
      if (o.effects().get(i) instanceof Effect.TablesClosed closed) {
        effects.set(i, closed(closed, statement, o, ancestry));
      }
    }
    earlier.add(statement, syntax, o.statement().transactionControl(), DeferredChecks.after(o));
    List<List<EffectSubject>> all = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      List<EffectSubject> of = new ArrayList<>(effects.get(i).stream().toList());
      if (o.effects().get(i) instanceof Effect.SchemaChanged changed) {
        of.addAll(subjects.besides(changed.change()));
      }
      if (o.effects().get(i) instanceof Effect.TableRewritten rewrite
          && effects.get(i).isPresent()) {
        of.addAll(
            subjects.replaced(Ancestry.standsFor(rewrite.relation(), ancestry.whole(rewrite))));
      }
      all.add(of);
    }
    return new Mapped(statement, all);
  }

  private static String control(TransactionControl control) {
    return control == TransactionControl.NONE ? "" : control.name().toLowerCase(Locale.ROOT);
  }

  /** The list of the statement before, where that held the same. */
  private List<LockFacts> heldBefore(Observation o, Ancestry ancestry) {
    List<LockFacts> held =
        o.heldBefore().stream()
            // For a table that the transaction dropped nobody waits to any end.
            .filter(
                lock ->
                    !lock.relation().isTable()
                        || o.schema().table(lock.relation().id()).isPresent())
            .map(lock -> lock(lock, o.schema(), "", ancestry))
            .toList();
    if (!held.equals(lastHeld)) {
      lastHeld = held;
    }
    return lastHeld;
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

  private LockFacts lock(Lock lock, Schema schema, String command, Ancestry ancestry) {
    return mapper.lock(lock, schema, command, ancestry.cameDown(lock));
  }

  private Optional<EffectSubject> rewrite(
      Effect.TableRewritten rewrite, Observation o, String command, Ancestry ancestry) {
    Optional<Lock> whole = ancestry.whole(rewrite);
    Relation relation = Ancestry.standsFor(rewrite.relation(), whole);
    return Optional.of(
        onRelation(
            "rewrite",
            new RewriteFacts(
                mapper.relation(relation, o.schema()),
                lock(whole.orElse(rewrite.lock()), o.schema(), command, ancestry),
                rewrite.reason(),
                command,
                rewrite.reason().equals("truncate") && !isTruncated(rewrite, relation, o)),
            relation,
            o));
  }

  /** Whether the TRUNCATE names the relation, as one without CASCADE does. */
  private static boolean isTruncated(
      Effect.TableRewritten rewrite, Relation relation, Observation o) {
    String name = relation.name().local();
    Syntax own = o.statement().syntax();
    return rewrite
        .cause()
        .map(cause -> Mention.of(name, cause.sql()))
        .orElseGet(
            () ->
                !own.command().equals("TRUNCATE TABLE")
                    || !own.flags().contains(Syntax.Flag.CASCADE)
                    || own.names("relation").contains(name));
  }

  private Optional<EffectSubject> scan(
      Effect.TableScanned scan, Observation o, String command, Ancestry ancestry) {
    Optional<Lock> whole = ancestry.whole(scan);
    Relation relation = Ancestry.standsFor(scan.relation(), whole);
    return Optional.of(
        onRelation(
            "scan",
            new ScanFacts(
                mapper.relation(relation, o.schema()),
                lock(whole.orElse(scan.lock()), o.schema(), command, ancestry),
                scan.reason().id(),
                command,
                VALIDATES.matcher(scan.cause().map(Cause::sql).orElse(o.statement().text())).find(),
                scan.reason() == ScanReason.VALIDATION
                    ? KeyTypes.retyped(relation.id(), o)
                    : List.of()),
            relation,
            o));
  }

  private RowsFacts rows(Effect.RowsChanged changed, Observation o, String command) {
    Syntax own = o.statement().syntax();
    Syntax syntax = changed.cause().map(cause -> SyntaxReader.keywords(cause.sql())).orElse(own);
    return new RowsFacts(
        mapper.relation(changed.relation(), o.schema()),
        changed.inserted(),
        changed.updated(),
        changed.deleted(),
        command,
        changed.cause().isPresent() || WholeTable.isNamed(own, changed.relation(), o.schema()),
        syntax.flags().contains(Syntax.Flag.RESTRICTED)
            && !WholeTable.isAskedFor(
                syntax,
                changed.relation(),
                o.schema(),
                column -> context.given().isStillNull(column, o)),
        changed.cause().isEmpty() && WholeTable.isOneRow(own, changed.relation(), o.schema()),
        context.copies().loser(o, changed).map(table -> table.name().toString()).orElse(""));
  }

  private Optional<EffectSubject> work(
      Effect.WorkedUnderLock work, Observation o, String command, Ancestry ancestry) {
    List<LockFacts> held =
        work.held().stream()
            .map(lock -> lock(lock, o.schema(), command, ancestry))
            .filter(lock -> !lock.inherited())
            .toList();
    if (held.isEmpty()) {
      return Optional.empty();
    }
    List<String> tables = held.stream().map(lock -> lock.relation().name()).sorted().toList();
    return Optional.of(
        new EffectSubject(
            "work",
            new WorkFacts(
                command, o.statement().index() + 1L, work.count(), held.getFirst().mode(), tables),
            String.join(", ", tables),
            List.of(),
            ""));
  }

  private Optional<EffectSubject> closed(
      Effect.TablesClosed closed, StatementFacts statement, Observation o, Ancestry ancestry) {
    List<LockFacts> held =
        closed.held().stream()
            .map(lock -> lock(lock, o.schema(), statement.command(), ancestry))
            .filter(lock -> !lock.inherited())
            .toList();
    if (held.size() < 2) {
      return Optional.empty();
    }
    TransactionFacts facts = Transactions.within(statement, held, closed.commands());
    return Optional.of(
        new EffectSubject("transaction", facts, Transactions.object(facts), List.of(), ""));
  }

  /** It is of the whole statement, unless that names other relations besides. */
  private static EffectSubject onRelation(
      String each, Object facts, Relation relation, Observation o) {
    boolean several = o.statement().syntax().names("relation").size() > 1;
    return new EffectSubject(
        each,
        facts,
        relation.name().toString(),
        several ? List.of("relation") : List.of(),
        relation.name().local());
  }

  static boolean isView(TableChange change) {
    return change.before().kind().endsWith("view") || change.after().kind().endsWith("view");
  }

  private static <T> List<T> only(List<Object> changes, Class<T> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static boolean cascades(Observation o) {
    return o.statement().syntax().flags().contains(Syntax.Flag.CASCADE)
        || o.effects().stream()
            .flatMap(effect -> effect.cause().stream())
            .anyMatch(cause -> cause.sql().toLowerCase(Locale.ROOT).contains("cascade"));
  }

  private static boolean isQualified(Statement statement) {
    return statement
        .syntax()
        .parts("relation")
        .allMatch(part -> statement.text(part).contains("."));
  }
}
