package dev.drydock.lint;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Layouts;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import dev.drydock.replay.ReplayException;
import dev.drydock.report.Report;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statements;
import dev.drydock.sql.TransactionControl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The pending migrations of a change, rewritten where their findings say how and it helps. */
public final class Fixing {
  /** What names a file that takes over the rest of a fix. */
  private static final String NEXT = "finish";

  private final Lint lint;
  private final Supplies supplies;

  /**
   * @param supplies what the migrations need besides
   */
  public Fixing(Lint lint, Supplies supplies) {
    this.lint = Objects.requireNonNull(lint);
    this.supplies = Objects.requireNonNull(supplies);
  }

  /**
   * What fixing comes to.
   *
   * @param files those to be written, in the order of their paths
   * @param left what was not done, and why
   * @param report on the migrations as they are then
   */
  public record Result(List<FixedFile> files, List<Left> left, Report report) {
    public Result {
      files = List.copyOf(files);
      left = List.copyOf(left);
      Objects.requireNonNull(report);
    }
  }

  /** A file before and after. */
  public record FixedFile(SourceFile before, SourceFile after) {}

  /**
   * A fix that is not made.
   *
   * @param reason what stands in its way and what to do, a sentence
   * @param sql what to write there by hand; empty when there is nothing
   */
  public record Left(Finding finding, String reason, String sql) {}

  /** A file that is to be rewritten, and the findings that is for. */
  private record Draft(Migration before, Migration after, List<Finding> findings) {}

  /**
   * The migration that is to be rewritten.
   *
   * @param alone whether it is of one statement
   * @param commits whether each of its statements commits by itself
   */
  private record Target(
      History history, Migration migration, Layout layout, boolean alone, boolean commits) {
    static Target of(History history, Migration migration) {
      Statements statements = Statements.of(migration, Optional.empty());
      return new Target(
          history,
          migration,
          Layouts.byId(history.layout()).orElseThrow(),
          statements.sent() == 1,
          migration.transaction() == Transaction.NONE
              && statements.list().stream()
                  .noneMatch(s -> s.transactionControl() != TransactionControl.NONE));
    }
  }

  /**
   * Lints, rewrites and lints again; no file is written.
   *
   * @throws ReplayException when there is no verdict
   */
  public Result run(List<History> histories) throws ReplayException {
    Report report = lint.run(histories, supplies);
    List<Left> left = new ArrayList<>();
    Map<Path, Draft> drafts = new LinkedHashMap<>();
    for (History history : histories) {
      for (Migration migration : history.pending()) {
        draft(report, history, migration, left)
            .ifPresent(draft -> drafts.put(migration.file().path(), draft));
      }
    }
    Report after = report;
    while (!drafts.isEmpty()) {
      after = lint.run(histories.stream().map(h -> with(h, drafts)).toList(), supplies);
      Set<Path> worse = worse(report, after, drafts);
      if (worse.isEmpty()) {
        break;
      }
      for (Path path : worse) {
        for (Finding finding : drafts.remove(path).findings()) {
          left.add(
              new Left(
                  finding,
                  "the rewrite was tried and does not make the migration better; nothing was changed.",
                  ""));
        }
      }
      after = report;
    }
    return new Result(
        drafts.values().stream()
            .map(draft -> new FixedFile(draft.before().file(), draft.after().file()))
            .sorted(Comparator.comparing(fixed -> fixed.before().path()))
            .toList(),
        left,
        after);
  }

  private static History with(History history, Map<Path, Draft> drafts) {
    return history.with(
        history.applied(),
        history.pending().stream()
            .map(m -> Optional.ofNullable(drafts.get(m.file().path())).map(Draft::after).orElse(m))
            .toList(),
        history.problems());
  }

  private static Optional<Draft> draft(
      Report report, History history, Migration migration, List<Left> left) {
    SourceFile file = migration.file();
    List<Finding> offered =
        report.findings().stream()
            .filter(finding -> finding.fix().isPresent())
            .filter(finding -> finding.fix().get().location().file().equals(file.path()))
            .toList();
    if (offered.isEmpty()) {
      return Optional.empty();
    }
    List<Migration> inFile =
        history.pending().stream().filter(m -> m.file().path().equals(file.path())).toList();
    if (inFile.size() > 1) {
      if (migration.equals(inFile.getFirst())) {
        offered.forEach(
            finding ->
                left.add(
                    new Left(
                        finding,
                        "the file holds several migrations; rewrite it by hand to:",
                        fix(finding).replacement() + ";")));
      }
      return Optional.empty();
    }
    Target target = Target.of(history, migration);
    Map<Location, Finding> chosen = new LinkedHashMap<>();
    for (Finding finding : offered) {
      if (!chosen.containsKey(fix(finding).location())) {
        obstacle(finding, target, left)
            .ifPresentOrElse(left::add, () -> chosen.put(fix(finding).location(), finding));
      }
    }
    return chosen.isEmpty() ? Optional.empty() : draft(List.copyOf(chosen.values()), target, left);
  }

