package dev.drydock.facts.mapping;

import dev.drydock.facts.DependentFacts;
import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.Trial;
import dev.drydock.schema.Function;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The triggers that the change makes, or whose function it writes anew, and that fail. */
final class BrokenTriggers {
  private final ReplayedHistory replayed;
  private final List<Subject> subjects = new ArrayList<>();

  /** The statement that made the trigger, or wrote its function. */
  private record Maker(Observation observation, SchemaObject object, Optional<Cause> cause) {}

  private BrokenTriggers(ReplayedHistory replayed) {
    this.replayed = replayed;
  }

  static List<Subject> subjects(ReplayedHistory replayed) {
    BrokenTriggers written = new BrokenTriggers(replayed);
    if (replayed.trials().stream().anyMatch(BrokenTriggers::fails)) {
      written.find();
    }
    return written.subjects;
  }

  private static boolean fails(Trial trial) {
    return trial.written() && trial.isBroken();
  }

  private void find() {
    replayed
        .end()
        .tables()
        .sorted(Comparator.comparing(table -> table.name().toString()))
        .forEach(
            table ->
                table
                    .triggers()
                    .forEach(
                        trigger -> broken(trigger).ifPresent(trial -> add(table, trigger, trial))));
  }

  private Optional<Trial> broken(Trigger trigger) {
    return replayed.trials().stream()
        .filter(trial -> trial.object().equals(trigger.id()) && fails(trial))
        .findFirst();
  }

  private void add(Table table, Trigger trigger, Trial trial) {
    // One of the server or of an extension is not in the schema, and has no text to be wrong.
    replayed
        .end()
        .object(trigger.function(), Function.class)
        .ifPresent(
            function ->
                maker(trigger).ifPresent(maker -> add(table, trigger, trial, function, maker)));
  }

  private void add(Table table, Trigger trigger, Trial trial, Function function, Maker maker) {
    DependentFacts facts =
        new DependentFacts(
            "trigger",
            trigger.name().local(),
            "",
            function.language(),
            table.name().toString(),
            function.name().toString(),
            true,
            true,
            trial.how(),
            FactMapper.error(trial.after()),
            "",
            List.of());
    String tried = "an " + trial.how().toUpperCase(Locale.ROOT);
    subjects.add(
        Subject.broughtAboutBy(
            maker.observation().statement(),
            "dependent",
            facts,
            facts.name() + " of " + facts.table(),
            Pointer.at(
                maker.observation().statement(),
                maker.cause(),
                List.of(maker.object() instanceof Trigger ? "trigger" : "function"),
                maker.object().name().local()),
            List.of(
                trial.before() instanceof Outcome.NotReached
                    ? "%s of a generated row at the end of the change: %s"
                        .formatted(tried, facts.error().message())
                    : "before the change %s went through; now: %s"
                        .formatted(tried, facts.error().message()))));
  }

  private Optional<Maker> maker(Trigger trigger) {
    return replayed.observations().stream()
        .flatMap(
            observation ->
                observation
                    .effects(Effect.SchemaChanged.class)
                    .filter(changed -> makes(changed.change(), trigger))
                    .map(
                        changed ->
                            new Maker(observation, changed.change().object(), changed.cause())))
        .reduce((first, second) -> second);
  }

  private static boolean makes(SchemaChange change, Trigger trigger) {
    return change.object().id().equals(trigger.id())
        || change.object().id().equals(trigger.function());
  }
}
