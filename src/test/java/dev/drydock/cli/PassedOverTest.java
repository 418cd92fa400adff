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
  private static final String MYBATIS = "select 1;\n-- //@UNDO\nselect 2;\n";

  @TempDir private Path directory;
  private GitRepository repository;

  @BeforeEach
  void aRepositoryWithMigrationsForMyBatis() {
    repository = GitRepository.create(directory);
    repository.write("billing/migrations/1_a.sql", MYBATIS).commit("start");
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void whatTheChangeHasForAnUnknownToolIsSaidToBeNotLookedAt() {
    repository.write("billing/migrations/2_b.sql", MYBATIS);

    assertThat(besideTheShop("--base", "HEAD"))
        .contains(
            "note: billing/migrations is written for MyBatis Migrations, which Drydock has no layout for: what the"
                + " change has there was not looked at.");
  }

  @Test
  void whatTheChangeDoesNotTouchIsNoNews() {
    assertThat(besideTheShop("--base", "HEAD")).doesNotContain("MyBatis");
  }

  @Test
  void whereNothingIsComparedAllThatWasPassedOverIsNamed() {
    assertThat(besideTheShop("--newest", "1"))
        .contains("billing/migrations is written for MyBatis Migrations");
  }

  @Test
  void whereThereIsNothingElseTheWayOutIsSaid() {
    CommandLineRun run = CommandLineRun.in(directory, "lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "drydock: billing/migrations is written for MyBatis Migrations, which Drydock has no layout for. To"
                + " read its files as another tool's, name that with --layout.\n");
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
