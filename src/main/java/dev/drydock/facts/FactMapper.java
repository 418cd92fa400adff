package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Grant;
import dev.drydock.schema.Index;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.sql.Syntax;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what the replay knows into the flat records that rules see. */
final class FactMapper {
  static final RelationFacts NO_RELATION = new RelationFacts("", "", "", "", "", false);
  static final LockFacts NO_LOCK = new LockFacts(NO_RELATION, "", false, false, "nobody", "");
  static final ColumnFacts NO_COLUMN =
      new ColumnFacts("", "", "", "", -1, -1, false, false, "", "", "", "", "");
  static final IndexFacts NO_INDEX =
      new IndexFacts(
          "", false, false, false, "", List.of(), List.of(), "", "", false, false, false);
  static final ConstraintFacts NO_CONSTRAINT =
      new ConstraintFacts("", "", false, "", List.of(), "", List.of(), false, "");
  static final TableFacts NO_TABLE =
      new TableFacts(
          "", "", "", "", false, "", false, false, false, "", "", "", "", "", "", false, List.of(),
          List.of(), List.of(), List.of(), List.of());
  static final ErrorFacts NO_ERROR = new ErrorFacts("", "", "", false);

  private final Schema base;
  private final Map<Table, TableFacts> tables = new IdentityHashMap<>();

  FactMapper(Schema base) {
    this.base = base;
  }

  RelationFacts relation(Relation relation, Schema schema) {
    String table = relation.table().isEmpty() ? "" : tableName(relation.table(), schema);
    return new RelationFacts(
        relation.name().toString(),
        relation.name().schema(),
        relation.name().local(),
        relation.kind(),
        table,
        relation.existedBefore());
  }

  LockFacts lock(Lock lock, Schema schema, String command) {
    return new LockFacts(
        relation(lock.relation(), schema),
        lock.mode(),
        lock.blocksReads(),
        lock.blocksWrites(),
        lock.blocks(),
        command);
  }

  TableFacts table(Optional<Table> table, Schema schema) {
    return table.map(t -> tables.computeIfAbsent(t, unused -> table(t, schema))).orElse(NO_TABLE);
  }

  private TableFacts table(Table t, Schema schema) {
    return new TableFacts(
        t.name().toString(),
        t.name().schema(),
        t.name().local(),
        t.kind().label(),
        existedBefore(t.id()),
        t.persistence(),
        t.isPartition(),
        !t.defaultPartition().isEmpty(),
        t.rowSecurity(),
        replicaIdentity(t.replicaIdentity()),
        t.owner(),
        t.tablespace(),
        t.accessMethod(),
        t.comment(),
        t.definition(),
        t.foreignKeysDisabled(),
        t.columns().stream().map(FactMapper::column).toList(),
        t.indexes().stream().map(FactMapper::index).toList(),
        t.constraints().stream().map(c -> constraint(c, schema)).toList(),
        t.policies().stream().map(Policy::name).map(n -> n.local()).toList(),
        t.grants().stream()
            .filter(grant -> grant.grantee().equals("PUBLIC"))
            .map(Grant::privileges)
            .flatMap(List::stream)
            .toList());
  }

  private static String replicaIdentity(String letter) {
    return switch (letter) {
      case "f" -> "full";
      case "i" -> "index";
      case "n" -> "nothing";
      default -> "default";
    };
  }

  boolean existedBefore(String id) {
    return base.object(id).isPresent();
  }

  boolean indexExistedBefore(String id) {
    return base.tables()
        .flatMap(table -> table.indexes().stream())
        .anyMatch(index -> index.id().equals(id));
  }

  static ColumnFacts column(Column c) {
    return new ColumnFacts(
        c.name().local(),
        c.type().text(),
        c.type().base(),
        c.type().kind(),
        c.type().length(),
        c.type().scale(),
        c.notNull(),
        c.hasDefault() && c.generated().isEmpty(),
        c.defaultValue(),
        c.identity(),
        c.generated(),
        c.collation(),
        c.comment());
  }

  static IndexFacts index(Index i) {
    return new IndexFacts(
        i.name().local(),
        i.unique(),
        i.primary(),
        i.valid(),
        i.method(),
        i.columns(),
        i.included(),
        i.predicate(),
        i.definition(),
        !i.constraint().isEmpty(),
        i.partitioned(),
        !i.parent().isEmpty());
  }

  ConstraintFacts constraint(Constraint c, Schema schema) {
    return new ConstraintFacts(
        c.name().local(),
        c.type().label(),
        c.validated(),
        c.definition(),
        c.columns(),
        c.referencedTable().isEmpty() ? "" : tableName(c.referencedTable(), schema),
        c.referencedColumns(),
        c.inherited(),
        c.onDelete());
  }

