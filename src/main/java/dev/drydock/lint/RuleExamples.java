package dev.drydock.lint;

import dev.drydock.facts.Subject;
import dev.drydock.facts.Subjects;
import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Suppressions;
import dev.drydock.replay.Engine;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaComparison;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Statements;
import dev.drydock.sql.SyntaxReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the examples of rules on a server: what is marked bad has to be reported where it is marked,
 * everything else has to be clean.
 */
public final class RuleExamples {
  private static final Pattern MARKER = Pattern.compile("^\\s*--\\s*FINDING:\\s*(.+?)\\s*$");

  private final Engine engine;
  private final Policy policy;

  /**
   * @param policy all rules with their own severities
   */
  public RuleExamples(Engine engine, Policy policy) {
    this.engine = engine;
    this.policy = policy;
  }

  /** What the change of an example came to. */
  private record Run(List<Finding> findings, Schema end, boolean succeeded, String failure) {}

  private record Marker(Path file, int line, String words) {}

  /**
   * Runs all examples of {@code rule}.
   *
   * @return what is wrong with them, a sentence each; empty when they hold
   * @throws ReplayException when the server cannot be used
   */
  public List<String> problems(Rule rule) throws ReplayException {
    List<String> problems = new ArrayList<>();
    for (Rule.Example example : rule.examples()) {
      String name = rule.id() + ", \"" + example.name() + "\"";
      Optional<Run> bad = Optional.empty();
      if (!example.bad().isEmpty()) {
        bad = Optional.of(run(example.history(), example.bad()));
        checkBad(rule, example, name, bad.get(), problems);
      }
      if (!example.good().isEmpty()) {
        Run good = run(example.history(), example.good());
        checkGood(name, good, problems);
        if (bad.isPresent() && bad.get().succeeded() && good.succeeded() && example.equivalent()) {
          List<String> differences = SchemaComparison.differences(bad.get().end(), good.end());
          if (!differences.isEmpty()) {
            problems.add(
                "%s: bad and good end in different schemas: %s"
                    .formatted(name, String.join("; ", differences)));
          }
        }
      }
    }
    return problems;
  }

  private static void checkBad(
      Rule rule, Rule.Example example, String name, Run run, List<String> problems) {
    List<Finding> ours =
        new ArrayList<>(
            run.findings().stream().filter(f -> f.rule().id().equals(rule.id())).toList());
    List<Marker> markers = markers(example.bad());
    if (markers.isEmpty()) {
      problems.add(name + ": bad has no `-- FINDING:` marker");
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
            "%s: nothing is reported at line %d of %s with the words `%s`%s"
                .formatted(name, marker.line(), marker.file(), marker.words(), reported(run)));
      }
    }
    for (Finding finding : ours) {
      problems.add(
          "%s: reported without a marker: %s %s"
              .formatted(name, finding.location(), finding.message()));
    }
  }

  private static String reported(Run run) {
    StringBuilder text = new StringBuilder(run.failure().isEmpty() ? "" : "; " + run.failure());
    for (Finding finding : run.findings()) {
      text.append(
          "%n    %s %s: %s".formatted(finding.location(), finding.rule().id(), finding.message()));
    }
    return text.toString();
  }

  private static void checkGood(String name, Run run, List<String> problems) {
    if (!run.succeeded()) {
      problems.add("%s: good does not run: %s".formatted(name, run.failure()));
    }
    for (Finding finding : run.findings()) {
      if (finding.severity() == Severity.ERROR) {
        problems.add(
            "%s: good is reported by %s at %s: %s"
                .formatted(name, finding.rule().id(), finding.location(), finding.message()));
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
    Migration migration = migration(index(marker.file()), text, "bad");
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
          markers.add(new Marker(path(i, "bad"), target + 1, marker.group(1)));
        }
      }
    }
    return markers;
  }

  private static boolean isPassedOver(String line) {
    String text = line.strip();
    return text.isEmpty() || (text.startsWith("--") && !text.contains("drydock:"));
  }

  private static Path path(int index, String kind) {
    return Path.of(kind, (index + 1) + ".sql");
  }

  private static Migration migration(int index, String sql, String kind) {
    SourceFile file = new SourceFile(path(index, kind), sql);
    return new Migration(
        new Version.Versioned(String.valueOf(index + 1), List.of()),
        "",
        file,
        Script.whole(file),
        Optional.empty(),
        Transaction.NONE);
  }

  private Run run(List<String> history, List<String> change) throws ReplayException {
    ReplayPlan plan =
        new ReplayPlan(
            "", ZoneId.of("UTC"), Duration.ofSeconds(30), Duration.ofMinutes(5), 1L << 30);
    List<Migration> applied = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      applied.add(migration(i, history.get(i), "history"));
    }
    List<Migration> pending = new ArrayList<>();
    for (int i = 0; i < change.size(); i++) {
      pending.add(migration(i, change.get(i), "bad"));
    }
    try (Replay replay = engine.open(plan);
        SyntaxReader reader = SyntaxReader.start(Duration.ofSeconds(5))) {
      for (Migration migration : applied) {
        replay.apply(migration, Statements.of(migration, Optional.empty()).list());
      }
      replay.startObserving();
      List<Statements> scripts = new ArrayList<>();
      List<ReplayedMigration> replayed = new ArrayList<>();
      Schema end = replay.base();
      String failure = "";
      for (Migration migration : pending) {
        Statements statements = Statements.of(migration, Optional.empty()).parsed(reader);
        scripts.add(statements);
        List<Observation> observations = replay.observe(migration, statements.list());
        replayed.add(new ReplayedMigration(migration, observations));
        for (Observation observation : observations) {
          end = observation.schema();
          if (observation.outcome() instanceof Outcome.Failed failed) {
            failure = observation.statement().text() + ": " + failed.message();
          }
        }
      }
      History whole =
          new History(
              "plain",
              Path.of("."),
              Dialect.POSTGRESQL,
              applied,
              pending,
              List.of(),
              Optional.empty(),
              "");
      ReplayedHistory all =
          new ReplayedHistory(
              whole, engine.name(), engine.version(), replay.base(), end, replayed, List.of());
      List<Subject> subjects = Subjects.of(all);
      List<Finding> found = policy.judge(subjects, Subjects.engine(all));
      Suppressions divided = Suppressions.apply(found, scripts, policy.pack());
      List<Finding> findings = new ArrayList<>(divided.counted());
      findings.addAll(policy.judge(divided.subjects(), Subjects.engine(all)));
      return new Run(findings, end, failure.isEmpty(), failure);
    }
  }
}
