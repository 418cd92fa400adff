package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.Watchdog;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Trial;
import dev.drydock.schema.Column;
import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import dev.drydock.sql.Mention;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * Tries the functions and triggers that the change may break, before it and at its end, and the
 * triggers that it makes. To the server the body of a function is a text: it lets what the text
 * names be dropped and renamed, or never be there, and fails when the function runs.
 *
 * <p>Everything is tried as the migrating role, in transactions that are rolled back, under the
 * watchdog: the bodies may be the pull request's.
 */
final class Trials {
  private static final Duration ONE_LIMIT = Duration.ofSeconds(1);
  private static final long ALL_NANOS = Duration.ofSeconds(3).toNanos();
  private static final Set<String> LANGUAGES = Set.of("sql", "plpgsql");
  private static final Set<String> KINDS = Set.of("function", "procedure");

  /** No such table, function or type: where else it was looked for may be what matters. */
  private static final Set<String> NOT_FOUND = Set.of("42P01", "42883", "42704");

  /**
   * Without one of these words a change drops, renames and retypes nothing, adds no column, and
   * makes no function look elsewhere.
   */
  private static final Pattern BREAKING =
      Pattern.compile(
          "\\b(drop|rename|type|schema|search_path|add(?!\\s+(constraint|primary|foreign|unique|check|exclude|value)\\b))\\b",
          Pattern.CASE_INSENSITIVE);

  /** Without this word it makes no trigger, nor writes the function of one. */
  private static final Pattern TRIGGER = Pattern.compile("\\btrigger\\b", Pattern.CASE_INSENSITIVE);

  private final Server server;
  private final String database;
  private final Watchdog watchdog;
  private final Map<Attempt.Key, Outcome> before = new LinkedHashMap<>();

  /** The words of the change. */
  private Set<String> spoken = Set.of();

  Trials(Server server, String database, Watchdog watchdog) {
    this.server = server;
    this.database = database;
    this.watchdog = watchdog;
  }

  /**
   * Tries what may have to do with what the change speaks of.
   *
   * @param schema of the base
   * @param change the text of the pending migrations
   */
  void before(Schema schema, String change) throws SQLException {
    boolean breaking = BREAKING.matcher(change).find();
    boolean writing = TRIGGER.matcher(change).find();
    if (!breaking && !writing) {
      return;
    }
    spoken = Mention.words(change);
    Set<String> names = spokenOf(schema, spoken);
    Set<String> functions = new LinkedHashSet<>();
    if (breaking) {
      schema
          .functions()
          .filter(f -> LANGUAGES.contains(f.language()) && KINDS.contains(f.kind()))
          .filter(
              f ->
                  (spoken.contains("search_path") && names.contains(lower(f)))
                      || mayHaveAny(names, f.body() + " " + f.arguments()))
          .forEach(f -> functions.add(f.id()));
    }
    Set<String> triggers = new LinkedHashSet<>();
    schema
        .tables()
        .forEach(
            table ->
                table.triggers().stream()
                    .filter(Trigger::enabled)
                    .filter(
                        trigger ->
                            functions.contains(trigger.function())
                                || (breaking && names.contains(lower(table)))
                                || (writing && names.contains(functionName(schema, trigger))))
                    .forEach(trigger -> triggers.add(trigger.id())));
    before.putAll(run(schema, functions, triggers));
  }

  private static boolean mayHaveAny(Set<String> names, String text) {
    Set<String> words = Mention.words(text);
    return names.stream().anyMatch(name -> Mention.mayBe(name, words));
  }

  /**
   * Names, in lower case, of the tables, functions and types that the change may be about.
   *
   * @param spoken the words of the change
   */
  private static Set<String> spokenOf(Schema schema, Set<String> spoken) {
    Set<String> names =
        schema
            .objects()
            .filter(o -> o instanceof Table || o instanceof Function || o instanceof Type)
            .map(Trials::lower)
            .filter(name -> Mention.mayBe(name, spoken))
            .collect(Collectors.toSet());
    // Whoever reads an attribute of a value may name the table that has it, and not its type.
    Set<String> composites =
        schema
            .objects(Type.class)
            .filter(type -> type.kind() == Type.Kind.COMPOSITE)
            .filter(type -> names.contains(lower(type)))
            .map(SchemaObject::id)
            .collect(Collectors.toSet());
    schema
        .tables()
        .filter(
            table ->
                table.columns().stream().anyMatch(c -> composites.contains(c.type().typeId()))
                    // A key may be dropped and renamed by its own name.
                    || Stream.concat(table.indexes().stream(), table.constraints().stream())
                        .anyMatch(part -> Mention.mayBe(lower(part), spoken)))
        .forEach(table -> names.add(lower(table)));
    // What happens to a table happens to its partitions and children.
    Set<String> below = new LinkedHashSet<>();
    schema
        .tables()
        .filter(table -> isBelow(schema, table, names))
        .forEach(table -> below.add(lower(table)));
    names.addAll(below);
    return names;
  }

