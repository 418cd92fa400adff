package dev.drydock.lint;

import dev.drydock.history.Migration;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import dev.drydock.replay.Engine;
import dev.drydock.replay.ReplayException;
import dev.drydock.schema.SchemaComparison;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Statements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the examples of rules on a server: what is marked bad has to be reported where it is marked,
 * everything else has to be clean.
 */
public final class RuleExamples {
  private static final Pattern MARKER = Pattern.compile("^\\s*--\\s*FINDING:\\s*(.+?)\\s*$");

  /** What a case of a fix asks that no example can answer. */
  private static final List<String> UNANSWERABLE =
      List.of(
          "migration.layout",
          "migration.alwaysInTransaction",
          "migration.together",
          "history.layout",
          "== 'stopped'");

  private final ScriptLint lint;
  private final long major;

  /**
   * @param policy all rules, none of them off
   */
  public RuleExamples(Engine engine, Policy policy) {
    this.lint = new ScriptLint(engine, policy);
    this.major = Long.parseLong(engine.version().replaceAll("\\D.*", ""));
  }

  /**
   * What came of one example.
   *
   * @param name the example's; what is asked of all of them together has a name of its own
   * @param problems a sentence each; empty when it holds
   */
  public record Tried(String name, List<String> problems) {
    public Tried {
      problems = List.copyOf(problems);
    }
  }

  private record Marker(Path file, int line, String words) {}

  /** What the examples of a rule showed of it, beside their problems. */
  private static final class Shown {
    private final Set<String> recipes = new HashSet<>();
    private int suggestions;
  }

  /**
   * Runs all examples of {@code rule} that the server has a version for, one after the other.
   *
   * @throws ReplayException when the server cannot be used
   */
  public List<Tried> run(Rule rule) throws ReplayException {
    List<Tried> all = new ArrayList<>();
    Shown shown = new Shown();
    for (Rule.Example example : rule.examples()) {
      if (example.from() <= major) {
        all.add(new Tried(example.name(), problems(rule, example, shown)));
      }
    }
    List<String> problems = all.size() < rule.examples().size() ? List.of() : unproved(rule, shown);
    if (!problems.isEmpty()) {
      all.add(new Tried("the examples together", problems));
    }
    return all;
  }

  private List<String> problems(Rule rule, Rule.Example example, Shown shown)
      throws ReplayException {
    List<String> problems = new ArrayList<>();
    Optional<ScriptLint.Result> bad = Optional.empty();
    if (!example.bad().isEmpty()) {
      ScriptLint.Result result = lint.run(example.history(), example.bad());
      checkBad(rule, example, result, problems);
      shown.suggestions += checkSuggestions(rule, example, result, problems) ? 1 : 0;
      if (checkAnswered(rule, example, result, problems)) {
        checkPreflight(rule, example, result, problems);
      }
      of(rule, result).map(Finding::recipe).forEach(shown.recipes::add);
      bad = Optional.of(result);
    }
    if (!example.good().isEmpty()) {
      ScriptLint.Result good = lint.run(example.history(), example.good());
      checkGood(rule, good, problems);
      if (bad.isPresent()) {
        problems.addAll(
            differences(example, bad.get(), good, "bad and good end in different schemas"));
      }
    }
    return problems;
  }

  /** How the two end differently, where they should not and both came to an end. */
  private static List<String> differences(
      Rule.Example example, ScriptLint.Result one, ScriptLint.Result other, String words) {
    List<String> differences =
        one.succeeded() && other.succeeded() && example.equivalent()
            ? SchemaComparison.differences(one.end(), other.end())
            : List.of();
    return differences.isEmpty()
        ? List.of()
        : List.of(words + ": " + String.join("; ", differences));
  }

