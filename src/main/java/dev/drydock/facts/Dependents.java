package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.replay.Trial;
import dev.drydock.schema.Column;
import dev.drydock.schema.Function;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import dev.drydock.source.Location;
import dev.drydock.sql.Comments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The functions and triggers production has that the change breaks, as the server says, or may
 * break, as their text says.
 */
final class Dependents {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_$]+");

  private final ReplayedHistory replayed;
  private final ChangeContext context;
  private final List<Touched> touched = new ArrayList<>();
  private final List<Subject> subjects = new ArrayList<>();

  /** An object production has, and the statement that dropped, renamed, moved or retyped it. */
  private record Touched(SchemaChange change, Observation observation, Optional<Cause> cause) {
    SchemaObject old() {
      return change.before().orElseThrow();
    }

    String name() {
      return old().name().local();
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
      return !(change.object() instanceof Column || change.object() instanceof Type)
          || change.event() != SchemaChange.Event.ALTERED
          || !change.object().name().equals(old().name());
    }
  }

  private Dependents(ReplayedHistory replayed, ChangeContext context) {
    this.replayed = replayed;
    this.context = context;
    for (ReplayedMigration migration : replayed.migrations()) {
      for (Observation observation : migration.observations()) {
        for (Effect effect : observation.effects()) {
          if (effect instanceof Effect.SchemaChanged changed && touches(changed.change())) {
            touched.add(new Touched(changed.change(), observation, changed.cause()));
          }
        }
      }
    }
  }

  static List<Subject> subjects(ReplayedHistory replayed, ChangeContext context) {
    Dependents dependents = new Dependents(replayed, context);
    if (!dependents.touched.isEmpty()) {
      dependents.find();
    }
    dependents.subjects.addAll(BrokenTriggers.subjects(replayed));
    return dependents.subjects;
  }

  private boolean touches(SchemaChange change) {
    if (change.before().isEmpty() || !context.existedBefore(change.object().id())) {
      return false;
    }
    SchemaObject old = change.before().get();
    return switch (change.object()) {
      case Table table ->
          change.event() != SchemaChange.Event.ALTERED || !table.name().equals(old.name());
      case Column column ->
          !change.withTable()
              && (change.event() != SchemaChange.Event.ALTERED
                  || !column.type().equals(((Column) old).type()));
      case Function function -> change.event() != SchemaChange.Event.ALTERED;
      case Type type ->
          change.event() != SchemaChange.Event.ALTERED
              || !type.name().equals(old.name())
              || !type.attributes().equals(((Type) old).attributes());
      default -> false;
    };
  }

  private void find() {
    Map<String, List<Trial>> trials =
        replayed.trials().stream()
            .collect(Collectors.groupingBy(Trial::object, LinkedHashMap::new, Collectors.toList()));
    Set<String> failing =
        replayed
            .end()
            .tables()
            .flatMap(table -> table.triggers().stream())
            .filter(trigger -> broken(trials, trigger.id()).isPresent())
            .map(trigger -> trigger.function())
            .collect(Collectors.toSet());
    replayed
        .end()
        .tables()
        .sorted((a, b) -> a.name().toString().compareTo(b.name().toString()))
        .forEach(table -> table.triggers().forEach(trigger -> trigger(table, trigger, trials)));
    replayed
        .end()
        .functions()
        .filter(function -> context.existedBefore(function.id()))
        .filter(function -> !failing.contains(function.id()))
        .filter(function -> touched.stream().noneMatch(t -> t.isDoneBy(function)))
        .sorted((a, b) -> a.name().toString().compareTo(b.name().toString()))
        .forEach(function -> function(function, trials.getOrDefault(function.id(), List.of())));
  }

  private static Optional<Trial> broken(Map<String, List<Trial>> trials, String object) {
    return trials.getOrDefault(object, List.of()).stream().filter(Trial::isBroken).findFirst();
  }

  private void trigger(Table table, Trigger trigger, Map<String, List<Trial>> trials) {
    Optional<Trial> broken = broken(trials, trigger.id()).filter(trial -> !trial.written());
    Optional<Function> function =
        replayed.end().object(trigger.function()).map(object -> (Function) object);
    if (broken.isEmpty() || function.isEmpty()) {
      return;
    }
    List<Touched> named = named(function.get());
    add(
        new DependentFacts(
            "trigger",
            trigger.name().local(),
            "",
            function.get().language(),
            table.name().toString(),
            function.get().name().toString(),
            true,
            false,
            broken.get().how(),
            FactMapper.error(broken.get().after()),
            words(named)),
        cause(named, broken.get()));
  }

  private void function(Function function, List<Trial> tried) {
    Optional<Trial> broken = tried.stream().filter(Trial::isBroken).findFirst();
    List<Touched> named = named(function);
    if (broken.isEmpty()) {
      named = named.stream().filter(this::isMissed).toList();
      // What the server has read to the end it accepts; what was wrong before is not this change's.
      boolean told =
          tried.stream().anyMatch(trial -> trial.how().equals("read") || trial.wasBroken());
      boolean rewritten =
          !replayed
              .base()
              .object(function.id())
              .map(old -> ((Function) old).body().equals(function.body()))
              .orElse(false);
      if (named.isEmpty() || told || rewritten) {
        return;
      }
    }
    Touched cause = broken.isPresent() ? cause(named, broken.get()) : named.getFirst();
    add(
        new DependentFacts(
            function.kind(),
            function.name().toString(),
            function.arguments(),
            function.language(),
            "",
            "",
            broken.isPresent(),
            false,
            broken.map(Trial::how).orElse(""),
            broken.map(trial -> FactMapper.error(trial.after())).orElse(FactMapper.NO_ERROR),
            words(named)),
        cause);
  }

  /** Nothing answers to its old name at the end. */
  private boolean isMissed(Touched touched) {
    if (!touched.isGone()) {
      return false;
    }
    return switch (touched.old()) {
      case Table table -> !ChangeContext.serves(context.end(), table.name());
      case Column column ->
          context.successors().of(column, Optional.empty(), context.end()).isEmpty();
      case Function function ->
          replayed.end().functions().noneMatch(f -> f.name().equals(function.name()));
      case Type type ->
          replayed
              .end()
              .objects()
              .noneMatch(o -> o instanceof Type other && other.name().equals(type.name()));
      default -> false;
    };
  }

  /** What the change touched and the text of the function names: of a column, its table too. */
  private List<Touched> named(Function function) {
    Set<String> words = words(Comments.without(function.body()));
    words.addAll(words(function.arguments()));
    return touched.stream()
        .filter(t -> words.contains(t.name().toLowerCase(Locale.ROOT)))
        .filter(
            t ->
                !(t.old() instanceof Column column)
                    || replayed.base().table(column.table()).stream()
                        .anyMatch(
                            table ->
                                words.contains(table.name().local().toLowerCase(Locale.ROOT))
                                    || table.triggers().stream()
                                        .anyMatch(g -> g.function().equals(function.id()))))
        .toList();
  }

  private static Set<String> words(String text) {
    return NO_WORD
        .splitAsStream(text)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** The statement that did it: what the server names in its error, else what the text names. */
  private Touched cause(List<Touched> named, Trial trial) {
    Set<String> said = words(FactMapper.error(trial.after()).message());
    return named.stream()
        .filter(t -> said.contains(t.name().toLowerCase(Locale.ROOT)))
        .findFirst()
        .or(() -> named.stream().findFirst())
        .or(
            () ->
                touched.stream()
                    .filter(t -> said.contains(t.name().toLowerCase(Locale.ROOT)))
                    .findFirst())
        .orElse(touched.getLast());
  }

  private List<String> words(List<Touched> named) {
    return named.stream().filter(Touched::isGone).map(this::words).distinct().toList();
  }

  private String words(Touched touched) {
    SchemaObject old = touched.old();
    String now =
        touched.change().after().isEmpty()
            ? ""
            : old instanceof Column
                ? " (now %s)".formatted(touched.change().object().name().local())
                : " (now %s)".formatted(touched.change().object().name());
    return switch (old) {
      case Table table -> "%s %s%s".formatted(table.kind().label(), table.name(), now);
      case Column column ->
          "column %s of %s%s"
              .formatted(
                  column.name().local(),
                  replayed.base().table(column.table()).map(t -> t.name().toString()).orElse(""),
                  now);
      case Type type -> "type %s%s".formatted(type.name(), now);
      default -> "function %s%s".formatted(old.name(), now);
    };
  }

  private void add(DependentFacts facts, Touched cause) {
    Location location =
        Pointer.at(
            cause.observation().statement(),
            cause.cause(),
            cause.old() instanceof Column
                ? List.of("column")
                : List.of("relation", "function", "type"),
            cause.name());
    String object =
        facts.kind().equals("trigger")
            ? facts.name() + " of " + facts.table()
            : "%s(%s)".formatted(facts.name(), facts.arguments());
    subjects.add(
        new Subject(
            "dependent",
            facts,
            object,
            location,
            Optional.empty(),
            Optional.of(cause.observation().statement().migration().file()),
            cause.observation().statement().text(),
            Optional.empty(),
            Optional.empty(),
            List.of(
                facts.broken()
                    ? "before the change %s went through; now: %s"
                        .formatted(tried(facts), facts.error().message())
                    : "its text names %s; what it does there cannot be watched"
                        .formatted(String.join(", ", facts.gone()))),
            List.of()));
  }

  private static String tried(DependentFacts facts) {
    return switch (facts.how()) {
      case "read" -> "its validation";
      case "called" -> "a call";
      default -> "an " + facts.how().toUpperCase(Locale.ROOT);
    };
  }
}