  private static boolean isBelow(Schema schema, Table table, Set<String> names) {
    return table.parents().stream()
        .flatMap(parent -> schema.table(parent).stream())
        .anyMatch(parent -> names.contains(lower(parent)) || isBelow(schema, parent, names));
  }

  /**
   * Tries the same again, when anything was dropped, renamed or given another type, or a table
   * another column, and the triggers that are new.
   *
   * @param base the schema when the change had not begun
   * @param schema at the end of the change
   * @param changes what the change did
   */
  List<Trial> after(Schema base, Schema schema, List<SchemaChange> changes) throws SQLException {
    Set<String> objects = new LinkedHashSet<>();
    if (changes.stream().anyMatch(change -> mayBreak(base, change))) {
      before.keySet().forEach(key -> objects.add(key.object()));
    }
    WrittenTriggers written = WrittenTriggers.of(base, schema, changes);
    Set<String> triggers = new LinkedHashSet<>(objects);
    triggers.addAll(written.made());
    List<Trial> trials = new ArrayList<>();
    run(schema, objects, triggers)
        .forEach(
            (key, outcome) -> {
              boolean made = written.made().contains(key.object());
              if (made || before.containsKey(key)) {
                trials.add(
                    new Trial(
                        key.object(),
                        key.how(),
                        written.contains(key.object()),
                        made ? new Outcome.NotReached() : before.get(key),
                        written.certain(key.object(), outcome)));
              }
            });
    return trials;
  }

  private static boolean mayBreak(Schema base, SchemaChange change) {
    return switch (change.event()) {
      case CREATED ->
          change.object() instanceof Column column && base.table(column.table()).isPresent();
      case DROPPED, RENAMED -> true;
      case ALTERED ->
          change.object() instanceof Function
              || (change.before().orElseThrow() instanceof Type had
                  && change.object() instanceof Type has
                  && !had.attributes().equals(has.attributes()))
              || (change.before().orElseThrow() instanceof Table was
                  && !was.name().equals(change.object().name()))
              || (change.before().orElseThrow() instanceof Column old
                  && change.object() instanceof Column now
                  && !old.type().equals(now.type()));
    };
  }

