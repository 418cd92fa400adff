package dev.drydock.lint;

import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.replay.ScriptedMigration;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts that a tool runs after the migrations, each time: whether the change took a table or
 * column from them.
 *
 * <p>What else they do or fail for is not the change's, and production may have what they lack.
 */
final class AfterMigrations {
  private static final Pattern MISSING =
      Pattern.compile(
          "column (?:\"(?<quoted>[^\"]+)\"(?: of relation \"(?<of>[^\"]+)\")?|(?:[^.\\s]+\\.)?(?<column>[^.\\s]+)) does not exist"
              + "|relation \"(?:[^\".]+\\.)?(?<relation>[^\".]+)\" does not exist");

  private final Schema base;
  private final Schema end;

  private AfterMigrations(Schema base, Schema end) {
    this.base = base;
    this.end = end;
  }

  /**
   * Those that fail for what is gone. Nothing can be asked of the replay after this but its
   * notices.
   *
   * @param end the schema after the change
   */
  static List<ReplayedMigration> broken(
      Replay replay, List<ScriptedMigration> scripts, Schema end) {
    AfterMigrations after = new AfterMigrations(replay.base(), end);
    List<ReplayedMigration> broken = new ArrayList<>();
    for (ScriptedMigration script : scripts) {
      try {
        List<Observation> observations = replay.observe(List.of(script));
        if (observations.stream().anyMatch(after::lacksWhatWasThere)) {
          broken.add(new ReplayedMigration(script.migration(), observations));
        }
      } catch (ReplayException e) {
        // The change itself has been judged.
        return broken;
      }
    }
    return broken;
  }

  private boolean lacksWhatWasThere(Observation observation) {
    if (!(observation.outcome() instanceof Outcome.Failed failed)) {
      return false;
    }
    Matcher missing = MISSING.matcher(failed.message());
    if (!missing.find()) {
      return false;
    }
    String relation = missing.group("relation");
    if (relation != null) {
      return has(base, relation) && !has(end, relation);
    }
    String column = Optional.ofNullable(missing.group("quoted")).orElse(missing.group("column"));
    Optional<String> of = Optional.ofNullable(missing.group("of"));
    return base.tables()
        .filter(table -> of.isEmpty() || table.name().local().equals(of.get()))
        .filter(table -> has(table, column))
        .anyMatch(table -> end.table(table.id()).filter(now -> has(now, column)).isEmpty());
  }

  private static boolean has(Schema schema, String relation) {
    return schema.tables().anyMatch(table -> table.name().local().equals(relation));
  }

  private static boolean has(Table table, String column) {
    return table.columns().stream().anyMatch(one -> one.name().local().equals(column));
  }
}
