package dev.drydock.policy;

import dev.drydock.facts.SuppressionFacts;
import dev.drydock.facts.mapping.Subject;
import dev.drydock.source.Location;
import dev.drydock.sql.Directive;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Statements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Findings divided by what the source says about them.
 *
 * @param counted those nobody answered
 * @param suppressed those a {@code drydock:allow} comment with a reason answers
 * @param subjects the comments themselves, for rules to judge
 */
public record Suppressions(
    List<Finding> counted, List<Finding> suppressed, List<Subject> subjects) {
  public Suppressions {
    counted = List.copyOf(counted);
    suppressed = List.copyOf(suppressed);
    subjects = List.copyOf(subjects);
  }

  private record Allowed(Directive directive, String rule) {}

  /**
   * Divides {@code findings}.
   *
   * @param scripts the statements and comments of the pending migrations
   * @param edited those of applied migrations that the change edits: a comment in one may answer
   *     for that, and is no subject, because it may have answered for the migration in its time
   * @param pack the rules that exist
   */
  public static Suppressions apply(
      List<Finding> findings, List<Statements> scripts, List<Statements> edited, RulePack pack) {
    Set<Allowed> used = new HashSet<>();
    List<Finding> counted = new ArrayList<>();
    List<Finding> suppressed = new ArrayList<>();
    for (Finding finding : findings) {
      Optional<Directive> directive =
          Stream.concat(scripts.stream(), edited.stream())
              .flatMap(script -> directives(script, finding.location()).stream())
              .filter(d -> d.rules().contains(finding.rule().id()) && !d.reason().isEmpty())
              .findFirst();
      if (directive.isPresent()) {
        used.add(new Allowed(directive.get(), finding.rule().id()));
        suppressed.add(
            finding.suppressed(
                new Suppression(directive.get().reason(), directive.get().location())));
      } else {
        counted.add(finding);
      }
    }
    List<Subject> subjects = new ArrayList<>();
    for (Statements script : scripts) {
      for (Directive directive : script.directives()) {
        if (directive.problem().isPresent()) {
          String problem =
              directive.problem().get().name().toLowerCase(Locale.ROOT).replace('_', '-');
          subjects.add(
              subject(
                  directive, new SuppressionFacts("", directive.reason(), false, false, problem)));
        }
        for (String rule : directive.rules()) {
          boolean isUsed = used.contains(new Allowed(directive, rule));
          subjects.add(
              subject(
                  directive,
                  new SuppressionFacts(rule, directive.reason(), pack.contains(rule), isUsed, "")));
        }
      }
    }
    return new Suppressions(counted, suppressed, subjects);
  }

  /**
   * The comments that speak of what is at {@code place}: those of its statement, and those for its
   * whole file.
   */
  private static List<Directive> directives(Statements script, Location place) {
    List<Directive> directives = new ArrayList<>();
    for (Directive directive : script.directives()) {
      if (directive.wholeFile() && directive.location().file().equals(place.file())) {
        directives.add(directive);
      }
    }
    for (Statement statement : script.list()) {
      if (contains(statement.location(), place)) {
        directives.addAll(statement.directives());
      }
    }
    return directives;
  }

  private static boolean contains(Location whole, Location part) {
    boolean startsBefore =
        whole.startLine() < part.startLine()
            || (whole.startLine() == part.startLine() && whole.startColumn() <= part.startColumn());
    boolean endsAfter =
        whole.endLine() > part.startLine()
            || (whole.endLine() == part.startLine() && whole.endColumn() >= part.startColumn());
    return whole.file().equals(part.file()) && startsBefore && endsAfter;
  }

  private static Subject subject(Directive directive, SuppressionFacts facts) {
    return new Subject(
        "suppression",
        facts,
        facts.rule(),
        directive.location(),
        Optional.empty(),
        Optional.empty(),
        "drydock:allow " + facts.rule(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}
