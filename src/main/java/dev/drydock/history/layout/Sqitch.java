package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Integrity;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sqitch: the scripts that a plan names, in its order. psql runs each, which opens the transactions
 * it wants.
 */
public final class Sqitch extends Layout {
  private static final String SQL = ".sql";

  private static final String WHEN_LINE_EDITED =
      "Sqitch knows a change by its line in the plan, note and time included, so it refuses to deploy to databases that have it.";

  private static final String WHEN_MOVED =
      "Its line comes after another one than at the base, and Sqitch knows a change by its line in the plan and all before it, so it refuses to deploy to databases that have it.";

  /** What a plan says, at the head and at the base; nothing where none is known. */
  private record Plans(SqitchTarget now, SqitchTarget then) {
    /** The one that a tree has. */
    SqitchTarget in(Surroundings around) {
      boolean isNow =
          around.has(now.plan())
              && (now.configuration().isPresent() || !now.plan().equals(then.plan()));
      return (isNow ? now : then).in(around);
    }
  }

  private final Optional<Plans> plans;

  /** By what tells a change from others. */
  private final Map<String, Integer> places;

  /** Files that the user named, in the order of their paths. */
  private final List<Path> named;

  private final Map<Surroundings, Set<Path>> planned = new HashMap<>();

  Sqitch() {
    this(Optional.empty(), List.of(), List.of());
  }

  private Sqitch(Optional<Plans> plans, List<String> order, List<Path> named) {
    this.plans = plans;
    this.named = List.copyOf(named);
    this.places = new HashMap<>();
    order.forEach(key -> places.put(key, places.size()));
  }

  /** The layout of one plan, of which {@code then} is what the base has. */
  public static Sqitch of(
      SqitchTarget now, SqitchTarget then, Surroundings head, Surroundings base) {
    Plans plans = new Plans(now, then);
    return new Sqitch(
        Optional.of(plans),
        joined(keys(plans.in(base), base), keys(plans.in(head), head)),
        List.of());
  }

  private static List<String> keys(SqitchTarget target, Surroundings around) {
    return target.read(around).stream()
        .flatMap(plan -> plan.changes().stream())
        .map(SqitchPlan.Change::key)
        .toList();
  }

  /** What {@code now} has besides is put where it has it, after what it no longer has there. */
  private static List<String> joined(List<String> then, List<String> now) {
    List<String> order = new ArrayList<>(then);
    Set<String> kept = new HashSet<>(now);
    int at = 0;
    for (String key : now) {
      int there = order.indexOf(key);
      if (there < 0) {
        while (at < order.size() && !kept.contains(order.get(at))) {
          at++;
        }
        order.add(at, key);
        at++;
      } else {
        // A line that was moved down the plan does not take those after it up to where it was.
        at = Math.max(at, there + 1);
      }
    }
    return order;
  }

  @Override
  public String id() {
    return "sqitch";
  }

  @Override
  public String tool() {
    return "Sqitch";
  }

  /** A plan tells, and not what lies in a directory. */
  @Override
  public boolean recognises(Place place) {
    return false;
  }

  @Override
  public Layout fittedToNamed(List<Path> files) {
    return new Sqitch(
        Optional.empty(),
        List.of(),
        files.stream().filter(file -> Folders.name(file).endsWith(SQL)).distinct().toList());
  }

  /** The order is that of the plan, which files that are named one by one come without. */
  @Override
  public boolean isOrdered(Version version) {
    return plans.isPresent();
  }

  @Override
  public Role role(Path file) {
    if (plans.isPresent() && isPlan(file)) {
      return new Role.Forward(Version.textual(Folders.name(file)), "");
    }
    int place = named.indexOf(file);
    if (place >= 0) {
      String name = Folders.name(file).replaceFirst("\\.sql$", "");
      return new Role.Forward(version(name, place), description(name));
    }
    return Folders.name(file).endsWith(plans.map(known -> known.now().ending()).orElse(SQL))
        ? new Role.Stray()
        : new Role.Other();
  }

  private boolean isPlan(Path file) {
    return plans
        .filter(known -> file.equals(known.now().plan()) || file.equals(known.then().plan()))
        .isPresent();
  }

  private static Version version(String name, int place) {
    return new Version.Versioned(name, List.of(BigInteger.valueOf(place)));
  }

  private static String description(String name) {
    return words(name.replace('-', '_'));
  }

  /** The plan has the migrations, so that what it names is none by itself. */
  @Override
  public Optional<List<Part>> parts(Path file, Surroundings around) {
    if (plans.isEmpty()) {
      return Optional.empty();
    }
    SqitchTarget target = plans.get().in(around);
    if (file.equals(target.plan())) {
      return target.read(around).map(plan -> parts(plan, target, around));
    }
    return planned.computeIfAbsent(around, tree -> scripts(target, tree)).contains(file)
        ? Optional.of(List.of())
        : Optional.empty();
  }

  private static Set<Path> scripts(SqitchTarget target, Surroundings around) {
    Set<Path> scripts = new HashSet<>();
    target
        .read(around)
        .ifPresent(
            plan ->
                plan.changes().forEach(change -> scripts.add(change.script(target, around::has))));
    return scripts;
  }

  private List<Part> parts(SqitchPlan plan, SqitchTarget target, Surroundings around) {
    List<Part> parts = new ArrayList<>();
    for (SqitchPlan.Change change : plan.changes()) {
      Path path = change.script(target, around::has);
      around.file(path).ifPresent(file -> parts.add(part(change, file, target, around)));
    }
    return parts;
  }