  /** The draft with the fixes of {@code chosen}, where it can be made to run as they have to. */
  private static Optional<Draft> draft(List<Finding> chosen, Target target, List<Left> left) {
    Migration migration = target.migration();
    Layout layout = target.layout();
    List<Fix> fixes = chosen.stream().map(Fixing::fix).toList();
    SourceFile fixed =
        new SourceFile(
            migration.file().path(), FixedText.withFollowing(migration.file(), fixes).text());
    if (target.commits() || fixes.stream().noneMatch(Fix::outsideTransaction)) {
      return Optional.of(new Draft(migration, layout.reread(migration, fixed), chosen));
    }
    Optional<Migration> marked = layout.outsideTransaction(migration, fixed);
    if (marked.isEmpty()) {
      String how = layout.howToGoWithoutTransaction();
      String reason =
          layout.runsOutside()
              ? "it has to run without a transaction%s, and write:"
                  .formatted(how.isEmpty() ? "" : ": " + how)
              : byHand(layout);
      chosen.forEach(finding -> left.add(new Left(finding, reason, whole(fix(finding)))));
    }
    return marked.map(after -> new Draft(migration, after, chosen));
  }

  /** What stands in the way of the fix there, if anything does; {@code left} is what did so far. */
  private static Optional<Left> obstacle(Finding finding, Target target, List<Left> left) {
    Fix fix = fix(finding);
    History history = target.history();
    Layout layout = target.layout();
    String replaced = FixedText.replaced(target.migration().file(), fix);
    if (target.migration().placeholders()
        && history.placeholders().filter(values -> values.mayBeIn(replaced)).isPresent()) {
      return Optional.of(
          new Left(
              finding,
              "the statement holds a placeholder; rewrite it by hand to:",
              fix.replacement() + ";"));
    }
    if (fix.outsideTransaction() && !target.commits() && !target.alone()) {
      return Optional.of(
          new Left(
              finding,
              layout.runsOutside()
                  ? "it has to run without a transaction, and shares one with the other statements of its file; move it to a migration of its own%s%s%s:"
                      .formatted(
                          next(layout, history, left).map(", such as "::concat).orElse(""),
                          layout.howToGoWithoutTransaction().isEmpty()
                              ? ""
                              : " (%s)".formatted(layout.howToGoWithoutTransaction()),
                          fix.follow().isEmpty() ? "" : ", and what follows it to the next one")
                  : byHand(layout),
              whole(fix)));
    }
    if (!fix.follow().isEmpty() && !target.commits()) {
      return Optional.of(
          new Left(
              finding,
              "it takes two migrations: this statement becomes `%s`%s, and %s holds:"
                  .formatted(
                      fix.replacement(),
                      fix.outsideTransaction() ? ", without a transaction" : "",
                      history.together()
                          ? "one of the next change, deployed after this one because the tool runs all that is new in one transaction,"
                          : "a later migration%s, with a commit in between,"
                              .formatted(
                                  next(layout, history, List.of())
                                      .map(" such as "::concat)
                                      .orElse(""))),
              fix.follow()));
    }
    return Optional.empty();
  }

  private static Fix fix(Finding finding) {
    return finding.fix().orElseThrow();
  }

  private static String byHand(Layout layout) {
    return "it has to run without a transaction: %s. That is:"
        .formatted(layout.howToGoWithoutTransaction());
  }

  private static String whole(Fix fix) {
    return fix.follow().isEmpty()
        ? fix.replacement() + ";"
        : fix.replacement() + ";\n" + fix.follow();
  }

  /** A name for a migration after all that are there and all that {@code left} has named. */
  private static Optional<String> next(Layout layout, History history, List<Left> left) {
    Optional<Path> name =
        Stream.concat(history.applied().stream(), history.pending().stream())
            .filter(migration -> migration.version() instanceof Version.Versioned)
            .max(Comparator.comparing(Migration::version))
            .flatMap(newest -> layout.next(newest.file().path(), NEXT));
    while (name.isPresent() && isNamed(name.get(), left)) {
      name = layout.next(name.get(), NEXT);
    }
    return name.map(Path::toString);
  }

  private static boolean isNamed(Path name, List<Left> left) {
    return left.stream().anyMatch(other -> other.reason().contains("such as " + name));
  }

  /**
   * The drafts that are not worth it: a file has to lose findings and to gain none but milder ones,
   * and when another file gains one there is no telling whose fault that is.
   */
  private static Set<Path> worse(Report before, Report after, Map<Path, Draft> drafts) {
    Set<Path> worse = new HashSet<>();
    Map<Path, Map<Rule, Integer>> old = counts(before);
    Map<Path, Map<Rule, Integer>> now = counts(after);
    Set<Path> all = new HashSet<>(now.keySet());
    all.addAll(drafts.keySet());
    for (Path path : all) {
      Map<Rule, Integer> was = old.getOrDefault(path, Map.of());
      Map<Rule, Integer> has = now.getOrDefault(path, Map.of());
      Severity gained = worst(was, has, after);
      if (!drafts.containsKey(path) && gained != Severity.OFF) {
        return Set.copyOf(drafts.keySet());
      }
      if (drafts.containsKey(path) && gained.atLeast(worst(has, was, after))) {
        worse.add(path);
      }
    }
    return worse;
  }

  /** The worst of what is there more often {@code now} than it was; off when nothing is. */
  private static Severity worst(Map<Rule, Integer> was, Map<Rule, Integer> now, Report report) {
    return now.entrySet().stream()
        .filter(count -> count.getValue() > was.getOrDefault(count.getKey(), 0))
        .map(count -> report.rules().get(count.getKey()))
        .min(Comparator.naturalOrder())
        .orElse(Severity.OFF);
  }

  /** Findings by file and rule. */
  private static Map<Path, Map<Rule, Integer>> counts(Report report) {
    Map<Path, Map<Rule, Integer>> counts = new HashMap<>();
    for (Finding finding : report.findings()) {
      counts
          .computeIfAbsent(finding.location().file(), unused -> new HashMap<>())
          .merge(finding.rule(), 1, Integer::sum);
    }
    return counts;
  }
}
