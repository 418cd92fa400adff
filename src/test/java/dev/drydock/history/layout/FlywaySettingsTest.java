package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlywaySettingsTest {
  @Test
  void aSpringBootApplicationSetsFlywayUp() {
    String folder = "api/src/main/resources/";
    History history =
        Tree.empty()
            .with(
                folder + "application.yml",
                """
                spring:
                  flyway:
                    out-of-order: true
                    placeholders:
                      owner: ${DB_OWNER:app}
                      secret: ${SECRET}
                """)
            .having(folder + "db/migration/V2__b.sql")
            .to(
                Tree.empty()
                    .with(folder + "application.properties", "spring.flyway.outOfOrder=true")
                    .having(folder + "db/migration/V1__a.sql", folder + "db/migration/V2__b.sql"));
    assertThat(history.problems()).isEmpty();

    assertThat(
            Tree.empty()
                .with(
                    folder + "application.yml",
                    "spring.flyway.placeholders:\n  owner: ${DB_OWNER:app}\n  secret: ${SECRET}\n")
                .having(folder + "db/migration/V1__a.sql")
                .history()
                .placeholders()
                .orElseThrow())
        .containsEntry("owner", "app")
        .doesNotContainKey("secret");
  }

  @Test
  void whatLiesInConfigGoesBeforeWhatLiesBesideIt() {
    String folder = "src/main/resources/";
    History history =
        Tree.empty()
            .with(
                folder + "application.yml",
                "spring.flyway.placeholders:\n  owner: root\n  schema: shop\n")
            .with(
                folder + "config/application.yml",
                """
                spring:
                  flyway:
                    locations: classpath:sql
                    placeholders:
                      owner: config
                """)
            .having(folder + "sql/V1__a.sql")
            .history();

    assertThat(history.placeholders().orElseThrow())
        .containsEntry("owner", "config")
        .containsEntry("schema", "shop");
    assertThat(history.directory().toString()).isEqualTo("src/main/resources/sql");
  }

  @Test
  void settingsInConfigAloneAreRead() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(
                folder + "config/application.properties", "spring.flyway.sql-migration-prefix=M\n")
            .having(folder + "db/migration/M1__a.sql", folder + "db/migration/M2__b.sql");

    assertThat(tree.history().layout()).isEqualTo("flyway");
    assertThat(Tree.versions(tree.history().applied())).containsExactly("1", "2");
  }

  @Test
  void namesMayBeginWithAnotherPrefixOrNone() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(folder + "application.yml", "spring.flyway:\n  sql-migration-prefix: ''\n")
            .having(
                folder + "db/migration/all/20240101__a.sql",
                folder + "db/migration/all/20240102__b.sql",
                folder + "db/migration/dev/R__rows.sql");

    assertThat(tree.history().layout()).isEqualTo("flyway");
    assertThat(Tree.versions(tree.history().applied())).startsWith("20240101", "20240102");
    assertThat(
            Tree.versions(
                Tree.empty()
                    .with("flyway.conf", "flyway.sqlMigrationPrefix=M")
                    .having("sql/M1__a.sql", "sql/M2__b.sql")
                    .history()
                    .applied()))
        .containsExactly("1", "2");
  }

  @Test
  void whatTheApplicationTellsFlywayToScanIsAHistory() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(
                folder + "application.properties",
                "spring.flyway.locations=classpath:db/migration/all, classpath:db/migration/more")
            .having(
                folder + "db/migration/all/V1__a.sql",
                folder + "db/migration/more/V2__b.sql",
                folder + "db/migration/dev/R__rows.sql",
                folder + "db/migration/integration/V3__c.sql");

    assertThat(tree.histories())
        .extracting(history -> Tree.versions(history.applied()))
        .containsExactly(List.of("1", "2"), List.of("3"));
  }
}
