package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import org.junit.jupiter.api.Test;

class BunTest {

  @Test
  void theEndingAndTheMarkSayHowAFileIsRun() {
    History history =
        Tree.empty()
            .with("migrations/1_a.tx.up.sql", "create table t (a serial);\n--bun:split\nselect 1;")
            .having("migrations/1_a.tx.down.sql")
            .with("migrations/2_b.up.sql", "select 1;\n\n--bun:split\n\nselect 2;\n")
            .with("migrations/3_c.up.sql", "select 1;\nselect 2; --bun:split\n")
            .history();

    assertThat(history.layout()).isEqualTo("bun");
    assertThat(Tree.versions(history.applied())).containsExactly("1", "2", "3");
    assertThat(history.applied())
        .extracting(Migration::transaction)
        .containsExactly(Transaction.PER_MIGRATION, Transaction.NONE, Transaction.IMPLICIT);
    assertThat(history.applied().getFirst().description()).isEqualTo("a");
    assertThat(history.applied().getFirst().down()).isPresent();
    assertThat(history.prelude()).contains("CREATE TABLE bun_migrations (");
  }

  @Test
  void theMarkAloneTellsItFromGolangMigrate() {
    Tree marked = Tree.empty().with("migrations/1_a.up.sql", "select 1;\n--bun:split\nselect 2;");
    Tree unmarked = Tree.empty().with("migrations/1_a.up.sql", "select 1;");

    assertThat(marked.history().layout()).isEqualTo("bun");
    assertThat(unmarked.history().layout()).isEqualTo("golang-migrate");
  }

  @Test
  void whatBunPassesOverIsTold() {
    Tree base = Tree.empty().having("migrations/1_a.tx.up.sql");

    assertThat(Tree.problems(base.to(base.having("migrations/2_b.sql"))))
        .containsExactly("ignored migrations/2_b.sql:1:1 [2_b.sql]");
  }
}
