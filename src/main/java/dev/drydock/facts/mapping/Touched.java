package dev.drydock.facts.mapping;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Function;
import dev.drydock.schema.Index;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.TablePart;
import dev.drydock.schema.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement did to something of production that the text of a function may rely on: it
 * dropped, renamed, moved or retyped an object, gave a table another column, or had a function run
 * with other settings.
 */
record Touched(SchemaChange change, Observation observation, Optional<Cause> cause) {
  private static final Set<Constraint.Type> KEYS =
      Set.of(Constraint.Type.PRIMARY_KEY, Constraint.Type.UNIQUE, Constraint.Type.EXCLUSION);

  private static final String NO_KEY_FOR_CONFLICT = "42P10";
  private static final String NOT_GROUPED = "42803";

  /** Too many values for the columns; a row that does not fit; another type of the result. */
  private static final Set<String> A_VALUE_MORE = Set.of("42601", "42804", "42P13");

  /** Whether a function may rely on things being as they were. */
  static boolean matters(SchemaChange change, ChangeContext context) {
    if (change.before().isEmpty()) {
      // SELECT * and NEW.* have one value more from then on.
      return change.object() instanceof Column column
          && !change.withTable()
          && context.existedBefore(column.table());
    }
    if (!context.existedBefore(change.object().id())) {
      return false;
    }
    SchemaObject old = change.before().orElseThrow();
    boolean altered = change.event() == SchemaChange.Event.ALTERED;
    return switch (change.object()) {
      case Table table -> !altered || !table.name().equals(old.name());
      case Column column ->
          !change.withTable()
              && (!altered || old instanceof Column was && !column.type().equals(was.type()));
      case Constraint constraint ->
          !change.withTable() && !altered && KEYS.contains(constraint.type());
      case Index index ->
          !change.withTable() && change.event() == SchemaChange.Event.DROPPED && index.unique();
      case Function function ->
          !altered || !function.settings().equals(((Function) old).settings());
      case Type type ->
          !altered
              || !type.name().equals(old.name())
              || old instanceof Type was && !type.attributes().equals(was.attributes());
      default -> false;
    };
  }

  /** As production knows it; a new column as it came. */
  SchemaObject known() {
    return change.before().orElse(change.object());
  }

  String name() {
    return known().name().local();
  }

  /** Id of the table it is a part of; empty for what is none. */
  String table() {
    return known() instanceof TablePart part ? part.table() : "";
  }

  /**
   * Whether its table is enough for a text to rely on it, without its name: {@code *} takes every
   * column, ON CONFLICT and GROUP BY find the key by its columns.
   */
  boolean isMeantByTable() {
    return change.before().isEmpty() || known() instanceof Constraint || known() instanceof Index;
  }

  /**
   * Whether it brings about the error in a text that has the words: a key is missing, or a row has
   * one value more.
   */
  boolean explains(String sqlState, Set<String> words) {
    return switch (sqlState) {
      case NO_KEY_FOR_CONFLICT ->
          known() instanceof Constraint constraint && areIn(words, constraint.columns())
              || known() instanceof Index index && areIn(words, index.columns());
      case NOT_GROUPED ->
          known() instanceof Constraint constraint
              && constraint.type() == Constraint.Type.PRIMARY_KEY;
      default -> change.before().isEmpty() && A_VALUE_MORE.contains(sqlState);
    };
  }

  private static boolean areIn(Set<String> words, List<String> columns) {
    return columns.stream().allMatch(column -> words.contains(column.toLowerCase(Locale.ROOT)));
  }

  boolean isNamedIn(Set<String> words) {
    return words.contains(name().toLowerCase(Locale.ROOT));
  }

  /** Whether the function did it: it has done its work. */
  boolean isDoneBy(Function function) {
    return cause
        .map(c -> c.function().replaceFirst("\\(.*", "").replaceFirst(".*\\.", ""))
        .filter(function.name().local()::equals)
        .isPresent();
  }

  /** Whether what it was can be used by its old name no more. */
  boolean isGone() {
    return change.before().isPresent()
        && (!(change.object() instanceof Column
                || change.object() instanceof Type
                || change.object() instanceof Function)
            || change.event() != SchemaChange.Event.ALTERED
            || !change.object().name().equals(known().name()));
  }

  /** Kinds of the parts of a statement that name it. */
  List<String> parts() {
    return switch (known()) {
      case Column unused -> List.of("column");
      case Constraint unused -> List.of("constraint");
      case Index unused -> List.of("index");
      default -> List.of("relation", "function", "type");
    };
  }
}
