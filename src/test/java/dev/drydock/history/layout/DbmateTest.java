package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DbmateTest {
  private static final String BOTH =
      "-- a comment\n-- migrate:up\ncreate table a ();\n\n-- migrate:down\ndrop table a;\n";

  private static Migration only(String text) {
    return Tree.empty().with("db/migrations/1_a.sql", text).history().applied().getFirst();
  }

  @Test
  void marksDivideTheFile() {
    Migration migration = only(BOTH);

    assertThat(migration.up().text()).isEqualTo("create table a ();\n\n");
    assertThat(migration.down().orElseThrow().text()).isEqualTo("drop table a;\n");
    assertThat(migration.transaction()).isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void aMarkHasToBeginItsLine() {
    Migration migration =
        only("--migrate:up\r\nselect '\r\n -- migrate:down\r\n'; -- migrate:down\r\n");

    assertThat(migration.up().text()).startsWith("select").endsWith("-- migrate:down\r\n");
    assertThat(migration.down()).isEmpty();
  }

  @Test
  void aSectionMayRefuseTheTransactionAndIsStillOneQuery() {
    assertThat(only(BOTH.replace("up\n", "up transaction:false\n")).transaction())
        .isEqualTo(Transaction.IMPLICIT);
    assertThat(only(BOTH.replace("up\n", "up a:b transaction:false\r\n")).transaction())
        .isEqualTo(Transaction.IMPLICIT);
    assertThat(only(BOTH.replace("down\n", "down transaction:false\n")).transaction())
        .isEqualTo(Transaction.PER_MIGRATION);
    assertThat(only(BOTH.replace("up\n", "up transaction: false\n")).transaction())
        .isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void severalSectionsOfAFileAreMigrationsOneAfterTheOther() {
    History history =
        Tree.empty()
            .with(
                "db/migrations/1_a.sql",
                BOTH + "-- migrate:up transaction:false\nselect 2;\n-- migrate:down\nselect 3;\n")
            .history();

    assertThat(history.applied())
        .extracting(migration -> migration.up().text())
        .containsExactly("create table a ();\n\n", "select 2;\n");
    assertThat(history.applied())
        .extracting(migration -> migration.down().orElseThrow().text())
        .containsExactly("drop table a;\n", "select 3;\n");
    assertThat(history.applied())
        .extracting(Migration::transaction)
        .containsExactly(Transaction.PER_MIGRATION, Transaction.IMPLICIT);
  }

  @Test
  void theNamesOfTheFilesAreTheOrder() {
    History history =
        Tree.empty()
            .with("m/10_b.sql", BOTH)
            .with("m/9_c.sql", BOTH)
            .with("m/1_d.sql", BOTH)
            .with("m/1-e.sql", BOTH)
            .with("m/20240101000000.sql", BOTH)
            .history();

    assertThat(history.layout()).isEqualTo("dbmate");
    assertThat(Tree.paths(history.applied()))
        .containsExactly(
            "m/1-e.sql", "m/10_b.sql", "m/1_d.sql", "m/20240101000000.sql", "m/9_c.sql");
    assertThat(history.applied().getFirst().description()).isEqualTo("e");
    assertThat(history.prelude()).startsWith("CREATE TABLE IF NOT EXISTS schema_migrations (");
  }

  @Test
  void onlyTheWayForwardCountsAsEdited() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);

    assertThat(base.to(base.with("m/1_a.sql", BOTH + "drop table b;\n")).problems()).isEmpty();
    History edited =
        base.to(base.with("m/1_a.sql", BOTH.replace("create table a", "create table b")));
    assertThat(Tree.problems(edited)).containsExactly("edited m/1_a.sql:3:1 [1]");
  }

  @Test
  void twoFilesWithOneNumberAreOneTooMany() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH).with("m/3_c.sql", BOTH);

    assertThat(Tree.problems(base.to(base.with("m/3_d.sql", BOTH))))
        .containsExactly("duplicate-version m/3_d.sql:1:1 [3]");
    History older = base.to(base.with("m/2_b.sql", BOTH));
    assertThat(Tree.problems(older)).containsExactly("late m/2_b.sql:1:1 [2]");
    assertThat(older.problems().getFirst().detail())
        .isEqualTo(
            "The newest migration at the base is 3: dbmate runs it after that one on databases that have it, or refuses to with --strict, and before it on new ones.");
  }

  @Test
  void aFileWithoutANumberIsIgnored() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);

    assertThat(Tree.problems(base.to(base.with("m/add_users.sql", BOTH))))
        .containsExactly("ignored m/add_users.sql:1:1 [add_users.sql]");
  }

  @Test
  void ofAFileThatIsNamedTheWayForwardAloneIsRunWhateverItIsCalled() {
    Tree tree = Tree.empty().with("new.sql", BOTH);

    History history =
        new HistoryFinder(Search.everywhere()).among(Tree.empty().tree(), tree.tree());

    assertThat(history.layout()).isEqualTo("dbmate");
    assertThat(history.pending())
        .singleElement()
        .satisfies(
            migration -> {
              assertThat(migration.file().path()).isEqualTo(Path.of("new.sql"));
              assertThat(migration.up().text()).isEqualTo("create table a ();\n\n");
            });
  }

  @Test
  void theMarkOfTheSectionRefusesTheTransaction() {
    Migration migration = only(BOTH);

    Migration outside = new Dbmate().outsideTransaction(migration, migration.file()).orElseThrow();

    assertThat(outside.file().text())
        .isEqualTo(BOTH.replace("migrate:up\n", "migrate:up transaction:false\n"));
    assertThat(outside.up().text()).isEqualTo(migration.up().text());
    assertThat(outside.transaction()).isEqualTo(Transaction.IMPLICIT);
  }

  @Test
  void aFileWithoutAWayForwardOrBackIsToldOf() {
    Tree base =
        Tree.empty().with("m/1_a.sql", "-- migrate:up\nselect 1;\n-- migrate:down\nselect 2;\n");
    Tree head =
        base.with("m/2_b.sql", "create table b ();\n")
            .with("m/3_c.sql", "-- migrate:up\ncreate table c ();\n")
            .with("m/4_d.sql", "-- migrate:up\ncreate table d ();\n-- migrate:down\n");

    assertThat(Tree.problems(base.to(head)))
        .containsExactly("unrunnable m/2_b.sql:1:1 [2]", "unrunnable m/3_c.sql:1:1 [3]");
  }
}
