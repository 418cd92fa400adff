package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Extension;
import dev.drydock.schema.Function;
import dev.drydock.schema.Grant;
import dev.drydock.schema.GrantTarget;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Publication;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.schema.TablePart;
import dev.drydock.schema.Type;
import dev.drydock.sql.BlockStatements;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Prepared;
import dev.drydock.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the command inside a block or function that had an effect. */
final class Causes {
  /** Commands that write no rows themselves. */
  private static final Set<String> CALLING = Set.of("SELECT", "CALL", "DO");

  private static final Pattern ADD = Pattern.compile("\\badd\\b", Pattern.CASE_INSENSITIVE);

  private final Statement statement;
  private final Observer observer;
  private final Delta delta;

  /** What the statement calls, when that was asked for. */
  private Optional<CalledFunctions> called = Optional.empty();

  Causes(Statement statement, Observer observer, Delta delta) {
    this.statement = statement;
    this.observer = observer;
    this.delta = delta;
  }

  /** The first command after which the relation had been read. */
  Optional<DdlEvent> scanning(long oid) {
    long before = delta.counted().get(oid).scans() - delta.scans().get(oid);
    return delta.events().stream()
        .filter(DdlEvent::isNested)
        .filter(event -> event.counted().containsKey(oid))
        .filter(event -> event.counted().get(oid).scans() > before)
        .findFirst();
  }

  /**
   * The data change in the text of the block, else the one that was prepared, else in the text of a
   * function it calls. Which of several ran is not known: then one that leaves rows out.
   */
  Optional<Cause> rowsCause(Relation relation) {
    return BlockStatements.to(
            relation.name().local(),
            NestedWork.writtenIn(statement),
            change -> mayHaveDone(change, relation),
            done(relation))
        .map(change -> NestedWork.cause(statement, change))
        .or(() -> observer.executed(statement).flatMap(sql -> inPrepared(sql, relation)))
        .or(() -> inFunction(relation));
  }

  /**
   * Only what names the table: what the server does along with it, as by a CASCADE, is no cause.
   */
  private Optional<Cause> inPrepared(Prepared prepared, Relation relation) {
    return BlockStatements.to(
            relation.name().local(),
            BlockStatements.ofOne(prepared.sql()),
            unnamed -> false,
            done(relation))
        .map(change -> new Cause(change.command(), change.sql(), "", 0, Optional.empty()));
  }

  private Optional<Cause> inFunction(Relation relation) {
    if (!CALLING.contains(statement.syntax().command())) {
      return Optional.empty();
    }
    if (called.isEmpty()) {
      called = Optional.of(CalledFunctions.of(statement.sql().sql(), observer.schema().current()));
    }
    return called
        .get()
        .writing(relation.name().local(), change -> mayHaveDone(change, relation), done(relation));
  }

  /** Whether the counters say nothing else: where no row was found they are silent. */
  private boolean mayHaveDone(BlockStatements.Writing change, Relation relation) {
    Counts counts = delta.rows().get(Long.parseLong(relation.id()));
    return counts == null
        || switch (change.command()) {
          case "INSERT" -> counts.inserted() > 0;
          case "UPDATE" -> counts.updated() > 0;
          case "DELETE" -> counts.deleted() > 0;
          default -> true;
        };
  }

  /** What the counters say has been done to rows that were there, the worse first. */
  private List<String> done(Relation relation) {
    Counts counts = delta.rows().getOrDefault(Long.parseLong(relation.id()), Counts.NONE);
    return Stream.of(counts.deleted() > 0 ? "DELETE" : "", counts.updated() > 0 ? "UPDATE" : "")
        .filter(command -> !command.isEmpty())
        .toList();
  }

  /** The first command in the block after which the lock was held. */
  Optional<Cause> lockCause(long oid, LockMode mode) {
    return delta.events().stream()
        .filter(DdlEvent::isNested)
        .filter(event -> event.held().containsKey(oid))
        .filter(event -> event.held().get(oid).compareTo(mode) >= 0)
        .findFirst()
        .flatMap(this::of);
  }

  Optional<Cause> relationCause(long oid) {
    return delta.events().stream()
        .filter(DdlEvent::isNested)
        .filter(event -> event.catalog() == DdlEvent.RELATIONS)
        .filter(event -> event.object() == oid || observer.schema().owner(event.object()) == oid)
        // The table's own event before those of its indexes.
        .min(Comparator.comparing(event -> event.object() != oid))
        .flatMap(this::of);
  }

