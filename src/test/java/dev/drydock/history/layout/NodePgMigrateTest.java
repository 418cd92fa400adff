package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodePgMigrateTest {
  private static final String DIR = "api/migrations/";
  private static final String BOTH =
      "-- Up Migration\ncreate table a ();\n\n-- Down Migration\ndrop table a;\n";
  private static final String PACKAGE = "{\"dependencies\": {\"node-pg-migrate\": \"^8.0.4\"}}";

  private static Migration only(String text) {
    return Tree.empty()
        .with("api/package.json", PACKAGE)
        .with(DIR + "1_a.sql", text)
        .history()
        .applied()
        .getFirst();
  }

  @Test
  void marksDivideTheFileInEitherOrder() {
    for (String text :
        new String[] {
          BOTH,
          BOTH.toLowerCase(),
          BOTH.replace("-- ", "  ----  -- "),
          "-- Down Migration\ndrop table a;\n-- Up Migration\ncreate table a ();\n\n"
        }) {
      Migration migration = only(text);

      assertThat(migration.up().text()).endsWith("create table a ();\n\n").doesNotContain("drop");
      assertThat(migration.down().map(Script::text).orElseThrow())
          .endsWith("drop table a;\n")
          .doesNotContain("create");
    }
  }

  @Test
  void withoutAMarkForTheWayForwardAllOfTheFileIsRun() {
    String text = "create table a ();\n-- Down Migration\ndrop table a;\n";

    assertThat(only(text).up().text()).isEqualTo(text);
    assertThat(only("create table a ();\n").down()).isEmpty();
  }

  @Test
  void ofSeveralMarksTheFirstCounts() {
    assertThat(
            only("-- Up Migration\na;\n-- Up Migration\nb;\n-- Down Migration\nc;\n").up().text())
        .isEqualTo("-- Up Migration\na;\n-- Up Migration\nb;\n");
  }

  @Test
  void migrationsAreOrderedByNumberAndOneOfSeventeenDigitsIsADate() {
    History history =
        Tree.empty()
            .with(DIR + "1600000000000_b.sql", BOTH)
            .with(DIR + "20200513070724505_a.sql", BOTH)
            .with(DIR + "1700000000000_c.sql", BOTH)
            .history();

    assertThat(history.layout()).isEqualTo("node-pg-migrate");
    assertThat(Tree.versions(history.applied()))
        .containsExactly("20200513070724505", "1600000000000", "1700000000000");
    assertThat(history.prelude()).startsWith("CREATE TABLE pgmigrations (");
  }

  @Test
  void allThatIsNewIsRunInOneTransactionUnlessThePackageSaysOtherwise() {
    Tree base = Tree.empty().with("package.json", PACKAGE).with("migrations/1_a.sql", BOTH);
    Tree head = base.with("migrations/2_b.sql", BOTH).with("migrations/3_c.sql", BOTH);

    History history = base.to(head);

    assertThat(history.together()).isTrue();
    assertThat(history.pending())
        .extracting(Migration::transaction)
        .containsOnly(Transaction.PER_MIGRATION);
    assertThat(
            base.to(
                    head.with(
                        "package.json",
                        "{\"scripts\": {\"migrate\": \"node-pg-migrate up --no-single-transaction\"}}"))
                .together())
        .isFalse();
  }

  @Test
  void thePackageTellsWhatHasNoMarks() {
    Tree tree = Tree.empty().having(DIR + "001_a.up.sql", DIR + "001_a.down.sql", DIR + "2_b.sql");

    History history = tree.with("api/package.json", PACKAGE).history();

    assertThat(history.layout()).isEqualTo("node-pg-migrate");
    assertThat(Tree.paths(history.applied()))
        .containsExactly(DIR + "001_a.up.sql", DIR + "2_b.sql");
    assertThat(history.applied().getFirst().description()).isEqualTo("a");
    assertThat(history.applied().getFirst().down().orElseThrow().file().path())
        .isEqualTo(Path.of(DIR + "001_a.down.sql"));
    assertThat(tree.with("package.json", PACKAGE).with("api/go.mod", "module a").history().layout())
        .isEqualTo("golang-migrate");
    assertThat(tree.with("api/package.json", "{}").history().layout()).isEqualTo("golang-migrate");
  }

  @Test
  void aHeadingIsNoMark() {
    assertThat(
            Tree.empty().with("migrations/1_a.sql", "-- Up Migration: tables\n").history().layout())
        .isEqualTo("plain");
    assertThat(
            Tree.empty()
                .with("migrations/1_a.up.sql", "-- Up Migration\n")
                .with("migrations/1_a.down.sql", "-- Down Migration\n")
                .history()
                .layout())
        .isEqualTo("golang-migrate");
  }

  @Test
  void whereTheProjectIsOfAnotherLanguageMarksAreNotItsOwn() {
    Tree tree = Tree.empty().with("api/migrations/1_a.sql", BOTH);

    assertThat(tree.history().layout()).isEqualTo("node-pg-migrate");
    assertThat(tree.having("api/go.mod", "package.json").history().layout()).isEqualTo("plain");
  }

  @Test
  void whatItRefusesIsTold() {
    Tree base =
        Tree.empty()
            .with("package.json", PACKAGE)
            .with("migrations/1_a.sql", BOTH)
            .with("migrations/2_b.sql", BOTH.replace(" a", " b"))
            .with("migrations/5_e.sql", BOTH.replace(" a", " e"));
    Tree head =
        base.without("migrations/1_a.sql")
            .without("migrations/2_b.sql")
            .with("migrations/2_c.sql", BOTH.replace(" a", " b"))
            .with("migrations/5_e.sql", BOTH.replace(" a", " e").replace("drop", "DROP"))
            .with("migrations/5_f.sql", "alter table e add f text;\n")
            .having("migrations/3_d.sql", "migrations/6_f.ts", "migrations/views.sql");

    History history = base.to(head);

    assertThat(Tree.problems(history))
        .containsExactly(
            "deleted migrations/1_a.sql:1:1 [1]",
            "renamed migrations/2_c.sql:1:1 [2]",
            "out-of-order migrations/3_d.sql:1:1 [3]",
            "not-sql migrations/6_f.ts:1:1 [6]",
            "ignored migrations/views.sql:1:1 [views.sql]");
    assertThat(history.problems())
        .extracting(Integrity::detail)
        .containsExactly(
            "node-pg-migrate refuses to migrate databases that ran it as soon as a newer one is there, unless it is run with --no-check-order.",
            "At the base it is migrations/2_b.sql: node-pg-migrate knows a migration by the name of its file and refuses to migrate databases that ran it under the old one, unless it is run with --no-check-order: then it runs it again.",
            "The newest migration at the base is 5: node-pg-migrate refuses to migrate databases that have that one, unless it is run with --no-check-order.",
            "node-pg-migrate runs it and Drydock cannot: what it changes is missing from the replay, and a later migration may fail for that.",
            "node-pg-migrate runs files named <number>_<name>.sql: it refuses to start, unless it is told to ignore such files.");
  }

  @Test
  void beforeVersionEightAFileWithoutANumberIsNotPassedOver() {
    Tree base =
        Tree.empty()
            .with("package.json", PACKAGE.replace("^8", "~7"))
            .with("migrations/1_a.sql", BOTH);

    assertThat(base.to(base.having("migrations/views.sql")).problems()).isEmpty();
  }

  @Test
  void anOlderOneIsAllowedWhereTheOrderIsNotChecked() {
    Tree base =
        Tree.empty()
            .with("package.json", "{\"scripts\": {\"m\": \"node-pg-migrate up --no-check-order\"}}")
            .with("migrations/2_b.sql", BOTH);

    assertThat(base.to(base.with("migrations/1_a.sql", BOTH)).problems()).isEmpty();
  }
}