  /** The name a table has now or, when it is gone, had at the base. */
  String tableName(String id, Schema schema) {
    return schema.table(id).or(() -> base.table(id)).map(t -> t.name().toString()).orElse("");
  }

  /**
   * @param end the schema after the whole change
   */
  StatementFacts statement(Observation o, Schema end) {
    String own = o.statement().syntax().command();
    Schema schema = o.schema();
    List<LockFacts> locks = new ArrayList<>();
    List<RewriteFacts> rewrites = new ArrayList<>();
    List<ScanFacts> scans = new ArrayList<>();
    List<RowsFacts> rows = new ArrayList<>();
    for (Effect effect : o.effects()) {
      String command = effect.cause().map(Cause::command).orElse(own);
      switch (effect) {
        case Effect.LockTaken taken -> locks.add(lock(taken.lock(), schema, command));
        case Effect.TableRewritten rewrite -> rewrites.add(rewrite(rewrite, schema, command));
        case Effect.TableScanned scan -> scans.add(scan(scan, schema, command));
        case Effect.RowsChanged changed -> rows.add(rows(changed, schema, command));
        case Effect.SchemaChanged unused -> {}
      }
    }
    List<LockFacts> heldBefore =
        o.heldBefore().stream().map(lock -> lock(lock, schema, "")).toList();
    // A lock taken now is stronger than the one held before, or it would not be listed.
    List<LockFacts> held = new ArrayList<>(locks);
    held.addAll(heldBefore);
    ChangeSubjects changes = new ChangeSubjects(this, o, held, scans, rewrites, end);
    List<Object> changed =
        o.effects().stream()
            .filter(Effect.SchemaChanged.class::isInstance)
            .map(effect -> changes.of(((Effect.SchemaChanged) effect).change()))
            .flatMap(Optional::stream)
            .map(ChangeSubjects.Change::facts)
            .toList();
    Syntax syntax = o.statement().syntax();
    return new StatementFacts(
        own,
        o.commands(),
        o.statement().index() + 1L,
        outcome(o.outcome()),
        error(o.outcome()),
        o.inTransaction(),
        o.transaction(),
        syntax.flags().contains(Syntax.Flag.CONCURRENTLY),
        syntax.flags().contains(Syntax.Flag.IF_EXISTS),
        syntax.flags().contains(Syntax.Flag.IF_NOT_EXISTS),
        syntax.flags().contains(Syntax.Flag.CASCADE),
        syntax.flags().contains(Syntax.Flag.NOT_VALID),
        syntax.flags().contains(Syntax.Flag.RESTRICTED),
        millis(o.session().lockTimeout()),
        millis(o.session().statementTimeout()),
        locks,
        heldBefore,
        rewrites,
        scans,
        rows,
        only(changed, TableChange.class),
        only(changed, ColumnChange.class),
        only(changed, IndexChange.class),
        only(changed, ConstraintChange.class));
  }

  private static <T> List<T> only(List<Object> changes, Class<T> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  RewriteFacts rewrite(Effect.TableRewritten rewrite, Schema schema, String command) {
    return new RewriteFacts(
        relation(rewrite.relation(), schema),
        lock(rewrite.lock(), schema, command),
        rewrite.reason(),
        command);
  }

  ScanFacts scan(Effect.TableScanned scan, Schema schema, String command) {
    return new ScanFacts(
        relation(scan.relation(), schema),
        lock(scan.lock(), schema, command),
        scan.reason().id(),
        command);
  }

  RowsFacts rows(Effect.RowsChanged changed, Schema schema, String command) {
    return new RowsFacts(
        relation(changed.relation(), schema),
        changed.inserted(),
        changed.updated(),
        changed.deleted(),
        command);
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded unused -> "succeeded";
      case Outcome.Failed unused -> "failed";
      case Outcome.Stopped unused -> "stopped";
      case Outcome.NotReached unused -> "not-reached";
    };
  }

  private static ErrorFacts error(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded unused -> NO_ERROR;
      case Outcome.Failed f ->
          new ErrorFacts(f.sqlState(), f.message(), f.hint(), f.onGeneratedRow());
      case Outcome.Stopped stopped -> new ErrorFacts("", stopped.message(), "", false);
      case Outcome.NotReached unused -> NO_ERROR;
    };
  }

  /**
   * PostgreSQL shows a duration with its largest whole unit: {@code 5s}, {@code 1500ms}, {@code
   * 2min}.
   */
  static long millis(String setting) {
    String digits = setting.replaceAll("[^0-9].*", "");
    if (digits.isEmpty()) {
      return 0;
    }
    long number = Long.parseLong(digits);
    return switch (setting.substring(digits.length())) {
      case "s" -> number * 1_000;
      case "min" -> number * 60_000;
      case "h" -> number * 3_600_000;
      case "d" -> number * 86_400_000;
      default -> number;
    };
  }
}
