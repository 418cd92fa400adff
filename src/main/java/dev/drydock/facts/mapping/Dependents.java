package dev.drydock.facts.mapping;

import dev.drydock.facts.DependentFacts;
import dev.drydock.facts.ErrorFacts;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.Trial;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Function;
import dev.drydock.schema.Index;
import dev.drydock.schema.Name;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.TablePart;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import dev.drydock.source.Location;
import dev.drydock.sql.Comments;
import dev.drydock.sql.Mention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions and triggers production has that the change breaks, as the server says, or may
 * break, as their text says.
 */
final class Dependents {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  private final ReplayedHistory replayed;
  private final ChangeContext context;
  private final List<Touched> touched = new ArrayList<>();

  /** The functions of production whose bodies the change writes anew, in its order. */
  private final List<Touched> rewritten;

  private final List<Subject> subjects = new ArrayList<>();

  private Dependents(ReplayedHistory replayed, ChangeContext context) {
    this.replayed = replayed;
    this.context = context;
    for (Observation observation : replayed.observations()) {
      observation
          .effects(Effect.SchemaChanged.class)
          .filter(changed -> Touched.matters(changed.change(), context))
          .map(changed -> new Touched(changed.change(), observation, changed.cause()))
          .forEach(touched::add);
    }
    rewritten =
        replayed.observations().stream()
            .flatMap(
                observation ->
                    observation
                        .effects(Effect.SchemaChanged.class)
                        .filter(changed -> isRewrite(changed.change()))
                        .map(
                            changed -> new Touched(changed.change(), observation, changed.cause())))
            .toList();
  }

  private static boolean isRewrite(SchemaChange change) {
    return change.object() instanceof Function now
        && change.event() == SchemaChange.Event.ALTERED
        && change.before(Function.class).filter(old -> !old.body().equals(now.body())).isPresent();
  }

  static List<Subject> subjects(ReplayedHistory replayed, ChangeContext context) {
    Dependents dependents = new Dependents(replayed, context);
    if (!dependents.touched.isEmpty()) {
      dependents.find();
    }
    dependents.subjects.addAll(CapturedArguments.subjects(replayed, dependents.touched));
    dependents.subjects.addAll(BrokenTriggers.subjects(replayed));
    return dependents.subjects;
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
            .map(Trigger::function)
            .collect(Collectors.toSet());
    replayed
        .end()
        .tables()
        .sorted(Comparator.comparing(object -> object.name().toString()))
        .forEach(
            table ->
                table.triggers().stream()
                    .filter(trigger -> !cameDown(table, trigger))
                    .forEach(trigger -> trigger(table, trigger, trials)));
    replayed
        .end()
        .functions()
        .filter(function -> context.existedBefore(function.id()))
        .filter(function -> !failing.contains(function.id()))
        .filter(function -> touched.stream().noneMatch(t -> t.isDoneBy(function)))
        .sorted(Comparator.comparing(object -> object.name().toString()))
        .forEach(function -> function(function, trials.getOrDefault(function.id(), List.of())));
  }

  /** Whether it is that of the table above a partition, where it is told. */
  private boolean cameDown(Table table, Trigger trigger) {
    return table.isPartition()
        && table.parents().stream()
            .flatMap(parent -> replayed.end().table(parent).stream())
            .flatMap(parent -> parent.triggers().stream())
            .anyMatch(
                above ->
                    above.function().equals(trigger.function())
                        && above.name().local().equals(trigger.name().local()));
  }

  private static Optional<Trial> broken(Map<String, List<Trial>> trials, String object) {
    return trials.getOrDefault(object, List.of()).stream().filter(Trial::isBroken).findFirst();
  }

