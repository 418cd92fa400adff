package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AtlasTest {
  private static final Tree PROJECT =
      Tree.empty()
          .with("atlas.hcl", "env \"local\" {\n  dev = \"docker://postgres/15/dev\"\n}\n")
          .with("migrations/atlas.sum", "h1:x\n");

  @Test
  void theSumMarksADirectoryWhoseNamesAreComparedAsText() {
    History history =
        PROJECT.having("migrations/9.sql", "migrations/20240131120000_add_notes.sql").history();

    assertThat(history.layout()).isEqualTo("atlas");
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.versions(history.applied())).containsExactly("20240131120000", "9");
    assertThat(history.applied().getFirst().description()).isEqualTo("add notes");
    assertThat(history.applied().getFirst().transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.prelude()).contains("CREATE SCHEMA atlas_schema_revisions;");
  }

  @Test
  void aRustProjectThatQueriesWithSqlxIsStillAtlas() {
    History history =
        PROJECT
            .with("Cargo.toml", "[dependencies]\nsqlx = \"0.8\"\n")
            .having("migrations/1_a.sql")
            .history();

    assertThat(history.layout()).isEqualTo("atlas");
  }

  @Test
  void aDirectoryKeptForAnotherToolIsThatToolsOwn() {
    History history = PROJECT.having("migrations/1_a.up.sql", "migrations/1_a.down.sql").history();

    assertThat(history.layout()).isEqualTo("golang-migrate");
  }

  @Test
  void theMigrationsOfTheToolBeforeMayLieAmongThoseOfAtlas() {
    Tree tree =
        PROJECT
            .with("diesel.toml", "")
            .having(
                "migrations/2024-01-01-000000_a/up.sql",
                "migrations/2024-01-01-000000_a/down.sql",
                "migrations/20250101000000_initial.sql");

    assertThat(tree.history().layout()).isEqualTo("atlas");
    assertThat(Tree.versions(tree.history().applied())).containsExactly("20250101000000");
    assertThat(Tree.problems(tree.to(tree.having("migrations/20250102000000_notes.sql"))))
        .isEmpty();
  }

  @Test
  void aDirectiveCountsAtTheTopAndOnlyBeforeAnEmptyLine() {
    String sql = "CREATE INDEX CONCURRENTLY i ON t (a);\n";

    assertThat(transaction("-- atlas:txmode none\n\n" + sql)).isEqualTo(Transaction.NONE);
    assertThat(transaction("-- a word\n-- atlas:txmode none\n \t\n" + sql))
        .isEqualTo(Transaction.NONE);
    assertThat(transaction("-- atlas:txmode none\n" + sql)).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(transaction("-- atlas:txmode none\r\n\r\n" + sql))
        .isEqualTo(Transaction.PER_MIGRATION);
    assertThat(transaction("\n-- atlas:txmode none\n\n" + sql))
        .isEqualTo(Transaction.PER_MIGRATION);
    assertThat(transaction("-- atlas:txmode file\n\n" + sql)).isEqualTo(Transaction.PER_MIGRATION);
  }

  private static Transaction transaction(String text) {
    return PROJECT.with("migrations/1_a.sql", text).history().applied().getFirst().transaction();
  }

  @Test
  void whatIsMarkedToRunWithoutATransactionIsReadAsSuch() {
    for (String text : new String[] {"DROP INDEX i;\n", "-- atlas:nolint\n\nDROP INDEX i;\n"}) {
      Tree tree = PROJECT.with("migrations/1_a.sql", text);
      Migration before = tree.history().applied().getFirst();
      SourceFile file = before.file();

      Migration marked = new Atlas().outsideTransaction(before, file).orElseThrow();

      assertThat(marked.file().text()).endsWith("\n\nDROP INDEX i;\n");
      assertThat(transaction(marked.file().text())).isEqualTo(Transaction.NONE);
    }
  }

  @Test
  void aNewDatabaseBeginsAtTheNewestCheckpointAndAnOldOneNeverRunsIt() {
    Tree base = PROJECT.having("migrations/1_a.sql", "migrations/2_b.sql");
    Tree head =
        base.with("migrations/3_all.sql", "-- atlas:checkpoint v3\n\nCREATE TABLE t (a int);\n")
            .having("migrations/4_c.sql");

    History added = base.to(head);
    assertThat(Tree.versions(added.applied())).containsExactly("1", "2");
    assertThat(Tree.versions(added.pending())).containsExactly("4");
    assertThat(added.problems()).isEmpty();
    assertThat(Tree.versions(head.history().applied())).containsExactly("3", "4");
  }

  @Test
  void ofAnArchiveTheMigrationAloneIsRun() {
    String archive =
        "-- atlas:txtar\n\n-- checks.sql --\nSELECT 1;\n\n-- migration.sql --\nDROP TABLE t;\n\n-- down.sql --\nCREATE TABLE t ();\n";
    Migration migration =
        PROJECT.with("migrations/1_a.sql", archive).history().applied().getFirst();

    assertThat(migration.up().text()).isEqualTo("DROP TABLE t;\n\n");
    assertThat(migration.down().orElseThrow().text()).isEqualTo("CREATE TABLE t ();\n");
  }

  @Test
  void whatAtlasStopsAtIsTold() {
    Tree base = PROJECT.having("migrations/1_a.sql", "migrations/3_b.sql");

    assertThat(Tree.problems(base.to(base.having("migrations/2_c.sql", "migrations/3_d.sql"))))
        .containsExactly(
            "out-of-order migrations/2_c.sql:1:1 [2]",
            "duplicate-version migrations/3_d.sql:1:1 [3]");
  }

  @Test
  void addressesOfTwoKindsOfDatabaseDecideNothing() {
    Tree two =
        PROJECT
            .with(
                "atlas.hcl",
                "a = \"docker+postgres://pgvector/pgvector:pg17/dev\"\nb = \"mysql://h/d\"\n")
            .with("migrations/1_a.sql", "CREATE TABLE t (a serial);\n");

    assertThat(new Atlas().dialect(Path.of("migrations"), new Surroundings(List.of(two.tree()))))
        .isEmpty();
    assertThat(two.history().dialect()).isEqualTo(Dialect.POSTGRESQL);
  }

  @Test
  void aFileThatTheSumDoesNotHaveIsToldOf() {
    Tree base =
        Tree.empty()
            .with("migrations/1_a.sql", "create table a ();\n")
            .with("migrations/atlas.sum", "h1:x=\n1_a.sql h1:y=\n");
    Tree head = base.with("migrations/2_b.sql", "create table b ();\n");

    assertThat(Tree.problems(base.to(head)))
        .containsExactly("unrunnable migrations/2_b.sql:1:1 [2]");
    assertThat(
            base.to(head.with("migrations/atlas.sum", "h1:z=\n1_a.sql h1:y=\n2_b.sql h1:z=\n"))
                .problems())
        .isEmpty();
  }
}
