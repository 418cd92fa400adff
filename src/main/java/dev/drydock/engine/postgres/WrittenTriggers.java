package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.ExtensionStubs;
import dev.drydock.replay.Outcome;
import dev.drydock.schema.Extension;
import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The triggers that the change makes, and those whose function it writes anew.
 *
 * <p>They did not run before the change, so that a comparison cannot tell what is theirs from what
 * the replay lacks: the search_path of an application, an extension that is stood in for, a
 * temporary table that a session makes for its triggers.
 */
final class WrittenTriggers {
  private static final String NO_TABLE = "42P01";

  /** No such column; wrong syntax, types and names of values; a function without RETURN. */
  private static final Set<String> CERTAIN = Set.of("42703", "42601", "42804", "42702", "2F005");

  private static final Pattern MISSING =
      Pattern.compile("relation \"(?:.*\\.)?(.+)\" does not exist");

  /** What is put together when it runs may be put together of the generated values. */
  private static final Pattern PUTS_TOGETHER =
      Pattern.compile("\\bexecute\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern TEMPORARY =
      Pattern.compile("\\b(temp|temporary|pg_temp)\\b", Pattern.CASE_INSENSITIVE);

  private final Schema end;
  private final Set<String> made;
  private final Map<String, Function> functions;

  private WrittenTriggers(Schema end, Set<String> made, Map<String, Function> functions) {
    this.end = end;
    this.made = made;
    this.functions = functions;
  }

  /**
   * @param changes what the change did
   */
  static WrittenTriggers of(Schema base, Schema end, Iterable<SchemaChange> changes) {
    Set<String> known =
        base.tables()
            .flatMap(table -> table.triggers().stream())
            .map(Trigger::id)
            .collect(Collectors.toSet());
    Map<String, Function> functions = new HashMap<>();
    Set<String> rewritten = new HashSet<>();
    for (SchemaChange change : changes) {
      if (change.event() == SchemaChange.Event.ALTERED
          && change.object() instanceof Function now
          && change.before().orElseThrow() instanceof Function old
          && !old.body().equals(now.body())) {
        rewritten.add(now.id());
      }
    }
    Set<String> made = new HashSet<>();
    end.tables()
        // Those of a partition come from the table above it, where they are tried.
        .filter(table -> !table.isPartition())
        // Nobody writes any more to a table that was put aside.
        .filter(
            table ->
                base.table(table.id()).map(Table::name).orElse(table.name()).equals(table.name()))
        .flatMap(table -> table.triggers().stream())
        .filter(Trigger::enabled)
        .forEach(
            trigger -> {
              boolean isNew = !known.contains(trigger.id());
              if (isNew) {
                made.add(trigger.id());
              }
              if (isNew || rewritten.contains(trigger.function())) {
                end.object(trigger.function(), Function.class)
                    .ifPresent(function -> functions.put(trigger.id(), function));
              }
            });
    return new WrittenTriggers(end, made, functions);
  }

  /** Ids of the triggers that production does not have. */
  Set<String> made() {
    return made;
  }

  boolean contains(String trigger) {
    return functions.containsKey(trigger);
  }

  /** The outcome of a trial where production would have the same. */
  Outcome certain(String object, Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
            && functions.containsKey(object)
            && !isCertain(functions.get(object), failed)
        ? new Outcome.Stopped(failed.message())
        : outcome;
  }

  private boolean isCertain(Function function, Outcome.Failed failed) {
    if (PUTS_TOGETHER.matcher(function.body()).find()) {
      return failed.message().startsWith("record \"");
    }
    Matcher missing = MISSING.matcher(failed.message());
    return CERTAIN.contains(failed.sqlState())
        || (failed.sqlState().equals(NO_TABLE)
            && missing.matches()
            && !TEMPORARY.matcher(function.body()).find()
            && end.tables().map(Table::name).noneMatch(n -> n.local().equals(missing.group(1)))
            && end.objects().noneMatch(WrittenTriggers::isStub));
  }

  private static boolean isStub(SchemaObject object) {
    return object instanceof Extension extension
        && ExtensionStubs.isStub(extension.name().local(), extension.version());
  }
}
