package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvironmentsTest {
  private static final String DIR = "src/main/resources/db/migration/";

  @Test
  void whatLiesBesideADirectoryForProductionIsLeftOut() {
    Tree tree =
        Tree.empty()
            .having(
                DIR + "common/V1__a.sql",
                DIR + "common/V3__c.sql",
                DIR + "prod/V2__b.sql",
                DIR + "dev/V2__x.sql",
                DIR + "dev/V4__y.sql");
    Found found = tree.found();

    assertThat(found.histories()).hasSize(1);
    assertThat(Tree.versions(found.histories().getFirst().applied()))
        .containsExactly("1", "2", "3");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "src/main/resources/db/migration/dev is not for production, going by its name");
  }

  @Test
  void whatProductionAloneRunsIsOneHistoryWithWhatLiesBesideItForAll() {
    String db = "app/src/main/resources/db/";
    Found found =
        Tree.empty()
            .having(
                db + "migration/V1__a.sql",
                db + "migration/V4__d.sql",
                db + "prod/V2__b.sql",
                db + "prod-gcp/V5__e.sql",
                db + "gcp/V3__c.sql",
                db + "dev/V2__x.sql",
                db + "training/R__z.sql",
                db + "local/V9__y.sql")
            .found();

    assertThat(found.histories()).hasSize(1);
    assertThat(Tree.versions(found.histories().getFirst().applied()))
        .containsExactly("1", "2", "3", "4", "5");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            db + "dev is not for production, going by its name",
            db + "local is not for production, going by its name",
            db + "training is not for production, going by its name");
  }

  @Test
  void aDirectoryForProductionWithVersionsOfItsOwnStaysAHistory() {
    String db = "src/main/resources/db/";

    assertThat(
            Tree.empty()
                .having(db + "migration/V1__a.sql", db + "prod/V1__b.sql", db + "report/V2__c.sql")
                .histories())
        .extracting(history -> history.directory().toString())
        .containsExactly(db + "migration", db + "prod", db + "report");
  }

  @Test
  void theSourceSetForDevelopmentIsLeftOutBesideTheMainOne() {
    Found found =
        Tree.empty()
            .having(
                "server/src/main/resources/db/migration/V1__a.sql",
                "server/src/dev/resources/db/migration/V1_1__b.sql",
                "tool/src/dev/resources/db/migration/V1__c.sql")
            .found();

    assertThat(found.histories())
        .extracting(history -> history.directory().toString())
        .containsExactly(
            "server/src/main/resources/db/migration", "tool/src/dev/resources/db/migration");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "server/src/dev/resources/db/migration is not for production, going by its name");
  }

  @Test
  void whatLiesBesideWhatAllShareIsLeftOutWhenItIsForDevelopment() {
    assertThat(
            Tree.versions(
                Tree.empty()
                    .having(DIR + "common/V1__a.sql", DIR + "local/V2__b.sql")
                    .history()
                    .applied()))
        .containsExactly("1");
    assertThat(
            Tree.versions(
                Tree.empty()
                    .having(DIR + "orders/V1__a.sql", DIR + "local/V2__b.sql")
                    .history()
                    .applied()))
        .containsExactly("1", "2");
  }
}
