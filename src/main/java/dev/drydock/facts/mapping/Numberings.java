package dev.drydock.facts.mapping;

import dev.drydock.facts.NumberingFacts;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.SequenceBehind;
import dev.drydock.schema.Column;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.source.Location;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The sequences that the change leaves behind the numbers that are there, and what did it. */
final class Numberings {
  private static final Pattern SETS_BACK =
      Pattern.compile("\\b(restart|setval)\\b", Pattern.CASE_INSENSITIVE);

  /** The actions of an ALTER TABLE that give a column numbers. */
  private static final List<String> NUMBERS =
      List.of("ALTER COLUMN ADD GENERATED", "ALTER COLUMN SET DEFAULT", "ADD COLUMN");

  /** How the change left a sequence behind, as {@link NumberingFacts} has it. */
  private enum How {
    MADE,
    COPIED,
    SET_BACK;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final ReplayedHistory replayed;
  private final List<Observation> order;

  private Numberings(ReplayedHistory replayed) {
    this.replayed = replayed;
    this.order = replayed.observations();
  }

  static List<Subject> subjects(ReplayedHistory replayed) {
    Numberings numberings = new Numberings(replayed);
    return replayed.behind().stream().flatMap(one -> numberings.subject(one).stream()).toList();
  }

  private Optional<Subject> subject(SequenceBehind behind) {
    Table table = replayed.end().table(behind.table()).orElseThrow();
    Column column = table.column(behind.column()).orElseThrow();
    Sequence sequence = replayed.end().object(behind.sequence(), Sequence.class).orElseThrow();
    How how =
        replayed.base().object(behind.sequence()).isPresent()
            ? How.SET_BACK
            : replayed.base().table(table.id()).isPresent() ? How.MADE : How.COPIED;
    return cause(how, table, column, sequence)
        .map(at -> subject(how, table, column, sequence, behind.next(), at));
  }

  private Optional<Observation> cause(How how, Table table, Column column, Sequence sequence) {
    return switch (how) {
      case MADE ->
          last(observation -> numbers(observation, column))
              .or(() -> last(observation -> makes(observation, sequence)));
      case COPIED -> last(observation -> RowsGiven.inserts(observation, table.id()));
      case SET_BACK ->
          last(observation ->
                  setsBack(observation)
                      && (observation.statement().mentions(sequence.name().local())
                          || observation.statement().mentions(table.name().local())))
              .or(() -> last(Numberings::setsBack));
    };
  }

  private Optional<Observation> last(Predicate<Observation> wanted) {
    return order.reversed().stream().filter(wanted).findFirst();
  }

  /** Whether it gave the column the default or identity that takes numbers. */
  private static boolean numbers(Observation observation, Column column) {
    return observation
        .changes()
        .anyMatch(
            change ->
                change.object() instanceof Column now
                    && now.id().equals(column.id())
                    && now.hasDefault()
                    && !change
                        .before(Column.class)
                        .filter(
                            old ->
                                old.identity().equals(now.identity())
                                    && old.defaultValue().equals(now.defaultValue()))
                        .isPresent());
  }

  private static boolean makes(Observation observation, Sequence sequence) {
    return observation.changes().anyMatch(change -> change.object().id().equals(sequence.id()));
  }

  private static boolean setsBack(Observation observation) {
    return SETS_BACK.matcher(observation.statement().text()).find();
  }

  private static Subject subject(
      How how, Table table, Column column, Sequence sequence, long next, Observation at) {
    NumberingFacts facts =
        new NumberingFacts(
            how.label(),
            table.name().toString(),
            column.name().local(),
            sequence.name().toString(),
            sequence.belongsTo(column),
            next);
    Location location =
        switch (how) {
          case MADE ->
              Pointer.at(
                  at.statement(), Optional.empty(), List.of("column"), facts.column(), "", NUMBERS);
          case COPIED ->
              Pointer.at(
                  at.statement(),
                  Optional.empty(),
                  List.of("relation"),
                  at.schema().table(table.id()).orElse(table).name().local());
          case SET_BACK ->
              Pointer.at(
                  at.statement(),
                  Optional.empty(),
                  List.of("relation", "sequence"),
                  sequence.name().local());
        };
    return Subject.broughtAboutBy(
        at.statement(),
        "numbering",
        facts,
        facts.table() + "." + facts.column(),
        location,
        List.of(
            "at the end of the change %s gives %d next, and a generated row has a greater %s"
                .formatted(facts.sequence(), next, facts.column())));
  }
}
