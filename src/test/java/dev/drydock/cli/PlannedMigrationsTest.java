package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that a plan names, run as psql would run them. */
class PlannedMigrationsTest {
  private static final String PLAN =
      """
      %project=shop

      users 2024-01-31T12:00:00Z Ann Lee <ann@example.com>
      """;

  @TempDir private Path directory;

  @Test
  void theVariablesThatPsqlIsGivenAreFilledIn() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository
          .write("sqitch.plan", PLAN)
          .write(
              "deploy/users.sql", "begin;\ncreate table users (id bigint primary key);\ncommit;\n")
          .write(".drydock.yml", "placeholders:\n  reader: public\n")
          .commit("start");
      repository
          .write(
              "sqitch.plan",
              PLAN + "rights [users] 2024-02-01T12:00:00Z Ann Lee <ann@example.com>\n")
          .write(
              "deploy/rights.sql",
              "revoke connect on database :\"DBNAME\" from public;\n"
                  + "revoke select on users from :reader;\n"
                  + "select '${left}'::text;\n");

      CommandLineRun run = CommandLineRun.in(directory, "lint", "--base", "HEAD");

      assertThat(run.status()).as(run.err() + run.out()).isZero();
      assertThat(run.out()).contains("1 applied migration replayed");
    }
  }

  @Test
  void aStatementThatAsksForAVariableIsNotRewritten() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository
          .write("sqitch.plan", PLAN)
          .write("deploy/users.sql", "create table users (id bigint primary key, name text);\n")
          .write(".drydock.yml", "placeholders:\n  key: name\n")
          .commit("start");
      repository
          .write(
              "sqitch.plan",
              PLAN + "index [users] 2024-02-01T12:00:00Z Ann Lee <ann@example.com>\n")
          .write("deploy/index.sql", "create index users_key on users (:key);\n");

      CommandLineRun run = CommandLineRun.in(directory, "fix", "--dry-run", "--base", "HEAD");

      assertThat((run.out() + run.err()).replaceAll("\\s+", " "))
          .contains("the statement holds a placeholder; rewrite it by hand");
    }
  }
}
