package dev.drydock.lint;

import dev.drydock.history.Callback;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ScriptedMigration;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statements;
import dev.drydock.sql.Substitution.UnknownPlaceholderException;
import dev.drydock.sql.SyntaxReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one history runs, as statements: they are split, and the pending ones parsed, on the side,
 * while others wait for the server.
 */
final class HistoryScripts {
  private static final Duration PARSE_LIMIT = Duration.ofSeconds(5);

  private static final int MOST_AT_ONCE = 16;

  /** Where nothing failed, as Flyway names it. */
  private static final List<String> AFTERWARDS =
      List.of("afterEachMigrate", "afterVersioned", "afterMigrateApplied", "afterMigrate");

  /** In characters. */
  private static final int LONGEST_AT_ONCE = 20_000;

  private final History history;
  private final List<Migration> base;
  private final Optional<Placeholders> placeholders;
  private final List<Future<Statements>> split = new ArrayList<>();
  private final Future<Map<Migration, Statements>> parsed;

  private HistoryScripts(
      History history,
      List<Migration> base,
      Optional<Placeholders> placeholders,
      Future<Map<Migration, Statements>> parsed) {
    this.history = history;
    this.base = base;
    this.placeholders = placeholders;
    this.parsed = parsed;
  }

  /**
   * Begins to split and parse the pending migrations.
   *
   * @param placeholders values the user gives, over those of the history
   * @param side where it is done
   */
  static HistoryScripts read(
      History history, Supplies supplies, Map<String, String> placeholders, ExecutorService side) {
    Optional<Placeholders> values = values(history, placeholders);
    List<Migration> base = new ArrayList<>();
    Set<Path> own =
        Stream.of(
                history.applied().stream().map(Migration::file),
                history.pending().stream().map(Migration::file),
                history.callbacks().stream().map(Callback::file))
            .flatMap(files -> files)
            .map(SourceFile::path)
            .collect(Collectors.toSet());
    // What a history runs itself is supplied to the others alone.
    supplies.before().stream()
        .filter(file -> !own.contains(file.path()))
        .forEach(file -> base.add(script(file, Transaction.NONE)));
    base.addAll(callbacks(history, Callback.NEW_DATABASE));
    base.addAll(callbacks(history, "beforeMigrate"));
    base.addAll(history.applied());
    return new HistoryScripts(
        history, List.copyOf(base), values, side.submit(() -> parse(history.pending(), values)));
  }

  /** What runs before the pending migrations: supplied files, callbacks, the applied migrations. */
  List<Migration> base() {
    return base;
  }

  /** Of each of {@link #base()} a text of all that decides what it does to a database. */
  List<String> describedBase() {
    return base.stream().map(this::described).toList();
  }

  private String described(Migration migration) {
    Object values =
        migration.placeholders() ? placeholders.map(Placeholders::values).map(TreeMap::new) : "";
    String included =
        migration.up().included().values().stream()
            .map(file -> file.path() + "\n" + file.text())
            .sorted()
            .collect(Collectors.joining("\n"));
    return "%s %s%s%n%s%s"
        .formatted(
            migration.transaction(),
            values,
            migration.up().mayFail() ? " may fail" : "",
            migration.up().text(),
            included);
  }

  /**
   * Begins to split what runs before the pending migrations.
   *
   * @param first index in {@link #base()} to begin at
   */
  void splitBase(int first) {
    List<FutureTask<Statements>> tasks =
        base.subList(first, base.size()).stream()
            .map(migration -> new FutureTask<>(() -> split(migration, placeholders)))
            .toList();
    split.clear();
    split.addAll(tasks);
    // Not with the rest, where it would stand behind what can wait: the replay needs each at once.
    Thread.ofPlatform().name("drydock-split").daemon().start(() -> tasks.forEach(FutureTask::run));
  }

  /**
   * One of {@link #base()}, once they are being split, and as many after it as are split by now and
   * are short enough for the wait for them to be shown as one.
   *
   * @param first its index, from 0
   * @throws ReplayException when a placeholder has no value
   */
  List<ScriptedMigration> next(int first) throws ReplayException {
    List<ScriptedMigration> next = new ArrayList<>();
    int length = 0;
    for (int i = first; i < base.size() && next.size() < MOST_AT_ONCE; i++) {
      Migration migration = base.get(i);
      Future<Statements> statements = split.get(i - (base.size() - split.size()));
      length += migration.up().text().length();
      if (i > first && (length > LONGEST_AT_ONCE || !statements.isDone())) {
        break;
      }
      try {
        next.add(new ScriptedMigration(migration, Lint.await(statements).list()));
      } catch (UnfilledException e) {
        throw unknown(e);
      }
    }
    return next;
  }

