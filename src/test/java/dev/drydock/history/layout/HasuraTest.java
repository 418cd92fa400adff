package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import org.junit.jupiter.api.Test;

class HasuraTest {
  private static final String DEFAULT = "hasura/migrations/default/";

  private static final Tree PROJECT =
      Tree.empty().having("hasura/config.yaml", "hasura/metadata/version.yaml");

  @Test
  void theDatabasesOfAProjectAreHistoriesInTheOrderOfTheNumbers() {
    Tree project =
        PROJECT
            .having(DEFAULT + "1700000000000_b/up.sql", DEFAULT + "1700000000000_b/down.sql")
            .having(DEFAULT + "999_a/up.sql")
            .having("hasura/migrations/reporting/1700000000001_c/up.sql");

    assertThat(project.histories())
        .extracting(history -> history.layout() + " " + history.directory())
        .containsExactly("hasura hasura/migrations/default", "hasura hasura/migrations/reporting");
    History first = project.histories().getFirst();
    assertThat(Tree.versions(first.applied())).containsExactly("999", "1700000000000");
    assertThat(first.applied().getLast().description()).isEqualTo("b");
    assertThat(first.applied().getLast().down()).isPresent();
  }

  @Test
  void theMetadataMayLieElsewhere() {
    Tree project =
        Tree.empty()
            .with("config.yaml", "version: 3\nmetadata_directory: metadata/generic\n")
            .having("migrations/generic/default/1_a/up.sql");

    assertThat(project.having("metadata/generic/version.yaml").history().layout())
        .isEqualTo("hasura");
    assertThat(project.history().layout()).isNotEqualTo("hasura");
  }

  @Test
  void aFileRunsInATransactionUnlessItsFirstLineSaysOtherwise() {
    String index = "create index concurrently i on t (a);";
    History history =
        PROJECT
            .with(DEFAULT + "1_a/up.sql", index)
            .with(DEFAULT + "2_b/up.sql", " -- hasura:no-transaction \r\n" + index)
            .with(DEFAULT + "3_c/up.sql", "\n-- hasura:no-transaction\n" + index)
            .with(DEFAULT + "4_d/up.sql", "-- hasura:no-transaction please\n" + index)
            .history();

    assertThat(history.applied())
        .extracting(Migration::transaction)
        .containsExactly(
            Transaction.PER_MIGRATION,
            Transaction.IMPLICIT,
            Transaction.PER_MIGRATION,
            Transaction.PER_MIGRATION);
  }

  @Test
  void aProjectIsToldByItsNameOrAnyOfItsMetadata() {
    assertThat(Tree.empty().having(DEFAULT + "1_a/up.sql").history().layout()).isEqualTo("hasura");
    assertThat(
            Tree.empty()
                .having("api/migrations/1_a/up.sql", "api/metadata/tables.yaml")
                .history()
                .layout())
        .isEqualTo("hasura");
  }

  @Test
  void withoutMetadataTheSameFilesAreDiesels() {
    assertThat(Tree.empty().having("migrations/1_a/up.sql").history().layout()).isEqualTo("diesel");
  }

  @Test
  void whatHasuraPassesOverIsTold() {
    Tree base = PROJECT.having(DEFAULT + "1_a/up.sql");

    assertThat(Tree.problems(base.to(base.having(DEFAULT + "2_b/Up.sql"))))
        .containsExactly("ignored " + DEFAULT + "2_b/Up.sql:1:1 [Up.sql]");
  }
}