  /** What all examples together leave unproved. */
  private static List<String> unproved(Rule rule, Shown shown) {
    List<String> problems = new ArrayList<>();
    if (shown.suggestions < rule.suggestions().size()) {
      problems.add(
          "%d of its examples are offered a suggestion, and there are %d to prove"
              .formatted(shown.suggestions, rule.suggestions().size()));
    }
    problems.addAll(untold(rule, shown.recipes));
    if (!rule.preflight().isEmpty()
        && rule.examples().stream().noneMatch(RuleExamples::triesPreflight)) {
      problems.add("no example tries the preflight query on a row");
    }
    return problems;
  }

  /** The cases of its fix that no example is of. */
  private static List<String> untold(Rule rule, Set<String> recipes) {
    // All of it is told where no case fits.
    boolean alwaysOne = rule.recipes().stream().anyMatch(recipe -> recipe.when().isEmpty());
    return rule.recipes().stream()
        .filter(recipe -> !recipe.when().isEmpty())
        // An example is of files of no tool, and none runs until it is stopped.
        .filter(recipe -> UNANSWERABLE.stream().noneMatch(recipe.when()::contains))
        .map(Rule.Recipe::text)
        .filter(
            text ->
                recipes.stream()
                    .noneMatch(r -> r.contains(text) && (alwaysOne || !r.equals(rule.fix()))))
        .map(
            text ->
                "no example is a case of the fix `%s`"
                    .formatted(text.lines().findFirst().orElse("")))
        .toList();
  }

  private static boolean triesPreflight(Rule.Example example) {
    return !example.badRow().isEmpty() && !example.goodRow().isEmpty();
  }

  private static void checkBad(
      Rule rule, Rule.Example example, ScriptLint.Result run, List<String> problems) {
    List<Finding> ours = new ArrayList<>(of(rule, run).toList());
    List<Marker> markers = markers(example.bad());
    if (markers.isEmpty()) {
      problems.add("bad has no `-- FINDING:` marker");
    }
    for (Marker marker : markers) {
      Optional<Finding> match =
          ours.stream()
              .filter(f -> f.location().file().equals(marker.file()))
              .filter(f -> points(f, marker, example.bad()))
              .filter(f -> words(f.message()).contains(words(marker.words())))
              .findFirst();
      if (match.isPresent()) {
        ours.remove(match.get());
      } else {
        problems.add(
            "nothing is reported at line %d of %s with the words `%s`%s"
                .formatted(marker.line(), marker.file(), marker.words(), reported(run)));
      }
    }
    for (Finding finding : ours) {
      problems.add(
          "reported without a marker: %s %s".formatted(finding.location(), finding.message()));
    }
  }

  /**
   * What a rule offers instead has to run, to end in the same schema and to be clean.
   *
   * @return whether it offers anything here
   */
  private boolean checkSuggestions(
      Rule rule, Rule.Example example, ScriptLint.Result bad, List<String> problems)
      throws ReplayException {
    List<Fix> fixes = of(rule, bad).flatMap(finding -> finding.fix().stream()).toList();
    if (fixes.isEmpty()) {
      return false;
    }
    List<String> scripts = new ArrayList<>();
    List<String> later = new ArrayList<>();
    for (int i = 0; i < example.bad().size(); i++) {
      FixedText fixed =
          FixedText.of(new SourceFile(ScriptLint.path(i), example.bad().get(i)), fixes);
      scripts.add(fixed.text());
      fixed.applied().stream().map(Fix::follow).filter(sql -> !sql.isEmpty()).forEach(later::add);
    }
    scripts.addAll(later);
    ScriptLint.Result suggested = lint.run(example.history(), scripts);
    String offered = "the suggestion `" + String.join("` and later `", scripts) + "`";
    if (!suggested.succeeded()) {
      problems.add(offered + " does not run: " + suggested.failure());
    }
    for (Finding finding : suggested.findings()) {
      if (finding.severity() == Severity.ERROR || finding.rule().id().equals(rule.id())) {
        problems.add(
            "%s is reported by %s: %s".formatted(offered, finding.rule().id(), finding.message()));
      }
    }
    problems.addAll(differences(example, bad, suggested, offered + " ends in another schema"));
    return true;
  }

