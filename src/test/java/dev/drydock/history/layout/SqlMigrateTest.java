package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import org.junit.jupiter.api.Test;

class SqlMigrateTest {
  private static final String BOTH =
      "-- a comment\n-- +migrate Up\ncreate table a ();\n\n-- +migrate Down\ndrop table a;\n";

  private static Migration only(String text) {
    return Tree.empty().with("m/1_a.sql", text).history().applied().getFirst();
  }

  @Test
  void commandsDivideTheFile() {
    Migration migration = only(BOTH);

    assertThat(migration.up().text()).isEqualTo("create table a ();\n\n");
    assertThat(migration.down().orElseThrow().text()).isEqualTo("drop table a;\n");
    assertThat(migration.transaction()).isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void aCommandBeginsItsLineAndIsWrittenExactlySo() {
    Migration migration =
        only(
            "-- +migrate Up\r\nselect 1; -- +migrate Down\r\n --  +migrate Down\r\n"
                + "-- +migrate down\r\n--+migrate Down\r\nselect 2;\r\n");

    assertThat(migration.up().text()).startsWith("select 1;").endsWith("select 2;\r\n");
    assertThat(migration.down()).isEmpty();
  }

  @Test
  void theWayBackMayStandFirst() {
    Migration migration = only("-- +migrate Down\nselect 2;\n-- +migrate Up\nselect 1;\n");

    assertThat(migration.up().text()).isEqualTo("select 1;\n");
  }

  @Test
  void theWayForwardMayRefuseTheTransaction() {
    assertThat(only(BOTH.replace("Up\n", "Up notransaction\n")).transaction())
        .isEqualTo(Transaction.NONE);
    assertThat(only(BOTH.replace("Down\n", "Down notransaction\n")).transaction())
        .isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void severalWaysForwardAreOneListOfStatements() {
    String text = BOTH + "-- +migrate Up\nselect 1;\n-- +migrate Down\nselect 2;\n";
    assertThat(Tree.empty().with("m/1_a.sql", text).history().applied()).hasSize(1);

    Migration migration = only(text);

    assertThat(migration.up().text())
        .startsWith("create table a ();\n")
        .endsWith("\nselect 1;\n")
        .doesNotContain("drop", "Up");
    assertThat(migration.down().orElseThrow().text())
        .startsWith("drop table a;\n")
        .endsWith("\nselect 2;\n")
        .doesNotContain("select 1");
    assertThat(migration.transaction()).isEqualTo(Transaction.PER_MIGRATION);
    int place = text.indexOf("select 1");
    assertThat(migration.up().file().location(place, place + 8))
        .isEqualTo(migration.file().location(place, place + 8));
    assertThat(
            new SqlMigrate()
                .outsideTransaction(migration, migration.file())
                .orElseThrow()
                .file()
                .text())
        .isEqualTo(text.replaceFirst("Up", "Up notransaction"));
  }

  @Test
  void aSingleBlockWithoutTransactionIsStillOneQuery() {
    String block =
        "-- +migrate Up notransaction\n-- why\n-- +migrate StatementBegin\n"
            + "select 1; select 2;\n-- +migrate StatementEnd\n";

    assertThat(only(block).transaction()).isEqualTo(Transaction.IMPLICIT);
    assertThat(only(block + "select 3;\n").transaction()).isEqualTo(Transaction.NONE);
  }

  @Test
  void whatHasANumberComesFirstAndTheRestByName() {
    History history =
        Tree.empty()
            .with("m/10-c.sql", BOTH)
            .with("m/add_users.sql", BOTH)
            .with("m/9_b.sql", BOTH)
            .with("m/09_a.sql", BOTH)
            .history();

    assertThat(history.layout()).isEqualTo("sql-migrate");
    assertThat(Tree.paths(history.applied()))
        .containsExactly("m/09_a.sql", "m/9_b.sql", "m/10-c.sql", "m/add_users.sql");
    assertThat(history.applied())
        .extracting(Migration::description)
        .containsExactly("a", "b", "c", "add users");
    assertThat(history.prelude()).startsWith("CREATE TABLE IF NOT EXISTS gorp_migrations (");
  }

  @Test
  void twoFilesMayHaveOneNumber() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);

    History history = base.to(base.with("m/1_b.sql", BOTH));

    assertThat(history.problems()).isEmpty();
    assertThat(Tree.paths(history.pending())).containsExactly("m/1_b.sql");
  }

  @Test
  void itIsKnownByItsName() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);

    History renamed = base.to(Tree.empty().with("m/2_a.sql", BOTH));

    assertThat(Tree.problems(renamed)).containsExactly("renamed m/2_a.sql:1:1 [2]");
    assertThat(renamed.problems().getFirst().detail())
        .isEqualTo(
            "At the base it is m/1_a.sql: sql-migrate knows a migration by the name of its file, and refuses to migrate databases that ran it under the old one.");
  }

  @Test
  void onlyTheWayForwardCountsAsEdited() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);

    assertThat(base.to(base.with("m/1_a.sql", BOTH + "drop table b;\n")).problems()).isEmpty();
    assertThat(
            Tree.problems(
                base.to(base.with("m/1_a.sql", BOTH.replace("create table a", "create table b")))))
        .containsExactly("edited m/1_a.sql:3:1 [1]");
  }

  @Test
  void theCommandOfTheWayForwardRefusesTheTransaction() {
    Migration migration = only(BOTH);

    Migration outside =
        new SqlMigrate().outsideTransaction(migration, migration.file()).orElseThrow();

    assertThat(outside.file().text())
        .isEqualTo(BOTH.replace("+migrate Up\n", "+migrate Up notransaction\n"));
    assertThat(outside.transaction()).isEqualTo(Transaction.NONE);
  }

  @Test
  void aFileThatTheToolCannotReadIsToldOf() {
    Tree base = Tree.empty().with("m/1_a.sql", "-- +migrate Up\ncreate table a ();\n");
    Tree head =
        base.with("m/2_plain.sql", "create table b ();\n")
            .with("m/3_open.sql", "-- +migrate Up\nselect 1;\ncreate table c ()\n")
            .with(
                "m/4_cut.sql",
                "-- +migrate Up\ndo $x$ begin\n  null;\nend $x$;\n-- +migrate Down\nselect 1;\n")
            .with(
                "m/5_fine.sql",
                "-- +migrate Up\n-- +migrate StatementBegin\ndo $$ begin\nnull;\nend $$;\n-- +migrate StatementEnd\n");

    assertThat(Tree.problems(base.to(head)))
        .containsExactly(
            "unrunnable m/2_plain.sql:1:1 [2]",
            "unrunnable m/3_open.sql:3:1 [3]",
            "unrunnable m/4_cut.sql:2:1 [4]");
  }
}
