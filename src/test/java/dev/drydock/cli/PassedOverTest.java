package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations for a tool Drydock does not know are not run, and not passed over in silence. */
class PassedOverTest {
  private static final String DBMATE = "-- migrate:up\nselect 1;\n";

  @TempDir private Path directory;
  private GitRepository repository;

  @BeforeEach
  void aRepositoryWithMigrationsForDbmate() {
    repository = GitRepository.create(directory);
    repository.write("billing/migrations/1_a.sql", DBMATE).commit("start");
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void whatTheChangeHasForAnUnknownToolIsSaidToBeNotLookedAt() {
    repository.write("shop/V1__shop.sql", "create table orders (id bigint primary key);\n");
    repository.write("billing/migrations/2_b.sql", DBMATE);
    CommandLineRun run = CommandLineRun.in(directory, "lint", "--base", "HEAD");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: billing/migrations is written for dbmate, which Drydock has no layout for: what the"
                + " change has there was not looked at.");
  }

  @Test
  void whatTheChangeDoesNotTouchIsNoNews() {
    repository.write("shop/V1__shop.sql", "create table orders (id bigint primary key);\n");
    CommandLineRun run = CommandLineRun.in(directory, "lint", "--base", "HEAD");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("dbmate");
  }

  @Test
  void whereNothingIsComparedAllThatWasPassedOverIsNamed() {
    repository.write("shop/V1__shop.sql", "create table orders (id bigint primary key);\n");
    CommandLineRun run = CommandLineRun.in(directory, "lint", "--newest", "1");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("billing/migrations is written for dbmate");
  }

  @Test
  void whereThereIsNothingElseTheWayOutIsSaid() {
    CommandLineRun run = CommandLineRun.in(directory, "lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "drydock: billing/migrations is written for dbmate, which Drydock has no layout for. To"
                + " read its files as another tool's, name that with --layout.\n");
  }
}