  private void trigger(Table table, Trigger trigger, Map<String, List<Trial>> trials) {
    Optional<Trial> broken = broken(trials, trigger.id()).filter(trial -> !trial.written());
    Optional<Function> function = replayed.end().object(trigger.function(), Function.class);
    if (broken.isEmpty() || function.isEmpty()) {
      return;
    }
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
            "",
            words(named(function.get()))),
        cause(function.get(), broken.get()));
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
          replayed
              .base()
              .object(function.id(), Function.class)
              .filter(old -> old.body().equals(function.body()))
              .isEmpty();
      if (named.isEmpty() || told || rewritten) {
        return;
      }
    }
    Touched cause = broken.isPresent() ? cause(function, broken.get()) : named.getFirst();
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
            "",
            words(named)),
        cause);
  }

  /** Nothing answers to its old name at the end. */
  private boolean isMissed(Touched touched) {
    if (!touched.isGone()) {
      return false;
    }
    return switch (touched.known()) {
      case Table table -> !ChangeContext.serves(context.end(), table.name());
      case Column column ->
          context.successors().of(column, Optional.empty(), context.end()).isEmpty();
      case Function function ->
          replayed.end().functions().noneMatch(f -> f.name().equals(function.name()));
      case Constraint constraint ->
          replayed.end().table(constraint.table()).stream()
              .flatMap(table -> table.constraints().stream())
              .noneMatch(other -> other.name().local().equals(constraint.name().local()));
      case Type type ->
          replayed.end().objects(Type.class).noneMatch(other -> other.name().equals(type.name()));
      default -> false;
    };
  }

  /** What the change touched and the text of the function names: of a column, its table too. */
  private List<Touched> named(Function function) {
    Set<String> words = wordsOf(function);
    return touched.stream()
        .filter(t -> t.change().before().isPresent() && t.isNamedIn(words))
        .filter(t -> t.known() instanceof TablePart || isMeant(t.known().name(), function))
        .filter(t -> !(t.known() instanceof Column) || isAbout(function, words, t.table()))
        .toList();
  }

  /** The same, and what the text may rely on where it names the table alone. */
  private List<Touched> suspects(Function function) {
    Set<String> words = wordsOf(function);
    return Stream.concat(
            named(function).stream(),
            touched.stream().filter(t -> t.isMeantByTable() && isAbout(function, words, t.table())))
        .distinct()
        .toList();
  }

  private static Set<String> wordsOf(Function function) {
    Set<String> words = new HashSet<>(Mention.words(Comments.without(function.body())));
    words.addAll(Mention.words(function.arguments()));
    return words;
  }

  /** Whether the name stands in its text other than with another schema in front of it. */
  private static boolean isMeant(Name name, Function function) {
    return Mention.outside(name.schema(), name.local(), Comments.without(function.body()))
        || Mention.outside(name.schema(), name.local(), function.arguments());
  }

  /** Whether its text names the table, or a trigger of the table calls it. */
  private boolean isAbout(Function function, Set<String> words, String tableId) {
    return replayed.base().table(tableId).stream()
        .anyMatch(
            table ->
                words.contains(table.name().local().toLowerCase(Locale.ROOT))
                        && isMeant(table.name(), function)
                    || table.triggers().stream()
                        .anyMatch(trigger -> trigger.function().equals(function.id())));
  }

  /** The statement that did it: what the server names in its error, else what the text names. */
  private Touched cause(Function function, Trial trial) {
    List<Touched> suspects = suspects(function);
    ErrorFacts error = FactMapper.error(trial.after());
    Set<String> said = Mention.words(error.message());
    Set<String> text = wordsOf(function);
    return suspects.stream()
        .filter(t -> error.message().contains("\"%s\"".formatted(t.known().name())))
        .findFirst()
        .or(() -> suspects.stream().filter(t -> t.isNamedIn(said)).findFirst())
        .or(() -> suspects.stream().filter(t -> t.explains(error.state(), text)).findFirst())
        .or(() -> touched.stream().filter(t -> t.known().id().equals(function.id())).findFirst())
        .or(() -> suspects.stream().findFirst())
        .or(() -> written(function, error, text))
        .or(() -> touched.stream().filter(t -> t.isNamedIn(said)).findFirst())
        .orElse(touched.getLast());
  }

  /**
   * The last statement that writes the function anew, or one that it calls where its own text has
   * nothing of what the error names.
   */
  private Optional<Touched> written(Function function, ErrorFacts error, Set<String> text) {
    boolean own =
        QUOTED
            .matcher(error.message())
            .results()
            .allMatch(name -> text.containsAll(Mention.words(name.group(1))));
    Optional<Touched> itself =
        rewritten.stream()
            .filter(t -> t.known().id().equals(function.id()))
            .reduce((earlier, later) -> later);
    Optional<Touched> called =
        rewritten.stream()
            .filter(t -> !t.known().id().equals(function.id()) && t.isNamedIn(text))
            .reduce((earlier, later) -> later);
    return own ? itself.or(() -> called) : called.or(() -> itself);
  }

  private List<String> words(List<Touched> named) {
    return named.stream().filter(Touched::isGone).map(this::words).distinct().toList();
  }

  private String words(Touched touched) {
    SchemaObject old = touched.known();
    Name renamed = touched.change().object().name();
    String now =
        touched.change().after().isEmpty()
            ? ""
            : " (now %s)".formatted(touched.table().isEmpty() ? renamed : renamed.local());
    return switch (old) {
      case Table table -> "%s %s%s".formatted(table.kind().label(), table.name(), now);
      case Column unused -> part("column", touched, now);
      case Constraint unused -> part("constraint", touched, now);
      case Index unused -> part("index", touched, now);
      case Type type -> "type %s%s".formatted(type.name(), now);
      default -> "function %s%s".formatted(old.name(), now);
    };
  }

  private String part(String kind, Touched touched, String now) {
    String table = replayed.base().table(touched.table()).map(t -> t.name().toString()).orElse("");
    return "%s %s of %s%s".formatted(kind, touched.name(), table, now);
  }

  private void add(DependentFacts facts, Touched cause) {
    Location location =
        Pointer.at(cause.observation().statement(), cause.cause(), cause.parts(), cause.name());
    String object =
        facts.kind().equals("trigger")
            ? facts.name() + " of " + facts.table()
            : "%s(%s)".formatted(facts.name(), facts.arguments());
    subjects.add(
        Subject.broughtAboutBy(
            cause.observation().statement(),
            "dependent",
            facts,
            object,
            location,
            List.of(
                facts.broken()
                    ? "before the change %s went through; now: %s"
                        .formatted(tried(facts), facts.error().message())
                    : "its text names %s; what it does there cannot be watched"
                        .formatted(String.join(", ", facts.gone())))));
  }

  private static String tried(DependentFacts facts) {
    return switch (facts.how()) {
      case "read" -> "its validation";
      case "called" -> "a call";
      default -> "an " + facts.how().toUpperCase(Locale.ROOT);
    };
  }
}
