package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import org.junit.jupiter.api.Test;

class GoPgTest {
  private static final Tree MODULE =
      Tree.empty().with("go.mod", "require github.com/go-pg/migrations/v8 v8.1.0\n");

  @Test
  void theNameTellsWhetherAFileRunsInATransaction() {
    History history =
        MODULE
            .having("m/10_b.tx.up.sql", "m/10_b.tx.down.sql", "m/9_a.up.sql")
            .with("m/11_c.up.sql", "select 1;\n--gopg:split\nselect 2;\n")
            .history();

    assertThat(history.layout()).isEqualTo("go-pg");
    assertThat(Tree.versions(history.applied())).containsExactly("9", "10", "11");
    assertThat(history.applied())
        .extracting(Migration::transaction)
        .containsExactly(Transaction.IMPLICIT, Transaction.PER_MIGRATION, Transaction.NONE);
    assertThat(history.applied().get(1).description()).isEqualTo("b");
    assertThat(history.applied().get(1).down()).isPresent();
    assertThat(history.prelude()).startsWith("CREATE TABLE gopg_migrations (");
  }

  @Test
  void theNewestNumberIsAllItKnows() {
    Tree base = MODULE.with("m/1_a.up.sql", "select 1;").with("m/5_b.up.sql", "select 5;");
    Tree head =
        base.with("m/1_a.up.sql", "select 2;")
            .having("m/3_c.tx.up.sql", "m/6_d.up.sql", "m/6_e.up.sql", "m/7.sql", "m/8_f.go");

    History history = base.to(head);

    assertThat(history.problems())
        .extracting(Integrity::detail)
        .allMatch(detail -> detail.contains("go-pg/migrations"));
    assertThat(Tree.problems(history))
        .containsExactly(
            "edited m/1_a.up.sql:1:1 [1]",
            "out-of-order m/3_c.tx.up.sql:1:1 [3]",
            "duplicate-version m/6_d.up.sql:1:1 [6]",
            "duplicate-version m/6_e.up.sql:1:1 [6]",
            "ignored m/7.sql:1:1 [7.sql]",
            "not-sql m/8_f.go:1:1 [8]");
    assertThat(
            Tree.problems(base.to(base.without("m/5_b.up.sql").with("m/3_b.up.sql", "select 5;"))))
        .isEmpty();
  }

  @Test
  void namesAloneDoNotTellWhichProgramRunsThem() {
    Tree base = Tree.empty().with("m/1_Initial.up.sql", "select 1;").having("m/2_Two.tx.up.sql");

    History history = base.to(base.without("m/2_Two.tx.up.sql").having("m/3_c.up.sql"));

    assertThat(history.layout()).isEqualTo("go-pg");
    assertThat(history.problems())
        .extracting(Integrity::detail)
        .containsExactly("New databases are built without it.");
    assertThat(Tree.empty().having("m/1_a.tx.up.sql").history().layout()).isEqualTo("bun");
    assertThat(MODULE.having("m/1_a.tx.up.sql").history().layout()).isEqualTo("go-pg");
  }
}