  /** A preflight query finds the rows it is there to find, and no others. */
  private void checkPreflight(
      Rule rule, Rule.Example example, ScriptLint.Result bad, List<String> problems)
      throws ReplayException {
    if (example.badRow().isEmpty() && example.goodRow().isEmpty()) {
      return;
    }
    Optional<String> query =
        of(rule, bad).map(Finding::preflight).filter(text -> !text.isEmpty()).findFirst();
    if (query.isEmpty()) {
      problems.add("there is no preflight query to try the rows on");
      return;
    }
    if (!lint.finds(example.history(), example.badRow(), query.get())) {
      problems.add("the preflight query does not find the bad row: %s".formatted(query.get()));
    }
    if (lint.finds(example.history(), example.goodRow(), query.get())) {
      problems.add("the preflight query finds the good row: %s".formatted(query.get()));
    }
  }

  private static Stream<Finding> of(Rule rule, ScriptLint.Result result) {
    return result.findings().stream().filter(finding -> finding.rule().id().equals(rule.id()));
  }

  /** Whether what production is asked, which has nothing of the change yet, runs there. */
  private boolean checkAnswered(
      Rule rule, Rule.Example example, ScriptLint.Result bad, List<String> problems)
      throws ReplayException {
    List<String> queries =
        of(rule, bad).map(Finding::preflight).filter(text -> !text.isEmpty()).distinct().toList();
    List<String> unanswered = lint.unanswered(example.history(), queries);
    unanswered.stream().map("before the change, "::concat).forEach(problems::add);
    return unanswered.isEmpty();
  }

  private static String reported(ScriptLint.Result run) {
    StringBuilder text = new StringBuilder(run.failure().isEmpty() ? "" : "; " + run.failure());
    for (Finding finding : run.findings()) {
      text.append(
          "%n    %s %s: %s".formatted(finding.location(), finding.rule().id(), finding.message()));
    }
    return text.toString();
  }

  private static void checkGood(Rule rule, ScriptLint.Result run, List<String> problems) {
    if (!run.succeeded()) {
      problems.add("good does not run: %s".formatted(run.failure()));
    }
    for (Finding finding : run.findings()) {
      if (finding.severity() == Severity.ERROR || finding.rule().id().equals(rule.id())) {
        problems.add(
            "good is reported by %s at %s: %s"
                .formatted(finding.rule().id(), finding.location(), finding.message()));
      }
    }
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** At the line below the marker, or anywhere in the statement that begins there. */
  private static boolean points(Finding finding, Marker marker, List<String> scripts) {
    Location at = finding.location();
    if (at.startLine() == marker.line()) {
      return true;
    }
    String text = scripts.get(index(marker.file()));
    Migration migration = ScriptLint.migration(index(marker.file()), text);
    for (Statement statement : Statements.of(migration, Optional.empty()).list()) {
      Location whole = statement.location();
      if (whole.startLine() == marker.line()) {
        return at.startLine() >= whole.startLine() && at.startLine() <= whole.endLine();
      }
    }
    return false;
  }

  private static int index(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("\\D", "")) - 1;
  }

  /** Each marker with the line it speaks of: the next that is neither blank nor a mere comment. */
  private static List<Marker> markers(List<String> scripts) {
    List<Marker> markers = new ArrayList<>();
    for (int i = 0; i < scripts.size(); i++) {
      List<String> lines = scripts.get(i).lines().toList();
      for (int line = 0; line < lines.size(); line++) {
        Matcher marker = MARKER.matcher(lines.get(line));
        if (marker.matches()) {
          int target = line + 1;
          while (target < lines.size() && isPassedOver(lines.get(target))) {
            target++;
          }
          markers.add(new Marker(ScriptLint.path(i), target + 1, marker.group(1)));
        }
      }
    }
    return markers;
  }

  private static boolean isPassedOver(String line) {
    String text = line.strip();
    return text.isEmpty() || (text.startsWith("--") && !text.contains("drydock:"));
  }
}
