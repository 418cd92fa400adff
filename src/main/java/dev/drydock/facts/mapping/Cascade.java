package dev.drydock.facts.mapping;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Extension;
import dev.drydock.schema.Function;
import dev.drydock.schema.Grant;
import dev.drydock.schema.GrantTarget;
import dev.drydock.schema.Index;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Publication;
import dev.drydock.schema.RewriteRule;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaChange.Event;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.schema.TablePart;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a statement took along with what it drops. */
final class Cascade {
  /** Commands that name a part of a table. */
  private static final Set<String> OF_PARTS = Set.of("DROP TRIGGER", "DROP POLICY");

  private static final String DROP_OWNED = "DROP OWNED";

  private static final Pattern SELF =
      Pattern.compile("(?i)\\b(current_user|current_role|session_user)\\b");

  private final FactMapper mapper;
  private final ChangeContext context;
  private final Observation observation;
  private final StatementChanges changes;
  private final Schema after;

  Cascade(
      FactMapper mapper, ChangeContext context, Observation observation, StatementChanges changes) {
    this.mapper = mapper;
    this.context = context;
    this.observation = observation;
    this.changes = changes;
    this.after = observation.schema();
  }

  /** What production has, was dropped and is neither named nor part of something that is. */
  List<String> words() {
    if (!isAskedFor()) {
      return List.of();
    }
    List<String> cascaded = new ArrayList<>();
    for (Effect effect : observation.effects()) {
      if (!(effect instanceof Effect.SchemaChanged changed)) {
        continue;
      }
      SchemaChange change = changed.change();
      if (lostDefault(change, effect.cause())) {
        cascaded.add(
            "default of column %s of %s"
                .formatted(
                    change.object().name().local(),
                    mapper.tableName(change.after(Column.class).orElseThrow().table(), after)));
      }
      lostRules(change).forEach(cascaded::add);
      if (change.event() == Event.DROPPED
          && context.existedBefore(change.object().id())
          && !(change.withTable() && isPart(change.object()))
          && !isNamed(change.object(), effect.cause())
          && !isOwned(change.object(), effect.cause())) {
        described(change.object()).ifPresent(cascaded::add);
      }
    }
    // Functions of one name.
    return cascaded.stream().distinct().sorted().toList();
  }

  /** Whether it, or a DROP inside it, has CASCADE. */
  static boolean isIn(Observation observation) {
    return observation.statement().syntax().has(Syntax.Flag.CASCADE)
        || observation.effects().stream()
            .flatMap(effect -> effect.cause().stream())
            .anyMatch(cause -> cause.command().startsWith("DROP ") && cascades(cause));
  }

  private boolean isAskedFor() {
    return observation.statement().syntax().has(Syntax.Flag.CASCADE)
        || observation.effects().stream()
            .flatMap(effect -> effect.cause().stream())
            .anyMatch(Cascade::cascades);
  }

  private static boolean isPart(SchemaObject object) {
    return object instanceof TablePart && !(object instanceof Index);
  }

  private Optional<String> described(SchemaObject dropped) {
    return switch (dropped) {
      // A partition goes with its table, CASCADE or not.
      case Table t ->
          t.isPartition()
                  && t.parents().stream().anyMatch(p -> changes.happenedTo(Event.DROPPED, p))
              ? Optional.empty()
              : Optional.of(t.kind().label() + " " + t.name());
      case Constraint c ->
          changes.droppedColumnOf(c.table(), c.columns()::contains)
                  || c.inherited()
                  // A key goes with its index, and NOT NULL with what the statement says of it.
                  || !List.of(Constraint.Type.FOREIGN_KEY, Constraint.Type.CHECK).contains(c.type())
              ? Optional.empty()
              : Optional.of(part(c.type().label(), c, c.table()));
      case Column c -> c.local() ? Optional.of(part("column", c, c.table())) : Optional.empty();
      case Trigger t -> Optional.of(part("trigger", t, t.table()));
      case Function f -> Optional.of("function " + f.name());
      case Type t -> Optional.of("type " + t.name());
      case Extension e -> Optional.of("extension " + e.name());
      case Publication unused -> Optional.empty();
      case Index unused -> Optional.empty();
      case Policy p -> Optional.of(part("policy", p, p.table()));
      case Grant unused -> Optional.empty();
      case GrantTarget unused -> Optional.empty();
      case Sequence unused -> Optional.empty();
      case Namespace unused -> Optional.empty();
    };
  }

