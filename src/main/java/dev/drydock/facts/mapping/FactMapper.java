package dev.drydock.facts.mapping;

import dev.drydock.facts.ColumnFacts;
import dev.drydock.facts.ConstraintFacts;
import dev.drydock.facts.ErrorFacts;
import dev.drydock.facts.IndexFacts;
import dev.drydock.facts.LockFacts;
import dev.drydock.facts.RelationFacts;
import dev.drydock.facts.RewriteRuleFacts;
import dev.drydock.facts.RoutineFacts;
import dev.drydock.facts.TableFacts;
import dev.drydock.facts.TypeFacts;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Function;
import dev.drydock.schema.Grant;
import dev.drydock.schema.Index;
import dev.drydock.schema.Policy;
import dev.drydock.schema.RewriteRule;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Turns objects and effects into the flat records that rules see. */
final class FactMapper {
  static final RelationFacts NO_RELATION =
      new RelationFacts("", "", "", "", "", "", false, false, false, false, -1, -1);
  static final LockFacts NO_LOCK =
      new LockFacts(NO_RELATION, "", false, false, "nobody", "", false);
  static final ColumnFacts NO_COLUMN =
      new ColumnFacts("", "", "", "", -1, -1, false, false, "", "", "", "", "", false);
  static final IndexFacts NO_INDEX =
      new IndexFacts(
          "", false, false, false, "", List.of(), List.of(), "", "", false, false, false);
  static final ConstraintFacts NO_CONSTRAINT =
      new ConstraintFacts("", "", false, false, "", List.of(), "", List.of(), false, "", "");
  static final TableFacts NO_TABLE =
      new TableFacts(
          "", "", "", "", "", false, "", false, false, List.of(), "", "", false, false, "",
          List.of(), List.of(), "", "", "", List.of(), "", "", false, false, false, List.of(),
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), -1, -1);
  static final TypeFacts NO_TYPE =
      new TypeFacts("", "", List.of(), "", false, List.of(), List.of());
  static final RoutineFacts NO_ROUTINE = new RoutineFacts("", "", "", "", "", "", false, List.of());
  static final ErrorFacts NO_ERROR = new ErrorFacts("", "", "", "", false);

  private static final String DEFAULT_BOUND = "DEFAULT";

  private final ChangeContext context;
  private final Map<Table, TableFacts> tables = new IdentityHashMap<>();

  /** One of each: what a long transaction holds is held before every later statement of it. */
  private final Map<LockFacts, LockFacts> locks = new HashMap<>();

  FactMapper(ChangeContext context) {
    this.context = context;
  }

  RelationFacts relation(Relation relation, Schema schema) {
    String table = relation.table().isEmpty() ? "" : tableName(relation.table(), schema);
    Optional<Table> itself = known(relation.id(), schema);
    TableSizes.Size size =
        context.size(relation.table().isEmpty() ? relation.id() : relation.table());
    return new RelationFacts(
        relation.name().toString(),
        context.production().table(relation.id()),
        relation.name().schema(),
        relation.name().local(),
        relation.kind().label(),
        table,
        relation.existedBefore(),
        itself.map(Table::isPartition).orElse(false),
        itself.map(t -> t.partitionBound().equals(DEFAULT_BOUND)).orElse(false),
        itself.or(() -> known(relation.table(), schema)).map(Table::hypertable).orElse(false),
        size.rows(),
        size.bytes());
  }

  /**
   * @param inherited whether it came down from a table above
   */
  LockFacts lock(Lock lock, Schema schema, String command, boolean inherited) {
    LockFacts facts =
        new LockFacts(
            relation(lock.relation(), schema),
            lock.mode(),
            lock.blocksReads(),
            lock.blocksWrites(),
            lock.blocks(),
            command,
            inherited);
    return locks.computeIfAbsent(facts, one -> one);
  }

  TableFacts table(Optional<Table> table, Schema schema) {
    return table.map(t -> tables.computeIfAbsent(t, unused -> table(t, schema))).orElse(NO_TABLE);
  }

  private TableFacts table(Table t, Schema schema) {
    TableSizes.Size size = context.size(t.id());
    return new TableFacts(
        t.name().toString(),
        context.production().table(t.id()),
        t.name().schema(),
        t.name().local(),
        t.kind().label(),
        context.existedBefore(t.id()),
        t.persistence(),
        t.isPartition(),
        t.hypertable(),
        t.parents().stream().map(parent -> tableName(parent, schema)).toList(),
        t.isPartition() ? parentDefault(t, schema) : "",
        t.defaultPartition().isEmpty() ? "" : tableName(t.defaultPartition(), schema),
        t.rowSecurity(),
        t.forceRowSecurity(),
        replicaIdentity(t.replicaIdentity()),
        identityColumns(t),
        context.refusals().of(t.id()),
        t.owner(),
        t.tablespace(),
        t.accessMethod(),
        t.options(),
        t.comment(),
        t.definition(),
        t.filled(),
        t.writable(),
        t.foreignKeysDisabled(),
        t.rules().stream().map(FactMapper::rule).toList(),
        t.columns().stream().map(FactMapper::column).toList(),
        t.indexes().stream().map(FactMapper::index).toList(),
        t.constraints().stream().map(c -> constraint(c, schema)).toList(),
        t.triggers().stream().filter(Trigger::enabled).map(Trigger::definition).toList(),
        t.policies().stream().map(policy -> policy.name().local()).toList(),
        t.policies().stream().filter(Policy::permissive).map(p -> p.name().local()).toList(),
        t.grants().stream()
            .filter(grant -> grant.grantee().equals(Roles.EVERYBODY))
            .map(Grant::privileges)
            .flatMap(List::stream)
            .toList(),
        size.rows(),
        size.bytes());
  }

  private static RewriteRuleFacts rule(RewriteRule rule) {
    return new RewriteRuleFacts(
        rule.name(), rule.event(), rule.conditional(), rule.instead(), rule.nothing());
  }

  private String parentDefault(Table partition, Schema schema) {
    return partition.parents().stream()
        .flatMap(parent -> known(parent, schema).stream())
        .map(Table::defaultPartition)
        .filter(id -> !id.isEmpty())
        .map(id -> tableName(id, schema))
        .findFirst()
        .orElse("");
  }

  private static String replicaIdentity(String letter) {
    return switch (letter) {
      case "f" -> "full";
      case "i" -> "index";
      case "n" -> "nothing";
      default -> "default";
    };
  }

  static List<String> identityColumns(Table t) {
    return switch (t.replicaIdentity()) {
      case "f" -> t.columns().stream().map(column -> column.name().local()).toList();
      case "n" -> List.of();
      // Of an index that is gone, none takes the place.
      case "i" -> columns(t, Index::replicaIdentity);
      default -> columns(t, Index::primary);
    };
  }

  private static List<String> columns(Table t, Predicate<Index> wanted) {
    return t.indexes().stream()
        .filter(wanted)
        .findFirst()
        .map(index -> index.columns().stream().sorted().toList())
        .orElse(List.of());
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
        c.comment(),
        !c.local());
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
        c.deferrable(),
        c.definition(),
        c.columns(),
        c.referencedTable().isEmpty() ? "" : tableName(c.referencedTable(), schema),
        c.referencedColumns(),
        c.inherited(),
        c.onDelete(),
        c.onUpdate());
  }

  static TypeFacts type(Type t) {
    return new TypeFacts(
        t.name().toString(),
        t.kind().label(),
        t.labels(),
        t.baseType(),
        t.notNull(),
        t.constraints(),
        t.attributes().stream().map(Type.Attribute::name).toList());
  }

  static RoutineFacts routine(Function f) {
    return new RoutineFacts(
        f.name().toString(),
        f.kind(),
        f.arguments(),
        f.result(),
        f.language(),
        f.volatility(),
        f.securityDefiner(),
        f.settings());
  }

  /** A table as it is now or, when it is gone, as it was at the base. */
  Optional<Table> known(String id, Schema schema) {
    return schema.table(id).or(() -> context.base().table(id));
  }

  /** The name a table has now or, when it is gone, had at the base. */
  String tableName(String id, Schema schema) {
    return known(id, schema).map(t -> t.name().toString()).orElse("");
  }

  /**
   * What a message says, for a sentence to go on after it: some of their own end in a full stop.
   */
  private static String phrase(String message) {
    return message.endsWith(".") && !message.endsWith("..")
        ? message.substring(0, message.length() - 1)
        : message;
  }

  static ErrorFacts error(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded unused -> NO_ERROR;
      case Outcome.Failed f ->
          new ErrorFacts(f.sqlState(), phrase(f.message()), f.hint(), f.remedy(), f.template());
      case Outcome.Refused r ->
          new ErrorFacts(r.sqlState(), phrase(r.message()), r.hint(), "", false);
      case Outcome.Stopped stopped -> new ErrorFacts("", stopped.message(), "", "", false);
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