  /** What hangs on a table is not always named by an event of its own; then its table is. */
  Optional<Cause> ownerCause(SchemaChange change) {
    return tableOf(change)
        .flatMap(
            table ->
                adding(change, Long.parseLong(table))
                    .or(() -> naming(change, Long.parseLong(table)))
                    .flatMap(this::of)
                    .or(() -> relationCause(Long.parseLong(table)))
                    .or(() -> ruleCause(change, Long.parseLong(table))));
  }

  /** A rule is an object of its own to the server, and its table has no event then. */
  private Optional<Cause> ruleCause(SchemaChange change, long table) {
    return change.object() instanceof Table && change.event() == SchemaChange.Event.ALTERED
        ? lockCause(table, LockMode.ACCESS_EXCLUSIVE)
        : Optional.empty();
  }

  /** Of the commands on a table the one whose text adds the constraint. */
  private Optional<DdlEvent> adding(SchemaChange change, long table) {
    if (change.event() != SchemaChange.Event.CREATED
        || !(change.object() instanceof Constraint constraint)) {
      return Optional.empty();
    }
    Pattern keyword = Pattern.compile(keyword(constraint), Pattern.CASE_INSENSITIVE);
    return Stream.<Predicate<String>>of(
            sql -> Mention.of(constraint.name().local(), sql), keyword.asPredicate())
        .flatMap(
            sign ->
                delta.events().stream()
                    .filter(event -> event.object() == table)
                    .filter(event -> event.context().filter(c -> adds(c.sql(), sign)).isPresent()))
        .findFirst();
  }

  /** Of the commands on a table the one that names what it altered, such as a trigger. */
  private Optional<DdlEvent> naming(SchemaChange change, long table) {
    String name = change.object().name().local();
    return change.event() == SchemaChange.Event.ALTERED && change.object() instanceof TablePart
        ? delta.events().stream()
            .filter(event -> event.object() == table)
            .filter(event -> event.context().filter(c -> Mention.of(name, c.sql())).isPresent())
            .findFirst()
        : Optional.empty();
  }

  private static boolean adds(String sql, Predicate<String> sign) {
    return ADD.matcher(sql).find() && sign.test(sql);
  }

  private static String keyword(Constraint constraint) {
    return switch (constraint.type()) {
      case PRIMARY_KEY -> "\\bprimary\\s+key\\b";
      case UNIQUE -> "\\bunique\\b";
      case FOREIGN_KEY -> "\\breferences\\b";
      case CHECK -> "\\bcheck\\b";
      case EXCLUSION -> "\\bexclude\\b";
      case NOT_NULL -> "\\bnot\\s+null\\b";
    };
  }

  /** Id of the table or sequence that what changed is, or hangs on. */
  static Optional<String> tableOf(SchemaChange change) {
    return switch (change.object()) {
      case Table table -> Optional.of(table.id());
      case TablePart part -> Optional.of(part.table());
      case Sequence sequence -> Optional.of(sequence.id());
      case Grant unused -> Optional.empty();
      case Type unused -> Optional.empty();
      case Function unused -> Optional.empty();
      case Namespace unused -> Optional.empty();
      case Extension unused -> Optional.empty();
      case Publication unused -> Optional.empty();
      case GrantTarget unused -> Optional.empty();
    };
  }

  /** The only command of that kind in a function in SQL, of which the server says no text. */
  private String inBody(String tag, String function) {
    List<String> texts =
        observer
            .schema()
            .current()
            .functions()
            .filter(f -> f.language().equals("sql") && f.name().local().equals(function))
            .flatMap(f -> BlockStatements.ofBody(f.body(), tag.split(" ")[0]).stream())
            .map(BlockStatements.Writing::sql)
            .toList();
    return texts.size() == 1 ? texts.getFirst() : "";
  }

  /** The command that an event inside a block or function is of. */
  Optional<Cause> of(DdlEvent event) {
    return event
        .context()
        .map(
            context ->
                new Cause(
                    event.tag(),
                    context.sql().isEmpty()
                        ? inBody(event.tag(), context.function())
                        : context.sql(),
                    context.function(),
                    context.line(),
                    NestedSource.locate(statement, context)));
  }
}