  /** A line that is another one now, and a new one without a script or what it requires. */
  @Override
  public List<Integrity> problems(Surroundings base, Surroundings head) {
    if (plans.isEmpty()) {
      return List.of();
    }
    Map<String, SqitchPlan.Change> then = changes(plans.get().in(base), base);
    SqitchTarget target = plans.get().in(head);
    Map<String, SqitchPlan.Change> all = changes(target, head);
    List<Integrity> problems = new ArrayList<>();
    moved(then, all)
        .ifPresent(now -> problems.add(problem(Integrity.Kind.EDITED, now, WHEN_MOVED)));
    all.values()
        .forEach(
            now -> {
              SqitchPlan.Change old = then.get(now.key());
              Path script = now.script(target, head::has);
              if (old == null && !head.has(script)) {
                String detail = "%s does not exist, and Sqitch stops at it.".formatted(script);
                problems.add(problem(Integrity.Kind.MISSING, now, detail));
              } else if (old != null && !old.text().equals(now.text())) {
                problems.add(problem(Integrity.Kind.EDITED, now, WHEN_LINE_EDITED));
              }
              if (!now.unmet().isEmpty() && (old == null || old.unmet().isEmpty())) {
                String detail =
                    "It requires %s, which the plan does not have before it, and Sqitch refuses to read the plan."
                        .formatted(String.join(" and ", now.unmet()));
                problems.add(problem(Integrity.Kind.UNRUNNABLE, now, detail));
              }
            });
    return problems;
  }

  /** In the order of the plan, by what tells one from the others. */
  private static Map<String, SqitchPlan.Change> changes(SqitchTarget target, Surroundings around) {
    Map<String, SqitchPlan.Change> changes = new LinkedHashMap<>();
    target.read(around).stream()
        .flatMap(plan -> plan.changes().stream())
        .forEach(change -> changes.put(change.key(), change));
    return changes;
  }

  /** The first of those in both plans that comes after another one now. */
  private static Optional<SqitchPlan.Change> moved(
      Map<String, SqitchPlan.Change> then, Map<String, SqitchPlan.Change> now) {
    Iterator<String> old = then.keySet().stream().filter(now::containsKey).iterator();
    return now.values().stream()
        .filter(change -> then.containsKey(change.key()))
        .filter(change -> !change.key().equals(old.next()))
        .findFirst();
  }

  private static Integrity problem(Integrity.Kind kind, SqitchPlan.Change change, String detail) {
    return new Integrity(kind, change.line(), change.shown(), detail, Optional.empty());
  }

  private Version version(SqitchPlan.Change change) {
    return version(change.shown(), places.getOrDefault(change.key(), places.size()));
  }

  private Part part(
      SqitchPlan.Change change, SourceFile file, SqitchTarget target, Surroundings around) {
    Path back = target.revert().resolve(Folders.relative(target.deploy(), file.path()));
    Optional<Script> down = around.file(back).map(Script::whole);
    return new Part(
        new Role.Forward(version(change), description(change.name())),
        "",
        Optional.of(change.key()),
        file,
        Optional.of(new Further(Script.whole(file), down, Transaction.NONE)),
        Optional.of(file.text().replace("\r\n", "\n")));
  }

  @Override
  public String pattern() {
    return "after the changes in its plan";
  }

  /** It knows a change by its line in the plan, its name included. */
  @Override
  public boolean knowsByVersion() {
    return false;
  }

  @Override
  public boolean isUnique(Version version) {
    return false;
  }

  @Override
  public String whenEdited() {
    return "Sqitch deploys a change once and looks at its script no more, so databases that have it do not run it again (`sqitch rework` makes a change of the same name for them)";
  }

  @Override
  public String whenDeleted() {
    return "Sqitch refuses to go on where a database has a change that is not in the plan, and stops at one in the plan that has no script";
  }

  @Override
  public String whenRenamed() {
    return "Sqitch knows a change by its line in the plan and all before it, so it refuses to deploy to databases that have it under the old name";
  }

  @Override
  public String whenOlder() {
    return "Sqitch knows a change by its line in the plan and all before it, so it refuses to deploy to databases that have that one";
  }

  @Override
  public String whenTwice() {
    return "Sqitch refuses a plan with two changes of one name and no tag between them";
  }

  @Override
  public String whenIgnored() {
    return "no change there is called so";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.NONE;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "leave `BEGIN` and `COMMIT` out of its deploy script";
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return plans.flatMap(known -> known.in(around).dialect());
  }

  /**
   * The variables of psql, one of which is always the name of the database: what goes by another
   * name than it has in a replay is made for it there.
   */
  @Override
  public Optional<Placeholders> placeholders(
      Path directory, List<SourceFile> files, Surroundings around) {
    return plans.map(
        known -> {
          SqitchTarget target = known.in(around);
          Map<String, String> values = new HashMap<>();
          String database = target.read(around).flatMap(SqitchPlan::project).orElse(id());
          values.put("DBNAME", database);
          values.put("registry", target.registry());
          values.putAll(target.variables());
          return new Placeholders.Colon(values);
        });
  }

  @Override
  public String prelude() {
    return "";
  }

  /** The registry, as the tool's lib/App/Sqitch/Engine/pg.sql makes it. */
  @Override
  public String prelude(Path directory, Surroundings around) {
    return plans.isPresent()
        ? SqlText.resource("sqitch.sql")
            .replace("registry", quoted(plans.get().in(around).registry()))
        : "";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
