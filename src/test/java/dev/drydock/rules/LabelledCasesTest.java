package dev.drydock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.TestServers;
import dev.drydock.lint.ScriptLint;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Preset;
import dev.drydock.policy.RulePack;
import dev.drydock.policy.Severity;
import dev.drydock.replay.Engine;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the rules on labelled changes from elsewhere: how many hazards are found, how many safe
 * changes are reported.
 *
 * <p>The file is named with {@code -Ddrydock.cases=FILE}: tab-separated with a header line, columns
 * id, base SQL, change SQL and the expected hazards, by the names rules give under {@code hazards},
 * with commas between them, or {@code none}.
 */
@Tag("long")
class LabelledCasesTest {
  private static final PrintStream OUT = System.out;

  private record Case(String id, String base, String change, Set<String> expected) {}

  @Test
  void hazardsAreFoundAndSafeChangesAreNotReported() throws Exception {
    Path file = Path.of(System.getProperty("drydock.cases", ""));
    assertThat(file).as("name the file with -Ddrydock.cases=FILE").isRegularFile();
    RulePack pack = RulePack.builtIn();
    Engine server = TestServers.shared(17);
    ScriptLint unconfigured = new ScriptLint(server, Policy.of(pack, Map.of()));
    // A case about something that a team has to ask for is judged by a team that did.
    ScriptLint everything = new ScriptLint(server, Policy.of(pack, Preset.ALL, Map.of()));
    int hazardous = 0;
    int found = 0;
    int safe = 0;
    int alarms = 0;
    Map<String, int[]> byHazard = new TreeMap<>();
    List<String> remarks = new ArrayList<>();
    for (Case one : cases(file)) {
      ScriptLint lint = one.expected().isEmpty() ? unconfigured : everything;
      List<Finding> findings = lint.run(List.of(one.base()), List.of(one.change())).findings();
      Set<String> reported = new TreeSet<>();
      Set<String> loud = new TreeSet<>();
      for (Finding finding : findings) {
        reported.addAll(finding.rule().hazards());
        if (finding.severity().atLeast(Severity.WARNING)) {
          loud.addAll(
              finding.rule().hazards().isEmpty()
                  ? List.of(finding.rule().id())
                  : finding.rule().hazards());
        }
      }
      if (one.expected().isEmpty()) {
        safe++;
        if (!loud.isEmpty()) {
          alarms++;
          remarks.add("ALARM " + one.id() + " " + describe(findings) + " | " + one.change());
        } else if (!findings.isEmpty()) {
          remarks.add("info  " + one.id() + " " + describe(findings) + " | " + one.change());
        }
        continue;
      }
      hazardous++;
      Set<String> hit = new TreeSet<>(one.expected());
      hit.retainAll(loud);
      if (hit.isEmpty()) {
        remarks.add(
            "MISS  "
                + one.id()
                + " "
                + one.expected()
                + " got "
                + describe(findings)
                + " | "
                + one.change());
      } else {
        found++;
      }
      for (String hazard : one.expected()) {
        int[] counts = byHazard.computeIfAbsent(hazard, unused -> new int[2]);
        counts[0]++;
        if (reported.contains(hazard)) {
          counts[1]++;
        } else if (!hit.isEmpty()) {
          remarks.add(
              "part  "
                  + one.id()
                  + " lacks "
                  + hazard
                  + " got "
                  + describe(findings)
                  + " | "
                  + one.change());
        }
      }
    }
    remarks.forEach(OUT::println);
    byHazard.forEach(
        (hazard, counts) -> OUT.printf("%-34s %d of %d%n", hazard, counts[1], counts[0]));
    OUT.printf(
        "hazard cases found: %d of %d (%.1f %%); safe cases reported: %d of %d (%.1f %%)%n",
        found, hazardous, 100.0 * found / hazardous, alarms, safe, 100.0 * alarms / safe);
    assertThat(100.0 * found / hazardous).isGreaterThanOrEqualTo(99);
    assertThat(100.0 * alarms / safe).isLessThanOrEqualTo(1);
  }

  private static String describe(List<Finding> findings) {
    return findings.stream()
        .map(f -> f.rule().id() + "(" + f.severity().id() + ")")
        .distinct()
        .toList()
        .toString();
  }

  private static List<Case> cases(Path file) throws Exception {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] cells = line.split("\t", -1);
      Set<String> expected = new TreeSet<>(List.of(text(cells[3]).split(",")));
      expected.remove("none");
      cases.add(new Case(cells[0], text(cells[1]), text(cells[2]), expected));
    }
    return cases;
  }

  /** A cell that holds quotes is itself quoted, with its quotes doubled. */
  private static String text(String cell) {
    return cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
        ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
        : cell;
  }
}
