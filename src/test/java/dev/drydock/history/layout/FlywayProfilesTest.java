package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of an application's files have the word on Flyway's settings in production. */
class FlywayProfilesTest {
  @Test
  void whatOtherEnvironmentsScanBesidesIsLeftOutAndNamed() {
    String folder = "src/main/resources/db/migration/";
    Tree base =
        Tree.empty()
            .with(
                "src/main/resources/application.yml",
                "spring.flyway.locations: ${PLACES:classpath:db/migration/ddl, classpath:db/migration/all}\n")
            .having(folder + "ddl/V1__a.sql", folder + "all/V2__b.sql")
            .having(folder + "demo/V1__rows.sql", folder + "prod/V3__rows.sql");
    Found found = base.having(folder + "stg/V3__c.sql", folder + "nle/V4__d.sql").found();

    assertThat(found.histories())
        .extracting(history -> Tree.versions(history.applied()))
        .containsExactly(List.of("1", "2", "3"));
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            folder + "demo is not for production, going by its name",
            folder
                + "nle is not among the locations that the application names (--dir "
                + folder
                + "nle lints it)",
            folder + "stg is not for production, going by its name");
  }

  @Test
  void whatIsScannedForDevelopmentAndTestsAloneIsLeftOutAndNamed() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(folder + "application.yml", "spring.flyway.locations: classpath:sql/common\n")
            .with(
                folder + "application-dev.yml",
                "spring.flyway.locations: classpath:sql/common,classpath:sql/dev\n")
            .with(
                "src/test/resources/application.properties",
                "spring.flyway.locations=classpath:sql/common,classpath:sql/integration\n")
            .having(
                folder + "sql/common/V1__a.sql",
                folder + "sql/dev/V2__b.sql",
                folder + "sql/integration/V3__c.sql",
                folder + "sql/other/V4__d.sql");
    Found found = tree.found();

    assertThat(found.histories())
        .extracting(history -> history.directory().toString())
        .containsExactly(folder + "sql/common", folder + "sql/other");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            folder + "sql/dev is scanned under the profile dev alone, which is not production's",
            folder
                + "sql/integration is scanned under the profile test alone, which is not"
                + " production's");
  }

  @Test
  void profilesThatTheApplicationAlwaysIncludesCount() {
    String folder = "src/main/resources/";
    History history =
        Tree.empty()
            .with(
                folder + "application.yml",
                """
                spring:
                  profiles:
                    include:
                      - demo-data
                  flyway.locations: classpath:sql/common
                """)
            .with(
                folder + "application-demo-data.yml",
                "spring.flyway.locations: classpath:sql/common,classpath:sql/demo\n")
            .having(folder + "sql/common/V1__a.sql", folder + "sql/demo/V2__b.sql")
            .history();

    assertThat(Tree.versions(history.applied())).containsExactly("1", "2");
  }

  @Test
  void profilesThatComeWithProductionHaveTheLastWord() {
    String folder = "src/main/resources/";
    String settings = "spring.flyway.placeholders.owner=";
    History history =
        Tree.empty()
            .with(
                folder + "application.properties",
                "spring.profiles.group.prod[0]=db\nspring.profiles.group.dev=mine\n"
                    + "spring.profiles.include=base\n")
            .with(folder + "application-base.properties", settings + "base\n")
            .with(folder + "application-prod.properties", settings + "prod\n")
            .with(folder + "application-db.properties", settings + "db\n")
            .with(folder + "application-mine.properties", settings + "mine\n")
            .having(folder + "db/migration/V1__a.sql")
            .history();

    assertThat(history.placeholders().orElseThrow().values()).containsEntry("owner", "db");
  }

  @Test
  void theWordOfProductionsProfileCounts() {
    String folder = "src/main/resources/";
    History history =
        Tree.empty()
            .with(
                folder + "application.yml",
                """
                spring.flyway:
                  locations: classpath:sql/common,classpath:sql/dev
                  placeholders:
                    owner: me
                    password: mine
                """)
            .with(
                folder + "application-prod.yml",
                """
                spring.flyway:
                  locations: classpath:sql/common,classpath:sql/prod
                  placeholders:
                    owner: shop
                    password: ${PASSWORD}
                """)
            .with(
                folder + "application-local.yml",
                "spring.flyway.locations: classpath:sql/common,classpath:sql/dev\n")
            .having(
                folder + "sql/common/V1__a.sql",
                folder + "sql/dev/V2__b.sql",
                folder + "sql/prod/V3__c.sql")
            .history();

    assertThat(Tree.versions(history.applied())).containsExactly("1", "3");
    assertThat(history.placeholders().orElseThrow().values())
        .containsEntry("owner", "shop")
        .containsEntry("password", "mine");
  }
}
