package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.report.Golden;
import dev.drydock.source.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole program on small repositories: every folder of {@code src/test/resources/cases} holds
 * the tree at the {@code base}, what the change adds or replaces in {@code head}, and what is
 * {@code expected}: the reports and the exit status.
 *
 * <p>To add one, write the two trees and run {@code mvn test -Dtest=CasesTest -Dupdate=true}. A
 * file {@code command} holds other arguments than {@code lint --base main}.
 */
class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases").toAbsolutePath();

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsAsExpected(String name, @TempDir Path directory) throws IOException {
    Path folder = CASES.resolve(name);
    Path reports = Files.createDirectory(directory.resolve("reports"));
    try (GitRepository repository =
        GitRepository.create(Files.createDirectory(directory.resolve("checkout")))) {
      copy(folder.resolve("base"), repository);
      repository.commit("base");
      repository.branch("change");
      copy(folder.resolve("head"), repository);
      repository.commit("head");

      List<String> arguments = new ArrayList<>(command(folder));
      arguments.addAll(List.of("--report", "markdown=" + reports.resolve("report.md")));
      arguments.addAll(List.of("--report", "sarif=" + reports.resolve("report.sarif")));
      CommandLineRun run = CommandLineRun.in(repository.root(), false, arguments);

      // Progress is told when a run takes long.
      assertThat(run.err().lines()).allMatch(line -> line.startsWith("drydock: replaying "));
      Path expected = folder.resolve("expected");
      Golden.equal(expected.resolve("status"), run.status() + "\n");
      Golden.equal(expected.resolve("report.txt"), run.out());
      Golden.equal(expected.resolve("report.md"), Files.readString(reports.resolve("report.md")));
      Golden.equal(
          expected.resolve("results.sarif"), results(reports.resolve("report.sarif")) + "\n");
    }
  }

  @Test
  void everyLayoutHasACase() throws IOException {
    assertThat(cases())
        .contains(
            "flyway",
            "golang-migrate",
            "goose",
            "sql-migrate",
            "dbmate",
            "diesel",
            "sqlx",
            "prisma",
            "plain");
  }

  /** The results alone: SARIF lists all rules besides, and would change with each of them. */
  private static String results(Path sarif) throws IOException {
    JsonNode results = new ObjectMapper().readTree(sarif.toFile()).at("/runs/0/results");
    // Where a rule stands in the list of all says nothing of the case.
    results.forEach(result -> ((ObjectNode) result).remove("ruleIndex"));
    return results.toPrettyString();
  }

  private static List<String> command(Path folder) throws IOException {
    Path file = folder.resolve("command");
    String line = Files.exists(file) ? Files.readString(file).strip() : "lint --base main";
    return List.of(line.split("\\s+"));
  }

  private static void copy(Path tree, GitRepository repository) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        repository.write(tree.relativize(file).toString(), Files.readString(file));
      }
    }
  }
}