  private Map<Attempt.Key, Outcome> run(Schema schema, Set<String> functions, Set<String> triggers)
      throws SQLException {
    Map<Attempt.Key, Outcome> outcomes = new LinkedHashMap<>();
    if (functions.isEmpty() && triggers.isEmpty()) {
      return outcomes;
    }
    long deadline = System.nanoTime() + ALL_NANOS;
    try (Connection connection = server.connectMigrator(database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      connection.setAutoCommit(false);
      int backend = connection.unwrap(PGConnection.class).getBackendPID();
      List<Attempt> attempts = routines(statement, functions);
      connection.rollback();
      attempts.addAll(firing(schema, triggers));
      for (Attempt attempt : attempts) {
        if (System.nanoTime() > deadline) {
          break;
        }
        if (!attempt.isFirst() && !isWorth(attempt, outcomes)) {
          continue;
        }
        watchdog.watch(backend, ONE_LIMIT);
        Outcome outcome = attempt.run(statement);
        watchdog.done();
        if (!connection.isValid(1)) {
          // It would not be stopped otherwise.
          break;
        }
        connection.rollback();
        outcomes.put(attempt.key(), outcome);
      }
    }
    return outcomes;
  }

  /**
   * Whether to look elsewhere as well: before the change where what the text names is not found
   * without, and at its end where that was so before it.
   */
  private boolean isWorth(Attempt attempt, Map<Attempt.Key, Outcome> outcomes) {
    return before.isEmpty()
        ? outcomes.get(attempt.instead()) instanceof Outcome.Failed failed
            && NOT_FOUND.contains(failed.sqlState())
        : before.containsKey(attempt.key());
  }

  /**
   * The server reads all of an SQL function when it is asked to validate it. Of PL/pgSQL it checks
   * the syntax alone; the rest shows when it runs. It is asked as well for an SQL function without
   * one of the arguments whose names the change says.
   */
  private List<Attempt> routines(Statement statement, Set<String> functions) throws SQLException {
    List<Attempt> attempts = new ArrayList<>();
    String oids =
        functions.stream()
            .filter(id -> id.startsWith("function:"))
            .map(id -> id.substring("function:".length()))
            .collect(Collectors.joining(","));
    try (ResultSet rows = statement.executeQuery("select * from drydock.calls('{" + oids + "}')")) {
      while (rows.next()) {
        String oid = rows.getString("oid");
        String leftOut = Trial.leftOut(rows.getString("how")).toLowerCase(Locale.ROOT);
        if (!leftOut.isEmpty() && !spoken.contains(leftOut)) {
          continue;
        }
        List<String> settings = List.of((String[]) rows.getArray("settings").getArray());
        String path = rows.getString("path");
        String[] calls = (String[]) rows.getArray("calls").getArray();
        for (int way = 0; way < calls.length; way++) {
          Attempt attempt =
              new Attempt(
                  new Attempt.Key("function:" + oid, rows.getString("how"), way, ""),
                  "",
                  settings,
                  List.of(),
                  calls[way]);
          attempts.add(attempt);
          if (path != null) {
            attempts.add(attempt.lookingIn(path));
          }
        }
      }
    }
    return attempts;
  }

  /** Changes of one row that fire a trigger. */
  private static List<Attempt> firing(Schema schema, Set<String> triggers) {
    List<Attempt> attempts = new ArrayList<>();
    schema
        .tables()
        .filter(table -> !table.isView())
        .forEach(
            table ->
                table.triggers().stream()
                    .filter(trigger -> trigger.enabled() && triggers.contains(trigger.id()))
                    .forEach(trigger -> attempts.addAll(firing(schema, table, trigger))));
    return attempts;
  }

  private static List<Attempt> firing(Schema schema, Table table, Trigger trigger) {
    String function = functionName(schema, trigger);
    String events = trigger.definition().replaceFirst("(?s) ON .*", "");
    List<String> inserts =
        IntStream.range(0, CanaryValues.VARIANTS)
            .mapToObj(variant -> CanaryValues.insert(schema, table, variant))
            .distinct()
            .toList();
    List<Attempt> attempts = new ArrayList<>();
    if (events.contains("INSERT")) {
      for (int way = 0; way < inserts.size(); way++) {
        attempts.add(
            new Attempt(
                new Attempt.Key(trigger.id(), "insert", way, ""),
                function,
                List.of(),
                List.of(),
                inserts.get(way)));
      }
    }
    String same =
        table.columns().stream()
            .filter(c -> c.generated().isEmpty() && !c.identity().equals("always"))
            .map(c -> Quoted.name(c.name().local()))
            .map(name -> name + " = " + name)
            .collect(Collectors.joining(", "));
    String name = Quoted.name(table.name());
    if (events.contains("UPDATE") && !same.isEmpty()) {
      attempts.add(
          change(trigger, "update", 0, function, inserts, "update " + name + " set " + same));
    }
    String other =
        table.columns().stream()
            .filter(c -> c.generated().isEmpty() && !c.notNull())
            .map(c -> Quoted.name(c.name().local()) + " = null")
            .collect(Collectors.joining(", "));
    // One that is there for a change alone lets the same values pass.
    if (events.contains("UPDATE") && trigger.definition().contains(" WHEN (") && !other.isEmpty()) {
      attempts.add(
          change(trigger, "update", 1, function, inserts, "update " + name + " set " + other));
    }
    if (events.contains("DELETE")) {
      attempts.add(change(trigger, "delete", 0, function, inserts, "delete from " + name));
    }
    return attempts;
  }

  private static String functionName(Schema schema, Trigger trigger) {
    return schema.object(trigger.function()).map(function -> function.name().local()).orElse("");
  }

  private static Attempt change(
      Trigger trigger, String how, int way, String function, List<String> setup, String sql) {
    return new Attempt(
        new Attempt.Key(trigger.id(), how, way, ""), function, List.of(), setup, sql);
  }

  private static String lower(SchemaObject object) {
    return object.name().local().toLowerCase(Locale.ROOT);
  }
}
