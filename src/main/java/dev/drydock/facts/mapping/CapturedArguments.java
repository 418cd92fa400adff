package dev.drydock.facts.mapping;

import dev.drydock.facts.DependentFacts;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.Trial;
import dev.drydock.schema.Column;
import dev.drydock.schema.Function;
import dev.drydock.schema.SchemaChange;
import dev.drydock.sql.Comments;
import dev.drydock.sql.Mention;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The SQL functions production has in which the name of an argument means a column that the change
 * brings: in SQL a column goes first, and nothing fails.
 */
final class CapturedArguments {
  private CapturedArguments() {}

  static List<Subject> subjects(ReplayedHistory replayed, List<Touched> touched) {
    return replayed.trials().stream()
        .flatMap(
            trial ->
                trial
                    .captured()
                    .flatMap(argument -> subject(replayed, touched, trial, argument))
                    .stream())
        .toList();
  }

  private static Optional<Subject> subject(
      ReplayedHistory replayed, List<Touched> touched, Trial trial, String argument) {
    Optional<Function> function =
        replayed
            .end()
            .object(trial.object(), Function.class)
            .filter(now -> isAsItWas(replayed, now));
    return function.flatMap(
        f -> bringers(replayed, touched, f, argument).map(b -> subject(replayed, f, argument, b)));
  }

  private static boolean isAsItWas(ReplayedHistory replayed, Function now) {
    return replayed
        .base()
        .object(now.id(), Function.class)
        .filter(old -> old.body().equals(now.body()) && old.arguments().equals(now.arguments()))
        .isPresent();
  }

  /** What brought a column of the name to a table that the text names. */
  private static Optional<Touched> bringers(
      ReplayedHistory replayed, List<Touched> touched, Function function, String argument) {
    Set<String> words = Mention.words(Comments.without(function.body()));
    return touched.stream()
        .filter(t -> t.change().object() instanceof Column)
        .filter(t -> t.change().event() != SchemaChange.Event.DROPPED)
        .filter(t -> t.change().object().name().local().equals(argument))
        .filter(
            t ->
                Stream.of(t.table())
                    .flatMap(table -> replayed.end().table(table).stream())
                    .anyMatch(
                        table -> words.contains(table.name().local().toLowerCase(Locale.ROOT))))
        .findFirst();
  }

  private static Subject subject(
      ReplayedHistory replayed, Function function, String argument, Touched bringer) {
    return Subject.broughtAboutBy(
        bringer.observation().statement(),
        "dependent",
        new DependentFacts(
            function.kind(),
            function.name().toString(),
            function.arguments(),
            function.language(),
            replayed.end().table(bringer.table()).orElseThrow().name().toString(),
            "",
            false,
            false,
            "",
            FactMapper.NO_ERROR,
            argument,
            List.of()),
        "%s(%s)".formatted(function.name(), function.arguments()),
        Pointer.at(
            bringer.observation().statement(), bringer.cause(), bringer.parts(), bringer.name()),
        List.of(
            "without its argument %s its text was refused before the change, and is accepted now"
                .formatted(argument)));
  }
}
