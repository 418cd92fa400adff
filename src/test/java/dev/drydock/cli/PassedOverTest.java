package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations for a tool Drydock does not know are not run, and not passed over in silence. */
class PassedOverTest {
  @TempDir private Path directory;
  private GitRepository repository;

  @BeforeEach
  void aRepositoryWithMigrationsForEbean() {
    repository = GitRepository.create(directory);
    repository.write("billing/dbmigration/V1__a.sql", "select 1;\n").commit("start");
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void whatTheChangeHasForAnUnknownToolIsSaidToBeNotLookedAt() {
    repository.write("billing/dbmigration/V2__b.sql", "select 1;\n");

    assertThat(besideTheShop("--base", "HEAD"))
        .contains(
            "note: billing/dbmigration is written for Ebean, which Drydock has no layout for: what the"
                + " change has there was not looked at.");
  }

  @Test
  void whatTheChangeDoesNotTouchIsNoNews() {
    assertThat(besideTheShop("--base", "HEAD")).doesNotContain("Ebean");
  }

  @Test
  void whereNothingIsComparedAllThatWasPassedOverIsNamed() {
    assertThat(besideTheShop("--newest", "1")).contains("billing/dbmigration is written for Ebean");
  }

  @Test
  void whereThereIsNothingElseTheWayOutIsSaid() {
    CommandLineRun run = CommandLineRun.in(directory, "lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "drydock: billing/dbmigration is written for Ebean, which Drydock has no layout for. To"
                + " read its files as another tool's, name that with --layout.\n");
  }

  @Test
  void aHistoryForAnotherDatabaseIsNamedWithTheWayToLintItWhereWordsAloneSaySo() {
    repository.write("mysql/migrations/V1__a.sql", "create table a (id int);\n");
    repository.write("old/migrations/V1__a.sql", "create table a (id int unsigned);\n");

    assertThat(besideTheShop("--base", "HEAD"))
        .contains(
            "mysql/migrations holds migrations for another database (mysql) and was not linted note:")
        .contains(
            "old/migrations holds migrations for another database (mysql) and was not linted"
                + " (--dir old/migrations --engine postgresql lints it)");
    CommandLineRun run =
        CommandLineRun.in(
            directory,
            "lint",
            "--newest",
            "1",
            "--dir",
            "mysql/migrations",
            "--engine",
            "postgresql");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("mysql/migrations (flyway, postgresql");
  }

  @Test
  void whereAllIsForOtherDatabasesWhatIsNamedForPostgresIsPointedAt() {
    repository.write("old/migrations/V1__a.sql", "create table a (id int unsigned);\n");
    repository.write("db/postgresql/1.0.0/1.0.0.sql", "create table a (id int);\n");
    repository.write("db/postgresql/1.1.0/1.1.0.sql", "alter table a add b int;\n");

    CommandLineRun run = CommandLineRun.in(directory, "lint", "--newest", "1");

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "db/postgresql has a directory of SQL for each of 2 versions: when those are the"
                + " migrations, --dir db/postgresql takes them in the order of the versions.");
  }

  /** What is said on one line where the change has a migration that can be linted as well. */
  private String besideTheShop(String... arguments) {
    repository.write("shop/V1__shop.sql", "create table orders (id bigint primary key);\n");
    List<String> command = new ArrayList<>(List.of("lint"));
    command.addAll(List.of(arguments));
    CommandLineRun run = CommandLineRun.in(directory, command.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().replaceAll("\\s+", " ");
  }
}