  /**
   * The statements of the pending migrations, in their order.
   *
   * @throws ReplayException when a placeholder has no value
   */
  Map<Migration, Statements> pending() throws ReplayException {
    try {
      return Lint.await(parsed);
    } catch (UnfilledException e) {
      throw unknown(e);
    }
  }

  /**
   * The pending migrations as they are run: each by itself, or all together.
   *
   * @throws ReplayException when a placeholder has no value
   */
  List<List<ScriptedMigration>> pendingRuns() throws ReplayException {
    List<ScriptedMigration> each = new ArrayList<>();
    pending()
        .forEach((migration, script) -> each.add(new ScriptedMigration(migration, script.list())));
    return history.together() && !history.apart() && !each.isEmpty()
        ? List.of(each)
        : each.stream().map(List::of).toList();
  }

  /** What the tool runs after the migrations, where all placeholders in it have a value. */
  List<ScriptedMigration> afterwards() {
    List<Migration> after =
        AFTERWARDS.stream().flatMap(event -> callbacks(history, event).stream()).toList();
    if (after.isEmpty()) {
      return List.of();
    }
    try {
      List<ScriptedMigration> all = new ArrayList<>();
      parse(after, placeholders)
          .forEach(
              (script, statements) -> all.add(new ScriptedMigration(script, statements.list())));
      return all;
    } catch (UnfilledException e) {
      return List.of();
    }
  }

  /** The edited migrations among what is wrong with the history: they are read and not run. */
  static List<Statements> edited(History history) {
    return history.problems().stream()
        .flatMap(problem -> problem.file().stream())
        .map(file -> Statements.of(script(file, Transaction.NONE), Optional.empty()))
        .toList();
  }

  private static Optional<Placeholders> values(History history, Map<String, String> given) {
    if (history.placeholders().isEmpty()) {
      return given.isEmpty() ? Optional.empty() : Optional.of(Placeholders.given(given));
    }
    return history.placeholders().map(known -> known.with(given));
  }

  private static Migration script(SourceFile file, Transaction transaction) {
    return new Migration(
        new Version.Repeatable(file.path().toString()),
        "",
        file,
        Script.whole(file),
        Optional.empty(),
        transaction);
  }

  private static List<Migration> callbacks(History history, String event) {
    return history.callbacks().stream()
        .filter(callback -> callback.event().equals(event))
        .map(Callback::file)
        .map(file -> script(file, Transaction.PER_MIGRATION))
        .toList();
  }

  private static Statements split(Migration migration, Optional<Placeholders> placeholders) {
    try {
      return Statements.of(migration, migration.placeholders() ? placeholders : Optional.empty());
    } catch (UnknownPlaceholderException e) {
      throw new UnfilledException(migration, e);
    }
  }

  /** A migration that asks for what has no value. */
  private static final class UnfilledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Migration migration;
    private final transient UnknownPlaceholderException unknown;

    UnfilledException(Migration migration, UnknownPlaceholderException unknown) {
      super(unknown);
      this.migration = migration;
      this.unknown = unknown;
    }
  }

  private static Map<Migration, Statements> parse(
      List<Migration> migrations, Optional<Placeholders> placeholders) {
    Map<Migration, Statements> parsed = new LinkedHashMap<>();
    try (SyntaxReader reader = SyntaxReader.start(PARSE_LIMIT)) {
      for (Migration migration : migrations) {
        parsed.put(migration, split(migration, placeholders).parsed(reader));
      }
    }
    return parsed;
  }

  private ReplayException unknown(UnfilledException unfilled) {
    UnknownPlaceholderException e = unfilled.unknown;
    List<String> names =
        Stream.concat(base.stream(), history.pending().stream())
            .filter(Migration::placeholders)
            .flatMap(script -> placeholders.orElseThrow().in(script.up().text()).stream())
            .filter(found -> found.value().isEmpty())
            .map(Placeholders.Found::name)
            .distinct()
            .toList();
    return new ReplayException(
        "the placeholder ${%s} has no value, so the migration cannot be run as its tool would run it"
            .formatted(e.name()),
        Optional.of(
            unfilled.migration.file().location(e.offset(), e.offset() + e.name().length() + 3)),
        names.size() < 2
            ? "give it one under `placeholders:` in .drydock.yml"
            : "give each a value in .drydock.yml, as the tool's own configuration does: placeholders: {%s}"
                .formatted(
                    names.stream().map(name -> name + ": …").collect(Collectors.joining(", "))),
        e);
  }
}
