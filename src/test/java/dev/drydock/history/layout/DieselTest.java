package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DieselTest {
  private static final String ONE = "migrations/2019-02-26-002946_create_user/";

  private static Transaction transaction(String metadata) {
    return Tree.empty()
        .having(ONE + "up.sql")
        .with(ONE + "metadata.toml", metadata)
        .history()
        .applied()
        .getFirst()
        .transaction();
  }

  @Test
  void versionsAreTextWithoutHyphens() {
    History history =
        Tree.empty()
            .having(
                ONE + "up.sql",
                ONE + "down.sql",
                "migrations/00000000000000_diesel_initial_setup/up.sql",
                "migrations/2019-02-26-0029461_later/up.sql",
                "migrations/.keep",
                "diesel.toml")
            .history();

    assertThat(history.layout()).isEqualTo("diesel");
    assertThat(history.directory()).isEqualTo(Path.of("migrations"));
    assertThat(Tree.versions(history.applied()))
        .containsExactly("00000000000000", "20190226002946", "201902260029461");
    assertThat(history.applied().get(1).description()).isEqualTo("create user");
    assertThat(history.applied().get(1).down()).isPresent();
    assertThat(history.applied().get(0).down()).isEmpty();
    assertThat(history.prelude())
        .isEqualTo(
            """
            CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
                   version VARCHAR(50) PRIMARY KEY NOT NULL,
                   run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
            );
            """);
  }

  @Test
  void aMigrationRunsInATransactionUnlessItsMetadataSaysOtherwise() {
    assertThat(Tree.empty().having(ONE + "up.sql").history().applied().getFirst().transaction())
        .isEqualTo(Transaction.PER_MIGRATION);
    assertThat(transaction("run_in_transaction = true\n")).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(transaction("run_in_transaction = false # index\n")).isEqualTo(Transaction.IMPLICIT);
  }

  @Test
  void metadataWithoutTheKeySwitchesTheTransactionOff() {
    assertThat(transaction("")).isEqualTo(Transaction.IMPLICIT);
    assertThat(transaction("[other]\nrun_in_transaction = true\n")).isEqualTo(Transaction.IMPLICIT);
  }

  @Test
  void metadataThatCannotBeReadCountsAsNone() {
    assertThat(transaction("run_in_transaction: false\n")).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(transaction("run_in_transaction = \"false\"\n"))
        .isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void anEditedWayBackIsNoProblemAndAnEditedWayForwardIsOne() {
    Tree base = Tree.empty().having(ONE + "up.sql", ONE + "down.sql");

    assertThat(base.to(base.with(ONE + "down.sql", "x")).problems()).isEmpty();
    History edited = base.to(base.with(ONE + "up.sql", "x"));
    assertThat(Tree.problems(edited))
        .containsExactly("edited " + ONE + "up.sql:1:1 [20190226002946]");
    assertThat(edited.problems().getFirst().detail())
        .contains("diesel keeps no checksum and does not run it again there");
  }

  @Test
  void aScriptUnderAnotherNameIsIgnored() {
    Tree base = Tree.empty().having(ONE + "up.sql");

    assertThat(Tree.problems(base.to(base.having("migrations/2020-01-01-000000_b/Up.sql"))))
        .containsExactly("ignored migrations/2020-01-01-000000_b/Up.sql:1:1 [Up.sql]");
  }

  @Test
  void directoriesOfAnotherToolOfThisShapeArePassedOver() {
    Tree sourcegraph = Tree.empty().having("migrations/1_a/up.sql", "migrations/1_a/metadata.yaml");

    Found found = sourcegraph.found();

    assertThat(found.histories()).isEmpty();
    assertThat(found.passedOver()).hasSize(1);
  }

  @Test
  void otherDirectoriesBesideAMigrationAreNotPartOfIt() {
    assertThat(
            Tree.empty()
                .having(
                    "crate/scripts/up.sql", "crate/migrations/1_a.sql", "crate/migrations/2_b.sql")
                .histories())
        .extracting(history -> history.layout() + " " + history.directory())
        .containsExactly("plain crate/migrations");
  }
}
