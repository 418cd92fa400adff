package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MaragudkMigrateTest {
  private static final Tree PROGRAM =
      Tree.empty().with("go.mod", "require github.com/maragudk/migrate v0.4.3\n");

  private static final Tree OF_BOTH =
      Tree.empty()
          .with(
              "go.mod",
              """
              require (
              	github.com/golang-migrate/migrate/v4 v4.17.1
              	github.com/maragudk/migrate v0.4.3
              )
              """);

  @Test
  void allBeforeTheDirectionIsTheVersionAndComparedAsText() {
    History history =
        PROGRAM
            .having("m/0001_b.up.sql", "m/0001_a.up.sql", "m/0001_a.down.sql", "m/0002.up.sql")
            .having("m/0002_c_up.sql", "m/0002_c_down.sql", "m/10_d.up.sql", "m/2_e.up.sql")
            .history();

    assertThat(history.layout()).isEqualTo("maragudk-migrate");
    assertThat(Tree.versions(history.applied()))
        .containsExactly("0001_a", "0001_b", "0002", "0002_c", "10_d", "2_e");
    Migration first = history.applied().getFirst();
    assertThat(first.description()).isEqualTo("a");
    assertThat(first.down().orElseThrow().file().path()).isEqualTo(Path.of("m/0001_a.down.sql"));
    assertThat(first.transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.prelude()).startsWith("CREATE TABLE IF NOT EXISTS migrations (version");
  }

  @Test
  void whatItNeverRunsIsTold() {
    Tree base = PROGRAM.having("m/0001_a.up.sql", "m/0003.up.sql");

    History history = base.to(base.having("m/0001_b.up.sql", "m/0004.up.sql", "m/0005_c.sql"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "out-of-order m/0001_b.up.sql:1:1 [0001_b]", "ignored m/0005_c.sql:1:1 [0005_c.sql]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "The newest migration at the base is 0003: maragudk/migrate keeps only the newest name, so databases that have that one never run it, without a word.");
  }

  @Test
  void itIsRunAgainUnderANameAfterTheNewestAlone() {
    Tree base = PROGRAM.with("m/0001_a.up.sql", "a;").with("m/0003.up.sql", "c;");

    History later = base.to(base.without("m/0003.up.sql").with("m/0003_c.up.sql", "c;"));
    History earlier = base.to(base.without("m/0003.up.sql").with("m/0002.up.sql", "c;"));

    assertThat(Tree.versions(later.pending())).containsExactly("0003_c");
    assertThat(earlier.pending()).isEmpty();
    assertThat(Tree.problems(later)).containsExactly("renamed m/0003_c.up.sql:1:1 [0003_c]");
    assertThat(Tree.problems(earlier)).containsExactly("renamed m/0002.up.sql:1:1 [0002]");
  }

  @Test
  void itsModuleHasANewerName() {
    Tree program = Tree.empty().with("go.mod", "require maragu.dev/migrate v0.6.0\n");

    assertThat(program.having("m/1-a.up.sql").history().layout()).isEqualTo("maragudk-migrate");
  }

  @Test
  void besideGolangMigrateTheNamesTell() {
    assertThat(OF_BOTH.having("m/1_a.up.sql", "m/2_b.up.sql").history().layout())
        .isEqualTo("golang-migrate");
    assertThat(OF_BOTH.having("m/1_a.up.sql", "m/2.up.sql").history().layout())
        .isEqualTo("maragudk-migrate");
    assertThat(OF_BOTH.having("m/1_a.up.sql", "m/1_b.up.sql").history().layout())
        .isEqualTo("maragudk-migrate");
  }
}
