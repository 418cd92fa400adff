package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Schema;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes the facts of a statement, and of each change it made. */
final class StatementMapper {
  private final FactMapper mapper;
  private final ChangeContext context;

  StatementMapper(FactMapper mapper, ChangeContext context) {
    this.mapper = mapper;
    this.context = context;
  }

  /**
   * A statement with its changes, in the order of its effects.
   *
   * @param changes by effect; absent for effects that are no change a rule can be asked about
   */
  record Mapped(StatementFacts facts, List<Optional<ChangeSubjects.Change>> changes) {}

  /**
   * @param altered names of the tables that ALTER TABLE statements of the migration have altered so
   *     far; that of this one is added
   */
  Mapped map(Observation o, Set<String> altered) {
    Schema schema = o.schema();
    String own = o.statement().syntax().command();
    List<LockFacts> locks = new ArrayList<>();
    List<RewriteFacts> rewrites = new ArrayList<>();
    List<ScanFacts> scans = new ArrayList<>();
    List<RowsFacts> rows = new ArrayList<>();
    for (Effect effect : o.effects()) {
      String command = effect.cause().map(Cause::command).orElse(own);
      switch (effect) {
        case Effect.LockTaken taken -> locks.add(mapper.lock(taken.lock(), schema, command));
        case Effect.TableRewritten rewrite -> rewrites.add(rewrite(rewrite, schema, command));
        case Effect.TableScanned scan -> scans.add(scan(scan, schema, command));
        case Effect.RowsChanged changed -> rows.add(rows(changed, schema, command));
        case Effect.SchemaChanged unused -> {}
      }
    }
    List<LockFacts> heldBefore =
        o.heldBefore().stream().map(lock -> mapper.lock(lock, schema, "")).toList();
    // A lock taken now is stronger than the one held before, or it would not be listed.
    List<LockFacts> held = new ArrayList<>(locks);
    held.addAll(heldBefore);
    ChangeSubjects subjects = new ChangeSubjects(mapper, context, o, held, scans, rewrites);
    List<Optional<ChangeSubjects.Change>> changes = new ArrayList<>();
    for (Effect effect : o.effects()) {
      changes.add(
          effect instanceof Effect.SchemaChanged changed
              ? subjects.of(changed.change())
              : Optional.empty());
    }
    List<Object> facts =
        changes.stream().flatMap(Optional::stream).map(ChangeSubjects.Change::facts).toList();
    List<TableChange> relations = only(facts, TableChange.class);
    Syntax syntax = o.statement().syntax();
    List<String> names = names(syntax, "relation");
    StatementFacts statement =
        new StatementFacts(
            own,
            o.commands(),
            names(syntax, "action"),
            names,
            o.statement().index() + 1L,
            FactMapper.outcome(o.outcome()),
            FactMapper.error(o.outcome()),
            o.notices().stream()
                .map(n -> new NoticeFacts(n.severity(), n.sqlState(), n.message()))
                .toList(),
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
            only(facts, ColumnChange.class),
            only(facts, IndexChange.class),
            only(facts, ConstraintChange.class),
            cascades(o) ? subjects.cascaded(partNames(syntax)) : List.of(),
            alteredEarlier(own, names, held, altered),
            o.onRow().map(FactMapper::error).orElse(FactMapper.NO_ERROR),
            only(facts, GrantChange.class),
            names(syntax, "setting").stream().findFirst().orElse(""),
            names(syntax, "value").stream().findFirst().orElse(""));
    return new Mapped(statement, changes);
  }

  RewriteFacts rewrite(Effect.TableRewritten rewrite, Schema schema, String command) {
    return new RewriteFacts(
        mapper.relation(rewrite.relation(), schema),
        mapper.lock(rewrite.lock(), schema, command),
        rewrite.reason(),
        command);
  }

  ScanFacts scan(Effect.TableScanned scan, Schema schema, String command) {
    return new ScanFacts(
        mapper.relation(scan.relation(), schema),
        mapper.lock(scan.lock(), schema, command),
        scan.reason().id(),
        command);
  }

  RowsFacts rows(Effect.RowsChanged changed, Schema schema, String command) {
    return new RowsFacts(
        mapper.relation(changed.relation(), schema),
        changed.inserted(),
        changed.updated(),
        changed.deleted(),
        command);
  }

  static boolean isView(TableChange change) {
    return change.before().kind().endsWith("view") || change.after().kind().endsWith("view");
  }

  private static <T> List<T> only(List<Object> changes, Class<T> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<String> names(Syntax syntax, String kind) {
    return syntax.parts().stream()
        .filter(part -> part.kind().equals(kind))
        .map(Syntax.Part::name)
        .toList();
  }

  private static List<String> partNames(Syntax syntax) {
    return syntax.parts().stream().map(Syntax.Part::name).toList();
  }

  private static boolean cascades(Observation o) {
    return o.statement().syntax().flags().contains(Syntax.Flag.CASCADE)
        || o.effects().stream()
            .flatMap(effect -> effect.cause().stream())
            .anyMatch(cause -> cause.sql().toLowerCase(Locale.ROOT).contains("cascade"));
  }

  private static boolean isQualified(Statement statement) {
    return statement.syntax().parts().stream()
        .filter(part -> part.kind().equals("relation"))
        .allMatch(part -> statement.text().substring(part.start(), part.end()).contains("."));
  }

  private static List<String> alteredEarlier(
      String command, List<String> names, List<LockFacts> held, Set<String> altered) {
    if (!command.equals("ALTER TABLE") || names.isEmpty()) {
      return List.of();
    }
    return held.stream()
        .map(LockFacts::relation)
        .filter(relation -> relation.existedBefore() && relation.kind().endsWith("table"))
        .filter(relation -> relation.localName().equals(names.getFirst()))
        .map(RelationFacts::name)
        .distinct()
        .filter(name -> !altered.add(name))
        .toList();
  }
}