  private String part(String kind, SchemaObject object, String table) {
    return "%s %s of %s".formatted(kind, object.name().local(), mapper.tableName(table, after));
  }

  /** Whether the statement, or the command inside it that dropped the object, says its name. */
  private boolean isNamed(SchemaObject object, Optional<Cause> cause) {
    String name = object.name().local();
    if (cause.isPresent()) {
      // DROP TYPE state says nothing of a column of that name.
      return !(isPart(object) && dropsWhole(cause.get())) && Mention.of(name, cause.get().sql());
    }
    String kind =
        switch (object) {
          case Table unused -> "relation";
          case Sequence unused -> "relation";
          case Column unused -> "column";
          case Constraint unused -> "constraint";
          case Trigger unused -> "trigger";
          case Function unused -> "function";
          case Type unused -> "type";
          case Extension unused -> "extension";
          case Publication unused -> "";
          case Index unused -> "index";
          case Policy unused -> "policy";
          case Namespace unused -> "schema";
          case Grant unused -> "";
          case GrantTarget unused -> "";
        };
    return observation.statement().syntax().names(kind).contains(name);
  }

  /**
   * Whether it goes with all else that its owner has, CASCADE or not; of functions and types it is
   * not known who owns them.
   */
  private boolean isOwned(SchemaObject object, Optional<Cause> cause) {
    String command = cause.map(Cause::command).orElse(observation.statement().syntax().command());
    if (!command.equals(DROP_OWNED)) {
      return false;
    }
    String sql = cause.map(Cause::sql).orElse(observation.statement().text());
    return switch (object) {
      case Table t -> Mention.of(t.owner(), sql) || SELF.matcher(sql).find();
      case Function unused -> true;
      case Type unused -> true;
      default -> false;
    };
  }

  /**
   * Whether a DROP took the default of a column that stays: a sequence or function it called. In a
   * block, no command is the cause of it, as the server reports the default and not its table.
   */
  private boolean lostDefault(SchemaChange change, Optional<Cause> cause) {
    boolean nested =
        cause.isEmpty()
            && observation.effects().stream()
                .flatMap(effect -> effect.cause().stream())
                .anyMatch(other -> dropsWhole(other) && cascades(other));
    return (nested || observation.statement().syntax().command().startsWith("DROP"))
        && change.event() == Event.ALTERED
        && change.before(Column.class).map(Column::hasDefault).orElse(false)
        && change.after(Column.class).map(column -> !column.hasDefault()).orElse(false);
  }

  /** The rewrite rules of a table that stays, which called what was dropped. */
  private List<String> lostRules(SchemaChange change) {
    if (change.event() != Event.ALTERED || !(change.object() instanceof Table now)) {
      return List.of();
    }
    List<String> kept = now.rules().stream().map(RewriteRule::name).toList();
    return context.base().table(now.id()).stream()
        .flatMap(table -> table.rules().stream())
        .filter(rule -> change.before(Table.class).orElseThrow().rules().contains(rule))
        .map(RewriteRule::name)
        .filter(rule -> !kept.contains(rule) && !namesRule(rule))
        .map(rule -> "rule %s of %s".formatted(rule, mapper.tableName(now.id(), after)))
        .toList();
  }

  /** Whether it drops the rule by name, or switches it off. */
  private boolean namesRule(String rule) {
    return observation.statement().syntax().command().startsWith("DROP ")
        ? observation.statement().syntax().names("rule").contains(rule)
        : Mention.of(rule, observation.statement().text());
  }

  private static boolean dropsWhole(Cause cause) {
    return cause.command().startsWith("DROP ") && !OF_PARTS.contains(cause.command());
  }

  private static boolean cascades(Cause cause) {
    return cause.sql().toLowerCase(Locale.ROOT).contains("cascade");
  }
}
